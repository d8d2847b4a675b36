import type { Diagnostic, Fix } from '@nestml/diagnostics';
import type { ValueType } from '../model/types.ts';
import type { DeclarationSyntax, InlineSyntax, ModelSyntax } from '../syntax/tree.ts';
import { isUnitInUse } from './lone-units.ts';
import type { ModelDraft } from './model-draft.ts';
import { writtenType } from './value-types.ts';

/** The findings about types that are missing, with the type of the value as cure. */
export function proposeTypes(
  findings: readonly Diagnostic[],
  syntax: ModelSyntax,
  draft: ModelDraft,
): readonly Diagnostic[] {
  if (!findings.some(({ code }) => code === 'missing-type')) return findings;
  const fixes = new Map(missingTypesOf(syntax, draft).map(({ place, fix }) => [place, fix]));
  return findings.map((finding) => {
    const fix = finding.code === 'missing-type' ? fixes.get(finding.span?.start ?? -1) : undefined;
    return fix === undefined || finding.fixes.length > 0 ? finding : { ...finding, fixes: [fix] };
  });
}

function missingTypesOf({ blocks }: ModelSyntax, draft: ModelDraft) {
  const valueTypes = new Map(
    [...draft.states, ...draft.parameters, ...draft.internals, ...draft.inlines].map(
      ({ symbol, value }) => [symbol.declared, value.type] as const,
    ),
  );
  const found: { readonly place: number; readonly fix: Fix }[] = [];
  const propose = (
    name: DeclarationSyntax['variables'][number]['name'],
    { type }: InlineSyntax | DeclarationSyntax,
  ) => {
    const written = typeOfValue(valueTypes.get(name.span));
    // A line that begins with a unit lacks its name, not its type.
    if (type.kind !== 'missing' || written === undefined || isUnitInUse(name.text)) return;
    const { start } = type.span;
    const edits = [{ span: { start, end: start }, text: ` ${written}` }];
    found.push({ place: start, fix: { title: `Declare it as \`${written}\``, edits } });
  };
  for (const block of blocks) {
    if (block.kind === 'state' || block.kind === 'parameters' || block.kind === 'internals') {
      for (const declaration of block.declarations) propose(declaration.variables[0]!.name, declaration);
    } else if (block.kind === 'equations') {
      for (const entry of block.entries) if (entry.kind === 'inline') propose(entry.name, entry);
    }
  }
  return found;
}

/** A whole number may stand for every numeric type. */
function typeOfValue(type: ValueType | undefined): string | undefined {
  if (type === undefined) return undefined;
  return type.kind === 'integer' ? 'real' : writtenType(type);
}
