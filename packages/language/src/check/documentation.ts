import type { AttachedComments, DeclarationSyntax } from '../syntax/tree.ts';
import { isDirective } from './directives.ts';

/** The comments of an element as plain text, one line each, without directives; empty without any. */
export function documentationOf({ before, after }: AttachedComments): string {
  const all = after === undefined ? before : [...before, after];
  return all
    .filter((comment) => !isDirective(comment))
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .trim();
}

/** The decorators of an element by name: `homogeneous`, `mechanism::channel`. */
export function decoratorsOf({ decorators }: Pick<DeclarationSyntax, 'decorators'>): readonly string[] {
  return decorators.map(({ namespace, name }) => (name === undefined ? namespace : `${namespace}::${name}`));
}
