import type { ExpressionNode } from '@nestml/dynamics';
import type { Statement } from './statements.ts';

/** The expressions that a statement evaluates itself, in the order of evaluation, without those of the statements in its body. */
export function expressionsOf(statement: Statement): readonly ExpressionNode[] {
  switch (statement.kind) {
    case 'set':
      return statement.index === undefined ? [statement.value] : [statement.value, statement.index];
    case 'let':
      return [statement.value];
    case 'if':
      return statement.branches.map(({ condition }) => condition);
    case 'for':
      return [statement.from, statement.condition, statement.next];
    case 'while':
      return [statement.condition];
    case 'return':
      return statement.value === undefined ? [] : [statement.value];
    case 'integrate':
      return [];
    case 'emit':
      return [statement.weight];
    case 'print':
      return statement.pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.value]));
    case 'call':
      return statement.arguments;
    default:
      return statement satisfies never;
  }
}

/** The bodies of a statement: one per branch, the last of an `if` being its `else`; none for simple statements. */
export function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map(({ body }) => body), statement.otherwise];
    case 'for':
    case 'while':
      return [statement.body];
    case 'set':
    case 'let':
    case 'return':
    case 'integrate':
    case 'emit':
    case 'print':
    case 'call':
      return [];
    default:
      return statement satisfies never;
  }
}

/** All statements, those of bodies included, outer before inner. */
export function statementsIn(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) => [statement, ...bodiesOf(statement).flatMap(statementsIn)]);
}

/** The statement with every expression replaced, those of its bodies included. */
export function mapStatement(
  statement: Statement,
  replace: (expression: ExpressionNode) => ExpressionNode,
): Statement {
  const body = (statements: readonly Statement[]) => statements.map((inner) => mapStatement(inner, replace));
  switch (statement.kind) {
    case 'set': {
      const value = replace(statement.value);
      return statement.index === undefined
        ? { ...statement, value }
        : { ...statement, value, index: replace(statement.index) };
    }
    case 'let':
      return { ...statement, value: replace(statement.value) };
    case 'if': {
      const branches = statement.branches.map((branch) => ({
        condition: replace(branch.condition),
        body: body(branch.body),
      }));
      return { ...statement, branches, otherwise: body(statement.otherwise) };
    }
    case 'for':
      return {
        ...statement,
        from: replace(statement.from),
        condition: replace(statement.condition),
        next: replace(statement.next),
        body: body(statement.body),
      };
    case 'while':
      return { ...statement, condition: replace(statement.condition), body: body(statement.body) };
    case 'return':
      return statement.value === undefined ? statement : { ...statement, value: replace(statement.value) };
    case 'integrate':
      return statement;
    case 'emit':
      return { ...statement, weight: replace(statement.weight) };
    case 'print': {
      const pieces = statement.pieces.map((piece) =>
        typeof piece === 'string' ? piece : { ...piece, value: replace(piece.value) },
      );
      return { ...statement, pieces };
    }
    case 'call':
      return { ...statement, arguments: statement.arguments.map(replace) };
    default:
      return statement satisfies never;
  }
}
