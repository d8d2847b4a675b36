import { expect, test } from 'vitest';
import { firstDifference } from './compare.ts';
import { runText } from './run-text.ts';

const withKernel = (kernel: string) => `model kernel_neuron:
    state:
        V mV = 0 mV
    parameters:
        tau ms = 2 ms
    equations:
        kernel K = ${kernel}
        V' = convolve(K, p) * 1 mV/ms
    input:
        p <- spike
    output:
        spike
    update:
        integrate_odes()
`;

/** Kernels with their integrals from 0, by the time s ≥ 0 since the spike (ms). */
const CASES: readonly (readonly [
  text: string,
  kernel: (s: number) => number,
  integral: (s: number) => number,
  number,
])[] = [
  ['exp(-t / tau)', (s) => Math.exp(-s / 2), (s) => 2 * (1 - Math.exp(-s / 2)), 1e-11],
  [
    't / tau * exp(-t / tau)',
    (s) => (s / 2) * Math.exp(-s / 2),
    (s) => 2 - (2 + s) * Math.exp(-s / 2),
    1e-11,
  ],
  ['sin(3 * t / (1 ms))', (s) => Math.sin(3 * s), (s) => (1 - Math.cos(3 * s)) / 3, 1e-11],
  ['(t < 2.03 ms ? 1 : 0)', (s) => (s < 2.03 ? 1 : 0), (s) => Math.min(s, 2.03), 1e-9],
  ['(t <= 1 ms ? t / (1 ms) : 0)', (s) => (s <= 1 ? s : 0), (s) => Math.min(s, 1) ** 2 / 2, 1e-9],
  ['1', () => 1, (s) => s, 1e-11],
];

const SPIKES = [
  [1, 2],
  [2.3, -1],
  [7, 0.5],
] as const;

test.each(CASES)(
  'the convolution with %s and its integral follow the closed form',
  (text, kernel, integral, absolute) => {
    const { trace, failure } = runText(withKernel(text), {
      steps: 150,
      spikes: { p: SPIKES },
      record: ['convolve(K, p)', 'V'],
    });
    expect(failure).toBeUndefined();
    const sumOver = (response: (s: number) => number) =>
      Float64Array.from({ length: 150 }, (_, i) =>
        SPIKES.reduce((sum, [at, weight]) => {
          const ns = (i + 1) * 100_000 - Math.round(at * 1e6);
          return ns < 0 ? sum : sum + weight * response(ns / 1e6);
        }, 0),
      );
    expect(firstDifference(trace('convolve(K, p)'), sumOver(kernel), { absolute: 1e-13 })).toBeUndefined();
    expect(firstDifference(trace('V'), sumOver(integral), { absolute })).toBeUndefined();
  },
);

test('a kernel that jumps at 0 has its limit from the right at the spike', () => {
  const { trace } = runText(withKernel('(t > 0 ms ? exp(-t / tau) : 0)'), {
    steps: 2,
    spikes: { p: [[0.1, 3]] },
    record: ['convolve(K, p)'],
  });
  expect(trace('convolve(K, p)')[0]).toBe(3);
});

test('an integration takes function kernels and kernel ODEs at the times of its stages', () => {
  const text = `model stage_neuron:
    state:
        V mV = 0 mV
        W mV = 0 mV
        k real = 1
    equations:
        kernel K = exp(-t / (0.3 ms))
        kernel k' = -k / (0.3 ms)
        V' = -V / (4 ms) + convolve(K, p) * 1 mV/ms
        W' = -W / (4 ms) + convolve(k, p) * 1 mV/ms
    input:
        p <- spike
    output:
        spike
    update:
        integrate_odes(W)
        integrate_odes(V)
`;
  const { trace } = runText(text, { h: 1, steps: 12, spikes: { p: [[2, 1]] }, record: ['V', 'W'] });
  const [a, b] = [1 / 4, 1 / 0.3];
  const expected = Array.from({ length: 12 }, (_, i) => {
    const s = i + 1 - 2;
    return s < 0 ? 0 : (Math.exp(-a * s) - Math.exp(-b * s)) / (b - a);
  });
  expect(firstDifference(trace('V'), expected, { absolute: 1e-11 })).toBeUndefined();
  expect(firstDifference(trace('W'), expected, { absolute: 1e-11 })).toBeUndefined();
});

test.each([
  ['a box of a tenth of a step', '(t >= 0.33 ms and t < 0.34 ms ? 1 : 0)', 0.1, 0.01, 1e-12],
  ['a box of a hundredth of a step', '(t >= 3.331 ms and t < 3.341 ms ? 1 : 0)', 1, 0.01, 1e-11],
  ['a high box', '(t >= 0.33 ms and t < 0.34 ms ? 1e6 : 0)', 0.1, 1e4, 1e-6],
  ['a short alpha function', 'e * t / (0.01 ms) * exp(-t / (0.01 ms))', 1, Math.E * 0.01, 1e-11],
  ['a narrow Gaussian', 'exp(-((t - 3.53 ms) / (0.002 ms))**2)', 1, 0.002 * Math.sqrt(Math.PI), 1e-11],
  ['a Gaussian in the tail', 'exp(-((t - 50.53 ms) / (0.02 ms))**2)', 1, 0.02 * Math.sqrt(Math.PI), 1e-11],
  ['many edges', '(sin(2000 * t / (1 ms)) > 0 and t < 0.5 ms ? 1 : 0)', 1, 0.25024338403961144, 1e-9],
])(
  '%s inside a step is not stepped over: V is the integral of %s at steps of %d ms',
  (_name, kernel, h, expected, absolute) => {
    const { trace, failure } = runText(withKernel(kernel), {
      h,
      steps: 100,
      spikes: { p: [[h, 1]] },
      record: ['V'],
    });
    expect(failure).toBeUndefined();
    expect(Math.abs(trace('V')[99]! - expected)).toBeLessThan(absolute);
  },
);

test('a kernel that no number of pieces resolves gives a notice of many sub-steps', () => {
  const { notices } = runText(withKernel('sin(6000 * t / (1 ms)) * exp(-t / tau)'), {
    h: 1,
    steps: 2,
    spikes: { p: [[1, 1]] },
  });
  expect(notices).toMatchObject([{ kind: 'many-substeps', time: 2 }]);
});

test.each([
  ['(1 - exp(-t / tau)) / (t / tau)', 1],
  ['(exp(-t / (3 ms)) - exp(-t / (1 ms))) / (t / (1 ms))', 2 / 3],
])('at the spike, %s has its limit', (kernel, limit) => {
  const { trace } = runText(withKernel(kernel), {
    steps: 3,
    spikes: { p: [[0.1, 1]] },
    record: ['convolve(K, p)', 'V'],
  });
  expect(Math.abs(trace('convolve(K, p)')[0]! - limit)).toBeLessThan(1e-11);
  expect(trace('V')[1]! / limit).toBeGreaterThan(0.09);
});
