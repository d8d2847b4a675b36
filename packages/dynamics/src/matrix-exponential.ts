import { multiply, rowSumNorm, submatrix, timesPowerOfTwo } from './linear-algebra/matrix.ts';
import { structureOf } from './linear-algebra/structure.ts';

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
  /** The diagonal of exp(A h): 1 + E, but with all digits of what is left of a state that has decayed. */
  readonly remainder: Float64Array;
}

/** A propagator, or the place of the first entry of A that is not a finite number or whose solution overflows. */
export type AffineSolution =
  | { readonly kind: 'solved'; readonly propagator: AffinePropagator }
  | { readonly kind: 'not-finite'; readonly row: number; readonly column: number };

/** The Taylor series is used for matrices up to this norm; larger ones are halved first. */
const LARGEST_NORM = 0.7;
/** Relative size of the terms that are left out of the series. */
const TRUNCATION = 2 ** -56;

/**
 * Solves x′ = A x + b for a matrix of `size` × `size` entries (row by row) and an interval h ≥ 0.
 *
 * Nothing is divided by differences of rates, so equal rates, singular and defective matrices are no special cases. E is
 * computed as such, without subtracting I from a propagator, so that slow changes keep their digits; what remains of a state is
 * computed without adding 1 to E, so that fast decays keep theirs. Entries that are zero by the structure of A are exactly zero.
 */
export function solveAffine(matrix: ArrayLike<number>, size: number, interval: number): AffineSolution {
  const scaled = new Float64Array(size * size);
  for (let i = 0; i < scaled.length; i += 1) scaled[i] = matrix[i]! * interval;
  const unusable = scaled.findIndex((entry) => !Number.isFinite(entry));
  if (unusable >= 0) return notFinite(unusable, size);
  const propagator = size === 1 ? solveScalar(scaled[0]!, interval) : solveParts(scaled, size, interval);
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
  const increment = Float64Array.of(Math.expm1(exponent));
  const response = Float64Array.of(scalarResponse(exponent, interval, increment[0]!));
  return { size: 1, increment, response, remainder: Float64Array.of(remainderOf(exponent, increment[0]!)) };
}

function scalarResponse(exponent: number, interval: number, increment: number): number {
  return exponent === 0 ? interval : interval * (increment / exponent);
}

/** exp(a h) from E = expm1(a h). */
function remainderOf(exponent: number, increment: number): number {
  return increment > -0.5 ? 1 + increment : Math.exp(exponent);
}

/** States that are not connected are solved apart, each set with a number of halvings of its own. */
function solveParts(scaled: Float64Array, size: number, interval: number): AffinePropagator {
  const { part, isAlone } = structureOf(scaled, size);
  if (part.every((number) => number === 0)) return solveByScaling(scaled, size, interval, isAlone);
  const whole = zeroPropagator(size);
  for (let first = 0; first < size; first += 1) {
    if (part[first] === first) solvePart(membersOf(part, first), scaled, interval, isAlone, whole);
  }
  return whole;
}

function membersOf(part: Uint32Array, number: number): readonly number[] {
  const members: number[] = [];
  for (let state = 0; state < part.length; state += 1) if (part[state] === number) members.push(state);
  return members;
}

function zeroPropagator(size: number): AffinePropagator {
  const [increment, response] = [new Float64Array(size * size), new Float64Array(size * size)];
  return { size, increment, response, remainder: new Float64Array(size) };
}

/** Solves the states of one part and writes the result to its places of the whole. */
function solvePart(
  members: readonly number[],
  scaled: Float64Array,
  interval: number,
  isAlone: Uint8Array,
  whole: AffinePropagator,
): void {
  const block = submatrix(scaled, whole.size, members);
  const solution =
    members.length === 1
      ? solveScalar(block[0]!, interval)
      : solveByScaling(
          block,
          members.length,
          interval,
          Uint8Array.from(members, (state) => isAlone[state]!),
        );
  members.forEach((row, i) => {
    whole.remainder[row] = solution.remainder[i]!;
    members.forEach((column, j) => {
      const [own, place] = [i * members.length + j, row * whole.size + column];
      whole.increment[place] = solution.increment[own]!;
      whole.response[place] = solution.response[own]!;
    });
  });
}

/**
 * Scaling and squaring on E. With B = A h/2ˢ and φ(B) = I + B/2! + B²/3! + …: E = B φ, R = (h/2ˢ) φ; and for twice the
 * interval E ← 2E + E², R ← 2R + E R. A state that acts on itself only through its own rate gets its diagonal entries from the
 * exponential of that rate each time.
 */
function solveByScaling(
  scaled: Float64Array,
  size: number,
  interval: number,
  isAlone: Uint8Array,
): AffinePropagator {
  const halvings = halvingsFor(rowSumNorm(scaled, size));
  const base = scaled.map((entry) => timesPowerOfTwo(entry, -halvings));
  const phi = phiSeries(base, size);
  const shortened = timesPowerOfTwo(interval, -halvings);
  let solution: AffinePropagator = {
    size,
    increment: multiply(base, phi, size),
    response: phi.map((entry) => entry * shortened),
    remainder: new Float64Array(size),
  };
  for (let i = 0; i < size; i += 1) solution.remainder[i] = 1 + solution.increment[i * size + i]!;
  setScalars(solution, scaled, interval, halvings, isAlone);
  for (let left = halvings - 1; left >= 0; left -= 1) {
    solution = doubled(solution);
    setScalars(solution, scaled, interval, left, isAlone);
  }
  return solution;
}

