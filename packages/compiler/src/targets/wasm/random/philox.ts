import type { Bits, Lanes } from '../ssa/lanes.ts';
import type { Value } from '../ssa/value.ts';
import { MULTIPLIER_0, MULTIPLIER_1, ROUNDS, WEYL_0, WEYL_1 } from './philox-constants.ts';

/** The counter of a block of random bits: four words of 32 bits per lane, each in the low half of its `Bits`. */
export type Counter = readonly [draw: Bits, callSite: Bits, stepLow: Bits, stepHigh: Bits];

/** The key: two words of 32 bits per lane, as in `Counter`. */
export type Key = readonly [Bits, Bits];

/** Four random words for each of two lanes: words 0 and 2 (even), 1 and 3 (odd), as i32x4 [a, a', b, b']. */
export interface RandomBlock {
  readonly even: Value<'v128'>;
  readonly odd: Value<'v128'>;
}

/**
 * Philox4x32-10 for two lanes at once in 128-bit vectors; one lane computes its block twice.
 * Source: Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11, section 3.3.
 */
export function emitPhilox(lanes: Lanes, counter: Counter, key: Key): RandomBlock {
  const { builder } = lanes;
  const vector = (name: 'v128.xor' | 'i32x4.add' | ExtendedProduct, a: Value, b: Value): Value<'v128'> =>
    builder.operation('v128', name, [a, b]);
  const multiplier0 = constantWords(lanes, [MULTIPLIER_0, MULTIPLIER_0, MULTIPLIER_0, MULTIPLIER_0]);
  const multiplier1 = constantWords(lanes, [MULTIPLIER_1, MULTIPLIER_1, MULTIPLIER_1, MULTIPLIER_1]);
  const increment = constantWords(lanes, [WEYL_0, WEYL_0, WEYL_1, WEYL_1]);
  let even = joinWords(lanes, counter[0], counter[2]);
  let odd = joinWords(lanes, counter[1], counter[3]);
  let roundKey = joinWords(lanes, key[0], key[1]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const product0 = vector('i64x2.extmul_low_i32x4_u', even, multiplier0);
    const product1 = vector('i64x2.extmul_high_i32x4_u', even, multiplier1);
    const highs = shuffleWords(lanes, product1, product0, [1, 3, 5, 7]);
    even = vector('v128.xor', vector('v128.xor', highs, odd), roundKey);
    odd = shuffleWords(lanes, product1, product0, [0, 2, 4, 6]);
    roundKey = vector('i32x4.add', roundKey, increment);
  }
  return { even, odd };
}

type ExtendedProduct = 'i64x2.extmul_low_i32x4_u' | 'i64x2.extmul_high_i32x4_u';

/** Word 0 to 3 of the block, unsigned. */
export function blockWord(lanes: Lanes, block: RandomBlock, word: 0 | 1 | 2 | 3): Bits {
  const half = word < 2 ? 'i64x2.extend_low_i32x4_u' : 'i64x2.extend_high_i32x4_u';
  const source = word % 2 === 0 ? block.even : block.odd;
  return lanes.bitsOfVector(lanes.builder.operation('v128', half, [source]));
}

/** [a, a', b, b'] from the low words of the lanes of a and b. */
function joinWords(lanes: Lanes, a: Bits, b: Bits): Value<'v128'> {
  return shuffleWords(lanes, lanes.vectorOf(a), lanes.vectorOf(b), [0, 2, 4, 6]);
}

/** Four 32-bit words out of the eight of a and b. */
export function shuffleWords(
  lanes: Lanes,
  a: Value,
  b: Value,
  words: readonly [number, number, number, number],
): Value<'v128'> {
  const bytes = words.flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte));
  return lanes.builder.operation('v128', 'i8x16.shuffle', [a, b], ...bytes);
}

function constantWords(lanes: Lanes, [a, b, c, d]: readonly [bigint, bigint, bigint, bigint]): Value<'v128'> {
  return lanes.builder.v128(a | (b << 32n), c | (d << 32n));
}
