import type { BitExpression, InUnitExpression } from '@nestml/language';
import { fromCanonical, toCanonical, type Unit } from '@nestml/units';

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

/** A quantity as its number in the unit, or the other way (rule D8); linear in the number. */
export function changeUnit({ direction, unit }: InUnitExpression, value: number): number {
  if (isCanonical(unit)) return value;
  return direction === 'toNumber' ? fromCanonical(value, unit) : toCanonical(value, unit);
}

function isCanonical({ scale }: Unit): boolean {
  return scale.mantissa === 1 && scale.divisor === 1 && scale.exponent.numerator === 0;
}
