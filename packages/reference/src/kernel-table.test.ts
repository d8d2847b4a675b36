import { expect, test } from 'vitest';
import { chebyshevNodes, interpolate } from './chebyshev.ts';
import {
  advanceFunctionConvolution,
  createFunctionConvolution,
  functionConvolutionAt,
} from './function-convolution.ts';
import { type KernelFunction, kernelInStep, tabulateKernel } from './kernel-table.ts';
import { limitAtZero } from './limit-at-zero.ts';

const STEP_NS = 100_000;
const h = 0.1;

const KERNELS: Readonly<Record<string, KernelFunction>> = {
  exponential: (t) => Math.exp(-t / 2),
  'fast exponential': (t) => Math.exp(-t / 0.01),
  alpha: (t) => (Math.E / 2) * t * Math.exp(-t / 2),
  Gaussian: (t) => Math.exp(-(((t - 5) / 0.7) ** 2)),
  oscillation: (t) => Math.exp(-t / 3) * Math.sin(8 * t),
  'box with an edge inside a step': (t) => (t < 2.03 ? 1 : 0),
  'box with an edge at a step': (t) => (t < 2 ? 1 : 0),
  'late needle': (t) => Math.exp(-(((t - 9.25) / 0.02) ** 2)),
  'growing kernel': (t) => t ** 2,
  'box much narrower than a step': (t) => (t >= 0.1499 && t < 0.1511 ? 1 : 0),
};

test('Chebyshev points interpolate a polynomial of their degree exactly', () => {
  const nodes = chebyshevNodes(8);
  expect([nodes[0], nodes[4], nodes[8]]).toEqual([0, expect.closeTo(0.5, 15), 1]);
  const values = nodes.map((x) => 3 * x ** 8 - x ** 3 + 2);
  for (const x of [0, 0.013, 0.5, 0.77, 1]) {
    expect(Math.abs(interpolate(nodes, values, x) - (3 * x ** 8 - x ** 3 + 2))).toBeLessThan(1e-14);
  }
});

/** Spikes at irregular steps with weights of both signs. */
const WEIGHTS: ReadonlyMap<number, number> = new Map([
  [1, 2],
  [4, -0.5],
  [5, 1],
  [30, 3],
  [77, -1.25],
]);

test.each(Object.entries(KERNELS))(
  'a convolution with the %s kernel is the sum over its spikes',
  (_name, kernel) => {
    const steps = 120;
    const convolution = createFunctionConvolution({ kernel, stepNs: STEP_NS, steps });
    const atSpike = limitAtZero(kernel, h);
    const maximum = Math.max(...Array.from({ length: 1201 }, (_, i) => Math.abs(kernel(i / 100))));
    for (let boundary = 0; boundary < steps; boundary += 1) {
      for (const theta of [0, 0.1, 0.2, 0.31, 0.5, 0.8, 0.93, 1]) {
        let sum = 0;
        for (const [arrival, weight] of WEIGHTS) {
          if (arrival <= boundary)
            sum += weight * kernelInStep(kernel, STEP_NS, atSpike, boundary - arrival, theta);
        }
        expect(Math.abs(functionConvolutionAt(convolution, theta) - sum)).toBeLessThan(1e-13 * maximum);
      }
      advanceFunctionConvolution(convolution, WEIGHTS.get(boundary + 1) ?? 0);
    }
  },
);

test('smooth kernels are tabulated, edges are not', () => {
  const kinds = (name: string) => tabulateKernel(KERNELS[name]!, STEP_NS, 100).ages.map((age) => age.kind);
  expect(new Set(kinds('alpha'))).toEqual(new Set(['polynomial']));
  expect(kinds('box with an edge inside a step').indexOf('direct')).toBe(20);
  expect(kinds('box with an edge at a step').indexOf('direct')).toBe(19);
});

test('a steep kernel takes a polynomial of a higher degree', () => {
  const first = (kernel: KernelFunction) => tabulateKernel(kernel, STEP_NS, 10).ages[0];
  expect(first((t) => Math.exp(-t / 2))).toMatchObject({ kind: 'polynomial', degree: 8 });
  expect(first((t) => Math.exp(-t / 0.05))).toMatchObject({ kind: 'polynomial', degree: 16 });
});

test('the tail is dropped only where the kernel stays negligible for the rest of the run', () => {
  expect(tabulateKernel(KERNELS['fast exponential']!, STEP_NS, 1000).ages.length).toBeLessThan(8);
  const needle = tabulateKernel(KERNELS['late needle']!, STEP_NS, 1000).ages.length;
  expect(needle).toBeGreaterThan(93);
  expect(needle).toBeLessThan(97);
  expect(tabulateKernel(KERNELS['growing kernel']!, STEP_NS, 1000).ages.length).toBe(1000);
});

test('the age at a step boundary is the double nearest to the multiple of the step', () => {
  const seen: number[] = [];
  for (let age = 1; age <= 30; age += 1) kernelInStep((t) => seen.push(t), STEP_NS, 1, age, 0);
  expect(seen[2]).toBe(0.3);
  expect(seen[29]).toBe(3 * 10 * h);
});
