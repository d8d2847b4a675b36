import type { Span } from '@nestml/diagnostics';
import { type AnalysedFile, occurrenceAt } from './analyse-file.ts';
import type { Occurrence } from './definitions.ts';

/** A place to go to: the name, and the line or block that declares it. */
export interface DefinitionPlace {
  readonly selection: Span;
  readonly span: Span;
}

/** A place where a name is used. */
export interface Reference {
  readonly span: Span;
  readonly access: 'declaration' | 'read' | 'write';
}

/**
 * Where the name at an offset is declared: of a derivative its own declaration, if there is one. A kernel given by equations has two places. Empty
 * for what is predefined or unknown.
 */
export function definition(file: AnalysedFile, offset: number): readonly DefinitionPlace[] {
  const occurrence = occurrenceAt(file, offset);
  if (occurrence === undefined) return [];
  const { declarations } = occurrence.definition;
  const own = declarations.filter(({ order }) => order === occurrence.order);
  const chosen = own.length > 0 ? own : declarations.slice(0, 1);
  return chosen.map(({ span, element }) => ({ selection: span, span: element }));
}

/** All uses of the name at an offset in the file, in the order of the text; with its declarations, unless they are not wanted. */
export function references(
  file: AnalysedFile,
  offset: number,
  { includeDeclarations = true }: { readonly includeDeclarations?: boolean } = {},
): readonly Reference[] {
  const occurrence = occurrenceAt(file, offset);
  return occurrence === undefined
    ? []
    : usesOf(file, occurrence)
        .filter(({ access }) => includeDeclarations || access !== 'declaration')
        .map(({ span, access }) => ({ span, access }));
}

/** All places of the name that an occurrence names. */
export function usesOf({ index }: AnalysedFile, { definition: wanted }: Occurrence): readonly Occurrence[] {
  return index.uses.get(wanted) ?? [];
}
