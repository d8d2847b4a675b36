import type { Span } from '@nestml/diagnostics';
import { childrenOfSyntax, type SyntaxNode } from '../syntax/children.ts';
import type { AssignmentSyntax, StatementSyntax } from '../syntax/tree.ts';

/** How a name is used in the statements of a handler, of a function or of `update`, branches and loops included. */
export interface NameUses {
  readonly assignments: readonly AssignmentSyntax[];
  /** Whether it is an index, the variable or a bound of a loop, so that it counts. */
  readonly isCounter: boolean;
  /** From its first use to its last. */
  readonly span: Span;
}

/** The uses of each name. */
export type BodyUses = ReadonlyMap<string, NameUses>;

interface OpenUses {
  readonly assignments: AssignmentSyntax[];
  isCounter: boolean;
  start: number;
  end: number;
}

/** The uses of names in statements, in linear time; found at the first call of the result. */
export function createBodyUses(statements: readonly StatementSyntax[]): () => BodyUses {
  let found: BodyUses | undefined;
  return () => {
    found ??= usesIn(statements);
    return found;
  };
}

function usesIn(statements: readonly StatementSyntax[]): BodyUses {
  const open = new Map<string, OpenUses>();
  const note = (name: string, { start, end }: Span): OpenUses => {
    const uses = open.get(name) ?? { assignments: [], isCounter: false, start, end };
    uses.start = Math.min(uses.start, start);
    uses.end = Math.max(uses.end, end);
    open.set(name, uses);
    return uses;
  };
  const visit = (node: SyntaxNode): void => {
    if (node.kind === 'variable') {
      note(node.name.text, node.span);
      if (node.index?.kind === 'variable') note(node.index.name.text, node.index.span).isCounter = true;
    } else if (node.kind === 'assignment')
      note(node.target.name.text, node.target.span).assignments.push(node);
    else if (node.kind === 'for') {
      note(node.variable.text, node.variable.span).isCounter = true;
      for (const bound of [node.from, node.to])
        if (bound.kind === 'variable') note(bound.name.text, bound.span).isCounter = true;
    }
    for (const child of childrenOfSyntax(node)) visit(child);
  };
  for (const statement of statements) visit(statement);
  const finish = ({ assignments, isCounter, start, end }: OpenUses): NameUses => ({
    assignments,
    isCounter,
    span: { start, end },
  });
  return new Map([...open].map(([name, uses]) => [name, finish(uses)]));
}
