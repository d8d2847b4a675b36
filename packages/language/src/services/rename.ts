import { type Edit, lineText, positionAt, type Span } from '@nestml/diagnostics';
import { predefinedFunctions } from '../check/predefined-functions.ts';
import { lookUp, type Scope } from '../check/scope.ts';
import { keywords } from '../syntax/tokens.ts';
import { type AnalysedFile, modelAt, occurrenceAt } from './analyse-file.ts';
import type { BoundModel, Definition, Occurrence } from './definitions.ts';
import { usesOf } from './navigation.ts';
import { firstBehind, touching } from './sorted-places.ts';

/** The edits that give a name another text, or why that cannot be done. */
export type RenameResult =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly reason: string };

/** The name at an offset if it can be renamed, as an editor asks before it asks for the new name. */
export function prepareRename(file: AnalysedFile, offset: number): Span | undefined {
  const occurrence = occurrenceAt(file, offset);
  return occurrence === undefined || refuseDefinition(occurrence.definition) !== undefined
    ? undefined
    : occurrence.span;
}

/**
 * Gives the name at an offset another text at all its places, those in printed texts included. Refuses a new name that is no name, a keyword,
 * predefined or in use, and a file in which a place could be missed because its line cannot be read.
 */
export function rename(file: AnalysedFile, offset: number, newName: string): RenameResult {
  const occurrence = occurrenceAt(file, offset);
  const model = modelAt(file.index, offset);
  if (occurrence === undefined || model === undefined) return refuse('there is no name at this place');
  const { definition } = occurrence;
  const uses = usesOf(file, occurrence);
  const reason =
    refuseDefinition(definition) ??
    refuseText(newName) ??
    (newName === definition.name ? undefined : refuseClash(file, definition, uses, newName, model)) ??
    refuseUnreadable(file, definition.name, model);
  if (reason !== undefined) return refuse(reason);
  return { ok: true, edits: uses.map(({ span }) => ({ span, text: newName })) };
}

function refuse(reason: string): RenameResult {
  return { ok: false, reason };
}

function refuseDefinition({ kind, name, declarations }: Definition): string | undefined {
  if (kind === 'constant' || kind === 'time' || kind === 'predefinedFunction' || declarations.length === 0)
    return `\`${name}\` is predefined`;
  const places = declarations.map(({ order, isKernel }) => `${order} ${isKernel}`);
  return new Set(places).size < places.length
    ? `\`${name}\` is declared more than once, so that it is not certain which one a use means`
    : undefined;
}

function refuseText(name: string): string | undefined {
  if (!/^[A-Za-z_$][\w$]*$/.test(name))
    return `\`${name}\` is no name: letters, digits, \`_\` and \`$\`, no digit first`;
  if (keywords.has(name)) return `\`${name}\` is a keyword`;
  return predefinedFunctions.has(name) || ['t', 'e', 'pi'].includes(name)
    ? `\`${name}\` is predefined`
    : undefined;
}

function refuseClash(
  file: AnalysedFile,
  definition: Definition,
  uses: readonly Occurrence[],
  name: string,
  model: BoundModel,
): string | undefined {
  const { index } = file;
  if (definition.kind === 'model') {
    const isTaken = index.models.some(({ syntax }) => syntax.name.text === name);
    return isTaken ? `the file has a model \`${name}\` already` : undefined;
  }
  if (model.context.functions.has(name)) return `the model has a function \`${name}\` already`;
  const taken = usedAs(file, name, model).find((other) => interferes(other.definition, definition));
  if (taken !== undefined)
    return `\`${name}\` is used already, in line ${positionAt(file.source, taken.span.start).line}`;
  if (definition.scope !== undefined && lookUp(definition.scope, name) !== undefined)
    return `\`${name}\` is declared already`;
  const unit = unitNamed(file, name, model);
  if (unit !== undefined)
    return `\`${name}\` is used as a unit, in line ${positionAt(file.source, unit.start).line}`;
  return uses.length === 0 ? `\`${definition.name}\` has no place` : undefined;
}

/** The places of a model at which another thing of that name stands. */
function usedAs({ index }: AnalysedFile, name: string, { span }: BoundModel): readonly Occurrence[] {
  const inside = index.occurrences.slice(
    firstBehind(index.occurrences, span.start - 1),
    firstBehind(index.occurrences, span.end - 1),
  );
  return inside.filter(({ definition }) => definition.name === name && definition.kind !== 'model');
}

/** Whether two things could be seen at one place: both of the model, or one of a block around or inside that of the other. */
function interferes(first: Definition, second: Definition): boolean {
  if (first.scope === undefined || second.scope === undefined) return true;
  return isAround(first.scope, second.scope) || isAround(second.scope, first.scope);
}

function isAround(outer: Scope, inner: Scope): boolean {
  for (let scope: Scope | undefined = inner; scope !== undefined; scope = scope.parent)
    if (scope === outer) return true;
  return false;
}

/** Where a name is part of a unit, or stands alone as one. */
function unitNamed({ index }: AnalysedFile, name: string, { span }: BoundModel): Span | undefined {
  const isInside = (place: Span) => place.start >= span.start && place.start < span.end;
  const unit = index.units.find((written) => isInside(written.span) && wordsOf(written.text).includes(name));
  return unit?.span ?? index.loose.find((loose) => isInside(loose.span) && loose.text === name)?.span;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[A-Za-z_$][\w$]*/g) ?? [];
}

/** A line with a mistake of syntax may use the name without the tree knowing. */
function refuseUnreadable(
  { source, tree, index }: AnalysedFile,
  name: string,
  { span }: BoundModel,
): string | undefined {
  const damaged = new Set<number>();
  for (const finding of tree.diagnostics) {
    if (finding.class !== 'error' || finding.span === undefined) continue;
    const last = positionAt(source, finding.span.end).line;
    for (let line = positionAt(source, finding.span.start).line; line <= last; line += 1) damaged.add(line);
  }
  for (const line of damaged) {
    const start = source.lineStarts[line - 1] ?? 0;
    if (start < span.start || start >= span.end) continue;
    for (const { 0: word, index: column } of lineText(source, line).matchAll(/[A-Za-z_$][\w$]*/g)) {
      const isKnown = touching(index.occurrences, start + column + 1)?.span.start === start + column;
      if (word === name && !isKnown)
        return `line ${line} cannot be read, and it contains \`${name}\`: repair it first`;
    }
  }
  return undefined;
}
