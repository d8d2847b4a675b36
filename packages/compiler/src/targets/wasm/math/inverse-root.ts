import type { Lanes, Real } from '../ssa/lanes.ts';

/** Bits of 2^52: or-ed to an integer below 2^52 they give 2^52 plus that integer. */
const TWO_TO_52_BITS = 0x4330_0000_0000_0000n;
const TWO_TO_52 = 2 ** 52;
/** The upper 52 bits of a double are, as an integer, about (1023 + log2 x)·2^40. */
const DROPPED_BITS = 12;
const LOG2_SCALE = 2 ** 40;
const EXPONENT_BIAS = 1023;
/** Puts the error of the first guess, by the straight lines that the bits draw, on both sides of 0. */
const CENTRE = 0.03;
const ITERATIONS = 2;

/**
 * x^(−1/degree) to within 1e-3, for x from 1e-100 to 1e100 and degrees from 2 to 8: good enough to choose the length of a step, and a
 * quarter of the work of a logarithm and an exponential. Newton's method on y^(−degree) = x.
 */
export function emitInverseRoot(lanes: Lanes, x: Real, degree: number): Real {
  const { add, sub, mul, constant } = lanes;
  const upper = lanes.shiftRight(lanes.bitsOf(x), DROPPED_BITS);
  const shifted = lanes.realOf(lanes.orBits(upper, lanes.integer(TWO_TO_52_BITS)));
  const logarithm = sub(shifted, constant(TWO_TO_52));
  const offset = (EXPONENT_BIAS * (1 + 1 / degree) - CENTRE) * LOG2_SCALE;
  const result = sub(constant(offset), mul(logarithm, constant(1 / degree)));
  const bits = lanes.shiftLeft(lanes.bitsOf(add(result, constant(TWO_TO_52))), DROPPED_BITS);
  let y = lanes.realOf(bits);
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const aboutOne = mul(x, emitWholePower(lanes, y, degree));
    y = mul(y, sub(constant(1 + 1 / degree), mul(aboutOne, constant(1 / degree))));
  }
  return y;
}

/** x^exponent for a whole exponent ≥ 1, by squaring. */
export function emitWholePower(lanes: Lanes, x: Real, exponent: number): Real {
  if (exponent === 1) return x;
  const half = emitWholePower(lanes, x, Math.floor(exponent / 2));
  const square = lanes.mul(half, half);
  return exponent % 2 === 0 ? square : lanes.mul(square, x);
}
