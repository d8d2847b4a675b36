import { describe, expect, it } from 'vitest';
import { compareText } from './against-reference.ts';

/** A kernel with a time constant of its own drives a conductance. */
function neuron(kernel: string): string {
  return `model short_neuron:
    state:
        V mV = -70 mV
    equations:
        ${kernel}
        V' = (-(V + 70 mV) * 10 nS - convolve(K, p) * 1 nS * V) / (250 pF)
    parameters:
        tau ms = 2 ms
        slow ms = 3 ms
    input:
        p <- spike
    update:
        integrate_odes()
`;
}

const KERNELS: Readonly<Record<string, string>> = {
  alpha: 'kernel K = (e / tau) * t * exp(-t / tau)',
  'two exponentials': 'kernel K = exp(-t / slow) - exp(-t / tau)',
  exponential: 'kernel K = exp(-t / tau)',
  cubic: 'kernel K = (t / tau)**3 * exp(-t / tau)',
};

const CASES = Object.keys(KERNELS).flatMap((kernel) =>
  [0.001, 0.005, 0.02, 0.1, 0.19].flatMap((tau) => [0.1, 1].map((step) => [kernel, tau, step] as const)),
);

describe('a kernel that is short against the step is not stepped over (rule D13):', () => {
  it.each(CASES)('%s, tau = %f ms, h = %f ms', (kernel, tau, step) => {
    const { compiled, reference, differences } = compareText(neuron(KERNELS[kernel] ?? ''), {
      stepNs: step * 1e6,
      steps: 20,
      set: { tau },
      spikes: [3, 4, 12].map((at) => ({ port: 'p', step: at, weight: 40 / tau })),
      record: ['V'],
    });
    expect(reference.failure).toBeUndefined();
    expect(compiled.failure).toBeUndefined();
    // The tolerance of a sub-step is 1e-6 of 70 mV.
    expect(differences.get('V')?.absolute).toBeLessThan(1e-4);
  });
});

describe('a driver of two rates, near the end of a series of degree 12,', () => {
  it('is exact between the points of expansion: norm 1/2 in the step', () => {
    const text = `model series_neuron:
    state:
        V mV = -70 mV
        g real = 0
        h 1/ms = 0 / ms
    equations:
        g' = h - g / (0.3 ms)
        h' = -h / (0.25 ms) + p / (1 ms)
        V' = (-(V + 70 mV) * 10 nS - g * 1 nS * V) / (2 pF)
    input:
        p <- spike
    update:
        integrate_odes()
`;
    const { compiled, differences } = compareText(text, {
      steps: 30,
      spikes: [3, 9].map((at) => ({ port: 'p', step: at, weight: 40 })),
      record: ['V'],
      toleranceFactor: 1e-6,
    });
    expect(compiled.failure).toBeUndefined();
    expect(differences.get('V')?.relative).toBeLessThan(3e-12);
  });
});
