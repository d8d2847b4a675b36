import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantiate, type TestInstance } from '../../../../test/wasm-run.ts';
import { withLibrary } from '../library.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Bits, Flavour, Lanes, Real } from '../ssa/lanes.ts';
import { lowerFunction } from '../ssa/lower-function.ts';
import type { SsaFunction } from '../ssa/ssa-function.ts';
import { emitNormal } from './normal.ts';
import { blockWord, type Counter, emitPhilox, type Key } from './philox.ts';
import { emitPoisson } from './poisson.ts';
import { emitFirstUniform, emitSecondUniform } from './uniform.ts';

const WORD = 0xffff_ffffn;
const FLAVOURS = ['scalar', 'pair'] as const;

/** Philox4x32-10 by its definition, on integers: four words of the counter and two of the key. */
function philox(words: readonly number[]): readonly number[] {
  let [a = 0n, b = 0n, c = 0n, d = 0n, k0 = 0n, k1 = 0n] = words.map(BigInt);
  for (let round = 0; round < 10; round += 1) {
    const [p, q] = [a * 0xd251_1f53n, c * 0xcd9e_8d57n];
    [a, b, c, d] = [(q >> 32n) ^ b ^ k0, q & WORD, (p >> 32n) ^ d ^ k1, p & WORD];
    [k0, k1] = [(k0 + 0x9e37_79b9n) & WORD, (k1 + 0xbb67_ae85n) & WORD];
  }
  return [a, b, c, d].map(Number);
}

function uniform([high = 0, low = 0]: readonly number[]): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** Reads six words for each of two lanes from 0 and a real from 192, and writes results from 256 on. */
function defineDraws(
  flavour: Flavour,
  emit: (lanes: Lanes, counter: Counter, key: Key, parameter: Real) => readonly (Real | Bits)[],
): SsaFunction {
  const builder = new FunctionBuilder('draws', { parameters: [], results: [] });
  const lanes = createLanes(builder, flavour);
  const zero = builder.i32(0);
  const word = (index: number): Bits => lanes.bitsOf(lanes.load(zero, 16 * index));
  const results = emit(
    lanes,
    [word(0), word(1), word(2), word(3)],
    [word(4), word(5)],
    lanes.load(zero, 192),
  );
  results.forEach((result, i) => {
    lanes.store(zero, 256 + 16 * i, result.role === 'real' ? result : lanes.realOf(result));
  });
  return builder.finish();
}

function compile(ssa: SsaFunction): TestInstance {
  return instantiate(withLibrary([ssa]).map(lowerFunction), 1);
}

/** Runs for two lanes (in one lane: each in turn) and gives the results of each lane as doubles and as integers. */
function draw(
  { memory, call }: TestInstance,
  flavour: Flavour,
  lanes: readonly [readonly number[], readonly number[]],
  parameters: readonly [number, number] = [0, 0],
): readonly { readonly real: readonly number[]; readonly bits: readonly bigint[] }[] {
  const reals = new Float64Array(memory.buffer);
  const integers = new BigUint64Array(memory.buffer);
  const fill = (lane: number, at: number): void => {
    lanes[lane]?.forEach((word, i) => {
      integers[2 * i + at] = BigInt(word);
    });
    reals[24 + at] = parameters[lane] ?? 0;
  };
  const results = (at: number): { readonly real: readonly number[]; readonly bits: readonly bigint[] } => ({
    real: [0, 1, 2, 3].map((i) => reals[32 + 2 * i + at] ?? 0),
    bits: [0, 1, 2, 3].map((i) => integers[32 + 2 * i + at] ?? 0n),
  });
  if (flavour === 'pair') {
    fill(0, 0);
    fill(1, 1);
    call('draws');
    return [results(0), results(1)];
  }
  return [0, 1].map((lane) => {
    fill(lane, 0);
    call('draws');
    return results(0);
  });
}

const words = fc.array(fc.nat({ max: 0xffff_ffff }), { minLength: 6, maxLength: 6 });

/** Known answers published with the generator (Random123 library). */
const KNOWN = [
  [
    [0, 0, 0, 0, 0, 0],
    [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8],
  ],
  [new Array<number>(6).fill(0xffff_ffff), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]],
  [
    [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344, 0xa409_3822, 0x299f_31d0],
    [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
  ],
] as const;

