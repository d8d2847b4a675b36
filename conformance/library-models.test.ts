import {
  type Backend,
  type CheckedModel,
  compileForEngine,
  library,
  listLibrary,
  referenceBackend,
  type SimulationRequest,
  type SimulationResult,
  simulateNeuron,
} from '@nestml/workbench';
import { describe, expect, it } from 'vitest';
import { loadCaseFiles } from './case-files.ts';

async function engineFor(model: CheckedModel): Promise<Backend> {
  // 1e-5 of the usual tolerance: 1e-11.
  const choice = await compileForEngine(model, { toleranceFactor: 1e-5 });
  if (!choice.ok) throw new Error(choice.diagnostics.map(({ message }) => message).join('; '));
  return choice.backend;
}

function run(model: CheckedModel, request: SimulationRequest, backend: Backend): SimulationResult {
  const outcome = simulateNeuron(model, request, backend);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('; '));
  expect(outcome.result.diagnostics).toEqual([]);
  return outcome.result;
}

async function runOnEngine(name: string, request: SimulationRequest): Promise<SimulationResult> {
  const model = library(name);
  return run(model, request, await engineFor(model));
}

/** The largest difference of what was recorded first. */
function distance(first: SimulationResult, second: SimulationResult): number {
  const [a, b] = [first.traces[0]!.values, second.traces[0]!.values];
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, index) => Math.max(worst, Math.abs(value - b[index]!)), 0);
}

/** A current step and two spikes at each port, whatever the ports are called. */
function driveOf({ ports }: CheckedModel): SimulationRequest {
  const names = (signal: string) => ports.filter((port) => port.signal === signal).map(({ name }) => name);
  return {
    duration: 15,
    currents: names('continuous').map((port) => ({ port, amplitude: 600, from: 2 })),
    spikes: names('spike').map((port) => ({ port, times: [1, 3.2], weight: 7 })),
  };
}

const judged = new Set(loadCaseFiles().map(({ model }) => `${model}_neuron`));
const others = listLibrary().filter(({ name, kind }) => kind === 'neurons' && !judged.has(name));

const firesByItself = /ignore_and_fire|terub|hh_cond_exp_traub/;

describe('neurons of the library that have no case', () => {
  it.each(others)('run alike on the engine and the reference interpreter: $name', async ({ name }) => {
    const model = library(name);
    const request = driveOf(model);
    const reference = run(model, request, referenceBackend);
    const engine = run(model, request, await engineFor(model));
    expect(engine.spikes).toEqual(reference.spikes);
    // 1e-11 in each sub-step, amplified where an action potential rises.
    expect(distance(engine, reference)).toBeLessThan(1e-6);
  });

  it.each(others.filter(({ name }) => !firesByItself.test(name)))(
    'stay near their start without input: $name',
    async ({ name }) => {
      const { traces, spikes } = await runOnEngine(name, { duration: 30 });
      const { values } = traces[0]!;
      expect(spikes).toEqual([]);
      // hh_cond_exp_destexhe starts at the reversal potential of its leak, 17 mV below where the background holds it.
      expect(Math.max(...values) - Math.min(...values)).toBeLessThan(name.includes('destexhe') ? 20 : 8);
    },
  );
});

const currentStep = { port: 'I_stim', amplitude: 700, from: 20, to: 180 };
const conductances: SimulationRequest = {
  duration: 200,
  currents: [currentStep],
  spikes: [
    { port: 'exc_spikes', times: [10, 60.3, 61], weight: 25 },
    { port: 'inh_spikes', times: [30, 90.7], weight: 12 },
  ],
};
const currents: SimulationRequest = {
  ...conductances,
  spikes: conductances.spikes!.map((stimulus) => ({ ...stimulus, weight: 300 })),
};

/** Parameters that iaf_cond_exp and iaf_cond_exp_sfa_rr share. */
const leakyConductances = {
  V_th: -57,
  V_reset: -70,
  refr_T: 0.5,
  g_L: 28.95,
  C_m: 289.5,
  E_inh: -75,
  tau_syn_exc: 1.5,
  tau_syn_inh: 10,
};

describe('models of the library that are written differently', () => {
  it.each([
    { first: 'iaf_psc_exp_dend', second: 'iaf_psc_exp', request: currents },
    { first: 'aeif_cond_alpha_alt', second: 'aeif_cond_alpha', request: conductances },
    {
      first: 'iaf_cond_beta',
      set: { tau_syn_rise_E: 1.5, tau_syn_decay_E: 1.5, tau_syn_rise_I: 4, tau_syn_decay_I: 4 },
      second: 'iaf_cond_alpha',
      setSecond: { tau_syn_exc: 1.5, tau_syn_inh: 4 },
      request: conductances,
    },
    {
      first: 'iaf_cond_exp_sfa_rr',
      set: { ...leakyConductances, q_sfa: 0, q_rr: 0 },
      second: 'iaf_cond_exp',
      setSecond: leakyConductances,
      request: conductances,
    },
  ])('compute the same: $first and $second', async ({ first, set, second, setSecond, request }) => {
    const a = await runOnEngine(first, { ...request, set: set ?? {} });
    const b = await runOnEngine(second, { ...request, set: setSecond ?? {} });
    expect(a.spikes.length).toBeGreaterThan(2);
    expect(a.spikes).toEqual(b.spikes);
    expect(distance(a, b)).toBeLessThan(1e-6);
  });

  it('compute the same: a refractory period counted in steps, and one in ms', async () => {
    const times = Array.from({ length: 150 }, (_, index) => (7 * index + 3) / 10);
    const request = {
      duration: 110,
      set: { I_e: 350, refr_T: 2.1 },
      spikes: [{ port: 'spikes', times, weight: 4 }],
    };
    const a = await runOnEngine('iaf_psc_delta_fixed_timestep', request);
    const b = await runOnEngine('iaf_psc_delta', request);
    expect(a.spikes.length).toBeGreaterThan(10);
    expect(a.spikes).toEqual(b.spikes);
    expect(distance(a, b)).toBeLessThan(1e-12);
  });

  it('compute the same: iaf_psc_exp counted from rest with two equal refractory periods, and iaf_psc_exp', async () => {
    const a = await runOnEngine('iaf_psc_exp_htum', currents);
    const b = await runOnEngine('iaf_psc_exp', currents);
    expect(a.spikes.length).toBeGreaterThan(3);
    expect(a.spikes).toEqual(b.spikes);
    const shifted = b.traces.map((trace) => ({ ...trace, values: trace.values.map((value) => value + 70) }));
    expect(distance(a, { ...b, traces: shifted })).toBeLessThan(1e-12);
  });
});

