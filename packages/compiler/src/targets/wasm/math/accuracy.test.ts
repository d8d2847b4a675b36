import { describe, expect, it } from 'vitest';
import { accuracyPoints, errorInUlp } from '../../../../test/accuracy-points.ts';
import { runMathFunction } from '../../../../test/math-runs.ts';
import { MATH_FUNCTIONS, type MathName } from './math-functions.ts';

/** Stated accuracy: largest error in units of the last place; a little above what 30,000 random points have shown. */
const BOUND: Readonly<Record<MathName, number>> = {
  exp: 1.1,
  expm1: 1.1,
  exprelr: 3,
  log: 1,
  log1p: 1,
  log10: 1,
  pow: 1,
  sinh: 1.6,
  cosh: 1.1,
  tanh: 1.2,
  sin: 0.8,
  cos: 0.8,
  tan: 2,
  erf: 1.1,
  erfc: 1.5,
};

const names = Object.keys(MATH_FUNCTIONS) as MathName[];

describe('the accuracy of inlined mathematics', () => {
  it.each(names)('%s stays within its bound at random and hard points', (name) => {
    const points = accuracyPoints(name);
    expect(points.length).toBeGreaterThan(1500);
    const computed = runMathFunction(
      name,
      'scalar',
      points.map(({ operands }) => operands),
    );
    const worst = points.reduce(
      (largest, point, i) => Math.max(largest, errorInUlp(computed[i] ?? 0, point)),
      0,
    );
    expect(worst).toBeLessThanOrEqual(BOUND[name]);
  });

  it.each(names)('%s has the same bits in one lane and in two', (name) => {
    const operands = accuracyPoints(name).map((point) => point.operands);
    expect(runMathFunction(name, 'pair', operands)).toEqual(runMathFunction(name, 'scalar', operands));
  });

  it('would notice an error of one unit in the last place', () => {
    const [point] = accuracyPoints('exp');
    if (point === undefined) throw new Error('no points');
    const next = point.expected * (1 + 2 ** -52);
    expect(errorInUlp(point.expected, point)).toBeLessThanOrEqual(0.5);
    expect(errorInUlp(next, point)).toBeGreaterThanOrEqual(0.5);
    expect(errorInUlp(Number.NaN, point)).toBe(Number.POSITIVE_INFINITY);
  });
});
