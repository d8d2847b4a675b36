import type { Lanes, Real } from '../ssa/lanes.ts';

/** An unevaluated sum high + low with |low| at most about one rounding error of high. */
export interface DoubleDouble {
  readonly high: Real;
  readonly low: Real;
}

/** Clears the lower 27 of the 53 bits of a double. */
const HEAD_MASK = 0xffff_ffff_f800_0000n;

/** The leading 26 bits of x, and the rest; products of such parts are exact. */
export function splitHead(lanes: Lanes, x: Real): DoubleDouble {
  const high = lanes.realOf(lanes.andBits(lanes.bitsOf(x), lanes.integer(HEAD_MASK)));
  return { high, low: lanes.sub(x, high) };
}

/** a + b exactly. Source: Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B. */
export function twoSum(lanes: Lanes, a: Real, b: Real): DoubleDouble {
  const high = lanes.add(a, b);
  const bPart = lanes.sub(high, a);
  const aPart = lanes.sub(high, bPart);
  return { high, low: lanes.add(lanes.sub(a, aPart), lanes.sub(b, bPart)) };
}

/** a + b exactly if |a| ≥ |b| or a = 0. Source: Dekker (1971), Numerische Mathematik 18:224. */
export function fastTwoSum(lanes: Lanes, a: Real, b: Real): DoubleDouble {
  const high = lanes.add(a, b);
  return { high, low: lanes.sub(b, lanes.sub(high, a)) };
}

/** a · b as high + low; exact but for 2^−106 of the product. Source: as for `fastTwoSum`. */
export function twoProduct(lanes: Lanes, a: Real, b: Real): DoubleDouble {
  return productOfParts(lanes, a, splitHead(lanes, a), b, splitHead(lanes, b));
}

/** `twoProduct` of numbers whose parts are known. */
export function productOfParts(
  lanes: Lanes,
  a: Real,
  aParts: DoubleDouble,
  b: Real,
  bParts: DoubleDouble,
): DoubleDouble {
  const { add, mul, sub } = lanes;
  const high = mul(a, b);
  const first = sub(mul(aParts.high, bParts.high), high);
  const middle = add(add(first, mul(aParts.high, bParts.low)), mul(aParts.low, bParts.high));
  return { high, low: add(middle, mul(aParts.low, bParts.low)) };
}

/** Product of two double-doubles with relative error about 2^−104. */
export function multiplyDoubleDoubles(lanes: Lanes, a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const { add, mul } = lanes;
  const product = twoProduct(lanes, a.high, b.high);
  const cross = add(mul(a.high, b.low), mul(a.low, b.high));
  return fastTwoSum(lanes, product.high, add(product.low, cross));
}
