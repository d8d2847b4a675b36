import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimate } from './decimate.ts';

const SEED = { seed: 20_251, numRuns: 300 };

const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);

/** Gap-free stretches, found the plain way. */
function stretches(y: readonly number[]): number[][] {
  const found: number[][] = [];
  y.forEach((v, i) => {
    if (!Number.isFinite(v)) return;
    if (i > 0 && Number.isFinite(y[i - 1])) found.at(-1)?.push(i);
    else found.push([i]);
  });
  return found;
}

function columnExtremes(
  indices: readonly number[],
  y: readonly number[],
  width: number,
): Map<number, string> {
  const byColumn = new Map<number, number[]>();
  for (const i of indices)
    byColumn.set(Math.floor(i / width), [...(byColumn.get(Math.floor(i / width)) ?? []), y[i] ?? NaN]);
  return new Map(
    [...byColumn].map(([column, values]) => [column, `${Math.min(...values)} ${Math.max(...values)}`]),
  );
}

test('every column keeps its lowest and highest value, and every stretch its ends', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (y, width) => {
      const x = y.map((_v, i) => i);
      const runs = decimate(x, y, (at) => Math.floor(at / width));
      const whole = stretches(y);
      expect(runs.length).toBe(whole.length);
      runs.forEach((run, r) => {
        const indices = whole[r] ?? [];
        expect(run[0]).toBe(indices[0]);
        expect(run.at(-1)).toBe(indices.at(-1));
        expect(columnExtremes(run, y, width)).toEqual(columnExtremes(indices, y, width));
      });
    }),
    SEED,
  );
});

test('the kept points stay in order and are at most four per column', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 }),
      (y) => {
        const [run = []] = decimate(
          y.map((_v, i) => i),
          y,
          (at) => Math.floor(at / 25),
        );
        expect(run).toEqual([...new Set(run)].sort((a, b) => a - b));
        expect(run.length).toBeLessThanOrEqual(4 * Math.ceil(y.length / 25));
      },
    ),
    SEED,
  );
});

test('a spike of one sample among a million survives', () => {
  const count = 1_000_000;
  const x = Float64Array.from({ length: count }, (_v, i) => i);
  const y = new Float64Array(count).fill(-70);
  y[654_321] = 30;
  const [run = []] = decimate(x, y, (at) => Math.floor((at / count) * 600));
  expect(run).toContain(654_321);
  expect(run.length).toBeLessThanOrEqual(2400);
});

test('no points give no runs', () => {
  expect(decimate([], [], () => 0)).toEqual([]);
  expect(decimate([1, 2], [NaN, NaN], () => 0)).toEqual([]);
  expect(decimate([1], [5], () => 0)).toEqual([[0]]);
});
