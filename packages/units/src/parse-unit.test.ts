import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUnit } from './parse-unit.ts';
import { rational } from './rational.ts';
import { dimensionless, multiplyUnits, powerUnit, sameUnit, type Unit } from './unit.ts';
import { describeUnitError, type UnitError } from './unit-error.ts';
import { allUnitNames, unitByName } from './unit-names.ts';

const SEED = 20260804;

function unit(text: string): Unit {
  const result = parseUnit(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.kind}`);
  return result.value;
}

function mistake(text: string): UnitError {
  const result = parseUnit(text);
  if (result.ok) throw new Error(`${text} is read as ${result.value.text}`);
  return result.error;
}

describe('parseUnit', () => {
  it('reads back the text of every unit that the algebra makes', () => {
    const power = fc.tuple(
      fc.constantFrom(...allUnitNames()),
      fc.integer({ min: -4, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(power, { maxLength: 5 }), (powers) => {
        const made = powers.reduce((product, [name, n, d]) => {
          return multiplyUnits(product, powerUnit(unitByName(name) ?? dimensionless, rational(n, d)));
        }, dimensionless);
        const read = unit(made.text);
        expect(read.text).toBe(made.text);
        expect(read.dimension).toEqual(made.dimension);
      }),
      { seed: SEED },
    );
  });

  it.each([
    ['nS/ms/mV', 'nS/(ms*mV)'],
    ['nS/ms*mV', 'nS*mV/ms'],
    ['1/ms*mV', '1/(ms*mV)'],
    ['1/ms/mV', 'mV/ms'],
    ['1/(ms*mV)', '1/ms/mV**-1'],
    ['mV*1/ms*pA', 'mV/(ms*pA)'],
    ['1/ms**2', 'ms**-2'],
    ['ms**2**3', 'ms**6'],
    ['ms**+2', 'ms*ms'],
    ['ms**0.5', 'ms**(1/2)'],
    ['ms**-1.5', 'ms**-(3/2)'],
    ['ms**1e1', 'ms**10'],
    ['ms**-(2/4)', '1/ms**(1/2)'],
    ['( ( mV ) ) * ms', 'mV*ms'],
    ['  mV\t/ ms ', 'mV/ms'],
    ['ms**0', '1'],
    ['01/ms', '1/ms'],
  ])('groups %s as %s', (written, meant) => {
    expect(sameUnit(unit(written), unit(meant))).toBe(true);
  });

  it('reads 1 as the plain number', () => {
    expect(unit('1')).toEqual(dimensionless);
  });

  it.each<[string, UnitError]>([
    ['mV/foo', { kind: 'unknown-unit', text: 'foo', start: 3, end: 6 }],
    ['mv/ms', { kind: 'unknown-unit', text: 'mv', start: 0, end: 2, suggestion: 'mV' }],
    ['2/s', { kind: 'numerator-not-one', text: '2', start: 0, end: 1 }],
    ['1.0/s', { kind: 'numerator-not-one', text: '1.0', start: 0, end: 3 }],
    ['', { kind: 'unexpected-end', text: '', start: 0, end: 0 }],
    ['mV*', { kind: 'unexpected-end', text: '', start: 3, end: 3 }],
    ['(mV', { kind: 'unexpected-end', text: '', start: 3, end: 3 }],
    ['(mV ms)', { kind: 'unexpected-text', text: 'ms', start: 4, end: 6 }],
    ['mV)', { kind: 'unexpected-text', text: ')', start: 2, end: 3 }],
    ['mV ms', { kind: 'unexpected-text', text: 'ms', start: 3, end: 5 }],
    ['1 ms', { kind: 'unexpected-text', text: 'ms', start: 2, end: 4 }],
    ['mV*(1)', { kind: 'unexpected-text', text: ')', start: 5, end: 6 }],
    ['*mV', { kind: 'unexpected-text', text: '*', start: 0, end: 1 }],
    ['mV**', { kind: 'missing-exponent', text: '', start: 4, end: 4 }],
    ['mV**n', { kind: 'missing-exponent', text: 'n', start: 4, end: 5 }],
    ['mV**(-1/2)', { kind: 'missing-exponent', text: '-', start: 5, end: 6 }],
    ['mV**(1/2', { kind: 'missing-exponent', text: '', start: 8, end: 8 }],
    ['mV**(1/0)', { kind: 'zero-denominator', text: '(1/0)', start: 4, end: 9 }],
    ['mV**1000001', { kind: 'exponent-out-of-range', text: '1000001', start: 4, end: 11 }],
    ['mV**(1/1000001)', { kind: 'exponent-out-of-range', text: '(1/1000001)', start: 4, end: 15 }],
    ['V**1000000', { kind: 'exponent-out-of-range', text: 'V**1000000', start: 0, end: 10 }],
    ['mV^2', { kind: 'unexpected-character', text: '^', start: 2, end: 3, suggestion: '**' }],
    ['nS·mV', { kind: 'unexpected-character', text: '·', start: 2, end: 3, suggestion: '*' }],
    ['mV\u{1F600}', { kind: 'unexpected-character', text: '\u{1F600}', start: 2, end: 4 }],
  ])('reports the mistake in "%s" with its place', (text, expected) => {
    expect(mistake(text)).toEqual(expected);
    expect(describeUnitError(mistake(text))).toMatch(/[.?]$/u);
  });

  it('names the suggestion in the sentence', () => {
    expect(describeUnitError(mistake('mv'))).toBe("There is no unit 'mv'. Did you mean 'mV'?");
  });

  it('refuses deep nesting and runaway exponents instead of failing', () => {
    expect(mistake('('.repeat(100_000)).kind).toBe('nesting-too-deep');
    expect(mistake('1/'.repeat(100_000)).kind).toBe('nesting-too-deep');
    expect(mistake(`ms${'**1000'.repeat(20)}`).kind).toBe('exponent-out-of-range');
    expect(unit('ms*'.repeat(5000).concat('ms')).text).toBe('ms**5001');
  });

  it('never throws on random sequences of tokens', () => {
    const piece = fc.constantFrom(
      'mV',
      'ms',
      '1',
      '2',
      '0.5',
      '/',
      '*',
      '**',
      '(',
      ')',
      '-',
      '+',
      ' ',
      'x',
      '§',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const result = parseUnit(text);
        if (result.ok) return;
        expect(text.slice(result.error.start, result.error.end)).toBe(result.error.text);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });
});
