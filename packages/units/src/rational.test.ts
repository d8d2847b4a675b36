import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  equals,
  formatRational,
  isExponentInRange,
  isZero,
  multiply,
  negate,
  rational,
  rationalFromNumber,
  toNumber,
} from './rational.ts';

const SEED = 20260801;
const part = fc.integer({ min: -1000, max: 1000 });
const positivePart = fc.integer({ min: 1, max: 1000 });
const anyRational = fc.tuple(part, positivePart).map(([n, d]) => rational(n, d));

describe('rational', () => {
  it('reduces and keeps the denominator positive', () => {
    expect(rational(6, -4)).toEqual({ numerator: -3, denominator: 2 });
    expect(rational(-6, -4)).toEqual({ numerator: 3, denominator: 2 });
    expect(rational(0, -7)).toEqual({ numerator: 0, denominator: 1 });
    expect(rational(5)).toEqual({ numerator: 5, denominator: 1 });
  });

  it('refuses a zero denominator, broken numbers and numbers beyond the safe integers', () => {
    expect(() => rational(1, 0)).toThrow(RangeError);
    expect(() => rational(0.5)).toThrow(RangeError);
    expect(() => rational(2 ** 53)).toThrow(RangeError);
  });

  it('adds and multiplies as exact fractions do', () => {
    fc.assert(
      fc.property(anyRational, anyRational, (a, b) => {
        const sum = add(a, b);
        const product = multiply(a, b);
        const [an, ad, bn, bd] = [a.numerator, a.denominator, b.numerator, b.denominator].map(BigInt);
        if (an === undefined || ad === undefined || bn === undefined || bd === undefined) throw new Error();
        expect(BigInt(sum.numerator) * ad * bd).toBe((an * bd + bn * ad) * BigInt(sum.denominator));
        expect(BigInt(product.numerator) * ad * bd).toBe(an * bn * BigInt(product.denominator));
        expect(isZero(add(a, negate(a)))).toBe(true);
        expect(equals(multiply(a, b), multiply(b, a))).toBe(true);
      }),
      { seed: SEED },
    );
  });

  it('is written as an exponent of the language', () => {
    expect(formatRational(rational(3))).toBe('3');
    expect(formatRational(rational(-3))).toBe('-3');
    expect(formatRational(rational(3, 2))).toBe('(3/2)');
    expect(formatRational(rational(-3, 2))).toBe('-(3/2)');
  });
});

describe('rationalFromNumber', () => {
  it('finds the fraction behind a decimal', () => {
    expect(rationalFromNumber(0.5)).toEqual(rational(1, 2));
    expect(rationalFromNumber(-1.25)).toEqual(rational(-5, 4));
    expect(rationalFromNumber(1 / 3)).toEqual(rational(1, 3));
    expect(rationalFromNumber(0.123)).toEqual(rational(123, 1000));
    expect(rationalFromNumber(0)).toEqual(rational(0));
  });

  it('finds every fraction with a small denominator again', () => {
    fc.assert(
      fc.property(part, fc.integer({ min: 1, max: 10 }), (n, d) => {
        expect(rationalFromNumber(toNumber(rational(n, d)))).toEqual(rational(n, d));
      }),
      { seed: SEED },
    );
  });

  it('gives up on numbers without a manageable fraction', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e9, Math.PI, 1e-9]) {
      expect(rationalFromNumber(value)).toBeUndefined();
    }
    expect(isExponentInRange(rational(1_000_001))).toBe(false);
  });
});
