import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AffinePropagator, advanceAffine, solveAffine } from './matrix-exponential.ts';
import { propagatorErrorBound } from './propagator-error.ts';

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

function read(name: string): readonly Reference[] {
  return JSON.parse(readFileSync(new URL(`../test/reference/${name}.json`, import.meta.url), 'utf8'));
}

const references = read('affine-systems');
const randomSystems = read('random-affine-systems');

function solve(matrix: ArrayLike<number>, size: number, interval: number): AffinePropagator {
  const solution = solveAffine(matrix, size, interval);
  if (solution.kind !== 'solved') throw new Error(`entry ${solution.row}, ${solution.column}`);
  return solution.propagator;
}

const largest = (values: Iterable<number>) => Math.max(...[...values].map(Math.abs));

/** Components below 1e-290 count as 0. */
const flushed = (values: ArrayLike<number>) =>
  Array.from(values, (value) => (Math.abs(value) < 1e-290 ? 0 : value));

/** Whether ‖x − x_ref‖ ≤ (1e-13 + 20 κ ε) ‖x_ref‖ in the maximum norm; nothing agrees with NaN or infinity. */
function agrees(state: ArrayLike<number>, { end, kappa }: Pick<Reference, 'end' | 'kappa'>): boolean {
  const [found, expected] = [flushed(state), flushed(end)];
  const error = largest(found.map((value, i) => value - expected[i]!));
  return error <= (1e-13 + 20 * kappa * Number.EPSILON) * largest(expected);
}

function advance({ matrix, size, interval, start, drive }: Reference): Float64Array {
  return advanceAffine(solve(matrix, size, interval), start, drive);
}

