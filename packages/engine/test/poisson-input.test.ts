import { createSourceFile } from '@nestml/diagnostics';
import { check, parse } from '@nestml/language';
import { runNeuron } from '@nestml/reference';
import { expect, test } from 'vitest';
import { runBlock } from '../src/index.ts';
import { leakyBlock, NO_INPUTS } from './leaky-block.ts';

/** Holds the sum of the weights that have arrived. */
const SUM = `model sum:
  state:
    V mV = 0 mV
  equations:
    V' = spikes * mV
  input:
    spikes <- spike
  update:
    integrate_odes()
`;

const STEPS = 700;
const IDENTITY = { population: 'exc µ', seed: -(2 ** 40) - 3 };

/** Rates in 1/ms with steps of 0.3 ms: by inversion, and by rejection above 33.3. */
const DEVICES = [
  { rate: 0.7, weight: 0.1 },
  { rate: 29.9, weight: -0.03 },
  { rate: 36, weight: 0.003 },
  { rate: 400, weight: 0.001 },
  { rate: 0, weight: 1 },
];

/** The sum after each step by the reference interpreter. */
function referenceTrace(index: number): readonly number[] {
  const { models } = check(parse(createSourceFile('sum.nestml', SUM)));
  const model = models[0]!;
  const [port, V] = [model.ports[0]!, model.states[0]!.symbol];
  const outcome = runNeuron({
    model,
    stepNs: 300_000,
    steps: STEPS,
    values: new Map(),
    currents: [],
    spikes: [{ port, step: 5, weight: 0.2 }],
    poisson: DEVICES.map((device) => ({ port, ...device })),
    record: [{ kind: 'variable', symbol: V }],
    recordEvery: 1,
    identity: { ...IDENTITY, index },
  });
  expect(outcome.failure).toBeUndefined();
  return [...outcome.recorded[0]!];
}

test('Poisson inputs bring what they bring in the reference, bit by bit, for each instance', () => {
  // With tau so large the leaky membrane only sums what arrives.
  const block = leakyBlock({
    instances: 3,
    stepNs: 300_000,
    identity: { ...IDENTITY, firstIndex: 40 },
    values: { E_L: 0, tau: 1e300, theta: 1e300 },
  });
  const { recorded } = runBlock(block, {
    steps: STEPS,
    inputs: {
      ...NO_INPUTS,
      spikes: [{ port: 'spikes', step: 5, weight: 0.2 }],
      poisson: DEVICES.map((device, number) => ({ ...device, port: 'spikes', device: number })),
    },
    record: { every: 1 },
  });
  const traces = [0, 1, 2].map((instance) => recorded.values[0]!.filter((_, i) => i % 3 === instance));
  expect([...traces[0]!]).toEqual(referenceTrace(40));
  expect([...traces[2]!]).toEqual(referenceTrace(42));
  expect([...traces[0]!]).not.toEqual([...traces[1]!]);
});

test('Poisson inputs of steps around 2^32 do not depend on the pieces of the run', () => {
  const traces = [[6], [2, 1, 3]].map((pieces) => {
    const block = leakyBlock({ instances: 5, values: { E_L: 0, tau: 1e300, theta: 1e300 } });
    block.fields.setDouble('step', 2 ** 32 - 2);
    const poisson = [{ port: 'spikes', device: 0, rate: 30, weight: 1 }];
    return pieces.flatMap((steps) => [
      ...runBlock(block, { steps, inputs: { ...NO_INPUTS, poisson }, record: { every: 1 } }).recorded
        .values[0]!,
    ]);
  });
  expect(traces[0]).toEqual(traces[1]);
  expect(new Set(traces[0]).size).toBeGreaterThan(10);
});
