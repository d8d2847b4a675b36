import { expect, test } from 'vitest';
import { integrateAdaptively } from './adaptive-integration.ts';

/** A decay over 1 ms whose first sub-step is prescribed; the ends of the sub-steps. */
function endsOfSubsteps(trial: number, keepsCourse: boolean): readonly number[] {
  const result = integrateAdaptively({
    f: (_, x, out) => {
      out[0] = -0.1 * x[0]!;
    },
    start: Float64Array.of(1),
    length: 1,
    absolute: Float64Array.of(1e-12),
    relative: 1e-12,
    trial,
    keepsCourse,
  });
  if (result.kind !== 'done') throw new Error(result.kind);
  expect(result.x[0]).toBeCloseTo(Math.exp(-0.1), 12);
  return result.course.flatMap((points) => points.map(({ tau }) => tau));
}

test('a course that is kept has at least two sub-steps, of which the last two are alike', () => {
  // Without care the last of these sub-steps would be shorter than 1e-3.
  for (const trial of [1, 0.5, 0.4999, 0.24995, 0.19999, 0.1]) {
    const ends = endsOfSubsteps(trial, true);
    expect(ends.length).toBeGreaterThanOrEqual(3);
    const [before, middle, last] = ends.slice(-3) as [number, number, number];
    expect(last).toBe(1);
    expect((last - middle) / (middle - before)).toBeCloseTo(1, 12);
  }
  expect(endsOfSubsteps(1, false)).toEqual([]);
});
