import type { MathFunction, ValueType } from '@nestml/language';
import { fromCanonical, toCanonical } from '@nestml/units';
import { erf, erfc } from './error-function.ts';

/**
 * The value of a predefined function. `type` is the type of the first argument: `ceil`, `floor` and `round` act on the number
 * in its declared unit.
 */
export function applyMathFunction(name: MathFunction, values: readonly number[], type: ValueType): number {
  const x = values[0]!;
  switch (name) {
    case 'exp':
      return Math.exp(x);
    case 'ln':
      return Math.log(x);
    case 'log10':
      return Math.log10(x);
    case 'sin':
      return Math.sin(x);
    case 'cos':
      return Math.cos(x);
    case 'tan':
      return Math.tan(x);
    case 'sinh':
      return Math.sinh(x);
    case 'cosh':
      return Math.cosh(x);
    case 'tanh':
      return Math.tanh(x);
    case 'erf':
      return erf(x);
    case 'erfc':
      return erfc(x);
    case 'expm1':
      return Math.expm1(x);
    case 'exprelr':
      return exprelr(x);
    case 'min':
      return Math.min(x, values[1]!);
    case 'max':
      return Math.max(x, values[1]!);
    case 'clip':
      return Math.min(Math.max(x, values[1]!), values[2]!);
    case 'abs':
      return Math.abs(x);
    case 'ceil':
      return inDeclaredUnit(type, x, Math.ceil);
    case 'floor':
      return inDeclaredUnit(type, x, Math.floor);
    case 'round':
      return inDeclaredUnit(type, x, roundHalfAway);
    default:
      return name satisfies never;
  }
}

/** x/(exp(x) − 1), continuous at 0 (rule D21). */
function exprelr(x: number): number {
  if (x === 0) return 1;
  return x === Number.POSITIVE_INFINITY ? 0 : x / Math.expm1(x);
}

/** Applies a function to the number that a canonical value has in the declared unit of its type. */
function inDeclaredUnit(type: ValueType, x: number, apply: (number: number) => number): number {
  return type.kind === 'quantity' ? toCanonical(apply(fromCanonical(x, type.unit)), type.unit) : apply(x);
}

/** The nearest integer, halves away from zero as in C. */
function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}
