import { runNeuron } from '@nestml/reference';
import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, readVariable, runBlock } from '../src/index.ts';
import { checkedModel, compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

/** A countdown and an unused time that are infinite at first; V is driven by both and resets the countdown. */
const TEXT = `model waiting:
  state:
    r ms = inf * 1 ms
    slow ms = -inf * 1 ms
    last ms = -inf * 1 ms
    v[2] real = inf
    V mV = 0 mV
    x real = 1
  equations:
    r' = -1
    slow' = -rate
    V' = (1 mV - V) / (10 ms)
    x' = x * x * gain / ms
  parameters:
    rate real = 0.5
    gain real = 0
    pairs integer = 0
  update:
    integrate_odes()
    if V > 0.04 mV and r > 100 ms:
      r = 0.3 ms
      last = t
    if pairs > 0:
      v[pairs] = v[0]
`;

const STEPS = 20;

function engineRun(values: Readonly<Record<string, number>> = {}, sizes = { v: 2 }) {
  const engine = testEngine();
  const artefact = compileText(TEXT, { sizes, recorded: ['V', 'r', 'last', 'slow'] });
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 3,
    stepNs: 100_000,
    values: new Map(Object.entries(values)),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  return {
    block: creation.block,
    outcome: runBlock(creation.block, { steps: STEPS, inputs: NO_INPUTS, record: { every: 1 } }),
  };
}

describe('infinite initial states', () => {
  it('stay until they are set, as in the reference', () => {
    const { block, outcome } = engineRun();
    expect(outcome.failure).toBeUndefined();
    const model = checkedModel(TEXT);
    const names = block.module.layout.recorded;
    const reference = runNeuron({
      model,
      stepNs: 100_000,
      steps: STEPS,
      values: new Map(),
      currents: [],
      spikes: [],
      poisson: [],
      record: names.map((name) => ({
        kind: 'variable',
        symbol: model.states.find(({ symbol }) => symbol.writtenName === name)!.symbol,
      })),
      recordEvery: 1,
      identity: { population: 'neuron', index: 0, seed: 1 },
    });
    expect(reference.failure).toBeUndefined();
    for (const [row, name] of names.entries()) {
      const own = [...outcome.recorded.values[row]!].filter((_, i) => i % 3 === 2);
      const expected = [...reference.recorded[row]!];
      if (name !== 'V') expect(own).toEqual(expected);
      for (const [i, V] of expected.entries()) if (name === 'V') expect(own[i]).toBeCloseTo(V, 12);
    }
    expect([...readVariable(block, 'slow')]).toEqual([-Infinity, -Infinity, -Infinity]);
    expect(readVariable(block, 'r')[0]).toBeLessThan(0);
  });

  it('do not hide a state that becomes infinite, nor an infinite value that is assigned', () => {
    const { outcome } = engineRun({ gain: 1 });
    expect(outcome.failure).toMatchObject({ variable: 'x' });
    expect(engineRun({ pairs: 1 }).outcome.failure).toMatchObject({
      kind: 'not-finite',
      variable: 'v[0]',
      step: 0,
    });
  });
});
