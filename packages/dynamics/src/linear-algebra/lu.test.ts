import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorize, solveFactorized } from './lu.ts';

const solve = (matrix: readonly number[], right: readonly number[]) =>
  solveFactorized(factorize(Float64Array.from(matrix), right.length), Float64Array.from(right));

describe('the solution of linear equations', () => {
  it('leaves a residual of a few roundings for any matrix', () => {
    const entry = fc.double({ min: -10, max: 10, noNaN: true });
    const systems = fc.integer({ min: 1, max: 8 }).chain((size) =>
      fc.record({
        matrix: fc.array(entry, { minLength: size * size, maxLength: size * size }),
        right: fc.array(entry, { minLength: size, maxLength: size }),
      }),
    );
    fc.assert(
      fc.property(systems, ({ matrix, right }) => {
        const size = right.length;
        const x = solve(matrix, right);
        fc.pre(x.every(Number.isFinite));
        const norm = Math.max(...matrix.map(Math.abs)) * size;
        const largest = Math.max(...x.map(Math.abs));
        right.forEach((value, row) => {
          const product = x.reduce(
            (sum, entryOfX, column) => sum + matrix[row * size + column]! * entryOfX,
            0,
          );
          // Partial pivoting lets the entries of U grow by 2 per column at worst.
          expect(Math.abs(product - value)).toBeLessThanOrEqual(2 ** size * 1e-15 * (norm * largest + 10));
        });
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it('exchanges rows where a pivot is 0 or small', () => {
    expect([...solve([0, 1, 1, 0], [3, 5])]).toEqual([5, 3]);
    expect([...solve([1e-20, 1, 1, 1], [1, 2])]).toEqual([1, 1]);
    expect([...solve([0, 2, 0, 0, 0, 4, 8, 0, 0], [2, 4, 8])]).toEqual([1, 1, 1]);
  });

  it('serves several right-hand sides and leaves the matrix alone', () => {
    const matrix = Float64Array.of(2, 1, 1, 3);
    const factors = factorize(matrix, 2);
    expect([...solveFactorized(factors, Float64Array.of(3, 4))]).toEqual([1, 1]);
    expect([...solveFactorized(factors, Float64Array.of(2, 1))]).toEqual([1, 0]);
    expect([...matrix]).toEqual([2, 1, 1, 3]);
  });

  it('is not finite where the matrix is singular or not finite', () => {
    expect(solve([1, 2, 2, 4], [1, 1]).every(Number.isFinite)).toBe(false);
    expect(solve([0], [1]).every(Number.isFinite)).toBe(false);
    expect(solve([1, Number.NaN, 0, 1], [1, 1]).every(Number.isFinite)).toBe(false);
    expect(solve([1, Number.POSITIVE_INFINITY, 1, 1], [1, 1]).every(Number.isFinite)).toBe(false);
  });

  it('of nothing is nothing', () => {
    expect(solve([], [])).toHaveLength(0);
  });
});
