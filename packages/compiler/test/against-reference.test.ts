import type { CheckedModel, PortSymbol } from '@nestml/language';
import { describe, expect, it } from 'vitest';
import { runNeuron } from '../../reference/src/index.ts';
import { libraryModel, solvedModel } from './models.ts';
import { type Stimulus, simulate } from './simulate.ts';

/** Runs the reference interpreter and the solved model on the same input, and returns both. */
function runBoth(checked: CheckedModel, stimulus: Stimulus) {
  const address = (written: string) => {
    const [, name = written, element] = /^(.*)\[(\d+)\]$/.exec(written) ?? [];
    const port = checked.ports.find((other: PortSymbol) => other.name === name);
    if (port === undefined) throw new Error(`no port ${name}`);
    return { port, ...(element === undefined ? {} : { element: Number(element) }) };
  };
  const declared = [...checked.states, ...checked.parameters, ...checked.internals, ...checked.inlines];
  const symbolOf = (name: string) => {
    const found = declared.find(({ symbol }) => symbol.writtenName === name);
    if (found === undefined) throw new Error(`no variable ${name}`);
    return found.symbol;
  };
  const expected = runNeuron({
    model: checked,
    stepNs: stimulus.stepNs,
    steps: stimulus.steps,
    values: new Map(Object.entries(stimulus.set ?? {}).map(([name, value]) => [symbolOf(name), value])),
    spikes: (stimulus.spikes ?? []).map(({ port, ...rest }) => ({ ...address(port), ...rest })),
    currents: (stimulus.currents ?? []).map(({ port, ...rest }) => ({ ...address(port), ...rest })),
    poisson: [],
    record: stimulus.record.map((name) => ({ kind: 'variable' as const, symbol: symbolOf(name) })),
    recordEvery: 1,
    identity: { seed: 1, population: 'test', index: 0 },
  });
  if (expected.failure !== undefined) throw new Error(JSON.stringify(expected.failure));
  return { expected, found: simulate(solvedModel(checked), stimulus) };
}

/** The largest difference of two courses, divided by `absolute + relative · |expected|`. */
function worstRatio(found: readonly number[], expected: Float64Array, relative: number, absolute: number) {
  expect(found.length).toBe(expected.length);
  return Math.max(
    ...found.map((value, i) => {
      const ratio = Math.abs(value - expected[i]!) / (absolute + relative * Math.abs(expected[i]!));
      return Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
    }),
  );
}

function expectSame(
  checked: CheckedModel,
  stimulus: Stimulus,
  { relative, absolute }: { readonly relative: number; readonly absolute: number },
) {
  const { expected, found } = runBoth(checked, stimulus);
  expect(found.spikeSteps).toEqual(expected.spikeSteps);
  expect(found.printed).toEqual(expected.printed.map(({ text }) => text));
  stimulus.record.forEach((name, i) => {
    const ratio = worstRatio(found.recorded.get(name)!, expected.recorded[i]!, relative, absolute);
    expect(ratio, name).toBeLessThanOrEqual(1);
  });
  return found;
}

const input: Omit<Stimulus, 'record'> = {
  stepNs: 100_000,
  steps: 500,
  spikes: Array.from({ length: 12 }, (_, i) => [
    { port: 'exc_spikes', step: 20 + 37 * i, weight: 400 + 30 * i },
    { port: 'inh_spikes', step: 31 + 41 * i, weight: 150 },
  ]).flat(),
  currents: [
    { port: 'I_stim', firstStep: 50, endStep: 350, value: 420 },
    { port: 'I_stim', firstStep: 100, endStep: 200, value: 150 },
  ],
  tolerance: 1e-12,
};

describe('the solved form and the reference interpreter agree', () => {
  it('on iaf_psc_alpha over 50 ms', () => {
    const stimulus = { ...input, record: ['V_m', 'refr_t', 'I_syn'] };
    const found = expectSame(libraryModel('iaf_psc_alpha'), stimulus, { relative: 1e-9, absolute: 1e-9 });
    expect(found.spikeSteps.length).toBeGreaterThan(2);
  });

  it('on hh_psc_alpha over 50 ms', () => {
    const stimulus = { ...input, set: { I_e: 600 }, record: ['V_m', 'Act_m', 'I_syn_exc'] };
    const checked = libraryModel('hh_psc_alpha');
    const found = expectSame(checked, stimulus, { relative: 1e-9, absolute: 1e-6 });
    expect(found.spikeSteps.length).toBeGreaterThan(2);
  });

  it.each(['iaf_psc_exp', 'iaf_cond_alpha', 'aeif_cond_exp'])('on %s over 50 ms', (name) => {
    const weights = name.includes('cond') ? 0.02 : 1;
    const spikes = (input.spikes ?? []).map((spike) => ({ ...spike, weight: spike.weight * weights }));
    const stimulus = { ...input, spikes, set: { I_e: 500 }, record: ['V_m', 'I_syn'] };
    const found = expectSame(libraryModel(name), stimulus, { relative: 1e-7, absolute: 1e-6 });
    expect(found.spikeSteps.length).toBeGreaterThan(0);
  });

  it.each(['iaf_psc_delta', 'izhikevich'])('on %s over 50 ms', (name) => {
    const spikes = (input.spikes ?? []).map(({ step, weight }) => ({
      port: 'spikes',
      step,
      weight: weight / 100,
    }));
    const currents = (input.currents ?? []).map((current) => ({
      ...current,
      value: current.value * (name === 'izhikevich' ? 0.03 : 1),
    }));
    const stimulus = { ...input, spikes, currents, record: ['V_m'] };
    const found = expectSame(libraryModel(name), stimulus, { relative: 1e-8, absolute: 1e-6 });
    expect(found.spikeSteps.length).toBeGreaterThan(0);
  });
});
