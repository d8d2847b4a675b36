import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AffinePropagator, advanceAffine, solveAffine } from './matrix-exponential.ts';

interface Reference {
  readonly name: string;
  readonly size: number;
  readonly matrix: readonly number[];
  readonly drive: readonly number[];
  readonly start: readonly number[];
  readonly interval: number;
  readonly steps?: number;
  readonly end: readonly number[];
  readonly kappa: number;
}

const file = new URL('../test/reference/affine-systems.json', import.meta.url);
const references: readonly Reference[] = JSON.parse(readFileSync(file, 'utf8'));

function solve(matrix: ArrayLike<number>, size: number, interval: number): AffinePropagator {
  const solution = solveAffine(matrix, size, interval);
  if (solution.kind !== 'solved') throw new Error(`entry ${solution.row}, ${solution.column}`);
  return solution.propagator;
}

const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

describe('the propagator of an affine system', () => {
  const single = references.filter(({ steps }) => steps === undefined);

  it('has been compared with at least a hundred systems', () => {
    expect(single.length).toBeGreaterThanOrEqual(100);
  });

  it.each(single)('$name: agrees with the solution to 17 digits', (reference) => {
    const { matrix, size, interval, start, drive, end, kappa } = reference;
    const state = advanceAffine(solve(matrix, size, interval), start, drive);
    const error = largest(state.map((value, i) => value - end[i]!));
    expect(error / largest(end)).toBeLessThanOrEqual(1e-13 + 20 * kappa * Number.EPSILON);
  });

  it.each(references.filter(({ steps }) => steps !== undefined))('$name: stays exact', (reference) => {
    const { matrix, size, interval, start, drive, end, steps } = reference;
    const propagator = solve(matrix, size, interval);
    let state: Float64Array = Float64Array.from(start);
    let peak = largest(start);
    for (let i = 0; i < steps!; i += 1) {
      state = advanceAffine(propagator, state, drive);
      peak = Math.max(peak, largest(state));
    }
    expect(largest(state.map((value, i) => value - end[i]!))).toBeLessThanOrEqual(1e-12 * peak);
  });

  it('is the scalar exponential for one state', () => {
    const { increment, response } = solve([-1 / 3], 1, 1e-9);
    expect(increment[0]).toBe(Math.expm1((-1 / 3) * 1e-9));
    expect(Math.abs(response[0]! / 1e-9 - 1)).toBeLessThan(1e-9);
    expect(solve([0], 1, 0.1)).toEqual({
      size: 1,
      increment: Float64Array.of(0),
      response: Float64Array.of(0.1),
    });
  });

  it('keeps the digits of slow changes', () => {
    const { increment } = solve([-1e-9, 0, 1e-9, -2e-9], 2, 1);
    expect(Math.abs(increment[0]! / Math.expm1(-1e-9) - 1)).toBeLessThan(1e-15);
    expect(Math.abs(increment[3]! / Math.expm1(-2e-9) - 1)).toBeLessThan(1e-15);
  });

  it('keeps structural zeros exactly zero, in any order of the states', () => {
    const entry = fc.oneof(
      { weight: 2, arbitrary: fc.constant(0) },
      fc.double({ min: -2, max: 2, noNaN: true }),
    );
    const system = fc
      .integer({ min: 2, max: 8 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.array(entry, { minLength: size * size, maxLength: size * size })),
      );
    fc.assert(
      fc.property(system, fc.constantFrom(0.1, 10), ([size, matrix], interval) => {
        const { increment, response } = solve(matrix, size, interval);
        const reaches = closure(matrix, size);
        for (let i = 0; i < size * size; i += 1) {
          const isDiagonal = i % (size + 1) === 0;
          if (!reaches[i]) expect([increment[i], response[i]]).toEqual([0, isDiagonal ? interval : 0]);
        }
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  it('gives the same result over one interval as over its halves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (matrix, interval) => {
          const [whole, half] = [solve(matrix, 3, interval), solve(matrix, 3, interval / 2)];
          const [start, input] = [
            [1, -2, 3],
            [0.5, 0, 1],
          ];
          const once = advanceAffine(whole, start, input);
          const twice = advanceAffine(half, advanceAffine(half, start, input), input);
          expect(largest(once.map((value, i) => value - twice[i]!))).toBeLessThan(
            1e-12 * (1 + largest(once)),
          );
        },
      ),
      { seed: 9, numRuns: 200 },
    );
  });

  it.each([1e3, 1e100, 1e300])('of a stable system settles over an interval of %d', (interval) => {
    const { increment } = solve([-1, 0.5, 0.25, -2], 2, interval);
    const state = advanceAffine(solve([-1, 0.5, 0.25, -2], 2, interval), [5, 5], [1, 1]);
    expect(largest(increment.map((value, i) => value + (i % 3 === 0 ? 1 : 0)))).toBeLessThan(1e-15);
    expect(largest([state[0]! - 20 / 15, state[1]! - 10 / 15])).toBeLessThan(1e-14);
  });

  it('names an entry that is not finite or overflows', () => {
    expect(solveAffine([-1, 0, Number.NaN, -1], 2, 0.1)).toMatchObject({ kind: 'not-finite', row: 1 });
    expect(solveAffine([-1, 0, 0, Number.POSITIVE_INFINITY], 2, 0.1)).toMatchObject({
      kind: 'not-finite',
      row: 1,
      column: 1,
    });
    expect(solveAffine([1], 1, 1e6)).toEqual({ kind: 'not-finite', row: 0, column: 0 });
    expect(solveAffine([1, 0, 0, -1], 2, 1e6)).toEqual({ kind: 'not-finite', row: 0, column: 0 });
  });
});

/** Whether a path of entries leads from column to row. */
function closure(matrix: readonly number[], size: number): readonly boolean[] {
  const reaches = matrix.map((entry) => entry !== 0);
  for (let k = 0; k < size; k += 1) {
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) {
        if (reaches[i * size + k] && reaches[k * size + j]) reaches[i * size + j] = true;
      }
    }
  }
  return reaches;
}
