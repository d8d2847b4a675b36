import { describe, expect, it } from 'vitest';
import { type ComparedRun, compareText } from './against-reference.ts';

/** x feeds itself, y sees x twice and a linear chain, whose exact states are read delayed too. */
const model = (update = '        integrate_odes()') => `model past_neuron:
    state:
        x real = 1
        y mV = 2 mV
        I pA = 5 pA
        J pA = 0 pA
        z mV = 0 mV
        left ms = 3 ms
    parameters:
        tau ms = 10 ms
        d ms = 2 ms
        long ms = 3.25 ms
        C pF = 100 pF
    equations:
        x' = -x(t - d) / tau - 0.1 * x**3 / tau
        y' = (-y + x(t - d) * x(t - long) * 5 mV) / tau + I(t - long) / C
        I' = -I / (2 ms) + J / (1 ms)
        J' = -J / (3 ms)
        z' = (left(t - d) / tau - z / (1 mV)) * (1 mV) / tau
        left' = -1
    input:
        exc <- spike
    output:
        spike
    update:
${update}
    onReceive(exc):
        x += 0.5
        J += 20 pA
    onCondition(x < 0.2):
        x = 1.5
        emit_spike()
`;

const spikes = [
  { port: 'exc', step: 12, weight: 1 },
  { port: 'exc', step: 57, weight: 1 },
];
const worst = (text: string, run: ComparedRun) => {
  const { compiled, reference, differences } = compareText(text, run);
  expect(compiled.failure).toBeUndefined();
  expect(reference.failure).toBeUndefined();
  expect(compiled.spikes().map(({ step }) => step)).toEqual(reference.spikeSteps);
  return Math.max(...[...differences.values()].map(({ relative }) => relative));
};

describe('delayed variables in compiled code', () => {
  it.each([
    { d: 2, long: 3.2, relative: 2e-6 },
    { d: 0.1, long: 0.1, relative: 2e-6 },
    // The reference cuts steps where a delayed value jumps; here one polynomial stands for the whole step.
    { d: 2, long: 3.25, relative: 1e-5 },
    { d: 7.03, long: 12.31, relative: 1e-5 },
  ])('agree with the reference with delays of $d and $long ms', ({ d, long, relative }) => {
    for (const flavour of ['scalar', 'pair'] as const) {
      expect(worst(model(), { steps: 300, set: { d, long }, spikes, flavour })).toBeLessThan(relative);
    }
  });

  it('agree at a thousandth of the tolerance to 1e-9 if delays are whole steps', () => {
    const run = { steps: 300, set: { d: 2, long: 3.2 }, spikes, toleranceFactor: 1e-3 };
    expect(worst(model(), run)).toBeLessThan(1e-9);
  });

  it('see what is held where a state is not integrated', () => {
    const update = `        integrate_odes(y, I, J, z, left)
        if t < 5 ms or t > 12 ms:
            integrate_odes(x)`;
    expect(worst(model(update), { steps: 300, set: { d: 2, long: 3.25 }, spikes })).toBeLessThan(2e-6);
  });

  it.each(['rosenbrock', 'runge-kutta-fehlberg'] as const)('work with %s', (solver) => {
    expect(worst(model(), { steps: 200, set: { d: 2, long: 3.25 }, spikes, solver })).toBeLessThan(5e-6);
  });

  it('work with single steps, to the order of the method', () => {
    const run = { set: { d: 2, long: 3 }, spikes: [], solver: 'runge-kutta-4' } as const;
    const coarse = worst(model(), { ...run, steps: 60, stepNs: 500_000 });
    const fine = worst(model(), { ...run, steps: 120, stepNs: 250_000 });
    expect(coarse).toBeLessThan(1e-5);
    expect(fine).toBeLessThan(coarse / 8);
  });
});
