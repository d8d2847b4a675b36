import { describe, expect, it } from 'vitest';
import { solveModel } from '../src/index.ts';
import { compareText } from './against-reference.ts';
import { checkedModel } from './models.ts';

/** A kernel that drives a membrane whose equation is linear, or one whose equation is not. */
function neuron(kernel: string, isLinear: boolean): string {
  return `model kernel_neuron:
    state:
        V mV = 0 mV
    equations:
        kernel K = ${kernel}
        recordable inline I_syn pA = 1 pA * convolve(K, p)
        V' = -V / tau_m${isLinear ? '' : ' * (1 + V / (50 mV))'} + I_syn / (250 pF)
    parameters:
        tau ms = 7 ms
        tau_m ms = 10 ms
        f Hz = 60 Hz
        omega 1/ms = 1.3 / ms
        phase real = 0.4
        lambda 1/ms = 0.05 / ms
    input:
        p <- spike
    update:
        integrate_odes()
`;
}

const DAMPED = [
  'exp(-t / tau) * sin(2 * pi * f * t)',
  'exp(-t / tau) * cos(omega * t + phase)',
  'sin(omega * (t - 0.3 ms))**2 * exp(-t / tau)',
  't / tau * sin(omega * t) * exp(-t / tau)',
  'exp(-t / tau) * sin(omega * t) * cos(2 * pi * f * t)',
  'sinh(lambda * t) * exp(-t / tau)',
  '(exp(-t / tau) * (1 + t / tau))**2 * sin(omega * t + phase)**3',
  'expm1(-t / tau) * exp(-t / tau)',
  '2**(-t / tau) * (phase > 0 ? sin(omega * t) : 1)',
] as const;

const UNDAMPED = ['sin(2 * pi * f * t)', 'cos(omega * t)**2', '1 - cos(omega * t + phase)'] as const;

/** The largest difference from the reference, of the largest value. The reference evaluates a kernel as a function of time. */
function relativeDifferences(kernel: string, isLinear: boolean, steps: number): readonly number[] {
  const { compiled, reference, differences } = compareText(neuron(kernel, isLinear), {
    steps,
    spikes: [3, 4, 120].map((at) => ({ port: 'p', step: at, weight: 40 + at })),
    record: ['V', 'I_syn'],
    toleranceFactor: 1e-6,
  });
  expect(reference.failure).toBeUndefined();
  expect(compiled.failure).toBeUndefined();
  return [...differences.values()].map(({ relative }) => relative);
}

describe('a kernel with sines and cosines is what it is as a function of time:', () => {
  it.each([...DAMPED, ...UNDAMPED])('%s into a linear membrane', (kernel) => {
    for (const difference of relativeDifferences(kernel, true, 400)) expect(difference).toBeLessThan(1e-9);
  });

  it.each(DAMPED.slice(0, 3))('%s into an equation that is not linear', (kernel) => {
    for (const difference of relativeDifferences(kernel, false, 200)) expect(difference).toBeLessThan(1e-9);
  });
});

describe('a kernel that no linear system has is refused', () => {
  it.each([
    [
      'exp(-(t / tau)**2)',
      'exp(-(t / tau)**2)',
      'not linear in `t`. A response that rises and falls is `t**n * exp(-t / tau)`',
    ],
    ['tau / t', 'tau / t', 'divided by something that changes with `t`'],
    ['(t / tau)**0.5', '(t / tau)**0.5', 'not a whole number from 1 to 32'],
    ['t < tau ? 1 : 0', 't < tau', 'condition on the time'],
    ['max(0, 1 - t / tau)', 'max(0, 1 - t / tau)', 'another function of the time'],
    ['(t / tau)**32 * (t / tau)**32 * t / tau', '(t / tau)**32 * (t / tau)**32 * t', 'too many terms'],
  ])('%s: at the part that is to blame, with what could be done', (kernel, part, reason) => {
    const text = neuron(kernel, true);
    const [diagnostic] = solveModel(checkedModel(text)).diagnostics;
    expect(diagnostic?.code).toBe('kernel-without-equations');
    const { start, end } = diagnostic!.span!;
    expect(text.slice(start, end)).toContain(part);
    expect(diagnostic!.message).toContain(reason);
    expect(diagnostic!.message).toContain('or by equations');
  });
});
