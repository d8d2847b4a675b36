import { describe, expect, it } from 'vitest';
import { runMathFunction } from '../../../../test/math-runs.ts';
import { defineMap, instantiate, runMap } from '../../../../test/wasm-run.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import { lowerFunction } from '../ssa/lower-function.ts';
import { emitFlush } from './flush.ts';
import { defineMathFunction, type MathName, mathReference } from './math-functions.ts';

const { POSITIVE_INFINITY: INF, NEGATIVE_INFINITY: MINUS_INF, NaN: NAN, MAX_VALUE: MAX } = Number;

type Case = readonly [operands: readonly number[], expected: number];

const CASES: Readonly<Record<Exclude<MathName, 'pow'>, readonly Case[]>> = {
  // Subnormal results count as 0.
  exp: [
    [[0], 1],
    [[-0], 1],
    [[INF], INF],
    [[MINUS_INF], 0],
    [[709.7827128933841], INF],
    [[-708.4], 0],
    [[-745], 0],
    [[1e308], INF],
    [[-1e308], 0],
  ],
  expm1: [
    [[0], 0],
    [[-0], -0],
    [[INF], INF],
    [[MINUS_INF], -1],
    [[-800], -1],
    [[709.7827128933841], INF],
    [[5e-324], 5e-324],
    [[1e-20], 1e-20],
  ],
  exprelr: [
    [[0], 1],
    [[-0], 1],
    [[INF], 0],
    [[MINUS_INF], INF],
    [[800], 0],
    [[-800], 800],
    [[5e-324], 1],
    [[-1e-20], 1],
  ],
  log: [
    [[1], 0],
    [[0], MINUS_INF],
    [[-0], MINUS_INF],
    [[-1], NAN],
    [[MINUS_INF], NAN],
    [[INF], INF],
    [[5e-324], -744.4400719213812],
  ],
  log1p: [
    [[0], 0],
    [[-0], -0],
    [[-1], MINUS_INF],
    [[-1.5], NAN],
    [[INF], INF],
    [[MINUS_INF], NAN],
    [[1e-300], 1e-300],
    [[5e-324], 5e-324],
  ],
  log10: [
    [[1], 0],
    [[0], MINUS_INF],
    [[-3], NAN],
    [[INF], INF],
    [[1000], 3],
    [[1e15], 15],
    [[1e22], 22],
    [[1e-5], -5],
  ],
  sinh: [
    [[0], 0],
    [[-0], -0],
    [[INF], INF],
    [[MINUS_INF], MINUS_INF],
    [[711], INF],
    [[-711], MINUS_INF],
    [[5e-324], 5e-324],
  ],
  cosh: [
    [[0], 1],
    [[-0], 1],
    [[INF], INF],
    [[MINUS_INF], INF],
    [[711], INF],
    [[-800], INF],
  ],
  tanh: [
    [[0], 0],
    [[-0], -0],
    [[INF], 1],
    [[MINUS_INF], -1],
    [[30], 1],
    [[-1e300], -1],
    [[5e-324], 5e-324],
  ],
  sin: [
    [[0], 0],
    [[-0], -0],
    [[INF], NAN],
    [[MINUS_INF], NAN],
    [[2e12], NAN],
    [[1e-300], 1e-300],
    [[5e-324], 5e-324],
  ],
  cos: [
    [[0], 1],
    [[-0], 1],
    [[INF], NAN],
    [[2e12], NAN],
    [[1e-300], 1],
  ],
  tan: [
    [[0], 0],
    [[-0], -0],
    [[INF], NAN],
    [[2e12], NAN],
    [[1e-300], 1e-300],
  ],
  erf: [
    [[0], 0],
    [[-0], -0],
    [[INF], 1],
    [[MINUS_INF], -1],
    [[6], 1],
    [[-40], -1],
  ],
  erfc: [
    [[0], 1],
    [[-0], 1],
    [[INF], 0],
    [[MINUS_INF], 2],
    [[26.55], 0],
    [[1e300], 0],
    [[-30], 2],
  ],
};

