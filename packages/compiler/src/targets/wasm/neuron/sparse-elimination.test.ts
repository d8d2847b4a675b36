import { describe, expect, it } from 'vitest';
import { type MatrixPlace, planElimination } from './sparse-elimination.ts';

/** Every place that two steps touch, and how many entries the elimination adds. */
function addedBy(size: number, entries: readonly MatrixPlace[]): number {
  const { steps } = planElimination(size, entries);
  const full = new Set(entries.map(({ row, column }) => row * size + column));
  for (let i = 0; i < size; i += 1) full.add(i * (size + 1));
  const before = full.size;
  for (const { rows, columns } of steps)
    for (const row of rows) for (const column of columns) full.add(row * size + column);
  return full.size - before;
}

/** A membrane (0) that gates read and that reads all gates. */
const arrow = (gates: number): readonly MatrixPlace[] =>
  Array.from({ length: gates }, (_, i) => [
    { row: 0, column: i + 1 },
    { row: i + 1, column: 0 },
  ]).flat();

describe('the order of an elimination', () => {
  it('takes gates before the membrane that couples them, so that nothing is added', () => {
    expect(planElimination(6, arrow(5)).steps.map(({ pivot }) => pivot)).toEqual([1, 2, 3, 4, 0, 5]);
    expect(addedBy(6, arrow(5))).toBe(0);
  });

  it('adds nothing to a chain, and what it must to a ring', () => {
    const chain = Array.from({ length: 9 }, (_, i) => [
      { row: i, column: i + 1 },
      { row: i + 1, column: i },
    ]).flat();
    expect(addedBy(10, chain)).toBe(0);
    const ring = [...chain, { row: 0, column: 9 }, { row: 9, column: 0 }];
    expect(addedBy(10, ring)).toBe(14);
  });

  it('eliminates every place once', () => {
    const { steps } = planElimination(6, arrow(5));
    expect(new Set(steps.map(({ pivot }) => pivot)).size).toBe(6);
    steps.forEach(({ rows, columns }, i) => {
      const left = new Set(steps.slice(i + 1).map(({ pivot }) => pivot));
      for (const place of [...rows, ...columns]) expect(left.has(place)).toBe(true);
    });
  });
});
