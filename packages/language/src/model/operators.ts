import type { ComparisonExpression, ProductExpression } from './expressions.ts';

type FactorOperator = ProductExpression['factors'][number]['operator'];

/** One step of a product. Division is real; `//` truncates toward zero; `%` has the sign of the dividend. */
export function applyFactor(left: number, operator: FactorOperator, right: number): number {
  switch (operator) {
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.trunc(left / right);
    case '%':
      return left % right;
    default:
      return operator satisfies never;
  }
}

/** Numbers are compared exactly, in canonical units; a comparison with NaN is false, except `!=`. */
export function compareValues<T extends number | boolean | string>(
  left: T,
  operator: ComparisonExpression['operator'],
  right: T,
): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return operator satisfies never;
  }
}