/** IEEE 754-2019, section 9.2.1. */
const POW_CASES: readonly Case[] = [
  ...[0, -0, 1, -2, 0.5, INF, MINUS_INF, NAN].flatMap((x): Case[] => [
    [[x, 0], 1],
    [[x, -0], 1],
  ]),
  ...[0.5, -3, INF, MINUS_INF, NAN].map((y): Case => [[1, y], 1]),
  [[-1, INF], 1],
  [[-1, MINUS_INF], 1],
  [[0, 3], 0],
  [[-0, 3], -0],
  [[-0, 2], 0],
  [[-0, 0.5], 0],
  [[0, INF], 0],
  [[-0, 1e300], 0],
  [[0, -3], INF],
  [[-0, -3], MINUS_INF],
  [[-0, -2], INF],
  [[-0, -0.5], INF],
  [[0, MINUS_INF], INF],
  [[0, 1e-300], 0],
  [[0.5, INF], 0],
  [[0.5, MINUS_INF], INF],
  [[-2, INF], INF],
  [[-2, MINUS_INF], 0],
  [[2, 1e300], INF],
  [[INF, 2], INF],
  [[INF, -1], 0],
  [[INF, 1e-300], INF],
  [[MINUS_INF, 3], MINUS_INF],
  [[MINUS_INF, 2], INF],
  [[MINUS_INF, 0.5], INF],
  [[MINUS_INF, -3], -0],
  [[MINUS_INF, -2], 0],
  [[-8, 1 / 3], NAN],
  [[-2, 0.5], NAN],
  [[-2, 3], -8],
  [[-2, 2], 4],
  [[-2, -1], -0.5],
  [[-2, 2 ** 53], INF],
  [[NAN, 1], NAN],
  [[2, NAN], NAN],
  [[2, 10], 1024],
  [[10, 2], 100],
  [[3, 4], 81],
  [[2, -3], 0.125],
  [[4, 0.5], 2],
  [[1.5, 1], 1.5],
  [[2, 1023], 2 ** 1023],
  [[2, 1024], INF],
  [[-2, 1025], MINUS_INF],
  [[2, -1022], 2 ** -1022],
  [[2, -1030], 0],
  [[MAX, 1], MAX],
  [[5e-324, 0.5], 2 ** -537],
];

describe.each(['scalar', 'pair'] as const)('special values, %s', (flavour) => {
  it.each(Object.entries(CASES) as [MathName, readonly Case[]][])('of %s', (name, cases) => {
    const all: readonly Case[] = [...cases, [[NAN], NAN]];
    const computed = runMathFunction(
      name,
      flavour,
      all.map(([operands]) => operands),
    );
    expect(computed).toEqual(all.map(([, expected]) => expected));
  });

  it('of pow', () => {
    const computed = runMathFunction(
      'pow',
      flavour,
      POW_CASES.map(([operands]) => operands),
    );
    const described = computed.map((value, i) => [POW_CASES[i]?.[0], value]);
    expect(described).toEqual(POW_CASES.map(([operands, expected]) => [operands, expected]));
  });

  it('keeps a NaN whose low payload bits are set', () => {
    const builder = new FunctionBuilder('f', { parameters: [], results: ['f64'] });
    const lanes = createLanes(builder, flavour);
    const quiet = lanes.realOf(lanes.integer(0x7ff8_0000_0000_0fffn));
    const reference = mathReference('exp', flavour);
    const type = flavour === 'scalar' ? 'f64' : 'v128';
    const result = lanes.asReal(builder.callPure(type, reference, [quiet.value]));
    const caller = lowerFunction(builder.finish(lanes.lane(result, 0)));
    const exp = lowerFunction(defineMathFunction('exp', flavour));
    expect(instantiate([exp, caller]).call('f')).toBeNaN();
  });

  it('flushes what decays towards 0 and leaves the rest', () => {
    const code = defineMap('flush', flavour, 1, (lanes, [x = lanes.constant(0)]) => emitFlush(lanes, x));
    const input = [0, 5e-324, 1e-47, -1e-47, 1e-13, -0.5, 65, INF];
    expect(runMap(instantiate([code]), 'flush', [input])).toEqual([0, 0, 0, 0, 1e-13, -0.5, 65, INF]);
    const [small = 0] = runMap(instantiate([code]), 'flush', [[1e-35]]);
    expect(Math.abs(small - 1e-35)).toBeLessThanOrEqual(4.4e-47);
    const [negative] = runMap(instantiate([code]), 'flush', [[-0]]);
    expect(negative).toBe(0);
  });
});
