import type { Lanes, Real } from '../ssa/lanes.ts';
import type { Value } from '../ssa/value.ts';
import { type RandomBlock, shuffleWords } from './philox.ts';

const HIGH_SHIFT = 5;
const LOW_SHIFT = 6;

/** The uniform number in [0, 1) of words 0 and 1: ((w0 >>> 5) 2^26 + (w1 >>> 6)) / 2^53. */
export function emitFirstUniform(lanes: Lanes, { even, odd }: RandomBlock): Real {
  return uniformOfLowWords(lanes, even, odd);
}

/** The uniform number in [0, 1) of words 2 and 3. */
export function emitSecondUniform(lanes: Lanes, { even, odd }: RandomBlock): Real {
  const upper = (vector: Value): Value => shuffleWords(lanes, vector, vector, [2, 3, 2, 3]);
  return uniformOfLowWords(lanes, upper(even), upper(odd));
}

/** Every step is exact: 27 and 26 bits fit into signed words, and the sum into 53 bits. */
function uniformOfLowWords(lanes: Lanes, high: Value, low: Value): Real {
  const { builder } = lanes;
  const convert = (words: Value, shift: number): Real => {
    const shifted = builder.operation('v128', 'i32x4.shr_u', [words, builder.i32(shift)]);
    return lanes.realOfVector(builder.operation('v128', 'f64x2.convert_low_i32x4_s', [shifted]));
  };
  const { add, mul, constant } = lanes;
  const integer = add(mul(convert(high, HIGH_SHIFT), constant(2 ** 26)), convert(low, LOW_SHIFT));
  return mul(integer, constant(2 ** -53));
}
