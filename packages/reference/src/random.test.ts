import { expect, test } from 'vitest';
import { philox4x32 } from './philox.ts';
import { logFactorial } from './poisson.ts';
import { createRandomSource, type RandomSource } from './random.ts';

const KEY = [0x1234_5678, 0x9abc_def0] as const;
const SAMPLES = 100_000;

function sample(draw: (random: RandomSource) => number, count = SAMPLES): readonly number[] {
  const random = createRandomSource(KEY, { step: 0 });
  return Array.from({ length: count }, () => draw(random));
}

function moments(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

/** Pearson's statistic for observed counts against expected ones. */
function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
}

test('a draw is the block at (draw counter, call site, low and high word of the step) under the key', () => {
  const clock = { step: 2 ** 32 + 7 };
  const random = createRandomSource(KEY, clock);
  const uniformOf = (draw: number, callSite: number, low: number, high: number): number => {
    const [w0, w1] = philox4x32([draw, callSite, low, high], KEY);
    return ((w0 >>> 5) * 2 ** 26 + (w1 >>> 6)) / 2 ** 53;
  };
  expect(random.uniform(3)).toBe(uniformOf(0, 3, 7, 1));
  expect(random.uniform(3)).toBe(uniformOf(1, 3, 7, 1));
  expect(random.uniform(4)).toBe(uniformOf(0, 4, 7, 1));
  clock.step += 1;
  expect(random.uniform(3)).toBe(uniformOf(0, 3, 8, 1));
});

test('uniform numbers fill [0, 1) evenly: chi-square of 100 bins below its 99.9 % quantile', () => {
  const values = sample((random) => random.uniform(0));
  const counts = new Array<number>(100).fill(0);
  for (const value of values) {
    expect(value >= 0 && value < 1).toBe(true);
    counts[Math.floor(100 * value)]! += 1;
  }
  expect(chiSquare(counts, new Array<number>(100).fill(SAMPLES / 100))).toBeLessThan(148.2);
  const { mean, variance } = moments(values);
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * SAMPLES));
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
});

test('a normal number is the cosine branch of Box and Muller from one block', () => {
  const random = createRandomSource(KEY, { step: 0 });
  const [w0, w1, w2, w3] = philox4x32([0, 9, 0, 0], KEY);
  const u = ((w0 >>> 5) * 2 ** 26 + (w1 >>> 6)) / 2 ** 53;
  const v = ((w2 >>> 5) * 2 ** 26 + (w3 >>> 6)) / 2 ** 53;
  expect(random.normal(9)).toBe(Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v));
});

test('normal numbers have mean 0, variance 1, and the tails of the distribution', () => {
  const values = sample((random) => random.normal(0));
  const { mean, variance } = moments(values);
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(SAMPLES));
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / SAMPLES));
  const beyond = (bound: number) => values.filter((value) => value > bound).length / SAMPLES;
  expect(Math.abs(beyond(1) - 0.158655)).toBeLessThan(0.005);
  expect(Math.abs(beyond(2) - 0.02275)).toBeLessThan(0.002);
});

/** Probabilities of 0 … `last` − 1 and of everything from `last` on. */
function poissonProbabilities(lambda: number, last: number): readonly number[] {
  const single = Array.from({ length: last }, (_, k) =>
    Math.exp(k * Math.log(lambda) - lambda - logFactorial(k)),
  );
  return [...single, 1 - single.reduce((sum, p) => sum + p, 0)];
}

test.each([
  [0.3, 3, 16.3],
  [4, 11, 31.3],
  [9.99, 20, 45.4],
  [10, 20, 45.4],
  [35, 55, 93.2],
])(
  'Poisson numbers with mean %d fit the distribution: chi-square with %d degrees of freedom',
  (lambda, last, bound) => {
    const values = sample((random) => random.poisson(0, lambda));
    const first = Math.max(0, Math.floor(lambda - 4 * Math.sqrt(lambda)));
    const all = poissonProbabilities(lambda, last);
    const merged = [all.slice(0, first + 1).reduce((sum, p) => sum + p, 0), ...all.slice(first + 1)];
    const observed = merged.map(() => 0);
    for (const value of values) observed[Math.min(Math.max(value - first, 0), merged.length - 1)]! += 1;
    expect(
      chiSquare(
        observed,
        merged.map((p) => p * SAMPLES),
      ),
    ).toBeLessThan(bound);
  },
);

test.each([1e3, 1e6, 1e9])('Poisson numbers with mean %d have that mean and variance', (lambda) => {
  const { mean, variance } = moments(sample((random) => random.poisson(0, lambda), 20_000));
  expect(Math.abs(mean - lambda)).toBeLessThan(4 * Math.sqrt(lambda / 20_000));
  expect(Math.abs(variance / lambda - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
});

test('a Poisson number with mean 0 is 0', () => {
  expect(sample((random) => random.poisson(0, 0), 100).every((value) => value === 0)).toBe(true);
});

test('the logarithm of the factorial is exact to rounding', () => {
  const known = [
    [0, 0],
    [2, Math.LN2],
    [15, 27.89927138384089],
    [16, 30.671860106080672],
    [20, 42.33561646075349],
    [100, 363.7393755555635],
    [1000, 5912.128178488163],
  ] as const;
  for (const [k, value] of known)
    expect(Math.abs(logFactorial(k) - value)).toBeLessThanOrEqual(1e-15 * value);
});
