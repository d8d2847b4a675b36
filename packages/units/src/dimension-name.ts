import {
  type CanonicalFactor,
  type CanonicalSymbol,
  canonicalFactors,
  isProductOf,
} from './canonical-unit.ts';
import type { Dimension } from './dimension.ts';
import { equals, formatRational, negate, type Rational, rational } from './rational.ts';

type Product = Readonly<Partial<Record<CanonicalSymbol, number>>>;

/** A quantity with a name of its own, as a product of canonical units. */
interface NamedQuantity {
  readonly name: string;
  readonly product: Product;
}

/** A word and its exponent in a composed name. */
interface Word {
  readonly word: string;
  readonly exponent: Rational;
}

const WORD_OF_SYMBOL: Readonly<Record<CanonicalSymbol, string>> = Object.freeze({
  mV: 'voltage',
  pA: 'current',
  ms: 'time',
  nS: 'conductance',
  pF: 'capacitance',
  GOhm: 'resistance',
  m: 'length',
  K: 'temperature',
  mol: 'amount of substance',
  cd: 'luminous intensity',
});

const ELECTRICAL_SYMBOLS: ReadonlySet<CanonicalSymbol> = new Set(['mV', 'pA', 'ms', 'nS', 'pF', 'GOhm']);

/** Quantities whose name replaces the electrical part of a composed name: energy per temperature. */
const ELECTRICAL_QUANTITIES: readonly NamedQuantity[] = Object.freeze([
  { name: 'charge', product: { pA: 1, ms: 1 } },
  { name: 'power', product: { mV: 1, pA: 1 } },
  { name: 'energy', product: { mV: 1, pA: 1, ms: 1 } },
]);

/** Quantities that have a name only as a whole. */
const WHOLE_QUANTITIES: readonly NamedQuantity[] = Object.freeze([
  { name: 'dimensionless number', product: {} },
  { name: 'rate (1/time)', product: { ms: -1 } },
  { name: 'mass', product: { mV: 1, pA: 1, ms: 3, m: -2 } },
  { name: 'force', product: { mV: 1, pA: 1, ms: 1, m: -1 } },
  { name: 'pressure', product: { mV: 1, pA: 1, ms: 1, m: -3 } },
  { name: 'velocity', product: { m: 1, ms: -1 } },
  { name: 'acceleration', product: { m: 1, ms: -2 } },
  { name: 'concentration', product: { mol: 1, m: -3 } },
]);

/**
 * The dimension in words, for messages: `voltage`, `conductance per time`, `current per area`,
 * `rate (1/time)`, `dimensionless number`.
 */
export function dimensionName(d: Dimension): string {
  const factors = canonicalFactors(d);
  const whole = WHOLE_QUANTITIES.find(({ product }) => isProductOf(factors, product));
  return whole ? whole.name : composeName(wordsOf(factors));
}

function wordsOf(factors: readonly CanonicalFactor[]): readonly Word[] {
  const electrical = factors.filter(({ symbol }) => ELECTRICAL_SYMBOLS.has(symbol));
  const other = factors.filter(({ symbol }) => !ELECTRICAL_SYMBOLS.has(symbol));
  const named = ELECTRICAL_QUANTITIES.find(({ product }) => isProductOf(electrical, product));
  return named ? [{ word: named.name, exponent: rational(1) }, ...other.map(wordOf)] : factors.map(wordOf);
}

function wordOf({ symbol, exponent }: CanonicalFactor): Word {
  const sign = Math.sign(exponent.numerator);
  if (symbol === 'm' && equals(exponent, rational(2 * sign)))
    return { word: 'area', exponent: rational(sign) };
  if (symbol === 'm' && equals(exponent, rational(3 * sign)))
    return { word: 'volume', exponent: rational(sign) };
  return { word: WORD_OF_SYMBOL[symbol], exponent };
}

function composeName(words: readonly Word[]): string {
  const above = words.filter(({ exponent }) => exponent.numerator > 0).map(powerInWords);
  const below = words
    .filter(({ exponent }) => exponent.numerator < 0)
    .map(({ word, exponent }) => powerInWords({ word, exponent: negate(exponent) }));
  const denominator = below.length > 1 ? `(${below.join(' times ')})` : below.join();
  if (above.length === 0) return `inverse ${denominator}`;
  const numerator = above.join(' times ');
  return below.length === 0 ? numerator : `${numerator} per ${denominator}`;
}

function powerInWords({ word, exponent }: Word): string {
  const power = formatRational(exponent);
  switch (power) {
    case '1':
      return word;
    case '2':
      return `${word} squared`;
    case '3':
      return `${word} cubed`;
    default:
      return `${word} to the power ${power.replace(/[()]/gu, '')}`;
  }
}
