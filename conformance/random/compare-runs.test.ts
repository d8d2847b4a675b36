import { describe, expect, it } from 'vitest';
import { type Allowance, allowedDifference, type Course, compareRuns } from './compare-runs.ts';

const fine: Allowance = { kind: 'of largest value', fraction: 1e-7 };
const coarse: Allowance = { kind: 'in mV', most: 1e-3 };

const times = [0.1, 0.2, 0.3, 0.4];
const course = (
  potentials: readonly number[],
  currents: readonly number[],
  spikes: readonly number[],
): Course => ({
  times,
  spikes,
  traces: [
    { name: 'V_m', unit: 'mV', values: Float64Array.from(potentials) },
    { name: 'w', unit: 'nA', values: Float64Array.from(currents) },
  ],
});
const expected = course([-70, -60, -50, -55], [0, 10, 20, 40], [0.3]);

describe('the comparison of two courses', () => {
  it('accepts a course equal to the expected one', () => {
    expect(compareRuns(expected, expected, fine)).toEqual({
      worst: 0,
      worstName: '',
      disagreement: undefined,
    });
  });

  it('accepts differences up to the allowance, and says how large they were', () => {
    const actual = course([-70, -60, -50 + 6e-6, -55], [0, 10, 20, 40], [0.3]);
    const { worst, worstName, disagreement } = compareRuns(expected, actual, fine);
    expect(disagreement).toBeUndefined();
    expect(worstName).toBe('V_m');
    expect(worst).toBeCloseTo(6 / 7, 6);
  });

  it.each([
    ['a value that is too high', course([-70, -60, -50 + 8e-6, -55], [0, 10, 20, 40], [0.3]), 'V_m', 2],
    ['a value that is too low', course([-70, -60, -50 - 8e-6, -55], [0, 10, 20, 40], [0.3]), 'V_m', 2],
    ['a value of the other sign', course([-70, 60, -50, -55], [0, 10, 20, 40], [0.3]), 'V_m', 1],
    ['a value of a later variable', course([-70, -60, -50, -55], [1e-5, 10, 20, 40], [0.3]), 'w', 0],
    ['NaN', course([-70, -60, -50, Number.NaN], [0, 10, 20, 40], [0.3]), 'V_m', 3],
    ['a course that ends early', course([-70, -60, -50], [0, 10, 20, 40], [0.3]), 'V_m', 3],
    ['a missing spike', course([-70, -60, -50, -55], [0, 10, 20, 40], []), 'spike', 2],
    ['a spike too many', course([-70, -60, -50, -55], [0, 10, 20, 40], [0.3, 0.4]), 'spike', 3],
    ['a spike a step late', course([-70, -60, -50, -55], [0, 10, 20, 40], [0.4]), 'spike', 2],
    ['two spikes in place of one', course([-70, -60, -50, -55], [0, 10, 20, 40], [0.3, 0.3]), 'spike', 2],
  ])('finds %s', (_, actual, what, step) => {
    expect(compareRuns(expected, actual, fine).disagreement).toMatchObject({ what, step });
  });

  it('finds NaN in the expected course', () => {
    const wrong = course([-70, Number.NaN, -50, -55], [0, 10, 20, 40], [0.3]);
    expect(compareRuns(wrong, wrong, fine).disagreement).toMatchObject({ what: 'V_m' });
  });

  it('looks only at the steps that it is told to compare', () => {
    const actual = course([-70, -60, -49, -55], [0, 10, 20, 40], []);
    expect(compareRuns(expected, actual, fine, 2).disagreement).toBeUndefined();
    expect(compareRuns(expected, actual, fine, 3).disagreement).toBeDefined();
  });

  it('measures potentials in mV, whatever their unit, and other variables by their range', () => {
    expect(allowedDifference(Float64Array.of(-70, -50), 'mV', coarse)).toBe(1e-3);
    expect(allowedDifference(Float64Array.of(-0.07), 'V', coarse)).toBeCloseTo(1e-6, 18);
    expect(allowedDifference(Float64Array.of(-5000), 'uV', coarse)).toBeCloseTo(1, 12);
    expect(allowedDifference(Float64Array.of(100, 300), 'pA', coarse)).toBeCloseTo(2e-3, 12);
    expect(allowedDifference(Float64Array.of(-100, 3), 'pA', fine)).toBeCloseTo(1e-5, 15);
    expect(allowedDifference(Float64Array.of(0, 0), undefined, fine)).toBeCloseTo(1e-8, 15);
  });
});
