import type { Lanes, Mask, Real } from '../ssa/lanes.ts';
import { twoProduct } from './double-double.ts';
import { emitExpOfSum } from './exponential.ts';
import { emitLogSum } from './logarithm.ts';
import { flipSign, signBit } from './sign.ts';

/** Larger exponents overflow or vanish for every base other than 1, as this one does; it keeps products finite. */
const LARGEST_EXPONENT = 2 ** 65;

/**
 * x^y with the special values of IEEE 754 pow: 1 for y = 0 and for x = 1 even if the other is NaN, a negative base with
 * an integer exponent has the sign of its power, with another exponent NaN. Results below 2^−1022 are 0.
 */
export function emitPow(lanes: Lanes, x: Real, y: Real): Real {
  const { constant, select, or, eq, lt, abs } = lanes;
  const one = constant(1);
  const zero = constant(0);
  const magnitude = abs(x);
  const exponent = lanes.lesser(lanes.greater(y, constant(-LARGEST_EXPONENT)), constant(LARGEST_EXPONENT));
  const log = emitLogSum(lanes, magnitude);
  const product = twoProduct(lanes, exponent, log.high);
  const power = emitExpOfSum(lanes, {
    high: product.high,
    low: lanes.add(product.low, lanes.mul(exponent, log.low)),
  });
  const isZero = eq(x, zero);
  const isEdge = or(isZero, eq(magnitude, constant(Number.POSITIVE_INFINITY)));
  const vanishes = lanes.xor(isZero, lt(y, zero));
  const edge = select(vanishes, zero, constant(Number.POSITIVE_INFINITY));
  const size = select(isEdge, edge, power);
  const signed = applySign(lanes, x, y, size);
  const hasNaN = or(lanes.ne(x, x), lanes.ne(y, y));
  const isOne = or(eq(y, zero), eq(x, one));
  return select(isOne, one, select(hasNaN, constant(Number.NaN), signed));
}

/** The sign of a negative base for odd exponents; NaN for a finite negative base with an exponent that is no integer. */
function applySign(lanes: Lanes, x: Real, y: Real, size: Real): Real {
  const { constant, mul, ne, eq, and } = lanes;
  const isInteger: Mask = eq(lanes.nearest(y), y);
  const half = mul(y, constant(0.5));
  const isOdd = and(isInteger, ne(lanes.nearest(half), half));
  const sign = lanes.selectBits(isOdd, signBit(lanes, x), lanes.integer(0n));
  const isFiniteNegative = and(lanes.lt(x, constant(0)), lanes.gt(x, constant(Number.NEGATIVE_INFINITY)));
  const isUndefined = and(isFiniteNegative, lanes.not(isInteger));
  return lanes.select(isUndefined, constant(Number.NaN), flipSign(lanes, size, sign));
}
