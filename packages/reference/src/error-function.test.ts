import { expect, test } from 'vitest';
import { erf, erfc } from './error-function.ts';

/** x, erf(x), erfc(x), computed with 40 digits. */
const KNOWN = [
  [0.1, 0.1124629160182849, 0.887537083981715],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [0.75, 0.7111556336535151, 0.28884436634648486],
  [1, 0.8427007929497149, 0.15729920705028513],
  [1.7, 0.9837904585907746, 0.01620954140922544],
  [2.25, 0.9985372834133188, 0.001462716586681152],
  [2.3, 0.9988568234026433, 0.0011431765973566525],
  [3, 0.9999779095030014, 2.209049699858544e-5],
  [5, 0.9999999999984626, 1.537459794428035e-12],
  [10, 1, 2.088487583762545e-45],
  [20, 1, 5.395865611607901e-176],
  [26.5, 1, 2.2109076642637343e-307],
] as const;

test.each(KNOWN)('erf and erfc of %d are exact to 1e-15, relative', (x, error, complement) => {
  expect(Math.abs(erf(x) / error - 1)).toBeLessThan(1e-15);
  expect(Math.abs(erfc(x) / complement - 1)).toBeLessThan(1e-15);
  expect(erf(-x)).toBe(-erf(x));
  expect(Math.abs(erfc(-x) - (1 + error))).toBeLessThan(1e-15);
});

test('the limits are reached', () => {
  expect([erf(0), erfc(0), erf(Number.POSITIVE_INFINITY), erfc(Number.POSITIVE_INFINITY)]).toEqual([
    0, 1, 1, 0,
  ]);
  expect([erf(Number.NEGATIVE_INFINITY), erfc(Number.NEGATIVE_INFINITY)]).toEqual([-1, 2]);
  expect([erf(Number.NaN), erfc(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
});
