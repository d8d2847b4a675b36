import type { ExpressionNode, ExpressionPool } from '@nestml/dynamics';
import { fromCanonical, toCanonical, type Unit } from '@nestml/units';

/** The number that a canonical value has in a unit. */
export function toNumberIn(pool: ExpressionPool, value: ExpressionNode, unit: Unit): ExpressionNode {
  const size = toCanonical(1, unit);
  return size >= 1
    ? pool.divide(value, pool.constant(size))
    : pool.multiply(value, pool.constant(fromCanonical(1, unit)));
}

/** The canonical value of a number in a unit. One of the two factors is exact, and that one is used. */
export function toQuantityIn(pool: ExpressionPool, number: ExpressionNode, unit: Unit): ExpressionNode {
  const size = toCanonical(1, unit);
  return size >= 1
    ? pool.multiply(number, pool.constant(size))
    : pool.divide(number, pool.constant(fromCanonical(1, unit)));
}

/** Truncated toward zero. */
export function truncated(pool: ExpressionPool, value: ExpressionNode): ExpressionNode {
  return pool.integerQuotient(value, pool.constant(1));
}