/** The diagonal entries of states that are in no circle, over the interval h/2^halvings. */
function setScalars(
  { size, increment, response, remainder }: AffinePropagator,
  scaled: Float64Array,
  interval: number,
  halvings: number,
  isAlone: Uint8Array,
): void {
  const shortened = timesPowerOfTwo(interval, -halvings);
  for (let i = 0; i < size; i += 1) {
    if (isAlone[i] === 0) continue;
    const diagonal = i * size + i;
    const exponent = timesPowerOfTwo(scaled[diagonal]!, -halvings);
    increment[diagonal] = Math.expm1(exponent);
    response[diagonal] = scalarResponse(exponent, shortened, increment[diagonal]!);
    remainder[i] = remainderOf(exponent, increment[diagonal]!);
  }
}

/**
 * The propagator of twice the interval. With P = exp(A h), p its diagonal and the sums over k ≠ i, j:
 * Eᵢⱼ ← Eᵢⱼ (pᵢ + pⱼ) + Σ Eᵢₖ Eₖⱼ,  Eᵢᵢ ← Eᵢᵢ (1 + pᵢ) + Σ Eᵢₖ Eₖᵢ,  pᵢ ← pᵢ² + Σ Eᵢₖ Eₖᵢ,  Rᵢⱼ ← Rᵢⱼ (1 + pᵢ) + Σ Eᵢₖ Rₖⱼ.
 */
function doubled({ size, increment, response, remainder }: AffinePropagator): AffinePropagator {
  const next = new Float64Array(size * size);
  const nextResponse = new Float64Array(size * size);
  const nextRemainder = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const own = remainder[i]!;
    for (let k = 0; k < size; k += 1) {
      const factor = increment[i * size + k]!;
      if (k === i || factor === 0) continue;
      for (let j = 0; j < size; j += 1) {
        const [other, answer] = [increment[k * size + j]!, response[k * size + j]!];
        if (other !== 0 && j !== k) next[i * size + j]! += factor * other;
        if (answer !== 0) nextResponse[i * size + j]! += factor * answer;
      }
    }
    const around = next[i * size + i]!;
    for (let j = 0; j < size; j += 1) {
      const entry = i * size + j;
      if (increment[entry] !== 0) next[entry]! += increment[entry]! * (own + (i === j ? 1 : remainder[j]!));
      if (response[entry] !== 0) nextResponse[entry]! += response[entry]! * (1 + own);
    }
    const change = next[i * size + i]!;
    nextRemainder[i] = change > -0.5 ? 1 + change : own * own + around;
    if (change <= -0.5) next[i * size + i] = nextRemainder[i]! - 1;
  }
  return { size, increment: next, response: nextResponse, remainder: nextRemainder };
}

/** A norm that overflows although the entries do not is below 2¹⁰²⁴ times the number of columns. */
function halvingsFor(norm: number): number {
  if (norm === Number.POSITIVE_INFINITY) return 1040;
  return norm <= LARGEST_NORM ? 0 : Math.ceil(Math.log2(norm / LARGEST_NORM));
}

/**
 * Σ Bᵏ/(k + 1)! with 4, 8, 12 or 16 terms as the norm of B asks for: Horner's rule in B⁴ on sums of four terms, which takes half as many
 * products as Horner's rule in B (Paterson and Stockmeyer 1973).
 */
function phiSeries(base: Float64Array, size: number): Float64Array {
  const square = multiply(base, base, size);
  const cube = multiply(square, base, size);
  const groups = groupsFor(rowSumNorm(base, size));
  const fourth = groups === 1 ? square : multiply(square, square, size);
  let sum: Float64Array = new Float64Array(size * size);
  for (let group = groups - 1; group >= 0; group -= 1) {
    if (group < groups - 1) sum = multiply(fourth, sum, size);
    const [c0, c1, c2, c3] = PHI_COEFFICIENTS[group]!;
    for (let i = 0; i < sum.length; i += 1) sum[i]! += c1 * base[i]! + c2 * square[i]! + c3 * cube[i]!;
    for (let i = 0; i < size; i += 1) sum[i * size + i]! += c0;
  }
  return sum;
}

/** 1/(k + 1)! in fours. */
const PHI_COEFFICIENTS = [
  [1, 1 / 2, 1 / 6, 1 / 24],
  [1 / 120, 1 / 720, 1 / 5040, 1 / 40320],
  [1 / 362880, 1 / 3628800, 1 / 39916800, 1 / 479001600],
  [1 / 6227020800, 1 / 87178291200, 1 / 1307674368000, 1 / 20922789888000],
] as const;

/** How many groups of four terms: the first term that is left out, norm⁴ᵍ/(4g + 1)!, is negligible against 1. */
function groupsFor(norm: number): number {
  let groups = 1;
  while (
    groups < PHI_COEFFICIENTS.length &&
    norm ** (4 * groups) * PHI_COEFFICIENTS[groups]![0] > TRUNCATION
  ) {
    groups += 1;
  }
  return groups;
}

/**
 * x(h) from x(0) and the input b of the step. A state of which more than half is left is its old value plus its change, so that each
 * component is rounded once at its own size; one that has decayed further, or grown, is what remains plus what it receives.
 */
export function advanceAffine(
  { size, increment, response, remainder }: AffinePropagator,
  state: ArrayLike<number>,
  input: ArrayLike<number>,
): Float64Array {
  const result = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    const own = increment[row * size + row]!;
    const isSlow = Math.abs(own) <= 0.5;
    let change = isSlow ? own * state[row]! : 0;
    for (let column = 0; column < size; column += 1) {
      const entry = row * size + column;
      if (column !== row) change += increment[entry]! * state[column]!;
      change += response[entry]! * input[column]!;
    }
    result[row] = (isSlow ? state[row]! : remainder[row]! * state[row]!) + change;
  }
  return result;
}