describe.each(FLAVOURS)('random numbers, %s', (flavour) => {
  const blocks = compile(
    defineDraws(flavour, (lanes, counter, key) => {
      const block = emitPhilox(lanes, counter, key);
      return [0, 1, 2, 3].map((i) => blockWord(lanes, block, i === 0 ? 0 : i === 1 ? 1 : i === 2 ? 2 : 3));
    }),
  );

  it('are the known answers of Philox4x32-10', () => {
    for (const [input, expected] of KNOWN) {
      const [first, second] = draw(blocks, flavour, [input, KNOWN[0][0]]);
      expect(first?.bits.map(Number)).toEqual(expected);
      expect(second?.bits.map(Number)).toEqual(KNOWN[0][1]);
    }
  });

  it('are the blocks of the definition for any counter and key', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(draw(blocks, flavour, [a, b]).map(({ bits }) => bits.map(Number))).toEqual([
          philox(a),
          philox(b),
        ]);
      }),
      { seed: 20_263, numRuns: 200 },
    );
  });

  it('are uniform numbers of 53 bits and normal numbers by Box and Muller', () => {
    const draws = compile(
      defineDraws(flavour, (lanes, counter, key) => {
        const block = emitPhilox(lanes, counter, key);
        return [emitFirstUniform(lanes, block), emitSecondUniform(lanes, block), emitNormal(lanes, block)];
      }),
    );
    fc.assert(
      fc.property(words, words, (a, b) => {
        const results = draw(draws, flavour, [a, b]);
        for (const [lane, input] of [a, b].entries()) {
          const block = philox(input);
          const [u, v] = [uniform(block), uniform(block.slice(2))];
          const [first, second, normal = 0] = results[lane]?.real ?? [];
          expect([first, second]).toEqual([u, v]);
          const expected = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
          expect(Math.abs(normal - expected)).toBeLessThanOrEqual(2e-15 * (1 + Math.abs(expected)));
        }
      }),
      { seed: 20_264, numRuns: 200 },
    );
  });
});

describe('Poisson numbers', () => {
  const emit = (lanes: Lanes, counter: Counter, key: Key, lambda: Real): readonly (Real | Bits)[] => {
    const { value, nextDraw } = emitPoisson(lanes, lambda, counter, key);
    return [value, nextDraw];
  };
  const pair = compile(defineDraws('pair', emit));
  const scalar = compile(defineDraws('scalar', emit));
  const sample = (lambda: number, count: number): readonly number[] =>
    Array.from(
      { length: count },
      (_, i) =>
        draw(
          scalar,
          'scalar',
          [
            [0, 1, i, 0, 7, 9],
            [0, 0, 0, 0, 0, 0],
          ],
          [lambda, 0],
        )[0]?.real[0] ?? 0,
    );

  it('are the same in one lane and in two, with their numbers of blocks', () => {
    fc.assert(
      fc.property(words, words, fc.double({ min: 0, max: 40, noNaN: true }), (a, b, lambda) => {
        const results = draw(pair, 'pair', [a, b], [lambda, 3]).map(({ real, bits }) => [real[0], bits[1]]);
        const single = draw(scalar, 'scalar', [a, b], [lambda, 3]).map(({ real, bits }) => [
          real[0],
          bits[1],
        ]);
        expect(results).toEqual(single);
      }),
      { seed: 20_265, numRuns: 200 },
    );
  });

  it('below a mean of 10 invert the distribution function with one block', () => {
    const u = uniform(philox([5, 0, 0, 0, 1, 2]));
    let [k, probability] = [0, Math.exp(-4)];
    for (let sum = probability; sum <= u; sum += probability) {
      k += 1;
      probability *= 4 / k;
    }
    const [first] = draw(
      scalar,
      'scalar',
      [
        [5, 0, 0, 0, 1, 2],
        [0, 0, 0, 0, 0, 0],
      ],
      [4, 0],
    );
    expect([first?.real[0], first?.bits[1]]).toEqual([k, 6n]);
  });

  it.each([0.3, 4, 9.99, 10, 30, 1000])('have mean and variance %d', (lambda) => {
    const count = 8000;
    const values = sample(lambda, count);
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count;
    // Four standard errors of the mean, and of the variance (kurtosis 3 + 1/λ).
    expect(Math.abs(mean - lambda)).toBeLessThan(4 * Math.sqrt(lambda / count));
    expect(Math.abs(variance - lambda)).toBeLessThan(4 * lambda * Math.sqrt((2 + 1 / lambda) / count));
    expect(values.every((x) => Number.isInteger(x) && x >= 0)).toBe(true);
  });

  it('by rejection follow the distribution (chi-square over 13 classes below its 99.9 % quantile)', () => {
    const [lambda, count] = [12, 8000];
    const values = sample(lambda, count);
    let probability = Math.exp(-lambda);
    const probabilities = Array.from({ length: 60 }, (_, k) => {
      if (k > 0) probability *= lambda / k;
      return probability;
    });
    const classOf = (k: number): number => Math.min(Math.max(k - 6, 0), 12);
    const expected = new Array<number>(13).fill(0);
    const observed = new Array<number>(13).fill(0);
    probabilities.forEach((p, k) => {
      expected[classOf(k)] = (expected[classOf(k)] ?? 0) + p * count;
    });
    for (const k of values) observed[classOf(k)] = (observed[classOf(k)] ?? 0) + 1;
    const chiSquare = expected.reduce((sum, e, i) => sum + ((observed[i] ?? 0) - e) ** 2 / e, 0);
    expect(chiSquare).toBeLessThan(32.91);
  });

  it('are NaN without a draw where the mean is no mean', () => {
    for (const lambda of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const [first] = draw(
        scalar,
        'scalar',
        [
          [3, 0, 0, 0, 0, 0],
          [0, 0, 0, 0, 0, 0],
        ],
        [lambda, 0],
      );
      expect(first?.real[0]).toBeNaN();
      expect(first?.bits[1]).toBe(3n);
    }
  });

  it('are 0 for a mean of 0', () => {
    expect(sample(0, 10)).toEqual(new Array(10).fill(0));
  });
});
