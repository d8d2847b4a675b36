import type { Bits, Lanes, Mask, Real } from '../ssa/lanes.ts';
import { type DoubleDouble, fastTwoSum, productOfParts, splitHead, twoSum } from './double-double.ts';
import { INTEGER_SHIFT } from './exponential.ts';
import { horner } from './polynomial.ts';
import { flipSign } from './sign.ts';
import { COS_TAIL, HALF_PI, HALF_PI_HEADS, SIN_TAIL, TWO_OVER_PI } from './trigonometric.table.ts';

/** Beyond it the angle is not reduced and sin, cos and tan give NaN. */
export const LARGEST_ANGLE = 2 ** 40;

/** x = n π/2 + high + low with |high| ≤ π/4; the low bits of `quarter` hold n. */
interface ReducedAngle {
  readonly quarter: Bits;
  readonly angle: DoubleDouble;
}

/**
 * Subtracts the nearest multiple of π/2, which is held in three doubles (161 bits); the products with n are exact but
 * for 2^−106. The absolute error of the reduced angle is about |x| 2^−106 for |x| ≤ 2^40.
 */
function reduceAngle(lanes: Lanes, x: Real): ReducedAngle {
  const { add, sub, mul, constant } = lanes;
  const shifted = add(mul(x, constant(TWO_OVER_PI)), constant(INTEGER_SHIFT));
  const n = sub(shifted, constant(INTEGER_SHIFT));
  const nParts = splitHead(lanes, n);
  const first = exactMultiple(lanes, n, nParts, HALF_PI[0], HALF_PI_HEADS[0]);
  const second = exactMultiple(lanes, n, nParts, HALF_PI[1], HALF_PI_HEADS[1]);
  const third = mul(n, constant(HALF_PI[2]));
  const subtrahend = twoSum(lanes, first.low, second.high);
  const difference = twoSum(lanes, sub(x, first.high), lanes.neg(subtrahend.high));
  const rest = sub(sub(sub(difference.low, subtrahend.low), second.low), third);
  const reduced = fastTwoSum(lanes, difference.high, rest);
  const isReduced = lanes.ne(n, constant(0));
  return {
    quarter: lanes.bitsOf(shifted),
    angle: {
      high: lanes.select(isReduced, reduced.high, x),
      low: lanes.keep(isReduced, reduced.low),
    },
  };
}

function exactMultiple(
  lanes: Lanes,
  n: Real,
  nParts: DoubleDouble,
  factor: number,
  head: number,
): DoubleDouble {
  const parts = { high: lanes.constant(head), low: lanes.constant(factor - head) };
  return productOfParts(lanes, n, nParts, lanes.constant(factor), parts);
}

/** sin(high + low) on [−π/4, π/4]. */
function sineKernel(lanes: Lanes, { high, low }: DoubleDouble): Real {
  const { sub, mul, constant } = lanes;
  const [leading, ...tail] = SIN_TAIL;
  const z = mul(high, high);
  const cube = mul(z, high);
  const correction = sub(mul(z, sub(mul(constant(0.5), low), mul(cube, horner(lanes, tail, z)))), low);
  // Subtracting +0 keeps −0, adding it would not.
  return sub(high, sub(correction, mul(cube, constant(leading))));
}

/** cos(high + low) on [−π/4, π/4]. */
function cosineKernel(lanes: Lanes, { high, low }: DoubleDouble): Real {
  const { add, sub, mul, constant } = lanes;
  const z = mul(high, high);
  const half = mul(constant(0.5), z);
  const leading = sub(constant(1), half);
  const lost = sub(sub(constant(1), leading), half);
  const tail = sub(mul(mul(z, z), horner(lanes, COS_TAIL, z)), mul(high, low));
  return add(leading, add(lost, tail));
}

function bitIsSet(lanes: Lanes, bits: Bits, position: number): Mask {
  const bit = lanes.integer(1n << BigInt(position));
  return lanes.equalBits(lanes.andBits(bits, bit), bit);
}

function withinRange(lanes: Lanes, x: Real, result: Real): Real {
  const isReducible = lanes.le(lanes.abs(x), lanes.constant(LARGEST_ANGLE));
  return lanes.select(isReducible, result, lanes.constant(Number.NaN));
}

/** The sine or cosine of the quadrant: sin for even, cos for odd `quarter`, negative in the upper half turn. */
function sineOfQuarter(lanes: Lanes, { angle }: ReducedAngle, quarter: Bits): Real {
  const size = lanes.select(
    bitIsSet(lanes, quarter, 0),
    cosineKernel(lanes, angle),
    sineKernel(lanes, angle),
  );
  return flipSign(lanes, size, lanes.shiftLeft(lanes.andBits(quarter, lanes.integer(2n)), 62));
}

/** sin x (rad); NaN beyond 2^40; −0 stays. */
export function emitSin(lanes: Lanes, x: Real): Real {
  const reduced = reduceAngle(lanes, x);
  return withinRange(lanes, x, sineOfQuarter(lanes, reduced, reduced.quarter));
}

/** cos x (rad); NaN beyond 2^40. */
export function emitCos(lanes: Lanes, x: Real): Real {
  const reduced = reduceAngle(lanes, x);
  const quarter = lanes.addBits(reduced.quarter, lanes.integer(1n));
  return withinRange(lanes, x, sineOfQuarter(lanes, reduced, quarter));
}

/** tan x (rad); NaN beyond 2^40; −0 stays. */
export function emitTan(lanes: Lanes, x: Real): Real {
  const { quarter, angle } = reduceAngle(lanes, x);
  const sine = sineKernel(lanes, angle);
  const cosine = cosineKernel(lanes, angle);
  const isTurned = bitIsSet(lanes, quarter, 0);
  const numerator = lanes.select(isTurned, lanes.neg(cosine), sine);
  const denominator = lanes.select(isTurned, sine, cosine);
  return withinRange(lanes, x, lanes.div(numerator, denominator));
}
