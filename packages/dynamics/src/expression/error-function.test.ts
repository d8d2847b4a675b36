import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { erf, erfc } from './error-function.ts';

const file = new URL('../../test/reference/error-function.json', import.meta.url);
const rows: readonly (readonly [number, number, number])[] = JSON.parse(readFileSync(file, 'utf8')).rows;

/** One subnormal step may always be lost. */
const allowed = (expected: number) => 1e-15 * Math.abs(expected) + Number.MIN_VALUE;

describe('the error function', () => {
  it.each(rows)('agrees with values computed to 17 digits at %d', (x, expectedErf, expectedErfc) => {
    expect(Math.abs(erf(x) - expectedErf)).toBeLessThanOrEqual(allowed(expectedErf));
    expect(Math.abs(erfc(x) - expectedErfc)).toBeLessThanOrEqual(allowed(expectedErfc));
  });

  it('has its limits at infinity and keeps NaN', () => {
    expect([erf(Infinity), erf(-Infinity), erfc(Infinity), erfc(-Infinity)]).toEqual([1, -1, 0, 2]);
    expect([erf(Number.NaN), erfc(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });
});