describe('what a spike leaves behind', () => {
  it('is a threshold that decays with two time constants: mat2_psc_exp', async () => {
    const { spikes, traces, times } = await runOnEngine('mat2_psc_exp', {
      duration: 30,
      currents: [{ port: 'I_stim', amplitude: 600 }],
      record: ['V_th'],
    });
    expect(spikes.length).toBe(2);
    const { values } = traces[0]!;
    times.forEach((time, index) => {
      const raised = spikes
        .filter((spike) => spike <= time + 1e-9)
        .map((spike) => 37 * Math.exp((spike - time) / 10) + 2 * Math.exp((spike - time) / 200));
      const expected = -70 + 19 + raised.reduce((sum, part) => sum + part, 0);
      expect(Math.abs(values[index]! - expected)).toBeLessThan(1e-11);
    });
  });

  it('is an alpha function that starts when the threshold was crossed: iaf_chxk_2008', async () => {
    const stimulus = { currents: [{ port: 'I_stim', amplitude: 2000 }] };
    const record = ['g_ahp', 'V_m'];
    const { spikes, traces, times } = await runOnEngine('iaf_chxk_2008', {
      duration: 20,
      ...stimulus,
      record,
    });
    expect(spikes.length).toBe(1);
    // The membrane before its first spike: rest plus 20 mV (1 - exp(-t / 10 ms)), which crosses 15 mV at 10 ln 4 ms.
    const crossing = 10 * Math.log(4);
    times.forEach((time, index) => {
      const age = time - crossing;
      const expected = age > 0.1 ? 443.8 * (age / 0.5) * Math.exp(1 - age / 0.5) : 0;
      // The interpolation is off by V'' h² / (8 V'), 1.3e-4 ms at most.
      if (Math.abs(age) > 0.1) expect(Math.abs(traces[0]!.values[index]! - expected)).toBeLessThan(0.4);
    });
  });

  it('is a pause of one period: ignore_and_fire', async () => {
    const request = { duration: 100, set: { firing_rate: '40 Hz' }, record: ['phase'] };
    const { spikes, traces } = await runOnEngine('ignore_and_fire', request);
    expect(spikes).toEqual([12.5, 37.5, 62.5, 87.5]);
    expect(traces[0]!.values[0]).toBeCloseTo(126 / 250, 12);
  });
});

describe('rates that are 0/0 at some potential', () => {
  it.each([
    { name: 'hh_psc_alpha', start: 'V_m_init', potentials: [-55, -40] },
    { name: 'hh_cond_exp_traub', start: 'E_L', potentials: [-48, -50, -23] },
    { name: 'hh_cond_exp_destexhe', start: 'E_L', potentials: [-43, -45, -18, -30] },
    { name: 'hh_moto_5ht', start: 'V_m_init', potentials: [-66, -32] },
    { name: 'traub_psc_alpha', start: 'V_m_init', potentials: [-52, -54, -27] },
    { name: 'traub_cond_multisyn', start: 'V_m_init', potentials: [-52, -54, -27] },
    { name: 'wb_cond_exp', start: 'E_L', potentials: [-34, -35] },
    { name: 'wb_cond_multisyn', start: 'E_L', potentials: [-34, -35] },
  ])('have their limit there: $name', async ({ name, start, potentials }) => {
    const model = library(name);
    const engine = await engineFor(model);
    const states = model.states.map(({ symbol }) => symbol.name);
    const record = states.filter((state) => /^(V_m$|Act|Inact)/.test(state));
    expect(record.length).toBeGreaterThan(2);
    const statesFrom = (potential: number, backend: Backend) => {
      const request = { duration: 0.01, resolution: 0.01, set: { [start]: potential }, record };
      return run(model, request, backend).traces.map(({ values }) => values[0]!);
    };
    for (const potential of potentials) {
      const [farBelow, below, above, farAbove] = [-2, -1, 1, 2].map((place) =>
        // 0.003 or more of the width of any rate, beyond the series that the models have near the limit.
        statesFrom(potential + place * 0.03, engine),
      );
      for (const backend of [engine, referenceBackend]) {
        statesFrom(potential, backend).forEach((value, state) => {
          // The cubic through the neighbours.
          const expected =
            (4 * (below![state]! + above![state]!) - farBelow![state]! - farAbove![state]!) / 6;
          expect(Math.abs(value / expected - 1)).toBeLessThan(1e-9);
        });
      }
    }
  });
});
