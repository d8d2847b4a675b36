import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatQuantity } from './format-quantity.ts';
import { parseQuantity } from './parse-quantity.ts';
import { dimensionless } from './unit.ts';
import type { UnitError } from './unit-error.ts';
import { unitByName } from './unit-names.ts';

const SEED = 20260805;

describe('parseQuantity', () => {
  it.each<[string, number, string | undefined]>([
    ['5 nS', 5, 'nS'],
    ['-70mV', -70, 'mV'],
    ['1e3', 1000, undefined],
    ['8000 Hz', 8000, 'Hz'],
    ['10 1/s', 10, '1/s'],
    ['+.5 ms', 0.5, 'ms'],
    ['3. ms', 3, 'ms'],
    ['1eV', 1, 'eV'],
    ['2E-3 eV', 0.002, 'eV'],
    ['inf', Number.POSITIVE_INFINITY, undefined],
    ['-inf mV', Number.NEGATIVE_INFINITY, 'mV'],
    ['  3 nS / ms  ', 3, 'nS/ms'],
    ['1 (mV)', 1, 'mV'],
    ['20 \u00b5s', 20, 'us'],
  ])('reads "%s"', (text, value, unit) => {
    const result = parseQuantity(text);
    if (!result.ok) throw new Error(result.error.kind);
    expect(result.value.value).toBe(value);
    expect(result.value.unit?.text).toBe(unit);
  });

  it.each<[string, UnitError]>([
    ['', { kind: 'missing-number', text: '', start: 0, end: 0 }],
    [' mV ', { kind: 'missing-number', text: 'mV', start: 1, end: 3 }],
    ['infinite', { kind: 'missing-number', text: 'infinite', start: 0, end: 8 }],
    ['1e999 ms', { kind: 'number-out-of-range', text: '1e999', start: 0, end: 5 }],
    [' 10 mv', { kind: 'unknown-unit', text: 'mv', start: 4, end: 6, suggestion: 'mV' }],
    ['5 nS ms', { kind: 'unexpected-text', text: 'ms', start: 5, end: 7 }],
    ['5 nS/', { kind: 'unexpected-end', text: '', start: 5, end: 5 }],
    ['100/s', { kind: 'unexpected-text', text: '/', start: 3, end: 4, suggestion: ' 1/' }],
    ['5*nS', { kind: 'unexpected-text', text: '*', start: 1, end: 2, suggestion: ' ' }],
    ['5 2/s', { kind: 'numerator-not-one', text: '2', start: 2, end: 3 }],
  ])('reports the mistake in "%s" with its place', (text, expected) => {
    const result = parseQuantity(text);
    expect(result).toEqual({ ok: false, error: expected });
  });

  it('accepts the text in which the suggestion replaces the mistake', () => {
    for (const text of ['100/s', '5*nS', '10 mv', '3 mV^2', '2 nS·mV']) {
      const result = parseQuantity(text);
      if (result.ok || result.error.suggestion === undefined) throw new Error(text);
      const { start, end, suggestion } = result.error;
      expect(parseQuantity(text.slice(0, start) + suggestion + text.slice(end)).ok).toBe(true);
    }
  });

  it('reads back every formatted quantity without loss', () => {
    const names = fc.constantFrom('mV', '1/s', 'nS/(pF*ms)', 'eV', 'ns**(3/2)', 'h');
    fc.assert(
      fc.property(fc.double({ noNaN: true }), names, (value, name) => {
        const read = parseQuantity(`0 ${name}`);
        if (!read.ok || !read.value.unit) throw new Error(name);
        const again = parseQuantity(formatQuantity(value, read.value.unit));
        if (!again.ok) throw new Error(again.error.kind);
        expect(again.value.value === value).toBe(true);
        expect(again.value.unit).toEqual(read.value.unit);
      }),
      { seed: SEED },
    );
  });
});

describe('formatQuantity', () => {
  it('writes numbers with their unit and plain numbers alone', () => {
    const nS = unitByName('nS') ?? dimensionless;
    expect(formatQuantity(5, nS)).toBe('5 nS');
    expect(formatQuantity(Number.NEGATIVE_INFINITY, nS)).toBe('-inf nS');
    expect(formatQuantity(Number.NaN, nS)).toBe('nan nS');
    expect(formatQuantity(0.5, dimensionless)).toBe('0.5');
  });
});
