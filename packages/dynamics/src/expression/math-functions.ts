import { erf, erfc } from './error-function.ts';

/**
 * Predefined functions of numbers. `exprelr(x)` is x/(exp(x) − 1), 1 at 0; `clip(x, low, high)` is min(max(x, low), high); `round` takes halves away
 * from zero.
 */
export type MathFunction =
  | 'exp'
  | 'ln'
  | 'log10'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'erf'
  | 'erfc'
  | 'expm1'
  | 'exprelr'
  | 'min'
  | 'max'
  | 'clip'
  | 'abs'
  | 'ceil'
  | 'floor'
  | 'round';

/** The number of arguments of each function. */
export const ARITY: Readonly<Record<MathFunction, 1 | 2 | 3>> = Object.freeze({
  exp: 1,
  ln: 1,
  log10: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  erf: 1,
  erfc: 1,
  expm1: 1,
  exprelr: 1,
  min: 2,
  max: 2,
  clip: 3,
  abs: 1,
  ceil: 1,
  floor: 1,
  round: 1,
});

/** The functions whose result is exact in floating point, so that every machine computes the same bits. */
export function isExactFunction(name: MathFunction): boolean {
  switch (name) {
    case 'min':
    case 'max':
    case 'clip':
    case 'abs':
    case 'ceil':
    case 'floor':
    case 'round':
      return true;
    default:
      return false;
  }
}

/** The value of a function; `values` has as many numbers as `ARITY` says. */
export function applyMathFunction(name: MathFunction, values: readonly number[]): number {
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
      return Math.ceil(x);
    case 'floor':
      return Math.floor(x);
    case 'round':
      return roundHalfAwayFromZero(x);
    default:
      return name satisfies never;
  }
}

/** x/(exp(x) − 1), the reciprocal of the relative exponential. */
function exprelr(x: number): number {
  if (x === 0) return 1;
  return x === Number.POSITIVE_INFINITY ? 0 : x / Math.expm1(x);
}

/** The fraction is compared, since x + 0.5 may round up: 0.49999999999999994. */
function roundHalfAwayFromZero(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) < 0.5 ? whole : whole + Math.sign(x);
}
