import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUnit } from './parse-unit.ts';
import { rational } from './rational.ts';
import {
  conversionFactor,
  convert,
  dimensionless,
  divideUnits,
  fromCanonical,
  inverseUnit,
  isDimensionless,
  isPlainNumber,
  isUnitInRange,
  multiplyUnits,
  powerUnit,
  sameDimension,
  sameUnit,
  toCanonical,
  type Unit,
} from './unit.ts';
import { unitByName } from './unit-names.ts';

const SEED = 20260803;

function unit(text: string): Unit {
  const result = parseUnit(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.kind}`);
  return result.value;
}

const named = fc
  .constantFrom(
    'mV',
    'V',
    'pA',
    'ms',
    's',
    'us',
    'nS',
    'pF',
    'MOhm',
    'Hz',
    'kg',
    'l',
    'mol',
    'K',
    'um',
    'rad',
    'h',
    'd',
  )
  .map((name) => unitByName(name) ?? dimensionless);
const exponent = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(1, 1, 1, 2))
  .map(([n, d]) => rational(n, d));
const composed = fc
  .array(fc.tuple(named, fc.integer({ min: -2, max: 2 })), { maxLength: 4 })
  .map((factors) =>
    factors.reduce((product, [u, n]) => multiplyUnits(product, powerUnit(u, rational(n))), dimensionless),
  );

function expectSame(a: Unit, b: Unit): void {
  expect(a.dimension).toEqual(b.dimension);
  expect(a.scale).toEqual(b.scale);
}

describe('the algebra of units', () => {
  it('is commutative and associative, exactly', () => {
    fc.assert(
      fc.property(composed, composed, named, (a, b, c) => {
        expectSame(multiplyUnits(a, b), multiplyUnits(b, a));
        expectSame(multiplyUnits(multiplyUnits(a, b), c), multiplyUnits(a, multiplyUnits(b, c)));
      }),
      { seed: SEED },
    );
  });

  it('has the plain number as neutral element and reciprocals as inverses', () => {
    fc.assert(
      fc.property(composed, (a) => {
        expect(multiplyUnits(a, dimensionless)).toEqual(a);
        expect(divideUnits(a, a)).toEqual(dimensionless);
        expectSame(inverseUnit(inverseUnit(a)), a);
        expectSame(powerUnit(a, rational(-1)), inverseUnit(a));
        expectSame(powerUnit(a, rational(2)), multiplyUnits(a, a));
      }),
      { seed: SEED },
    );
  });

  it('adds exponents of powers of powers of ten', () => {
    const decimal = named.filter((u) => u.scale.mantissa === 1);
    fc.assert(
      fc.property(decimal, exponent, exponent, (a, p, q) => {
        const product = multiplyUnits(powerUnit(a, p), powerUnit(a, q));
        const sum = rational(
          p.numerator * q.denominator + q.numerator * p.denominator,
          p.denominator * q.denominator,
        );
        expectSame(product, powerUnit(a, sum));
        expect(product.text).toBe(powerUnit(a, sum).text);
      }),
      { seed: SEED },
    );
  });

  it('takes exact roots of factors that are no powers of ten where they exist', () => {
    expect(toCanonical(1, unit('h**(1/2)'))).toBeCloseTo(Math.sqrt(3_600_000), 9);
    expect(unit('h**(1/2)').scale.mantissa).toBe(6);
    expect(toCanonical(1, unit('d**(1/3)'))).toBeCloseTo(Math.cbrt(86_400_000), 9);
    expect(conversionFactor(unit('d**(1/2)*d**(1/2)'), unit('d'))).toBeCloseTo(1, 14);
  });

  it('survives powers whose factor is beyond the range of doubles', () => {
    const huge = powerUnit(unit('h'), rational(1000));
    expect(Number.isFinite(huge.scale.mantissa)).toBe(true);
    const ratio = divideUnits(huge, powerUnit(unit('h'), rational(999)));
    expect(toCanonical(1, ratio) / 3_600_000).toBeCloseTo(1, 10);
  });
});

describe('the text of a unit', () => {
  it.each([
    ['nS*mV', 'nS*mV'],
    ['mV/ms', 'mV/ms'],
    ['nS/pF/ms', 'nS/(pF*ms)'],
    ['nS/(pF*ms)', 'nS/(pF*ms)'],
    ['ms*ms', 'ms**2'],
    ['ms**-2', '1/ms**2'],
    ['mV/mV', '1'],
    ['mV/V', 'mV/V'],
    ['ms**2/ms', 'ms'],
    ['ns**(3/2)', 'ns**(3/2)'],
    ['ns**-(1/2)', '1/ns**(1/2)'],
    ['1/ms*mV', '1/(ms*mV)'],
    ['(nS*mV)**2', 'nS**2*mV**2'],
  ])('%s is shown as %s', (written, shown) => {
    expect(unit(written).text).toBe(shown);
  });
});

describe('comparison of units', () => {
  it('takes Hz for 1/s, and S for A/V, and mV·nS for pA', () => {
    expect(sameUnit(unit('Hz'), unit('1/s'))).toBe(true);
    expect(sameUnit(unit('kHz'), unit('1/ms'))).toBe(true);
    expect(sameUnit(unit('nS*mV'), unit('pA'))).toBe(true);
    expect(sameUnit(unit('pF*mV/ms'), unit('pA'))).toBe(true);
    expect(sameUnit(unit('MOhm*nF'), unit('ms'))).toBe(true);
    expect(sameUnit(unit('J/C'), unit('V'))).toBe(true);
    expect(sameUnit(unit('mV'), unit('V'))).toBe(false);
    expect(sameDimension(unit('mV'), unit('V'))).toBe(true);
    expect(sameDimension(unit('mV'), unit('ms'))).toBe(false);
  });

  it('tells a scaled number from a plain one', () => {
    expect(isDimensionless(unit('mV/V'))).toBe(true);
    expect(isPlainNumber(unit('mV/V'))).toBe(false);
    expect(isPlainNumber(unit('Hz*s'))).toBe(true);
    expect(isPlainNumber(unit('rad'))).toBe(true);
    expect(isPlainNumber(unit('sr/rad**2'))).toBe(true);
    expect(isDimensionless(unit('mV'))).toBe(false);
  });

  it('flags exponents that are too large for another operation', () => {
    expect(isUnitInRange(unit('ms**1000'))).toBe(true);
    expect(isUnitInRange(powerUnit(unit('ms'), rational(1_000_001)))).toBe(false);
    expect(isUnitInRange(powerUnit(unit('Ym'), rational(100_000)))).toBe(false);
  });
});

describe('conversion of numbers', () => {
  it('stores 10 us as 0.01 and leaves canonical numbers alone', () => {
    expect(toCanonical(10, unit('us'))).toBe(0.01);
    expect(toCanonical(0.1, unit('ms'))).toBe(0.1);
    expect(toCanonical(1, unit('V'))).toBe(1000);
    expect(toCanonical(8000, unit('Hz'))).toBe(8);
    expect(toCanonical(10, unit('1/s'))).toBe(0.01);
    expect(toCanonical(5, unit('MOhm'))).toBe(0.005);
    expect(fromCanonical(0.01, unit('us'))).toBe(10);
    expect(fromCanonical(-65, unit('V'))).toBe(-0.065);
    expect(toCanonical(Number.NEGATIVE_INFINITY, unit('V'))).toBe(Number.NEGATIVE_INFINITY);
  });

  it('multiplies or divides by an exact power of ten for every decimal unit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(toCanonical(value, unit('V'))).toBe(value * 1000);
        expect(toCanonical(value, unit('uS'))).toBe(value * 1000);
        expect(toCanonical(value, unit('us'))).toBe(value / 1000);
        expect(toCanonical(value, unit('fA'))).toBe(value / 1000);
        expect(fromCanonical(value, unit('s'))).toBe(value / 1000);
        expect(fromCanonical(value, unit('MOhm'))).toBe(value * 1000);
      }),
      { seed: SEED },
    );
  });

  it('returns from canonical units within two units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), composed, (value, u) => {
        const back = fromCanonical(toCanonical(value, u), u);
        expect(Math.abs(back - value)).toBeLessThanOrEqual(2 * Number.EPSILON * value);
      }),
      { seed: SEED },
    );
  });

  it('handles fractional powers of ten to rounding error', () => {
    expect(toCanonical(4, unit('ns**(3/2)'))).toBe(4e-9);
    const root = unit('us**(1/2)');
    expect(toCanonical(1, root)).toBeCloseTo(Math.sqrt(1e-3), 15);
    expect(fromCanonical(toCanonical(7, root), root)).toBeCloseTo(7, 14);
  });

  it('converts between units of one dimension, and refuses others', () => {
    expect(convert(1, unit('h'), unit('d'))).toBe(1 / 24);
    expect(convert(3, unit('mV'), unit('V'))).toBe(0.003);
    expect(conversionFactor(unit('uS'), unit('nS'))).toBe(1000);
    expect(conversionFactor(unit('mV/V'), dimensionless)).toBe(0.001);
    expect(() => convert(1, unit('mV'), unit('ms'))).toThrow(RangeError);
  });
});
