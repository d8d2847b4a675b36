import type { Bits, Lanes, Real } from '../ssa/lanes.ts';

const SIGN_BIT = 1n << 63n;

/** The sign bit of x, other bits clear. */
export function signBit(lanes: Lanes, x: Real): Bits {
  return lanes.andBits(lanes.bitsOf(x), lanes.integer(SIGN_BIT));
}

/** x with its sign flipped where the bits of `sign` (a sign bit or 0) say so. */
export function flipSign(lanes: Lanes, x: Real, sign: Bits): Real {
  return lanes.realOf(lanes.xorBits(lanes.bitsOf(x), sign));
}

/** Below it sinh, tanh and e^x − 1 round to x. */
const TINY = 2 ** -54;

/** x where |x| < 2^−54 (keeping −0 and subnormal numbers), else the result. */
export function keepTiny(lanes: Lanes, x: Real, result: Real): Real {
  return lanes.select(lanes.lt(lanes.abs(x), lanes.constant(TINY)), x, result);
}

/** |magnitude| with the sign of x. */
export function withSignOf(lanes: Lanes, magnitude: Real, x: Real): Real {
  return flipSign(lanes, lanes.abs(magnitude), signBit(lanes, x));
}
