import { unreachable } from '@nestml/diagnostics';
import type { Expression } from './expressions.ts';
import type { Statement } from './statements.ts';

const none: readonly Expression[] = [];

/** The direct parts of an expression in the order of the text; indices, delays and conditions are among them. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'constant':
    case 'time':
      return none;
    case 'variable':
    case 'port':
    case 'convolve':
      return expression.index === undefined ? none : [expression.index];
    case 'delayed':
      return [expression.delay];
    case 'negation':
    case 'bitNot':
    case 'not':
    case 'inUnit':
      return [expression.operand];
    case 'sum':
      return expression.terms.map((term) => term.operand);
    case 'product':
      return expression.factors.map((factor) => factor.operand);
    case 'power':
      return [expression.base, expression.exponent];
    case 'bit':
    case 'comparison':
      return [expression.left, expression.right];
    case 'logical':
      return expression.operands;
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'builtin':
    case 'functionCall':
      return expression.arguments;
    default:
      return unreachable(expression);
  }
}

/** Visits the expression and all its parts, outer before inner, in the order of the text. Inlines and functions are not entered. */
export function walkExpression(expression: Expression, visit: (part: Expression) => void): void {
  visit(expression);
  // No iterator: this is called for every part of a model, mostly before it is optimised.
  const children = childrenOf(expression);
  for (let at = 0; at < children.length; at += 1) walkExpression(children[at]!, visit);
}

/** The first part, outer before inner, for which `test` holds. */
export function findPart(
  expression: Expression,
  test: (part: Expression) => boolean,
): Expression | undefined {
  if (test(expression)) return expression;
  for (const child of childrenOf(expression)) {
    const found = findPart(child, test);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The expressions that a statement evaluates itself, without those of the statements in its body. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'declare':
    case 'return':
      return statement.value === undefined ? [] : [statement.value];
    case 'assign':
      return statement.index === undefined ? [statement.value] : [statement.index, statement.value];
    case 'if':
      return statement.branches.map((branch) => branch.condition);
    case 'for':
      return [statement.from, statement.to];
    case 'while':
      return [statement.condition];
    case 'integrate':
      return [];
    case 'emitSpike':
      return statement.weight === undefined ? [] : [statement.weight];
    case 'print':
      return statement.pieces.filter((piece) => typeof piece !== 'string');
    case 'call':
      return statement.arguments;
    default:
      return unreachable(statement);
  }
}

/** The bodies of a statement: one per branch, the last of an `if` being its `else`; none for simple statements. */
export function bodiesOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [...statement.branches.map((branch) => branch.body), statement.otherwise];
    case 'for':
    case 'while':
      return [statement.body];
    case 'declare':
    case 'assign':
    case 'return':
    case 'integrate':
    case 'emitSpike':
    case 'print':
    case 'call':
      return [];
    default:
      return unreachable(statement);
  }
}

/** Visits all statements, those of bodies included, outer before inner. */
export function walkStatements(
  statements: readonly Statement[],
  visit: (statement: Statement) => void,
): void {
  for (const statement of statements) {
    visit(statement);
    for (const body of bodiesOf(statement)) walkStatements(body, visit);
  }
}

/** Visits all parts of all expressions of the statements, those of bodies included. */
export function walkExpressions(statements: readonly Statement[], visit: (part: Expression) => void): void {
  walkStatements(statements, (statement) => {
    for (const expression of expressionsOf(statement)) walkExpression(expression, visit);
  });
}
