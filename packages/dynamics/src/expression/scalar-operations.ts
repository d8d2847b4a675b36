import type { BitOperator, ComparisonOperator } from './nodes.ts';

/** left / right, truncated toward zero; never a negative zero. */
export function integerQuotient(left: number, right: number): number {
  return Math.trunc(left / right) + 0;
}

/** On 32-bit two's complement integers. */
export function applyBits(left: number, operator: BitOperator, right: number): number {
  switch (operator) {
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    default:
      return operator satisfies never;
  }
}

/** Compares two numbers or two truth values. */
export function compareValues<T extends number | boolean>(
  left: T,
  operator: ComparisonOperator,
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
