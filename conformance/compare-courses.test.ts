import { describe, expect, it } from 'vitest';
import type { Course, Tolerance } from './case-files.ts';
import { type Actual, compareCourses } from './compare-courses.ts';

const expected: Course = {
  spikes_ms: [0.2, 0.4],
  record: { V_m: { every_ms: 0.2, values: [-70, -65] }, w: { every_ms: 0.1, values: [0, 0, 1, 1] } },
};
const tolerance: Tolerance = {
  source: 'exact',
  solver: 'any',
  absolute: { V_m: 1e-3, w: 1e-3 },
  spike_shift_steps: 0,
  reason: 'a test',
};

function run(change: Partial<{ spikes: number[]; V_m: number[]; w: number[] }> = {}): Actual {
  const { spikes = [0.2, 0.4], V_m = [-72, -70, -67, -65], w = [0, 0, 1, 1] } = change;
  return {
    stepMs: 0.1,
    spikes,
    record: new Map([
      ['V_m', V_m],
      ['w', w],
    ]),
  };
}

describe('the comparator', () => {
  it('accepts the expected course, and one within the tolerance', () => {
    expect(compareCourses(run(), expected, tolerance)).toEqual([]);
    expect(compareCourses(run({ V_m: [0, -70.0009, 0, -64.9991] }), expected, tolerance)).toEqual([]);
  });

  it.each([
    [
      'a value that is too low where the expected one is negative',
      run({ V_m: [0, -70.002, 0, -65] }),
      /V_m is -70.002/,
    ],
    ['a value that is too high', run({ V_m: [0, -70, 0, -64.9] }), /V_m is -64.9 instead of -65/],
    ['a value that is off where 0 is expected', run({ w: [0.1, 0, 1, 1] }), /w is 0.1 instead of 0/],
    ['NaN', run({ V_m: [0, Number.NaN, 0, -65] }), /V_m is NaN/],
    ['an infinity', run({ V_m: [0, -70, 0, Number.NEGATIVE_INFINITY] }), /off by Infinity/],
    ['values that end too early', run({ w: [0, 0, 1] }), /w has 3 values/],
    ['values that go on too long', run({ w: [0, 0, 1, 1, 1] }), /w has 5 values/],
    ['a spike too few', run({ spikes: [0.2] }), /1 spikes instead of 2/],
    ['a spike too many', run({ spikes: [0.2, 0.3, 0.4] }), /3 spikes instead of 2/],
    ['a spike one step late', run({ spikes: [0.2, 0.5] }), /spike 2 at 0.5 ms instead of 0.4 ms/],
  ])('refuses %s', (_, actual, complaint) => {
    const complaints = compareCourses(actual, expected, tolerance);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(complaint);
  });

  it('refuses a variable that was not recorded', () => {
    const actual: Actual = { ...run(), record: new Map([['V_m', [-72, -70, -67, -65]]]) };
    expect(compareCourses(actual, expected, tolerance)).toEqual(['w was not recorded']);
  });

  it('refuses an expected course that is empty, missing, or lies between the steps', () => {
    const change = (w: Course['record'][string]): Course => ({
      ...expected,
      record: { ...expected.record, w },
    });
    expect(compareCourses(run(), change({ every_ms: 0.1, values: [] }), tolerance)).toHaveLength(1);
    expect(compareCourses(run(), change({ every_ms: 0.15, values: [0, 1] }), tolerance)).toHaveLength(1);
    const { V_m } = expected.record;
    expect(compareCourses(run(), { ...expected, record: { V_m: V_m! } }, tolerance)).toEqual([
      'w has no expected course',
    ]);
  });

  it('allows a spike to shift only as far as the tolerance says', () => {
    const shifted = { ...tolerance, spike_shift_steps: 1 };
    expect(compareCourses(run({ spikes: [0.2, 0.5] }), expected, shifted)).toEqual([]);
    expect(compareCourses(run({ spikes: [0.2, 0.6] }), expected, shifted)).toHaveLength(1);
  });
});
