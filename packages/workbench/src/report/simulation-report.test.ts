import type { Report } from '@nestml/report';
import { expect, it } from 'vitest';
import { modelFromText } from '../api.ts';
import { type BackendWish, chooseBackend } from '../backends/choose-backend.ts';
import type { SimulationRequest, SimulationResult } from '../simulation/request.ts';
import { simulateNeuron } from '../simulation/simulate.ts';
import { simulationReport } from './simulation-report.ts';

/** A neuron with these lines in `update`, and this expression in its equation. */
function neuron(update: string, slope = '-V / tau'): string {
  return `model reported_neuron:
    state:
        V mV = 1 mV
        w real = 2
    equations:
        V' = ${slope}
        w' = -w / tau
    parameters:
        tau ms = 2 ms
    input:
        exc[2] <- excitatory spike
        I_in[2] pA <- continuous
    output:
        spike
    update:
        ${update}
`;
}

async function run(text: string, request: SimulationRequest, wish?: BackendWish): Promise<SimulationResult> {
  const model = modelFromText(text);
  const chosen = await chooseBackend(model, wish);
  if (!chosen.ok) throw new Error(chosen.diagnostics.map(({ message }) => message).join('\n'));
  const outcome = simulateNeuron(model, request, chosen.backend);
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('\n'));
  return outcome.result;
}

async function reportOf(...parameters: Parameters<typeof run>): Promise<Report> {
  return simulationReport(await run(...parameters), { command: 'nestml simulate', version: '0' });
}

const summaryOf = (report: Report) => new Map(report.summary.map(({ label, value }) => [label, value]));

it('names the elements of a vector port that are fed, in the figure and in the table', async () => {
  const report = await reportOf(neuron('integrate_odes()'), {
    duration: 10,
    currents: [
      { port: 'I_in[0]', amplitude: '1 nA' },
      { port: 'I_in[1]', amplitude: 300, from: 2, to: 5 },
    ],
    spikes: [
      { port: 'exc[1]', times: [4, 2, 3], weight: 80 },
      { port: 'exc[0]', times: [1] },
    ],
    poisson: [{ port: 'exc[0]', rate: '100 Hz', weight: 5 }],
  });
  const panel = report.figures[0]?.panels.at(-1);
  expect(panel).toMatchObject({ kind: 'trace', y: { label: 'I_in', unit: 'pA' } });
  expect(panel?.kind === 'trace' && panel.steps).toEqual([
    { name: 'I_in[0]', starts: [0], values: [1000] },
    { name: 'I_in[1]', starts: [0, 2, 5], values: [0, 300, 0] },
  ]);
  expect(report.ports.map(({ name, stimulus }) => [name, stimulus])).toEqual([
    [
      'exc',
      'exc[1]: 3 spikes of weight 80 at 2, 3 and 4 ms; exc[0]: 1 spike of weight 1 at 1 ms; ' +
        'exc[0]: Poisson spikes at 100 Hz, weight 5',
    ],
    ['I_in', 'I_in[0]: 1000 pA from 0 ms to 10 ms; I_in[1]: 300 pA from 2 ms to 5 ms'],
    ['output', undefined],
  ]);
});

it('names a single element at its axis, and gives many spikes by their first and last time', async () => {
  const times = Array.from({ length: 9 }, (_, k) => k + 1);
  const report = await reportOf(neuron('integrate_odes()'), {
    duration: 10,
    currents: [{ port: 'I_in[1]', amplitude: 1 }],
    spikes: [{ port: 'exc[0]', times, weight: 2 }],
  });
  expect(report.figures[0]?.panels.at(-1)).toMatchObject({ y: { label: 'I_in[1]' } });
  expect(report.ports[0]?.stimulus).toBe('exc[0]: 9 spikes of weight 2 from 1 to 9 ms');
});

it('says which call integrates a group of states', async () => {
  const request = { duration: 1 };
  const whole = await reportOf(neuron('integrate_odes()'), request);
  expect(whole.solvers.map(({ states, integratedBy }) => [states, integratedBy])).toEqual([
    [['V', 'w'], 'integrate_odes()'],
  ]);
  const apart = await reportOf(neuron('integrate_odes(V)\n        integrate_odes(w)'), request);
  expect(apart.solvers.map(({ states, integratedBy }) => [states, integratedBy])).toEqual([
    [['V'], 'integrate_odes(V)'],
    [['w'], 'integrate_odes(w)'],
  ]);
});

it('gives initial values beside their defaults', async () => {
  const report = await reportOf(neuron('integrate_odes()'), { duration: 1, set: { V: '5 mV' } });
  expect(report.states.map((row) => [row.name, row.initial, row.default])).toEqual([
    ['V', 5, 1],
    ['w', 2, 2],
  ]);
});

it('says where a run ended, and counts spikes over the time that it reached', async () => {
  const text = neuron('integrate_odes()\n        emit_spike()', 'V**2 / (1 mV * tau)');
  const report = await reportOf(text, { duration: 20 });
  const summary = summaryOf(report);
  // V = 1 mV / (1 − t/τ): infinite at 2 ms.
  expect(summary.get('ended at')).toMatch(/^(1\.9|2) of 20$/);
  expect(summary.has('duration')).toBe(false);
  expect(summary.get('mean rate')).toBeCloseTo(10_000, 6);
  expect(report.messages.some(({ severity }) => severity === 'error')).toBe(true);
  expect(report.figures[0]?.x.domain?.[1]).toBeLessThanOrEqual(2);
});

it('has no rate of a run that failed in its first step', async () => {
  const text = neuron('integrate_odes()', 'V**2 / (1 mV * tau)');
  const report = await reportOf(text, { duration: 20, set: { V: '1e9 mV' } });
  expect(summaryOf(report).get('ended at')).toBe('0 of 20');
  expect(summaryOf(report).get('mean rate')).toBeNaN();
  expect(report.figures[0]?.x.domain).toEqual([0, 20]);
});

it('says why the reference interpreter ran, and what the model printed', async () => {
  const text = neuron('integrate_odes()\n        print("a")\n        println("b")');
  const result = await run(text, { duration: 0.2 });
  const { diagnostics } = await chooseBackend(result.model);
  const told = simulationReport({ ...result, diagnostics }, { command: '', version: '0' });
  expect(told.messages.map(({ code }) => code)).toEqual(['runs-on-reference']);
  expect(told.printed).toEqual([
    { time: 0.1, text: 'ab' },
    { time: 0.2, text: 'ab' },
  ]);
  const wished = await reportOf(neuron('integrate_odes()'), { duration: 0.2 }, 'reference');
  expect(wished.messages).toEqual([]);
});
