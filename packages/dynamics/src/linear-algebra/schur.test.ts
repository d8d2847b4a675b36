import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eigenvalues } from './eigenvalues.ts';
import { multiply, rowSumNorm } from './matrix.ts';
import { type Eigenvalue, realSchur, type SchurForm } from './schur.ts';

interface Reference {
  readonly name: string;
  readonly size: number;
  readonly matrix: readonly number[];
  readonly re: readonly number[];
  readonly im: readonly number[];
  readonly tolerance: number;
}

const file = new URL('../../test/reference/eigenvalues.json', import.meta.url);
const references: readonly Reference[] = JSON.parse(readFileSync(file, 'utf8'));

/** The largest distance of a found eigenvalue to the expected one that it is paired with, the closest not yet taken. */
function distance(found: readonly Eigenvalue[], { re, im }: Pick<Reference, 're' | 'im'>): number {
  const left = re.map((real, i) => ({ re: real, im: im[i]! }));
  let worst = found.length === left.length ? 0 : Number.POSITIVE_INFINITY;
  for (const value of found) {
    const gaps = left.map((other) => Math.hypot(value.re - other.re, value.im - other.im));
    const place = gaps.indexOf(Math.min(...gaps));
    worst = Math.max(worst, gaps[place]!);
    left.splice(place, 1);
  }
  return worst;
}

function transpose(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, place) => matrix[(place % size) * size + Math.floor(place / size)]!);
}

/** ‖A Q − Q T‖ / ‖A‖ and ‖Qᵀ Q − I‖. */
function residuals(matrix: ArrayLike<number>, { size, triangular, orthogonal }: SchurForm) {
  const norm = rowSumNorm(matrix, size);
  const left = multiply(Float64Array.from(matrix), orthogonal, size);
  const right = multiply(orthogonal, triangular, size);
  const gram = multiply(transpose(orthogonal, size), orthogonal, size);
  for (let i = 0; i < size; i += 1) gram[i * size + i]! -= 1;
  const difference = left.map((value, i) => (value - right[i]!) / (norm || 1));
  return { equation: rowSumNorm(difference, size), orthogonality: rowSumNorm(gram, size) };
}

/** Zero below the diagonal but for standard blocks of two. */
function isSchurForm({ size, triangular: t }: SchurForm): boolean {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column + 1 < row; column += 1) if (t[row * size + column] !== 0) return false;
    const lower = row > 0 ? t[row * size + row - 1]! : 0;
    if (lower === 0) continue;
    if (row > 1 && t[(row - 1) * size + row - 2] !== 0) return false;
    if (t[row * size + row] !== t[(row - 1) * size + row - 1]) return false;
    if (Math.sign(t[(row - 1) * size + row]!) !== -Math.sign(lower)) return false;
  }
  return true;
}

const entries = (size: number) =>
  fc.array(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.double({ min: -2, max: 2, noNaN: true }) },
      { weight: 1, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
    ),
    { minLength: size * size, maxLength: size * size },
  );
const matrices = fc.integer({ min: 1, max: 10 }).chain((size) => fc.tuple(fc.constant(size), entries(size)));

describe('the real Schur form', () => {
  it('reproduces the matrix by an orthogonal basis', () => {
    fc.assert(
      fc.property(matrices, ([size, matrix]) => {
        const form = realSchur(matrix, size);
        expect(isSchurForm(form)).toBe(true);
        const { equation, orthogonality } = residuals(matrix, form);
        expect(Math.max(equation, orthogonality)).toBeLessThan(2e-14);
      }),
      { seed: 61, numRuns: 500 },
    );
  });

  it.each([1e-300, 1e-150, 1e150, 1e300])('does so for entries of the size of %d', (size) => {
    const matrix = [1, 2, 3, -4, 5, 6, 7, -8, -9].map((entry) => entry * (size / 10));
    const { equation, orthogonality } = residuals(
      matrix.map((entry) => entry / size),
      { ...realSchur(matrix, 3), triangular: realSchur(matrix, 3).triangular.map((entry) => entry / size) },
    );
    expect(Math.max(equation, orthogonality)).toBeLessThan(1e-14);
  });

  it('is noticed where it belongs to another matrix', () => {
    const form = realSchur([1, 2, 3, 4], 2);
    expect(residuals([1, 2, 3, 4 + 1e-12], form).equation).toBeGreaterThan(1e-14);
  });

  it.each([
    ['an infinite entry', [1, Number.POSITIVE_INFINITY, 0, 1]],
    ['NaN', [1, Number.NaN, 0, 1]],
  ])('is refused for %s', (_, matrix) => {
    expect(() => realSchur(matrix, 2)).toThrow(RangeError);
  });
});

describe('the eigenvalues of a matrix', () => {
  it.each(references)('$name: agree with those to 17 digits', (reference) => {
    const found = eigenvalues(reference.matrix, reference.size);
    expect(distance(found, reference)).toBeLessThanOrEqual(reference.tolerance);
  });

  it('are noticed where they are wrong', () => {
    const { re, im, tolerance, matrix, size } = references[3]!;
    const moved = { re: re.map((value, i) => (i === 2 ? value * (1 + 1e-11) : value)), im };
    expect(distance(eigenvalues(matrix, size), moved)).toBeGreaterThan(tolerance);
  });

  it('are the entry of a matrix of one, and none of an empty one', () => {
    expect(eigenvalues([-0.3], 1)).toEqual([{ re: -0.3, im: 0 }]);
    expect(eigenvalues([], 0)).toEqual([]);
  });

  it('are zeros of the zero matrix', () => {
    expect(eigenvalues(new Float64Array(9), 3)).toEqual([0, 0, 0].map(() => ({ re: 0, im: 0 })));
  });

  it('are the diagonal, to the bit, of a matrix that is triangular in some order', () => {
    const values = eigenvalues([-0.1, 0, 5, 1e9, -0.1, 7, 0, 0, -1e-9], 3).map(({ re }) => re);
    expect(values.toSorted((a, b) => a - b)).toEqual([-0.1, -0.1, -1e-9]);
  });

  it('are found for states of different units as for states of one', () => {
    const rates = eigenvalues([-1, 2e-12, 3e12, -4], 2).map(({ re }) => re);
    const root = Math.sqrt(1.5 ** 2 + 6);
    expect(Math.abs(rates[0]! + 2.5 - Math.sign(rates[0]! + 2.5) * root)).toBeLessThan(1e-14);
    expect(Math.abs(rates[0]! + rates[1]! + 5)).toBeLessThan(1e-14);
  });

  it('have the trace as sum', () => {
    fc.assert(
      fc.property(matrices, ([size, matrix]) => {
        const values = eigenvalues(matrix, size);
        const sum = values.reduce((total, { re }) => total + re, 0);
        const trace = matrix.reduce((total, entry, i) => (i % (size + 1) === 0 ? total + entry : total), 0);
        expect(values).toHaveLength(size);
        expect(Math.abs(sum - trace)).toBeLessThanOrEqual(1e-13 * (rowSumNorm(matrix, size) + 1e-300));
      }),
      { seed: 62, numRuns: 300 },
    );
  });
});
