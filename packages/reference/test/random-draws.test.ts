import { expect, test } from 'vitest';
import { philox4x32 } from '../src/philox.ts';
import { KEY_KIND, neuronKey } from '../src/random-key.ts';
import { modelOf, portOf, runModel, runText } from './run-text.ts';

const DRAWS = `model drawing_neuron:
    state:
        u real = 0
        v real = 0
        g mV = 0 mV
        n integer = 0
        total real = 0
    input:
        p <- spike
    output:
        spike
    update:
        u = random_uniform(10, 5)
        v = random_uniform(0, 1) + random_uniform(0, 1)
        g = random_normal(-70 mV, 2 mV)
        n = random_poisson(3.5)
    onReceive(p):
        total += p * 1 s
`;
const NAMES = ['u', 'v', 'g', 'n'];
const IDENTITY = { seed: 42, population: 'exc', index: 3 };

test('the number of a draw follows from seed, population, index, call site, step and count', () => {
  const { trace } = runText(DRAWS, { steps: 3, record: NAMES, identity: IDENTITY });
  const key = neuronKey(IDENTITY, KEY_KIND.statements);
  const uniform = (callSite: number, step: number) => {
    const [w0, w1] = philox4x32([0, callSite, step, 0], key);
    return ((w0 >>> 5) * 2 ** 26 + (w1 >>> 6)) / 2 ** 53;
  };
  for (const step of [0, 1, 2]) {
    expect(trace('u')[step]).toBe(10 + 5 * uniform(0, step));
    expect(trace('v')[step]).toBe(uniform(1, step) + uniform(2, step));
  }
});

test('runs with the same identity give the same bits, another seed, population or index gives others', () => {
  const run = (identity: typeof IDENTITY) => {
    const { trace } = runText(DRAWS, { steps: 20, record: NAMES, identity });
    return NAMES.map((name) => [...trace(name)]);
  };
  const first = run(IDENTITY);
  expect(run(IDENTITY)).toEqual(first);
  for (const other of [{ seed: 43 }, { population: 'inh' }, { index: 4 }]) {
    expect(run({ ...IDENTITY, ...other })[0]).not.toEqual(first[0]);
  }
});

test('the draws of a step do not depend on how long the run is', () => {
  const short = runText(DRAWS, { steps: 5, record: ['g'] }).trace('g');
  const long = runText(DRAWS, { steps: 50, record: ['g'] }).trace('g');
  expect([...long].slice(0, 5)).toEqual([...short]);
});

test('Poisson input has the mean and variance of its rate, and each device draws for itself', () => {
  const model = modelOf(DRAWS);
  const port = portOf(model, 'p');
  const steps = 20_000;
  const { trace } = runModel(model, {
    steps,
    record: ['total'],
    poisson: [
      { port, rate: 8, weight: 1 },
      { port, rate: 2, weight: 1000 },
    ],
  });
  const totals = trace('total');
  const counts = totals.map((total, i) => Math.round(total - (totals[i - 1] ?? 0)));
  const first = counts.map((count) => count % 1000);
  const second = counts.map((count) => Math.floor(count / 1000));
  const moments = (values: Float64Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / steps;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / steps };
  };
  for (const [values, lambda] of [
    [first, 0.8],
    [second, 0.2],
  ] as const) {
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - lambda)).toBeLessThan(4 * Math.sqrt(lambda / steps));
    expect(Math.abs(variance / lambda - 1)).toBeLessThan(0.06);
  }
  const together = first.reduce((sum, value, i) => sum + (value - 0.8) * (second[i]! - 0.2), 0) / steps;
  expect(Math.abs(together)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / steps));
});

test('numbers are drawn by statements only: a draw in an initial value is refused by the checker', () => {
  const text = DRAWS.replace('total real = 0', 'total real = random_uniform(0, 1)');
  expect(() => modelOf(text)).toThrow('random-misplaced');
});
