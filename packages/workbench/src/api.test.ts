import { describe, expect, it } from 'vitest';
import { library, ModelError, modelFromText, plasticityWindow, simulate, simulateSynapse } from './api.ts';
import type { SimulationRequest } from './simulation/request.ts';

const leak = `model leak_neuron:
    state:
        V_m mV = -70 mV
        n integer = 0
    equations:
        V_m' = -(V_m - E_L) / tau_m + I_stim / C_m
    parameters:
        E_L mV = -70 mV
        tau_m ms = 10 ms [[tau_m > 0 ms]]
        C_m pF = 250 pF
    input:
        I_stim pA <- continuous
        spikes <- spike
    output:
        spike
    onReceive(spikes):
        n += 1
        emit_spike()
    update:
        integrate_odes()
`;

/** Codes and messages of the error that a call throws. */
async function errorsOf(request: SimulationRequest): Promise<readonly string[]> {
  try {
    await simulate(modelFromText(leak), request);
    return [];
  } catch (error) {
    if (error instanceof ModelError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

describe('the API for programs', () => {
  it('takes a method for equations without exact solution', async () => {
    const run = { duration: 5, resolution: 0.05, set: { V_m: '-60 mV' } };
    const methods = ['rosenbrock', 'runge-kutta-4'] as const;
    const results = await Promise.all(
      methods.map((solver) => simulate(library('izhikevich'), run, { solver })),
    );
    results.forEach(({ solvers }, i) => {
      expect(new Set(solvers.map(({ method }) => method))).toEqual(new Set([methods[i]]));
    });
    const [implicit, fixed] = results.map(({ traces }) => traces[0]!.values.at(-1)!);
    expect(Math.abs(implicit! - fixed!)).toBeLessThan(1e-4);
  });

  it('refuses a method that the model does not allow', async () => {
    const printing = leak.replace('        n += 1', '        println("{n}")');
    const refused = simulate(modelFromText(printing), { duration: 1 }, { solver: 'rosenbrock' });
    await expect(refused).rejects.toMatchObject({ diagnostics: [{ code: 'solver-needs-engine' }] });
  });

  it('simulates a library model by its short name', async () => {
    const current = { port: 'I_stim', amplitude: '400 pA', from: '10 ms', to: 150 };
    const { spikes, times, traces } = await simulate(library('iaf_psc_exp'), {
      duration: '0.2 s',
      currents: [current],
    });
    expect(spikes).toEqual([37.8, 67.6, 97.4, 127.2]);
    expect(times.at(-1)).toBe(200);
    expect(traces.map(({ name, unit }) => [name, unit])).toEqual([['V_m', 'mV']]);
  });

  it('lets a current without an end act up to the last step, and a spike arrive at the very end', async () => {
    const { traces, spikes } = await simulate(modelFromText(leak), {
      duration: 10,
      currents: [{ port: 'I_stim', amplitude: 250 }],
      spikes: [{ port: 'spikes', times: [10] }],
      record: ['V_m', 'n'],
    });
    // R = tau_m / C_m = 40 MOhm; tolerance 1e-9 mV: the interpreter works at 1e-12 relative.
    expect(traces[0]!.values.at(-1)).toBeCloseTo(-70 + 10 * (1 - Math.exp(-1)), 9);
    expect(traces[1]!.values.at(-1)).toBe(1);
    expect(spikes).toEqual([10]);
  });

  it.each<[string, SimulationRequest, string]>([
    ['an unknown parameter', { duration: 1, set: { tau: 1 } }, 'unknown-variable'],
    ['a wrong unit', { duration: 1, set: { tau_m: '1 mV' } }, 'value-unit-mismatch'],
    ['a violated guard', { duration: 1, set: { tau_m: -1 } }, 'guard-violated'],
    ['a fraction for an integer', { duration: 1, set: { n: 1.5 } }, 'value-kind-mismatch'],
    ['an unknown port', { duration: 1, spikes: [{ port: 'spike', times: [1] }] }, 'unknown-port'],
    [
      'a weight that is not finite',
      { duration: 1, spikes: [{ port: 'spikes', times: [1], weight: Number.NaN }] },
      'value-out-of-range',
    ],
    [
      'a current that ends before it begins',
      { duration: 1, currents: [{ port: 'I_stim', amplitude: 1, from: 0.5, to: 0.4 }] },
      'time-out-of-range',
    ],
    ['a seed that is no whole number', { duration: 1, seed: 0.5 }, 'value-out-of-range'],
    ['a missing duration', {} as SimulationRequest, 'option-form'],
    [
      'a step that is no whole number of nanoseconds',
      { duration: 1, resolution: 0.0000015 },
      'time-out-of-range',
    ],
  ])('refuses %s', async (_, request, code) => {
    expect(await errorsOf(request)).toEqual([code]);
  });

  it('runs the engine, or the reference interpreter on request and for a model that prints', async () => {
    const printing = modelFromText(
      leak.replace('integrate_odes()\n', 'integrate_odes()\n        println("{n}")\n'),
    );
    const backends = await Promise.all([
      simulate(modelFromText(leak), { duration: 1 }),
      simulate(modelFromText(leak), { duration: 1 }, 'reference'),
      simulate(printing, { duration: 1 }),
    ]);
    expect(backends.map(({ backend }) => backend)).toEqual(['engine', 'reference', 'reference']);
    expect(backends.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      [],
      [],
      ['runs-on-reference'],
    ]);
  });

  it('names the models of the library if one is not there', () => {
    expect(() => library('iaf_psc')).toThrow(/no model 'iaf_psc'.*iaf_psc_exp/);
  });

  it('throws the findings of a text with errors', () => {
    expect(() => modelFromText(leak.replace('/ tau_m', '/ tau'))).toThrow(/There is no .*`tau`/);
  });

  it('runs a synapse on its way to a neuron', () => {
    const request = { pre: [10, '20 ms'], post: [12], weight: 50, delay: '1 ms', every: '10 ms' };
    const { synapse, neuron, sent } = simulateSynapse(library('stdp'), library('iaf_psc_exp'), request);
    // One potentiation 3 ms after the first spike, one depression 7 ms after the postsynaptic one has arrived.
    const raised = 50 + 0.01 * 50 * Math.exp(-3 / 20);
    const lowered = raised - 0.01 * raised * Math.exp(-7 / 20);
    expect(Math.abs(synapse.traces[0]!.values[1]! - lowered)).toBeLessThan(1e-9);
    expect(sent.map(({ timeMs }) => timeMs)).toEqual([10, 20]);
    expect(neuron.spikes).toEqual([12]);
  });

  it('measures a plasticity window, and refuses one of a neuron', () => {
    const request = { from: -10, to: 10, points: 3, lead: 1, delay: 10 };
    const { points } = plasticityWindow(library('stdp'), library('iaf_psc_exp'), request);
    expect(points.map(({ dtMs, dtAtSynapseMs }) => [dtMs, dtAtSynapseMs])).toEqual([
      [-10, 0],
      [0, 10],
      [10, 20],
    ]);
    expect(points[0]!.dw).toBe(0);
    const neuron = library('iaf_psc_exp');
    expect(() => plasticityWindow(neuron, neuron, request)).toThrow(ModelError);
    expect(() => simulateSynapse(neuron, neuron, { pre: [1] })).toThrow(ModelError);
  });
});
