import { runNeuron } from '@nestml/reference';
import { expect, test } from 'vitest';
import { createBlock, loadNeuron, runBlock } from '../src/index.ts';
import { checkedModel, compileText } from './compile-text.ts';
import { testEngine } from './leaky-block.ts';

/** Reads vector ports by number and by computed index, in statements and in recorded inlines; handlers count single elements. */
const TEXT = `model inputs:
  state:
    i integer = 1
    sums[3] real = 0
    currents[2] pA = 0 pA
    n integer = 0
    k integer = 0
  equations:
    recordable inline fixed real = exc[1] * 1 s
    recordable inline chosen real = exc[i] * 1 s
    recordable inline current pA = I[1]
    recordable inline chosen_current pA = I[i - 1]
  input:
    exc[3] <- spike
    I[2] pA <- continuous
  output:
    spike
  onReceive(exc[1]):
    n += 1
  update:
    for k in 0 ... 3 step 1:
      sums[k] = sums[k] + exc[k] * 1 s
    for k in 0 ... 2 step 1:
      currents[k] = currents[k] + I[k]
    i = 3 - i
`;

const RECORDED = [
  'fixed',
  'chosen',
  'current',
  'chosen_current',
  'n',
  'sums[0]',
  'sums[1]',
  'sums[2]',
  'currents[1]',
];
const STEPS = 9;

const SPIKES = [
  { element: 2, step: 1, weight: 7 },
  { element: 2, step: 2, weight: 5 },
  { element: 1, step: 2, weight: 3 },
  { element: 1, step: 5, weight: -2 },
  { element: 0, step: 5, weight: 11 },
  { element: 2, step: 8, weight: 13 },
];
const CURRENTS = [
  { element: 0, firstStep: 2, endStep: 5, value: 100 },
  { element: 1, firstStep: 4, endStep: 8, value: 30 },
];

test('ports that are read with computed indices, also in recordings, are those of the reference', () => {
  const engine = testEngine();
  const sizes = { sums: 3, currents: 2, exc: 3, I: 2 };
  const artefact = compileText(TEXT, { sizes, recorded: RECORDED });
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 3,
    stepNs: 100_000,
    values: new Map(),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  const inputs = {
    spikes: SPIKES.map(({ element, ...spike }) => ({ ...spike, port: `exc[${element}]` })),
    currents: CURRENTS.map(({ element, ...current }) => ({ ...current, port: `I[${element}]` })),
    poisson: [],
  };
  const { recorded, failure } = runBlock(creation.block, { steps: STEPS, inputs, record: { every: 1 } });
  expect(failure).toBeUndefined();
  const model = checkedModel(TEXT);
  const symbols = [...model.states, ...model.inlines].map(({ symbol }) => symbol);
  const [exc, I] = ['exc', 'I'].map((name) => model.ports.find((port) => port.name === name)!);
  const names = artefact.layout.recorded;
  const reference = runNeuron({
    model,
    stepNs: 100_000,
    steps: STEPS,
    values: new Map(),
    currents: CURRENTS.map((current) => ({ ...current, port: I! })),
    spikes: SPIKES.map((spike) => ({ ...spike, port: exc! })),
    poisson: [],
    record: names.map((name) => {
      const [base, element] = name.replace(']', '').split('[');
      const symbol = symbols.find(({ writtenName }) => writtenName === base)!;
      return { kind: 'variable', symbol, ...(element === undefined ? {} : { element: Number(element) }) };
    }),
    recordEvery: 1,
    identity: { population: 'neuron', index: 0, seed: 1 },
  });
  expect(reference.failure).toBeUndefined();
  const byName = (rows: readonly Float64Array[], of: (i: number) => boolean) =>
    Object.fromEntries(names.map((name, row) => [name, [...rows[row]!].filter((_, i) => of(i))]));
  const own = byName(recorded.values, (i) => i % 3 === 2);
  expect(own).toEqual(byName(reference.recorded, () => true));
  // A record at the end of a step shows the spikes of that step, and the current of the next (rule D1).
  expect(own['fixed']).toEqual([0, 0, 3, 0, 0, -2, 0, 0, 0]);
  expect(own['current']).toEqual([0, 0, 0, 30, 30, 30, 30, 0, 0]);
  expect(own['sums[2]']!.at(-1)).toBe(25);
});
