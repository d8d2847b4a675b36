import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, readVariable, runBlock, setVariables } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

/** What a spike adds to the states of the convolution depends on tau; a reference potential on the initial state. */
const TEXT = `model own_kernel:
  state:
    V mV = 2 mV
  equations:
    kernel K = (e / tau) * t * exp(-t / tau)
    V' = -V / (10 ms) + convolve(K, p) * 1 mV/ms
  parameters:
    tau ms = 2 ms
    factor real = 3
  internals:
    V_start mV = factor * V
    double real = 2 * factor
  input:
    p <- spike
  update:
    integrate_odes()
`;

function blockOf(tau: readonly number[]) {
  const engine = testEngine();
  const artefact = compileText(TEXT, { perInstance: ['tau'], recorded: ['convolve(K, p)'] });
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: tau.length,
    stepNs: 100_000,
    values: new Map([['tau', Float64Array.from(tau)]]),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  return creation.block;
}

describe('a parameter of a kernel that each instance has for itself', () => {
  it('enters what a spike adds: e s/tau exp(-s/tau), s after the spike', () => {
    const tau = [2, 3, 0.5, 0.2, 9];
    const steps = 25;
    const { recorded } = runBlock(blockOf(tau), {
      steps,
      inputs: { ...NO_INPUTS, spikes: [{ port: 'p', step: 5, weight: 1.5 }] },
      record: { every: 1 },
    });
    tau.forEach((own, instance) => {
      const values = [...recorded.values[0]!].filter((_, i) => i % tau.length === instance);
      const expected = Array.from({ length: steps }, (_, i) => {
        const since = recorded.steps[i]! * 0.1 - recorded.steps[5]! * 0.1;
        return since < 0 ? 0 : (1.5 * Math.E * since * Math.exp(-since / own)) / own;
      });
      const shift = values.findIndex((value) => value > 0) - expected.findIndex((value) => value > 0);
      expect(Math.abs(shift)).toBeLessThanOrEqual(1);
      expected.forEach((value, i) => {
        if (i + shift < steps) expect(values[i + shift]).toBeCloseTo(value, 12);
      });
    });
  });
});

describe('an internal that depends on an initial state', () => {
  it('keeps its value when a parameter changes between runs, unlike others', () => {
    const block = blockOf([2, 3, 4]);
    runBlock(block, { steps: 10, inputs: NO_INPUTS });
    setVariables(block, new Map([['factor', 5]]));
    expect([...readVariable(block, 'V_start')]).toEqual([6, 6, 6]);
    expect([...readVariable(block, 'double')]).toEqual([10, 10, 10]);
  });
});

describe('a kernel that decays', () => {
  it('ends at 0, not in subnormal numbers, which are slow', () => {
    const block = blockOf([0.02, 0.05]);
    const { recorded } = runBlock(block, {
      steps: 400,
      inputs: { ...NO_INPUTS, spikes: [{ port: 'p', step: 0, weight: 1 }] },
      record: { every: 1 },
    });
    const values = [...recorded.values[0]!];
    expect(values.filter((value) => value !== 0 && Math.abs(value) < 2 ** -1022)).toEqual([]);
    expect(values.filter((value) => value > 0).length).toBeGreaterThan(50);
    expect(values.slice(-2)).toEqual([0, 0]);
  });
});
