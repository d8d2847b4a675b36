import type { Dimension } from './dimension.ts';
import { rational } from './rational.ts';
import { decimalScale } from './scale.ts';
import { namedUnit, type Unit } from './unit.ts';

/**
 * One row of the table of named units: exponents of voltage, current, time, length, temperature, amount and
 * luminous intensity, and the size mantissa · 10^exponent in the coherent unit of the SI.
 */
interface NamedUnitRow {
  readonly symbol: string;
  readonly exponents: readonly [number, number, number, number, number, number, number];
  readonly takesPrefixes: boolean;
  readonly mantissa: number;
  readonly powerOfTen: number;
}

type Exponents = NamedUnitRow['exponents'];

/** Volt, ampere and second in the canonical mV, pA and ms; the other base units are canonical themselves. */
const POWERS_OF_TEN_OF_BASE = { voltage: 3, current: 12, time: 3 } as const;

function si(symbol: string, ...exponents: Exponents): NamedUnitRow {
  return { symbol, exponents, takesPrefixes: true, mantissa: 1, powerOfTen: 0 };
}

function scaled(
  row: NamedUnitRow,
  mantissa: number,
  powerOfTen: number,
  takesPrefixes: boolean,
): NamedUnitRow {
  return { ...row, mantissa, powerOfTen, takesPrefixes };
}

/** Sources: SI brochure, 9th edition, tables 2 to 5 and 8; the year is the Julian year of 365.25 days. */
const NAMED_UNITS: readonly NamedUnitRow[] = Object.freeze([
  si('V', 1, 0, 0, 0, 0, 0, 0),
  si('A', 0, 1, 0, 0, 0, 0, 0),
  si('s', 0, 0, 1, 0, 0, 0, 0),
  si('m', 0, 0, 0, 1, 0, 0, 0),
  si('K', 0, 0, 0, 0, 1, 0, 0),
  si('mol', 0, 0, 0, 0, 0, 1, 0),
  si('cd', 0, 0, 0, 0, 0, 0, 1),
  si('S', -1, 1, 0, 0, 0, 0, 0),
  si('Ohm', 1, -1, 0, 0, 0, 0, 0),
  si('F', -1, 1, 1, 0, 0, 0, 0),
  si('C', 0, 1, 1, 0, 0, 0, 0),
  si('Hz', 0, 0, -1, 0, 0, 0, 0),
  si('Bq', 0, 0, -1, 0, 0, 0, 0),
  si('W', 1, 1, 0, 0, 0, 0, 0),
  si('J', 1, 1, 1, 0, 0, 0, 0),
  si('N', 1, 1, 1, -1, 0, 0, 0),
  si('Pa', 1, 1, 1, -3, 0, 0, 0),
  si('Wb', 1, 0, 1, 0, 0, 0, 0),
  si('T', 1, 0, 1, -2, 0, 0, 0),
  si('H', 1, -1, 1, 0, 0, 0, 0),
  si('Gy', 0, 0, -2, 2, 0, 0, 0),
  si('Sv', 0, 0, -2, 2, 0, 0, 0),
  si('kat', 0, 0, -1, 0, 0, 1, 0),
  si('lm', 0, 0, 0, 0, 0, 0, 1),
  si('lx', 0, 0, 0, -2, 0, 0, 1),
  si('rad', 0, 0, 0, 0, 0, 0, 0),
  si('sr', 0, 0, 0, 0, 0, 0, 0),
  scaled(si('g', 1, 1, 3, -2, 0, 0, 0), 1, -3, true),
  scaled(si('l', 0, 0, 0, 3, 0, 0, 0), 1, -3, true),
  scaled(si('L', 0, 0, 0, 3, 0, 0, 0), 1, -3, true),
  scaled(si('eV', 1, 1, 1, 0, 0, 0, 0), 1_602_176_634, -28, true),
  scaled(si('h', 0, 0, 1, 0, 0, 0, 0), 3600, 0, false),
  scaled(si('d', 0, 0, 1, 0, 0, 0, 0), 86_400, 0, false),
  scaled(si('a', 0, 0, 1, 0, 0, 0, 0), 31_557_600, 0, false),
]);

/** Prefix and its power of ten. */
const PREFIXES: ReadonlyMap<string, number> = new Map([
  ['y', -24],
  ['z', -21],
  ['a', -18],
  ['f', -15],
  ['p', -12],
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['c', -2],
  ['d', -1],
  ['da', 1],
  ['h', 2],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
  ['Z', 21],
  ['Y', 24],
]);

const ROWS: ReadonlyMap<string, NamedUnitRow> = new Map(NAMED_UNITS.map((row) => [row.symbol, row]));

const LONGEST_PREFIX = 2;

/** The name with its ASCII spelling: micro sign and Greek mu are `u`, Ohm sign, Greek Omega and `ohm` are `Ohm`. */
export function plainUnitName(name: string): string {
  return name.replace(/^[\u00b5\u03bc]/u, 'u').replace(/(?:[\u2126\u03a9]|ohm)$/u, 'Ohm');
}

/**
 * The unit of that name: a named unit of the SI, or `l`, `L`, `eV`, each with or without a prefix, or `h`, `d`, `a`
 * (day and Julian year) without. There is no `min`, which is a function. The text of the unit is the ASCII spelling.
 */
export function unitByName(name: string): Unit | undefined {
  const plain = plainUnitName(name);
  const row = ROWS.get(plain);
  if (row) return createUnit(plain, row, 0);
  for (let length = 1; length <= LONGEST_PREFIX; length++) {
    const power = PREFIXES.get(plain.slice(0, length));
    const prefixed = ROWS.get(plain.slice(length));
    if (power !== undefined && prefixed?.takesPrefixes) return createUnit(plain, prefixed, power);
  }
  return undefined;
}

/** Whether `unitByName` knows the name. */
export function isUnitName(name: string): boolean {
  return unitByName(name) !== undefined;
}

/** Every ASCII name of a unit, without and with prefixes, in the order of the tables. */
export function allUnitNames(): readonly string[] {
  const prefixes = [...PREFIXES.keys()];
  return NAMED_UNITS.flatMap(({ symbol, takesPrefixes }) =>
    takesPrefixes ? [symbol, ...prefixes.map((prefix) => prefix + symbol)] : [symbol],
  );
}

function createUnit(symbol: string, row: NamedUnitRow, prefixPower: number): Unit {
  const [voltage, current, time] = row.exponents;
  const coherentPower =
    POWERS_OF_TEN_OF_BASE.voltage * voltage +
    POWERS_OF_TEN_OF_BASE.current * current +
    POWERS_OF_TEN_OF_BASE.time * time;
  return namedUnit(
    symbol,
    dimensionOf(row.exponents),
    decimalScale(row.mantissa, row.powerOfTen + prefixPower + coherentPower),
  );
}

function dimensionOf(exponents: Exponents): Dimension {
  const [voltage, current, time, length, temperature, amount, luminousIntensity] = exponents;
  return {
    voltage: rational(voltage),
    current: rational(current),
    time: rational(time),
    length: rational(length),
    temperature: rational(temperature),
    amount: rational(amount),
    luminousIntensity: rational(luminousIntensity),
  };
}
