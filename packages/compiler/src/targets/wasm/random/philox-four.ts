import { InternalError } from '@nestml/diagnostics';
import type { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Value } from '../ssa/value.ts';
import { MULTIPLIER_0, MULTIPLIER_1, ROUNDS, WEYL_0, WEYL_1 } from './philox-constants.ts';

/** Both words of four keys. */
type RoundKey = readonly [Value<'v128'>, Value<'v128'>];

/** What the blocks of four keys have in common over steps: the keys of the rounds, and the half of round 2 that no step changes. */
export interface FourStreams {
  /** Keys of rounds 1 to 10, each word of four keys as i32x4. */
  readonly keys: readonly RoundKey[];
  /** High words of the second product of round 2, already with the key, and its low words. */
  readonly secondHigh: Value<'v128'>;
  readonly secondLow: Value<'v128'>;
}

/** Words 0 and 1 of four blocks, each as i32x4. */
export interface FourUniformWords {
  readonly first: Value<'v128'>;
  readonly second: Value<'v128'>;
}

/**
 * Prepares blocks with the counter (0, site, low word of a step, high word of it) under four keys (i32x4 of first and of second words). The
 * high word of the step (i32) must stay the same.
 */
export function prepareFourStreams(
  builder: FunctionBuilder,
  [key0, key1]: RoundKey,
  stepHigh: Value<'i32'>,
): FourStreams {
  const increment = (key: Value<'v128'>, weyl: bigint): Value<'v128'> =>
    builder.operation('v128', 'i32x4.add', [key, splatWord(builder, weyl)]);
  const keys: RoundKey[] = [[key0, key1]];
  for (let round = 1; round < ROUNDS; round += 1) {
    const [previous0, previous1] = at(keys, round - 1);
    keys.push([increment(previous0, WEYL_0), increment(previous1, WEYL_1)]);
  }
  const high = builder.operation('v128', 'i32x4.splat', [stepHigh]);
  const second = products(builder, xor(builder, high, key1), MULTIPLIER_1);
  return {
    keys,
    secondHigh: xor(builder, second.high, at(keys, 1)[0]),
    secondLow: second.low,
  };
}

/** The state of four blocks between two rounds. */
interface Blocks {
  readonly c0: Value<'v128'>;
  readonly c1: Value<'v128'>;
  readonly c2: Value<'v128'>;
  readonly c3: Value<'v128'>;
}

/**
 * The first two words of the blocks of a step: Philox4x32-10 in which a draw counter of 0 leaves little of the first two rounds, and words 2
 * and 3, which nobody needs, are left out of the last two. Round by round for all streams, because a round waits for the one before: a
 * processor that is given the rounds of one stream after those of another does not find enough to do at once.
 * @param site i32
 * @param stepLow i64 below 2^32
 */
export function emitFourUniformWords(
  builder: FunctionBuilder,
  streams: readonly FourStreams[],
  site: Value<'i32'>,
  stepLow: Value<'i64'>,
): readonly FourUniformWords[] {
  let blocks = afterTwoRounds(builder, streams, site, stepLow);
  for (let round = 2; round < ROUNDS - 2; round += 1) {
    blocks = streams.map((stream, i) => fullRound(builder, at(blocks, i), keyOf(stream, round)));
  }
  const ninth = streams.map((stream, i) => {
    const { c0, c2, c3 } = at(blocks, i);
    const key = keyOf(stream, ROUNDS - 2);
    const high = products(builder, c0, MULTIPLIER_0).high;
    return {
      c1: builder.operation('v128', 'i32x4.mul', [c2, splatWord(builder, MULTIPLIER_1)]),
      c2: xor(builder, xor(builder, high, c3), key[1]),
    };
  });
  return streams.map((stream, i) => {
    const { c1, c2 } = at(ninth, i);
    const tenth = products(builder, c2, MULTIPLIER_1);
    const first = xor(builder, xor(builder, tenth.high, c1), keyOf(stream, ROUNDS - 1)[0]);
    return { first, second: tenth.low };
  });
}

function afterTwoRounds(
  builder: FunctionBuilder,
  streams: readonly FourStreams[],
  site: Value<'i32'>,
  stepLow: Value<'i64'>,
): readonly Blocks[] {
  const product = builder.operation('i64', 'i64.mul', [stepLow, builder.i64(MULTIPLIER_1)]);
  const splat = (word: Value<'i32'>): Value<'v128'> => builder.operation('v128', 'i32x4.splat', [word]);
  const low = splat(builder.operation('i32', 'i32.wrap_i64', [product]));
  const highWord = builder.operation('i32', 'i32.wrap_i64', [
    builder.operation('i64', 'i64.shr_u', [product, builder.i64(32n)]),
  ]);
  const high = splat(builder.operation('i32', 'i32.xor', [highWord, site]));
  return streams.map((stream) => {
    const first = products(builder, xor(builder, high, keyOf(stream, 0)[0]), MULTIPLIER_0);
    return {
      c0: xor(builder, stream.secondHigh, low),
      c1: stream.secondLow,
      c2: xor(builder, first.high, keyOf(stream, 1)[1]),
      c3: first.low,
    };
  });
}

function fullRound(builder: FunctionBuilder, { c0, c1, c2, c3 }: Blocks, [key0, key1]: RoundKey): Blocks {
  const product0 = products(builder, c0, MULTIPLIER_0);
  const product2 = products(builder, c2, MULTIPLIER_1);
  return {
    c0: xor(builder, xor(builder, product2.high, c1), key0),
    c1: product2.low,
    c2: xor(builder, xor(builder, product0.high, c3), key1),
    c3: product0.low,
  };
}

function keyOf({ keys }: FourStreams, round: number): RoundKey {
  return at(keys, round);
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new InternalError(`no item ${index} of ${items.length}`);
  return item;
}

/** High and low words of the products of four words with a constant. */
function products(
  builder: FunctionBuilder,
  words: Value<'v128'>,
  multiplier: bigint,
): { readonly high: Value<'v128'>; readonly low: Value<'v128'> } {
  const factor = splatWord(builder, multiplier);
  const below = builder.operation('v128', 'i64x2.extmul_low_i32x4_u', [words, factor]);
  const above = builder.operation('v128', 'i64x2.extmul_high_i32x4_u', [words, factor]);
  return {
    high: takeWords(builder, below, above, 'odd'),
    low: takeWords(builder, below, above, 'even'),
  };
}

/** Every second word of two vectors, from the first or the second on. */
export function takeWords(
  builder: FunctionBuilder,
  a: Value,
  b: Value,
  words: 'even' | 'odd',
): Value<'v128'> {
  const bytes = [0, 2, 4, 6].flatMap((word) =>
    [0, 1, 2, 3].map((byte) => 4 * (words === 'even' ? word : word + 1) + byte),
  );
  return builder.operation('v128', 'i8x16.shuffle', [a, b], ...bytes);
}

function splatWord(builder: FunctionBuilder, word: bigint): Value<'v128'> {
  const pair = word | (word << 32n);
  return builder.v128(pair, pair);
}

function xor(builder: FunctionBuilder, a: Value<'v128'>, b: Value<'v128'>): Value<'v128'> {
  return builder.operation('v128', 'v128.xor', [a, b]);
}
