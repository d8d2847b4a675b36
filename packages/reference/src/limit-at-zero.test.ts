import { expect, test } from 'vitest';
import { limitAtZero } from './limit-at-zero.ts';

test('the value at the spike is the value at 0, or the limit from the right where the kernel jumps or is undefined', () => {
  expect(limitAtZero((t) => Math.exp(-t), 0.1)).toBe(1);
  expect(limitAtZero((t) => t * Math.exp(-t), 0.1)).toBe(0);
  expect(limitAtZero((t) => Math.sin(t) / t, 0.1)).toBe(1);
  expect(limitAtZero((t) => (t > 0 ? 3 : 0), 0.1)).toBe(3);
  expect(limitAtZero((t) => 1 / t, 0.1)).toBe(Number.POSITIVE_INFINITY);
  expect(limitAtZero(Math.sqrt, 0.1)).toBe(0);
  expect(limitAtZero((t) => (t < 1e-4 ? 5 : t < 0.3 ? 1 : 0), 0.1)).toBe(5);
  expect(limitAtZero((t) => t ** 0.1, 0.1)).toBe(0);
  expect(limitAtZero((t) => -Math.log(t), 0.1)).toBe(Number.POSITIVE_INFINITY);
  expect(limitAtZero((t) => 0 * t, 0.1)).toBe(0);
});

test.each([
  [0.01, 2],
  [0.1, 2],
  [1, 2],
  [1, 0.01],
  [0.1, 500],
])('a removable singularity has its limit, at steps of %d ms with a time constant of %d ms', (h, tau) => {
  const rise = (t: number) => (1 - Math.exp(-t / tau)) / (t / tau);
  expect(Math.abs(limitAtZero(rise, h) - 1)).toBeLessThan(1e-10);
  expect(Math.abs(limitAtZero((t) => (t > 0 ? rise(t) : 0), h) - 1)).toBeLessThan(1e-10);
  const beta = (t: number) => (Math.exp(-t / 3 / tau) - Math.exp(-t / tau)) / (t / tau);
  expect(Math.abs(limitAtZero(beta, h) - 2 / 3)).toBeLessThan(1e-10);
});
