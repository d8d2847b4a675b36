/** A function of the time since a spike, ms. */
type KernelFunction = (age: number) => number;

/** A time after the spike, in ms, that is as good as none. */
const JUST_AFTER = 2 ** -1000;
/** Values from which a limit is extrapolated, each at half the time of the one before. */
const POINTS = 7;
/** The first of these times is one step times a power of 2. */
const EXPONENTS = Object.freeze([8, 6, 4, 2, 0, -2, -4, -6, -8, -10, -12, -14, -16, -18, -20]);
/** An extrapolation counts if its last two orders agree to this part of the values. */
const TRUSTED = 1e-9;
/** It needs no better one if they agree to this part. */
const PRECISE = 1e-12;
/** Longer times may replace shorter ones, which lose more to rounding, if the limits are that close, as part of the values. */
const CONSISTENT = 1e-6;
/** A value is the limit if it is this close to it, as part of the values. */
const SAME = 1e-8;

/**
 * K(0+), for steps of `h` ms: K(0), unless K is undefined or jumps there. Then it is the value just after 0, or, where that is
 * lost to rounding (a removable singularity such as (1 − exp(−t/τ))/t), the limit of a polynomial through values at small times.
 */
export function limitAtZero(kernel: KernelFunction, h: number): number {
  const atZero = kernel(0);
  const after = kernel(JUST_AFTER);
  const limit = extrapolateToZero(kernel, h);
  if (limit === undefined) return withoutLimit(atZero, after, Math.abs(kernel(h)));
  for (const value of [atZero, after]) if (Math.abs(value - limit.value) <= SAME * limit.scale) return value;
  return limit.value;
}

/** K(0+) of a kernel that no polynomial meets near 0, such as √t or 1/t. */
function withoutLimit(atZero: number, after: number, scale: number): number {
  const isClose = Math.abs(atZero - after) <= 1e-15 * Math.max(Math.abs(after), scale);
  const isPole = Math.abs(atZero) === Number.POSITIVE_INFINITY;
  return isClose || isPole ? atZero : after;
}

/** A limit and the size of the values that it was found from. */
interface Limit {
  readonly value: number;
  readonly scale: number;
  /** Distance of the last two orders as part of the scale. */
  readonly error: number;
}

function extrapolateToZero(kernel: KernelFunction, h: number): Limit | undefined {
  const limits = EXPONENTS.map((exponent) => richardson(kernel, h * 2 ** exponent));
  const closest = limits.findLast(({ error }) => error <= TRUSTED);
  if (closest === undefined) return undefined;
  const consistent = limits.filter(
    ({ value }) => Math.abs(value - closest.value) <= CONSISTENT * closest.scale,
  );
  const smallest = (one: Limit, other: Limit) => (other.error < one.error ? other : one);
  return consistent.find(({ error }) => error <= PRECISE) ?? consistent.reduce(smallest);
}

/**
 * The limit at 0 of the polynomial through the values at t, t/2, t/4, …
 * Source: Richardson (1911), The approximate arithmetical solution by finite differences, Phil. Trans. R. Soc. A 210:307–357;
 * for this sequence of times T(i, k) = T(i, k−1) + (T(i, k−1) − T(i−1, k−1))/(2^k − 1).
 */
function richardson(kernel: KernelFunction, first: number): Limit {
  let row: number[] = [];
  let scale = 0;
  let difference = Number.POSITIVE_INFINITY;
  for (let i = 0; i < POINTS; i += 1) {
    const value = kernel(first / 2 ** i);
    scale = Math.max(scale, Math.abs(value));
    const next = [value];
    for (let k = 1; k <= i; k += 1) next.push(next[k - 1]! + (next[k - 1]! - row[k - 1]!) / (2 ** k - 1));
    if (i > 0) difference = Math.abs(next[i]! - next[i - 1]!);
    row = next;
  }
  const error = difference / scale;
  return { value: row.at(-1)!, scale, error: Number.isFinite(error) ? error : Number.POSITIVE_INFINITY };
}
