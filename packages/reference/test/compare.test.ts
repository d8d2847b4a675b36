import { expect, test } from 'vitest';
import { firstDifference } from './compare.ts';

const tolerance = { relative: 1e-6, absolute: 1e-9 };

test('equal and nearly equal sequences have no difference', () => {
  expect(firstDifference([1, -70, 0], [1, -70, 0], {})).toBeUndefined();
  expect(firstDifference([-70.00001, 5e-10], [-70, 0], tolerance)).toBeUndefined();
  expect(firstDifference([Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY], tolerance)).toBeUndefined();
});

test('a wrong value is found, also where the expected value is negative, zero or infinite', () => {
  expect(firstDifference([-70.1], [-70], tolerance)).toContain('value 0');
  expect(firstDifference([0, 1e-8], [0, 0], tolerance)).toContain('value 1');
  expect(firstDifference([70], [-70], tolerance)).toContain('instead of -70');
  expect(firstDifference([1], [Number.POSITIVE_INFINITY], tolerance)).toContain('Infinity');
});

test('NaN, a missing value and an empty sequence are differences', () => {
  expect(firstDifference([Number.NaN], [1], tolerance)).toContain('NaN');
  expect(firstDifference([Number.NaN], [Number.NaN], tolerance)).toContain('NaN');
  expect(firstDifference([1], [Number.NaN], tolerance)).toContain('NaN');
  expect(firstDifference([1, 2], [1, 2, 3], tolerance)).toContain('2 values instead of 3');
  expect(firstDifference([], [], tolerance)).toContain('nothing');
});
