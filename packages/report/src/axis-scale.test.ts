import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisScale, roundAxisScale } from './axis-scale.ts';
import { labelTicks, scaleNote } from './tick-labels.ts';

const labels = (low: number, high: number, count = 5) =>
  axisScale([low, high], count).ticks.map((tick) => tick.label);

test('ticks are round numbers with as many decimals as they need', () => {
  expect(labels(0, 200)).toEqual(['0', '50', '100', '150', '200']);
  expect(labels(-0.5, 0.5)).toEqual(['-0.4', '-0.2', '0.0', '0.2', '0.4']);
  expect(labels(-70.002, -70.001, 2)).toEqual(['-70.0020', '-70.0015', '-70.0010']);
});

test('very small and very large values share a power of ten that is a multiple of three', () => {
  const small = axisScale([0, 8e-6], 4);
  expect([small.exponent, small.ticks.map((tick) => tick.label)]).toEqual([-6, ['0', '2', '4', '6', '8']]);
  const large = axisScale([0, 2.5e7], 3);
  expect([large.exponent, large.ticks.map((tick) => tick.label)]).toEqual([6, ['0', '10', '20']]);
  expect(axisScale([0, 200_000], 3).exponent).toBe(0);
});

test('labels with too many digits give an offset away', () => {
  const drift = axisScale([1, 1 + 2e-10], 4);
  expect([drift.offset, drift.exponent]).toEqual([1, -12]);
  expect(drift.ticks.map((tick) => tick.label)).toEqual(['0', '50', '100', '150', '200']);
  const rest = axisScale([-70.00002, -70.00001], 2);
  expect([rest.offset, rest.exponent, rest.ticks.map((tick) => tick.label)]).toEqual([
    -70,
    -6,
    ['-20', '-15', '-10'],
  ]);
  expect([drift, rest, axisScale([0, 8e-6], 4), axisScale([0, 1], 4)].map(scaleNote)).toEqual([
    '×10⁻¹² + 1',
    '×10⁻⁶ − 70',
    '×10⁻⁶',
    '',
  ]);
});

test('steps that are no power of ten have the decimals that they need', () => {
  expect(labelTicks([0, 0.25, 0.5]).labels).toEqual(['0.00', '0.25', '0.50']);
  expect(labelTicks([0, 2.5, 5]).labels).toEqual(['0.0', '2.5', '5.0']);
  expect(labelTicks([-1, 0, 1]).labels).toEqual(['-1', '0', '1']);
  expect(labelTicks([0.1 * 3, 0.4]).labels).toEqual(['0.3', '0.4']);
  expect(labelTicks([5]).labels).toEqual(['5']);
  expect(labelTicks([])).toEqual({ labels: [], exponent: 0, offset: 0 });
});

test('there are at least two ticks, all inside the domain, and each label names its value', () => {
  const end = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      end,
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      fc.integer({ min: 1, max: 20 }),
      (low, span, count) => {
        const { ticks, exponent, offset } = axisScale([low, low + span], count);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        const step = (ticks[1]?.value ?? 0) - (ticks[0]?.value ?? 0);
        for (const tick of ticks) {
          expect(tick.share).toBeGreaterThanOrEqual(-1e-9);
          expect(tick.share).toBeLessThanOrEqual(1 + 1e-9);
          expect(Math.abs(Number(tick.label) * 10 ** exponent + offset - tick.value)).toBeLessThan(
            step * 0.51,
          );
        }
      },
    ),
    { seed: 20_253, numRuns: 300 },
  );
});

test('a rounded axis holds the data and no more ticks than there are places', () => {
  const scale = roundAxisScale([-75.3, 40.2], 6, 6);
  expect(scale.domain).toEqual([-80, 60]);
  expect(scale.ticks.map((tick) => tick.value)).toEqual([-80, -40, 0, 40]);
});
