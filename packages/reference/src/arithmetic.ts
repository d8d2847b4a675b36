import type {
  BitExpression,
  ComparisonExpression,
  InUnitExpression,
  ProductExpression,
} from '@nestml/language';
import { fromCanonical, toCanonical, type Unit } from '@nestml/units';
import type { Value } from './values.ts';

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

/** Operands are taken as 32-bit two's complement integers; shifts count modulo 32, `>>` keeps the sign. */
export function applyBits(left: number, operator: BitExpression['operator'], right: number): number {
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

/** Numbers are compared exactly, in canonical units; a comparison with NaN is false, except `!=`. */
export function compareValues(
  left: Value,
  operator: ComparisonExpression['operator'],
  right: Value,
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

/** A quantity as its number in the unit, or the other way (rule D8); linear in the number. */
export function changeUnit({ direction, unit }: InUnitExpression, value: number): number {
  if (isCanonical(unit)) return value;
  return direction === 'toNumber' ? fromCanonical(value, unit) : toCanonical(value, unit);
}

function isCanonical({ scale }: Unit): boolean {
  return scale.mantissa === 1 && scale.divisor === 1 && scale.exponent.numerator === 0;
}
