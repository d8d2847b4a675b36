import type { Lanes, Mask, Real } from '../ssa/lanes.ts';
import { type DoubleDouble, fastTwoSum, multiplyDoubleDoubles, twoProduct, twoSum } from './double-double.ts';
import { LN2_HIGH, LN2_LOW } from './exponential.table.ts';
import {
  INVERSE_LN10_HIGH,
  INVERSE_LN10_LOW,
  LOG_TAIL,
  LOG10_2_HIGH,
  LOG10_2_LOW,
  POW_LOG_TAIL,
  TWO_THIRDS_HIGH,
  TWO_THIRDS_LOW,
} from './logarithm.table.ts';
import { estrin, horner } from './polynomial.ts';

const SMALLEST_NORMAL = 2 ** -1022;
const SUBNORMAL_SCALE_EXPONENT = 54;
const EXPONENT_POSITION = 52;
/** Bits of 1 minus bits of √½: moves the border between exponents from 1 to √½. */
const BORDER_SHIFT = 0x3ff0_0000_0000_0000n - 0x3fe6_a09e_667f_3bcdn;
const ONE_BITS = 0x3ff0_0000_0000_0000n;
/** Bits of 2^52: or-ed to an integer below 2^52 they give 2^52 plus that integer. */
const TWO_TO_52_BITS = 0x4330_0000_0000_0000n;
const EXPONENT_BIAS = 1023;
/** Clears the lower 32 bits of a double. */
const UPPER_WORD = 0xffff_ffff_0000_0000n;

/** x = 2^k m with √½ ≤ m < √2, for finite x > 0. */
interface Decomposed {
  readonly k: Real;
  readonly m: Real;
}

function decompose(lanes: Lanes, x: Real): Decomposed {
  const { constant, select, sub, mul, integer } = lanes;
  const isSubnormal = lanes.lt(x, constant(SMALLEST_NORMAL));
  const bits = lanes.bitsOf(select(isSubnormal, mul(x, constant(2 ** SUBNORMAL_SCALE_EXPONENT)), x));
  const exponent = lanes.shiftRight(lanes.addBits(bits, integer(BORDER_SHIFT)), EXPONENT_POSITION);
  const biased = lanes.realOf(lanes.orBits(exponent, integer(TWO_TO_52_BITS)));
  const bias = 2 ** 52 + EXPONENT_BIAS;
  const offset = select(isSubnormal, constant(bias + SUBNORMAL_SCALE_EXPONENT), constant(bias));
  const shiftedExponent = lanes.shiftLeft(exponent, EXPONENT_POSITION);
  const m = lanes.realOf(lanes.addBits(lanes.subBits(bits, shiftedExponent), integer(ONE_BITS)));
  return { k: sub(biased, offset), m };
}

/** With log(1 + f) = f − square + product: square = f²/2, product = s (square + s² tail), s = f/(2 + f). */
interface LogTerms {
  readonly square: Real;
  readonly product: Real;
}

function logTerms(lanes: Lanes, f: Real): LogTerms {
  const { add, mul, div, constant } = lanes;
  const s = div(f, add(constant(2), f));
  const z = mul(s, s);
  const square = mul(mul(constant(0.5), f), f);
  return { square, product: mul(s, add(square, mul(z, estrin(lanes, LOG_TAIL, z)))) };
}

/** Puts the values of a logarithm of x outside (0, ∞): −∞ at 0, NaN below, ∞ and NaN stay. */
function closeDomain(lanes: Lanes, x: Real, result: Real): Real {
  const { constant, select, lt, gt } = lanes;
  const infinity = constant(Number.POSITIVE_INFINITY);
  const zero = constant(0);
  const special = select(
    lanes.eq(x, zero),
    constant(Number.NEGATIVE_INFINITY),
    select(lt(x, zero), constant(Number.NaN), x),
  );
  const isInside: Mask = lanes.and(gt(x, zero), lt(x, infinity));
  return select(isInside, result, special);
}

