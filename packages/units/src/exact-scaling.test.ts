import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleExactly } from './exact-scaling.ts';

const SEED = 20260802;
const RUNS = 2000;

/** A finite double as integer · 10^exponent, without rounding: its binary fraction ends after so many decimals. */
function asDecimal(value: number): { readonly integer: bigint; readonly exponent: number } {
  let [integer, halvings] = [value, 0];
  while (!Number.isInteger(integer)) [integer, halvings] = [integer * 2, halvings + 1];
  return { integer: BigInt(integer) * 5n ** BigInt(halvings), exponent: -halvings };
}

/** value · multiplier · 10^exponent, rounded once by the reader of decimal numbers of the JavaScript engine. */
function roundedProduct(value: number, multiplier: number, exponent: number): number {
  const decimal = asDecimal(value);
  return Number(`${decimal.integer * BigInt(multiplier)}e${decimal.exponent + exponent}`);
}

/** The neighbouring double: away from zero for +1, towards zero for −1. */
function neighbour(value: number, direction: 1n | -1n): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + direction);
  return view.getFloat64(0);
}

/** No double between 1e-150 and 1e150 has more decimals. */
const MOST_DECIMALS = 600;

/** |candidate · divisor − value · multiplier| in units of 10^−600, so that distances are compared exactly. */
function distance(candidate: number, value: number, multiplier: bigint, divisor: bigint): bigint {
  const [a, b] = [asDecimal(candidate), asDecimal(value)];
  const left = a.integer * divisor * 10n ** BigInt(a.exponent + MOST_DECIMALS);
  const right = b.integer * multiplier * 10n ** BigInt(b.exponent + MOST_DECIMALS);
  return left > right ? left - right : right - left;
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value !== 0);
const ordinary = fc.double({ min: 1e-20, max: 1e20, noNaN: true });
const multiplier = fc.constantFrom(1, 36, 864, 315_576, 1_602_176_634, 1296, 9_007_199_254_740_991);
const exponent = fc.integer({ min: -60, max: 60 });

describe('scaleExactly', () => {
  it('gives the double nearest to value · multiplier · 10^exponent', () => {
    fc.assert(
      fc.property(finite, multiplier, exponent, (value, factor, power) => {
        expect(scaleExactly(value, factor, 1, power)).toBe(roundedProduct(value, factor, power));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('gives the nearest double among all neighbours when it divides', () => {
    fc.assert(
      fc.property(ordinary, multiplier, multiplier, exponent, (value, up, down, power) => {
        const result = scaleExactly(value, up, down, power);
        const numerator = BigInt(up) * 10n ** BigInt(Math.max(power, 0));
        const denominator = BigInt(down) * 10n ** BigInt(Math.max(-power, 0));
        const error = distance(result, value, numerator, denominator);
        expect(error <= distance(neighbour(result, 1n), value, numerator, denominator)).toBe(true);
        expect(error <= distance(neighbour(result, -1n), value, numerator, denominator)).toBe(true);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('rounds a tie to the even neighbour', () => {
    const half = 2 ** 52;
    expect(scaleExactly(half + 1, 3, 2, 0)).toBe(1.5 * half + 2);
    expect(scaleExactly(half + 3, 3, 2, 0)).toBe(1.5 * half + 4);
    expect(scaleExactly(Number.MIN_VALUE, 3, 2, 0)).toBe(2 * Number.MIN_VALUE);
    expect(scaleExactly(Number.MIN_VALUE, 5, 2, 0)).toBe(2 * Number.MIN_VALUE);
    expect(scaleExactly(Number.MIN_VALUE, 1, 2, 0)).toBe(0);
  });

  it('rounds subnormal results once', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e-280, noNaN: true }), multiplier, (value, factor) => {
        expect(scaleExactly(value, factor, 1, -35)).toBe(roundedProduct(value, factor, -35));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('overflows to infinity and underflows to zero, with the sign of the value', () => {
    expect(scaleExactly(-1e300, 3, 1, 30)).toBe(Number.NEGATIVE_INFINITY);
    expect(scaleExactly(5, 1, 1, 24_000_000)).toBe(Number.POSITIVE_INFINITY);
    expect(scaleExactly(-5, 1, 1, -24_000_000)).toBe(-0);
    expect(scaleExactly(1e-300, 3, 7, -30)).toBe(0);
  });

  it('keeps zero, infinities and NaN', () => {
    for (const value of [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
      expect(scaleExactly(value, 36, 7, -400)).toBe(value);
    }
  });
});
