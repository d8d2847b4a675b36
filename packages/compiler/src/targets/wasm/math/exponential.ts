import type { Lanes, Real } from '../ssa/lanes.ts';
import { type DoubleDouble, fastTwoSum } from './double-double.ts';
import { EXP_REMAINDER, EXPM1_REMAINDER, LN2_HIGH, LN2_LOW } from './exponential.table.ts';
import { estrin, horner } from './polynomial.ts';
import { keepTiny } from './sign.ts';

/** exp overflows above, and its result is subnormal below. */
export const EXP_LARGEST = 709.782712893384;
export const EXP_SMALLEST = -708.3964185322641;

/** 1.5 · 2^52: adding it to a number below 2^51 leaves the nearest integer in the low bits. */
export const INTEGER_SHIFT = 6755399441055744;
const EXPONENT_POSITION = 52;

/** x = k ln 2 + r + correction with |r| ≤ ln(2)/2; `shifted` holds k in its low bits. */
interface ReducedArgument {
  readonly shifted: Real;
  readonly r: Real;
  /** What rounding took from r. */
  readonly correction: Real;
}

function reduce(lanes: Lanes, x: Real): ReducedArgument {
  const { add, sub, mul, constant } = lanes;
  const shifted = add(mul(x, constant(Math.LOG2E)), constant(INTEGER_SHIFT));
  const k = sub(shifted, constant(INTEGER_SHIFT));
  const head = sub(x, mul(k, constant(LN2_HIGH)));
  const tail = mul(k, constant(LN2_LOW));
  const r = sub(head, tail);
  return { shifted, r, correction: sub(sub(head, r), tail) };
}

/** Multiplies by 2^k in the exponent bits; the result must be normal. */
function scale(lanes: Lanes, x: Real, shifted: Real): Real {
  const exponent = lanes.shiftLeft(lanes.bitsOf(shifted), EXPONENT_POSITION);
  return lanes.realOf(lanes.addBits(lanes.bitsOf(x), exponent));
}

/** Puts 0 below and infinity above the range of exp(x) into a result; keeps NaN. */
function closeRange(lanes: Lanes, x: Real, result: Real): Real {
  const { constant, add, ge, le, keep, select } = lanes;
  // NaN fails both comparisons, and x + ∞ is NaN or ∞ as needed.
  const above = add(x, constant(Number.POSITIVE_INFINITY));
  const inRange = le(x, constant(EXP_LARGEST));
  return select(inRange, keep(ge(x, constant(EXP_SMALLEST)), result), above);
}

/**
 * e^x by x = k ln 2 + r and e^r = 1 + r + r² q(r). Below −708.396 (subnormal results) it gives 0, above 709.783
 * infinity, and NaN stays.
 */
export function emitExp(lanes: Lanes, x: Real): Real {
  const { add, mul, constant } = lanes;
  const { shifted, r } = reduce(lanes, x);
  const remainder = mul(mul(r, r), estrin(lanes, EXP_REMAINDER, r));
  const result = scale(lanes, add(constant(1), add(r, remainder)), shifted);
  return closeRange(lanes, x, result);
}

/** factor · e^(high + low) with little rounding, for small |low|, if the result is a normal number; else without meaning. */
export function emitProductWithExp(lanes: Lanes, factor: Real, { high, low }: DoubleDouble): Real {
  const { add, mul } = lanes;
  const { shifted, r, correction } = reduce(lanes, high);
  const square = mul(mul(r, r), horner(lanes, EXPM1_REMAINDER, r));
  // e^(r + δ) = e^r + e^r δ up to δ², with |δ| below 2^-42.
  const delta = add(correction, low);
  const growth = add(r, add(square, add(delta, mul(delta, add(r, square)))));
  return scale(lanes, add(factor, mul(factor, growth)), shifted);
}

/** e^(high + low) for small |low|; range as for `emitExp`. */
export function emitExpOfSum(lanes: Lanes, sum: DoubleDouble): Real {
  const result = emitProductWithExp(lanes, lanes.constant(1), sum);
  // At the upper end of the range `low` may carry the result beyond the largest double, into the bits of a NaN.
  const noNumber = lanes.ne(result, result);
  const infinity = lanes.constant(Number.POSITIVE_INFINITY);
  return closeRange(lanes, sum.high, lanes.select(noNumber, infinity, result));
}

/** Below it e^x − 1 is −1; above, sinh and cosh overflow. */
const EXPM1_LOWER_CLAMP = -60;
const EXPM1_UPPER_CLAMP = 710.8;

/**
 * (e^x − 1)/4 as high + low. Arguments outside [−60, 710.8] count as its ends; NaN stays. No intermediate overflows,
 * because the scale is 2^(k−2).
 */
export function emitQuarterExpm1(lanes: Lanes, x: Real): DoubleDouble {
  const { add, sub, mul, constant } = lanes;
  const clamped = lanes.lesser(lanes.greater(x, constant(EXPM1_LOWER_CLAMP)), constant(EXPM1_UPPER_CLAMP));
  const { shifted, r, correction } = reduce(lanes, clamped);
  const square = mul(mul(r, r), horner(lanes, EXPM1_REMAINDER, r));
  const growth = fastTwoSum(lanes, r, add(square, correction));
  const quarter = scale(lanes, constant(0.25), shifted);
  // quarter − 1/4 is exact up to k = 53; from there on the 1/4 is below the rounding of the result.
  const { high, low } = fastTwoSum(lanes, sub(quarter, constant(0.25)), mul(quarter, growth.high));
  return { high, low: add(low, mul(quarter, growth.low)) };
}

/** e^x − 1, accurate for small x too; −1 below −60, infinity above 709.783, NaN and −0 stay. */
export function emitExpm1(lanes: Lanes, x: Real): Real {
  const { high, low } = emitQuarterExpm1(lanes, x);
  return keepTiny(lanes, x, lanes.mul(lanes.add(high, low), lanes.constant(4)));
}

/** Beyond these x/(e^x − 1) is −x and 0, up to what is smaller than every result that counts. */
const EXPRELR_SMALLEST = -700;
const EXPRELR_LARGEST = 709;

/**
 * x/(e^x − 1): 1 at 0, 0 above 709; NaN stays. With x = k ln 2 + r, e^x − 1 = 2^k (e^r − 1) + (2^k − 1): for k = 0 without cancellation, else with that of
 * a bit or two. As fast as the quotient with `exp`, which rates of neurons would have without it.
 */
export function emitExprelr(lanes: Lanes, x: Real): Real {
  const { add, sub, mul, div, constant, eq, gt, select } = lanes;
  const clamped = lanes.lesser(lanes.greater(x, constant(EXPRELR_SMALLEST)), constant(EXPRELR_LARGEST));
  const { shifted, r } = reduce(lanes, clamped);
  const growth = add(r, mul(mul(r, r), estrin(lanes, EXP_REMAINDER, r)));
  const power = scale(lanes, constant(1), shifted);
  const difference = add(mul(power, growth), sub(power, constant(1)));
  const quotient = select(eq(x, constant(0)), constant(1), div(x, difference));
  return select(gt(x, constant(EXPRELR_LARGEST)), constant(0), quotient);
}