/** ln x; subnormal x included. Method: Cody and Waite (1980), with s = f/(2 + f). */
export function emitLog(lanes: Lanes, x: Real): Real {
  const { add, sub, mul, constant } = lanes;
  const { k, m } = decompose(lanes, x);
  const f = sub(m, constant(1));
  const { square, product } = logTerms(lanes, f);
  const tail = add(product, mul(k, constant(LN2_LOW)));
  const result = sub(mul(k, constant(LN2_HIGH)), sub(sub(square, tail), f));
  return closeDomain(lanes, x, result);
}

/** ln(1 + x), accurate for small x too; −∞ at −1, NaN below; −0 stays. */
export function emitLog1p(lanes: Lanes, x: Real): Real {
  const { add, sub, mul, div, constant } = lanes;
  const one = constant(1);
  const sum = twoSum(lanes, one, x);
  const { k, m } = decompose(lanes, sum.high);
  const isNear = lanes.eq(k, constant(0));
  const f = lanes.select(isNear, x, sub(m, one));
  const lost = lanes.keep(lanes.not(isNear), div(sum.low, sum.high));
  const { square, product } = logTerms(lanes, f);
  const tail = add(product, add(mul(k, constant(LN2_LOW)), lost));
  const result = sub(mul(k, constant(LN2_HIGH)), sub(sub(square, tail), f));
  return lanes.select(lanes.eq(x, constant(0)), x, closeDomain(lanes, sum.high, result));
}

/** The decimal logarithm of x. The leading terms are split so that the constants multiply them exactly. */
export function emitLog10(lanes: Lanes, x: Real): Real {
  const { add, sub, mul, constant } = lanes;
  const { k, m } = decompose(lanes, x);
  const f = sub(m, constant(1));
  const { square, product } = logTerms(lanes, f);
  const high = lanes.realOf(lanes.andBits(lanes.bitsOf(sub(f, square)), lanes.integer(UPPER_WORD)));
  const low = add(sub(sub(f, high), square), product);
  const exponentPart = mul(k, constant(LOG10_2_HIGH));
  const mantissaPart = mul(high, constant(INVERSE_LN10_HIGH));
  const sum = twoSum(lanes, exponentPart, mantissaPart);
  const rest = add(
    mul(k, constant(LOG10_2_LOW)),
    add(mul(add(low, high), constant(INVERSE_LN10_LOW)), mul(low, constant(INVERSE_LN10_HIGH))),
  );
  return closeDomain(lanes, x, add(sum.high, add(sum.low, rest)));
}

/** ln x as high + low with relative error below 2^−65, for finite x > 0. */
export function emitLogSum(lanes: Lanes, x: Real): DoubleDouble {
  const { add, mul, constant } = lanes;
  const { k, m } = decompose(lanes, x);
  const s = quotientOfSum(lanes, m);
  const square = twoProduct(lanes, s.high, s.high);
  const z = { high: square.high, low: add(square.low, mul(mul(constant(2), s.high), s.low)) };
  const tail = mul(z.high, horner(lanes, POW_LOG_TAIL, z.high));
  const inner = fastTwoSum(lanes, constant(TWO_THIRDS_HIGH), tail);
  const factor = { high: inner.high, low: add(inner.low, constant(TWO_THIRDS_LOW)) };
  const product = multiplyDoubleDoubles(lanes, z, factor);
  const series = fastTwoSum(lanes, constant(2), product.high);
  const logOfM = multiplyDoubleDoubles(lanes, s, { high: series.high, low: add(series.low, product.low) });
  const sum = twoSum(lanes, mul(k, constant(LN2_HIGH)), logOfM.high);
  const low = add(sum.low, add(logOfM.low, mul(k, constant(LN2_LOW))));
  return fastTwoSum(lanes, sum.high, low);
}

/** (m − 1)/(m + 1) for √½ ≤ m < √2. */
function quotientOfSum(lanes: Lanes, m: Real): DoubleDouble {
  const { add, sub, mul, div, constant } = lanes;
  const one = constant(1);
  const numerator = sub(m, one);
  const denominator = add(m, one);
  const lost = sub(m, sub(denominator, one));
  const high = div(numerator, denominator);
  const product = twoProduct(lanes, high, denominator);
  const remainder = sub(sub(sub(numerator, product.high), product.low), mul(high, lost));
  return { high, low: div(remainder, denominator) };
}
