/**
 * The exact solution of x′ = A x + b, b constant, over an interval h, in the form x(h) = x(0) + E x(0) + R b. Matrices are stored row
 * by row. See docs/numerics/matrix-exponential.md.
 */
export interface AffinePropagator {
  readonly size: number;
  /** E = exp(A h) − I, the propagator without the identity. */
  readonly increment: Float64Array;
  /** R = ∫₀ʰ exp(A s) ds, the response to constant input. */
  readonly response: Float64Array;
}

/** A propagator, or the place of the first entry of A that is not a finite number or whose solution overflows. */
export type AffineSolution =
  | { readonly kind: 'solved'; readonly propagator: AffinePropagator }
  | { readonly kind: 'not-finite'; readonly row: number; readonly column: number };

/** The Taylor series is used for matrices up to this norm; larger ones are halved first. */
const LARGEST_NORM = 0.5;
/** Relative size of the terms that are left out of the series. */
const TRUNCATION = 2 ** -56;

/**
 * Solves x′ = A x + b for a matrix of `size` × `size` entries (row by row) and an interval h ≥ 0.
 *
 * Nothing is divided by differences of rates, so equal rates, singular and defective matrices are no special cases. E is
 * computed as such, without subtracting I from a propagator, so that slow changes keep their digits. Entries that are zero by the
 * structure of A are exactly zero.
 */
export function solveAffine(matrix: ArrayLike<number>, size: number, interval: number): AffineSolution {
  const scaled = new Float64Array(size * size);
  for (let i = 0; i < scaled.length; i += 1) scaled[i] = matrix[i]! * interval;
  const unusable = scaled.findIndex((entry) => !Number.isFinite(entry));
  if (unusable >= 0) return notFinite(unusable, size);
  const propagator = size === 1 ? solveScalar(scaled[0]!, interval) : solveByScaling(scaled, size, interval);
  const overflow = propagator.increment.findIndex(
    (entry, i) => !Number.isFinite(entry) || !Number.isFinite(propagator.response[i]!),
  );
  return overflow < 0 ? { kind: 'solved', propagator } : notFinite(overflow, size);
}

function notFinite(place: number, size: number): AffineSolution {
  return { kind: 'not-finite', row: Math.floor(place / size), column: place % size };
}

/** E = expm1(a h), R = expm1(a h)/a. */
function solveScalar(exponent: number, interval: number): AffinePropagator {
  const increment = Math.expm1(exponent);
  const response = exponent === 0 ? interval : interval * (increment / exponent);
  return { size: 1, increment: Float64Array.of(increment), response: Float64Array.of(response) };
}

/**
 * Scaling and squaring on E. With B = A h/2ˢ and φ(B) = I + B/2! + B²/3! + …: E = B φ, R = (h/2ˢ) φ; and for twice the
 * interval E ← 2E + E², R ← 2R + E R.
 */
function solveByScaling(scaled: Float64Array, size: number, interval: number): AffinePropagator {
  const halvings = halvingsFor(rowSumNorm(scaled, size));
  const base = scaled.map((entry) => timesPowerOfTwo(entry, -halvings));
  const phi = phiSeries(base, size);
  let increment: Float64Array = multiply(base, phi, size);
  const shortened = timesPowerOfTwo(interval, -halvings);
  let response: Float64Array = phi.map((entry) => entry * shortened);
  for (let i = 0; i < halvings; i += 1) {
    response = addTwice(multiply(increment, response, size), response);
    increment = addTwice(multiply(increment, increment, size), increment);
  }
  return { size, increment, response };
}

/** A norm that overflows although the entries do not is below 2¹⁰²⁴ times the number of columns. */
function halvingsFor(norm: number): number {
  if (norm === Number.POSITIVE_INFINITY) return 1040;
  return norm <= LARGEST_NORM ? 0 : Math.ceil(Math.log2(norm / LARGEST_NORM));
}

/** In two factors, since 2 to the power of more than 1023 overflows. */
function timesPowerOfTwo(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** Σ Bᵏ/(k + 1)! by Horner's rule, as many terms as the norm of B asks for. */
function phiSeries(base: Float64Array, size: number): Float64Array {
  let sum: Float64Array = identity(size);
  for (let k = termsFor(rowSumNorm(base, size)); k > 0; k -= 1) {
    sum = multiply(base, sum, size);
    for (let i = 0; i < sum.length; i += 1) sum[i]! /= k + 1;
    for (let i = 0; i < size; i += 1) sum[i * size + i]! += 1;
  }
  return sum;
}

/** Number k of the last term whose bound normᵏ/(k + 1)! is not negligible against 1. */
function termsFor(norm: number): number {
  let terms = 0;
  for (let bound = 1; bound > TRUNCATION; bound *= norm / (terms + 1)) terms += 1;
  return terms;
}

function identity(size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) result[i * size + i] = 1;
  return result;
}

/** Largest sum of absolute values in a row. */
function rowSumNorm(matrix: Float64Array, size: number): number {
  let norm = 0;
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let column = 0; column < size; column += 1) sum += Math.abs(matrix[row * size + column]!);
    norm = Math.max(norm, sum);
  }
  return norm;
}

/** Zeros of the left matrix are skipped, so that 0 · ∞ makes no NaN where the structure says 0. */
function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < size; k += 1) {
      const factor = left[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j += 1) {
        const other = right[k * size + j]!;
        if (other !== 0) result[i * size + j]! += factor * other;
      }
    }
  }
  return result;
}

/** Adds 2·matrix to a product and returns it. */
function addTwice(product: Float64Array, matrix: Float64Array): Float64Array {
  for (let i = 0; i < product.length; i += 1) product[i]! += 2 * matrix[i]!;
  return product;
}

/**
 * x(h) from x(0) and the input b of the step: x + E x + R b. The changes are summed before they are added, so that each component is
 * rounded once at its own size.
 */
export function advanceAffine(
  { size, increment, response }: AffinePropagator,
  state: ArrayLike<number>,
  input: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => {
    let change = 0;
    for (let column = 0; column < size; column += 1) {
      const place = row * size + column;
      change += increment[place]! * state[column]! + response[place]! * input[column]!;
    }
    return state[row]! + change;
  });
}
