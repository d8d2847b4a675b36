import type { Choices } from './choices.ts';

/** For each canonical unit (`1`: a plain number) other units of the dimension, and how many of them make up one canonical unit. */
const unitTable = {
  '1': [['', 1]],
  mV: [
    ['mV', 1],
    ['V', 1e-3],
    ['uV', 1e3],
  ],
  ms: [
    ['ms', 1],
    ['s', 1e-3],
    ['us', 1e3],
  ],
  pA: [
    ['pA', 1],
    ['nA', 1e-3],
    ['fA', 1e3],
  ],
  nS: [
    ['nS', 1],
    ['uS', 1e-3],
    ['pS', 1e3],
  ],
  pF: [
    ['pF', 1],
    ['nF', 1e-3],
    ['fF', 1e3],
  ],
  '1/ms': [
    ['1/ms', 1],
    ['kHz', 1],
    ['1/s', 1e3],
    ['Hz', 1e3],
  ],
  'mV/ms': [
    ['mV/ms', 1],
    ['V/s', 1],
    ['uV/ms', 1e3],
  ],
  'pA/ms': [
    ['pA/ms', 1],
    ['nA/s', 1],
    ['nA/ms', 1e-3],
  ],
  'nS/ms': [
    ['nS/ms', 1],
    ['uS/s', 1],
  ],
} as const;

/** A canonical unit in which the generator thinks. */
export type Unit = keyof typeof unitTable;

/** The unit of the derivative, if the generator has equations of second order with such states. */
export const ratePerMs: Readonly<Partial<Record<Unit, Unit>>> = {
  '1': '1/ms',
  mV: 'mV/ms',
  pA: 'pA/ms',
  nS: 'nS/ms',
};

function alternative(choose: Choices, unit: Unit): readonly [text: string, perCanonical: number] {
  const all: readonly (readonly [string, number])[] = unitTable[unit];
  // Mostly the unit in which people write; the first one is canonical.
  return choose.chance(0.5) ? all[0]! : choose.pick(all);
}

/** Four digits are enough, and easy to read. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** `value` in a canonical unit, written in some unit of its dimension: `5 mV` or `0.005 V`. Negative ones stand in parentheses. */
export function literal(choose: Choices, value: number, unit: Unit): string {
  const [text, factor] = alternative(choose, unit);
  // A unit such as 1/ms cannot stand behind a number that is an operand.
  const shown = text.startsWith('1/') ? 'kHz' : text;
  const scaled = text === '1/s' ? value : value * factor;
  const written = `${digits(scaled)} ${shown}`.trim();
  return scaled < 0 ? `(${written})` : written;
}

/** A unit of the dimension for a declaration; `real` for a plain number. */
export function declaredUnit(choose: Choices, unit: Unit): string {
  return unit === '1' ? 'real' : alternative(choose, unit)[0];
}

/** `value` for a setting from outside: a number with a unit. */
export function setting(choose: Choices, value: number, unit: Unit): string | number {
  if (unit === '1') return Number(digits(value));
  const [text, factor] = alternative(choose, unit);
  return `${digits(value * factor)} ${text}`;
}