describe('the propagator of an affine system', () => {
  const single = references.filter(({ steps }) => steps === undefined);

  it('has been compared with at least a hundred systems', () => {
    expect(single.length).toBeGreaterThanOrEqual(100);
  });

  it.each(single)('$name: agrees with the solution to 17 digits', (reference) => {
    expect(agrees(advance(reference), reference)).toBe(true);
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
      remainder: Float64Array.of(1),
    });
  });

  it('keeps the digits of slow changes', () => {
    const { increment } = solve([-1e-9, 0, 1e-9, -2e-9], 2, 1);
    expect(Math.abs(increment[0]! / Math.expm1(-1e-9) - 1)).toBeLessThan(1e-15);
    expect(Math.abs(increment[3]! / Math.expm1(-2e-9) - 1)).toBeLessThan(1e-15);
  });

  it('keeps the digits of what is left of fast states', () => {
    const { increment, remainder } = solve([-100, 0, 0, 0.5, -200, 3, 0, 0, -1e-3], 3, 2);
    expect([remainder[0], remainder[1]]).toEqual([Math.exp(-200), Math.exp(-400)]);
    expect(remainder[2]).toBe(1 + Math.expm1(-2e-3));
    expect(increment[0]).toBe(-1);
  });

  it('keeps them in a circle of states', () => {
    const { remainder, increment } = solve([-3, 1, 1, -3], 2, 100);
    const [slow, fast] = [Math.exp(-200), Math.exp(-400)];
    expect(Math.abs(remainder[0]! / ((slow + fast) / 2) - 1)).toBeLessThan(1e-13);
    expect(Math.abs(increment[1]! / ((slow - fast) / 2) - 1)).toBeLessThan(1e-13);
  });

  it('of states that are not connected is that of each part alone', () => {
    const whole = solve([-1, 0, 4, 0, -900, 0, -2, 0, -3], 3, 0.7);
    const [pair, single] = [solve([-1, 4, -2, -3], 2, 0.7), solve([-900], 1, 0.7)];
    expect([0, 2, 6, 8].map((place) => whole.increment[place])).toEqual([...pair.increment]);
    expect([0, 2, 6, 8].map((place) => whole.response[place])).toEqual([...pair.response]);
    expect([whole.increment[4], whole.response[4]]).toEqual([single.increment[0], single.response[0]]);
    expect([...whole.remainder]).toEqual([pair.remainder[0], single.remainder[0], pair.remainder[1]]);
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

describe('the propagators of 300 random systems', () => {
  it('are 300, of 1 to 8 states', () => {
    expect(randomSystems).toHaveLength(300);
    expect(new Set(randomSystems.map(({ size }) => size)).size).toBe(8);
  });

  it.each(randomSystems)('$name: agrees within the condition of the exponential', (reference) => {
    expect(agrees(advance(reference), reference)).toBe(true);
  });

  it('are found wrong where a result is moved by more than the tolerance', () => {
    for (const reference of randomSystems) {
      const tolerance = 1e-13 + 20 * reference.kappa * Number.EPSILON;
      const size = largest(flushed(reference.end));
      const place = reference.end.findIndex((value) => Math.abs(value) === size);
      const moved = (change: number) =>
        reference.end.map((value, i) => (i === place ? value + change : value));
      expect(agrees(moved(size === 0 ? 1e-280 : 2 * tolerance * size), reference)).toBe(false);
      expect(agrees(moved(size === 0 ? 0 : tolerance * size * 0.9), reference)).toBe(true);
      expect(agrees(moved(Number.NaN), reference)).toBe(false);
      expect(agrees(moved(Number.POSITIVE_INFINITY), reference)).toBe(false);
    }
  });

  it('are found wrong where decayed states are their old value plus their change', () => {
    const wrong = randomSystems.filter((reference) => {
      const { increment, response, size, remainder } = solve(
        reference.matrix,
        reference.size,
        reference.interval,
      );
      const rounded = remainder.map((_, i) => 1 + increment[i * size + i]!);
      const propagator = { size, increment, response, remainder: rounded };
      return !agrees(advanceAffine(propagator, reference.start, reference.drive), reference);
    });
    expect(wrong.length).toBeGreaterThan(2);
  });
});

describe('the bound of the error', () => {
  /** An infinite bound of something that is not there is 0. */
  const times = (bound: number, size: number) => (size === 0 ? 0 : bound * size);
  const all = [...references, ...randomSystems].filter(({ steps }) => steps === undefined);

  it('is kept by every system', () => {
    for (const reference of all) {
      const { matrix, size, interval, start, drive, end } = reference;
      const bound = propagatorErrorBound(matrix, size, interval);
      const error = largest(flushed(advance(reference)).map((value, i) => value - flushed(end)[i]!));
      const sizes = largest(start) + largest(end) + interval * largest(drive);
      const rounding = 4 * (size + 1) * Number.EPSILON * sizes;
      const allowed =
        times(bound.increment, largest(start)) + times(bound.response * interval, largest(drive));
      expect(error).toBeLessThanOrEqual(allowed + rounding);
    }
  });

  it('says something: it is below 1e-12 for a membrane with a synapse over a step, and grows with the interval', () => {
    const matrix = [-0.5, 0, 0, 1, -0.5, 0, 0, 0.004, -0.1];
    expect(propagatorErrorBound(matrix, 3, 0.1).increment).toBeLessThan(2e-14);
    expect(propagatorErrorBound(matrix, 3, 1).response).toBeLessThan(1e-12);
    expect(propagatorErrorBound([-2, 1, 1, -2], 2, 1e6).increment).toBeLessThan(1e-6);
    expect(propagatorErrorBound([1], 1, 1e6).increment).toBe(Number.POSITIVE_INFINITY);
  });

  it('is broken by an exponential without its last terms', () => {
    const { increment } = propagatorErrorBound([-0.5], 1, 1);
    const short = -0.5 + 0.125 - 0.5 ** 3 / 6 + 0.5 ** 4 / 24;
    expect(Math.abs(short - Math.expm1(-0.5))).toBeGreaterThan(increment);
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
