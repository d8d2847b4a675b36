import type { Diagnostic } from '@nestml/diagnostics';
import { isUnitName } from '@nestml/units';
import { childrenOfSyntax, type SyntaxNode } from '../syntax/children.ts';
import type { ModelSyntax, SyntaxTree } from '../syntax/tree.ts';
import type { ModelDraft } from './model-draft.ts';
import { predefinedFunctions } from './predefined-functions.ts';

/**
 * The findings, without the edit that writes `*` between two words of which one is no value: what stands there is rather a comment, or a
 * mistake of another kind.
 */
export function withoutGuessedProducts(
  findings: readonly Diagnostic[],
  { source, tokens }: SyntaxTree,
  syntax: ModelSyntax,
  draft: ModelDraft,
): readonly Diagnostic[] {
  if (!findings.some(isGuessedProduct)) return findings;
  const values = valuesOf(syntax, draft);
  const places = new Map(tokens.map(({ start }, index) => [start, index]));
  const wordAt = (index: number) => source.text.slice(tokens[index]?.start, tokens[index]?.end);
  const isValue = (word: string) => !/^[A-Za-z_$]/.test(word) || values.has(word);
  return findings.map((finding) => {
    if (!isGuessedProduct(finding)) return finding;
    const index = places.get(finding.span?.start ?? -1) ?? 0;
    let before = index - 1;
    while (before > 0 && tokens[before]!.kind === 'whitespace') before -= 1;
    const isProduct = isValue(wordAt(index)) && (isValue(wordAt(before)) || isUnitName(wordAt(before)));
    return isProduct ? finding : { ...finding, fixes: [] };
  });
}

function isGuessedProduct({ code, fixes }: Diagnostic): boolean {
  return code === 'missing-operator' && fixes.some(({ isGuess }) => isGuess === true);
}

/** Everything that has a value, and the functions that give one. */
function valuesOf(syntax: ModelSyntax, draft: ModelDraft): ReadonlySet<string> {
  const declared = [...draft.states, ...draft.parameters, ...draft.internals, ...draft.inlines];
  const names = new Set([
    ...declared.map(({ symbol }) => symbol.name),
    ...draft.ports.map(({ name }) => name),
    ...draft.functions.map(({ symbol }) => symbol.name),
    ...predefinedFunctions.keys(),
    ...['t', 'e', 'pi'],
  ]);
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'declaration') for (const { name } of node.variables) names.add(name.text);
    if (node.kind === 'function') for (const { name } of node.parameters) names.add(name.text);
    for (const child of childrenOfSyntax(node)) visit(child);
  };
  visit(syntax);
  return names;
}
