import { describe, expect, it } from 'vitest';
import { expectSame } from './compare.ts';
import { libraryModel } from './models.ts';
import type { Stimulus } from './simulate.ts';

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
