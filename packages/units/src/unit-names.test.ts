import { describe, expect, it } from 'vitest';
import type { Dimension } from './dimension.ts';
import { toNumber } from './rational.ts';
import { fromCanonical, toCanonical } from './unit.ts';
import { allUnitNames, isUnitName, unitByName } from './unit-names.ts';

/**
 * Independent of the tables under test: symbol, exponents of kg, m, s, A, K, mol, cd as printed in the SI brochure
 * (9th edition, tables 2, 4 and 8), and the size in that product as decimal text.
 */
type Row = readonly [string, readonly [number, number, number, number, number, number, number], string];

const PREFIXED: readonly Row[] = [
  ['m', [0, 1, 0, 0, 0, 0, 0], '1'],
  ['g', [1, 0, 0, 0, 0, 0, 0], '1e-3'],
  ['s', [0, 0, 1, 0, 0, 0, 0], '1'],
  ['A', [0, 0, 0, 1, 0, 0, 0], '1'],
  ['K', [0, 0, 0, 0, 1, 0, 0], '1'],
  ['mol', [0, 0, 0, 0, 0, 1, 0], '1'],
  ['cd', [0, 0, 0, 0, 0, 0, 1], '1'],
  ['rad', [0, 0, 0, 0, 0, 0, 0], '1'],
  ['sr', [0, 0, 0, 0, 0, 0, 0], '1'],
  ['Hz', [0, 0, -1, 0, 0, 0, 0], '1'],
  ['N', [1, 1, -2, 0, 0, 0, 0], '1'],
  ['Pa', [1, -1, -2, 0, 0, 0, 0], '1'],
  ['W', [1, 2, -3, 0, 0, 0, 0], '1'],
  ['J', [1, 2, -2, 0, 0, 0, 0], '1'],
  ['C', [0, 0, 1, 1, 0, 0, 0], '1'],
  ['V', [1, 2, -3, -1, 0, 0, 0], '1'],
  ['F', [-1, -2, 4, 2, 0, 0, 0], '1'],
  ['Ohm', [1, 2, -3, -2, 0, 0, 0], '1'],
  ['S', [-1, -2, 3, 2, 0, 0, 0], '1'],
  ['Wb', [1, 2, -2, -1, 0, 0, 0], '1'],
  ['T', [1, 0, -2, -1, 0, 0, 0], '1'],
  ['H', [1, 2, -2, -2, 0, 0, 0], '1'],
  ['lm', [0, 0, 0, 0, 0, 0, 1], '1'],
  ['lx', [0, -2, 0, 0, 0, 0, 1], '1'],
  ['Bq', [0, 0, -1, 0, 0, 0, 0], '1'],
  ['Gy', [0, 2, -2, 0, 0, 0, 0], '1'],
  ['Sv', [0, 2, -2, 0, 0, 0, 0], '1'],
  ['kat', [0, 0, -1, 0, 0, 1, 0], '1'],
  ['l', [0, 3, 0, 0, 0, 0, 0], '1e-3'],
  ['L', [0, 3, 0, 0, 0, 0, 0], '1e-3'],
  ['eV', [1, 2, -2, 0, 0, 0, 0], '1.602176634e-19'],
];

const UNPREFIXED: readonly Row[] = [
  ['h', [0, 0, 1, 0, 0, 0, 0], '3600'],
  ['d', [0, 0, 1, 0, 0, 0, 0], '86400'],
  ['a', [0, 0, 1, 0, 0, 0, 0], '31557600'],
];

const POWER_OF_PREFIX: Readonly<Record<string, number>> = {
  ...{ '': 0, y: -24, z: -21, a: -18, f: -15, p: -12, n: -9, u: -6, m: -3, c: -2, d: -1, da: 1 },
  ...{ h: 2, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18, Z: 21, Y: 24 },
};

/** One kg in the canonical mV·pA·ms³/m² is 10^24, one second 10^3 ms, one ampere 10^12 pA. */
function canonicalPowerOfTen([kg, , s, A]: Row[1]): number {
  return 24 * kg + 3 * s + 12 * A;
}

/** The exponents of kg, m, s, A, K, mol, cd of a dimension. */
function siExponents(d: Dimension): readonly number[] {
  const [v, c, t, m] = [d.voltage, d.current, d.time, d.length].map(toNumber);
  if (v === undefined || c === undefined || t === undefined || m === undefined)
    throw new Error('unreachable');
  const rest = [d.temperature, d.amount, d.luminousIntensity].map(toNumber);
  return [v, m + 2 * v, t - 3 * v, c - v, ...rest];
}

function shiftedDecimal(decimal: string, power: number): number {
  const [digits = '', exponent = '0'] = decimal.split('e');
  return Number(`${digits}e${Number(exponent) + power}`);
}

describe('unitByName', () => {
  const cases = PREFIXED.flatMap((row) => Object.entries(POWER_OF_PREFIX).map((prefix) => ({ row, prefix })));

  it.each(cases)('knows $prefix.0$row.0 with its dimension and size', ({ row, prefix: [prefix, power] }) => {
    const [symbol, exponents, size] = row;
    const unit = unitByName(prefix + symbol);
    if (!unit) throw new Error(`no unit ${prefix}${symbol}`);
    expect(unit.text).toBe(prefix + symbol);
    expect(siExponents(unit.dimension).map((exponent) => exponent + 0)).toEqual(exponents);
    expect(toCanonical(1, unit)).toBe(shiftedDecimal(size, power + canonicalPowerOfTen(exponents)));
  });

  it.each(UNPREFIXED)('knows %s, and no prefix before it', (symbol, exponents, size) => {
    const unit = unitByName(symbol);
    if (!unit) throw new Error(`no unit ${symbol}`);
    expect(siExponents(unit.dimension).map((exponent) => exponent + 0)).toEqual(exponents);
    expect(toCanonical(1, unit)).toBe(shiftedDecimal(size, 3));
    for (const prefix of ['k', 'u', 'G']) expect(isUnitName(prefix + symbol)).toBe(false);
  });

  it('knows exactly the names of the table, each one way only', () => {
    const names = allUnitNames();
    expect(new Set(names).size).toBe(names.length);
    const expected = [
      ...cases.map(({ row, prefix }) => prefix[0] + row[0]),
      ...UNPREFIXED.map(([symbol]) => symbol),
    ];
    expect([...names].sort()).toEqual(expected.sort());
    expect(names.every(isUnitName)).toBe(true);
  });

  it('does not know the function min, other names, or bare prefixes', () => {
    for (const name of [
      'min',
      'mM',
      'degC',
      'V_m',
      'tau',
      '',
      'k',
      'da',
      'mmV',
      'volt',
      '1',
      'constructor',
    ]) {
      expect(isUnitName(name)).toBe(false);
    }
  });

  it('reads micro and Ohm in Greek, and shows them in ASCII', () => {
    expect(unitByName('\u00b5s')).toEqual(unitByName('us'));
    expect(unitByName('\u03bcs')).toEqual(unitByName('us'));
    expect(unitByName('M\u03a9')).toEqual(unitByName('MOhm'));
    expect(unitByName('M\u2126')).toEqual(unitByName('MOhm'));
    expect(unitByName('ohm')).toEqual(unitByName('Ohm'));
    expect(unitByName('\u03bc\u03a9')?.text).toBe('uOhm');
  });

  it('converts hours both ways', () => {
    const hour = unitByName('h');
    if (!hour) throw new Error('no unit h');
    expect(toCanonical(0.1, hour)).toBe(360_000);
    expect(fromCanonical(360_000, hour)).toBe(0.1);
  });
});
