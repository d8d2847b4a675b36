import { ERF_TAYLOR, SCALED_ERFC } from './error-function.table.ts';

/** Up to here the Taylor series of erf loses less than two bits. */
const TAYLOR_UP_TO = 1;
/** From here on erfc needs an own formula, since 1 − erf would cancel. */
const COMPLEMENT_FROM = 0.5;
/** Keeps 26 bits of the significand, so that the square of the result is exact. */
const SPLITTER = 2 ** 27 + 1;

/** The error function 2/√π ∫₀ˣ exp(−s²) ds; relative error at most 1e-15. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= TAYLOR_UP_TO) return x * horner(ERF_TAYLOR, x * x);
  return Math.sign(x) * (1 - erfcOfPositive(size));
}

/** The complementary error function 1 − erf(x); relative error at most 1e-15 down to the smallest normal number. */
export function erfc(x: number): number {
  if (x >= COMPLEMENT_FROM) return erfcOfPositive(x);
  return 1 - erf(x);
}

/**
 * erfc(x) = exp(−x²) g(x)/(1 + 2x) with g smooth up to infinity, for x ≥ 0. Source of the form: Shepherd and Laframboise (1981),
 * Chebyshev approximation of (1 + 2x) exp(x²) erfc x, Mathematics of Computation 36:249–253; the coefficients are computed anew.
 */
function erfcOfPositive(x: number): number {
  if (x > 28) return 0;
  return (expOfMinusSquare(x) * clenshaw(SCALED_ERFC, (x - 3.75) / (x + 3.75))) / (1 + 2 * x);
}

/** exp(−x²) with x² split, since the rounding error of x² would be amplified by x². */
function expOfMinusSquare(x: number): number {
  const scaled = x * SPLITTER;
  const high = scaled - (scaled - x);
  return Math.exp(-high * high) * Math.exp((high - x) * (high + x));
}

/** Σ coefficient·xᵏ. */
function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

/** Σ coefficient·Tₖ(u) with Chebyshev polynomials Tₖ. */
function clenshaw(coefficients: readonly number[], u: number): number {
  let [next, afterNext] = [0, 0];
  for (let k = coefficients.length - 1; k > 0; k -= 1) {
    [next, afterNext] = [coefficients[k]! + 2 * u * next - afterNext, next];
  }
  return coefficients[0]! + u * next - afterNext;
}
