import {
  type Dimension,
  equalDimensions,
  exponentsOf,
  inverseDimension,
  isNoDimension,
  multiplyDimensions,
  NO_DIMENSION,
  powerDimension,
} from './dimension.ts';
import {
  add,
  equals,
  formatRational,
  isExponentInRange,
  isZero,
  multiply,
  negate,
  ONE,
  type Rational,
} from './rational.ts';
import {
  applyScale,
  equalScales,
  inverseScale,
  multiplyScales,
  powerScale,
  type Scale,
  UNIT_SCALE,
} from './scale.ts';

/** A named unit in a composed one: `pF` with exponent −1 in `nS/pF`. */
export interface UnitFactor {
  readonly symbol: string;
  readonly exponent: Rational;
}

/** A physical unit: how it is written, what it measures, how large it is. */
export interface Unit {
  /** As it is displayed, and as the grammar of unit types reads it: `mV`, `1/ms`, `nS/(pF*ms)`; `1` if there is nothing to write. */
  readonly text: string;
  readonly dimension: Dimension;
  /** Its size in canonical units of its dimension: `V` is 10^3 (mV), `h` is 36·10^5 (ms). */
  readonly scale: Scale;
  /** The named units it is composed of, in the order in which they were first written; each symbol once, no exponent zero. */
  readonly factors: readonly UnitFactor[];
}

/** The unit of a plain number. */
export const dimensionless: Unit = Object.freeze({
  text: '1',
  dimension: NO_DIMENSION,
  scale: UNIT_SCALE,
  factors: Object.freeze([]),
});

/** A unit with a name of its own. */
export function namedUnit(symbol: string, dimension: Dimension, scale: Scale): Unit {
  return { text: symbol, dimension, scale, factors: [{ symbol, exponent: ONE }] };
}

/** a · b; equal symbols are merged, so that `ms` times `ms` reads `ms**2`. */
export function multiplyUnits(a: Unit, b: Unit): Unit {
  const factors = multiplyFactors(a.factors, b.factors);
  return {
    text: formatFactors(factors),
    dimension: multiplyDimensions(a.dimension, b.dimension),
    scale: multiplyScales(a.scale, b.scale),
    factors,
  };
}

/** 1 / a. */
export function inverseUnit(a: Unit): Unit {
  const factors = a.factors.map(({ symbol, exponent }) => ({ symbol, exponent: negate(exponent) }));
  return {
    text: formatFactors(factors),
    dimension: inverseDimension(a.dimension),
    scale: inverseScale(a.scale),
    factors,
  };
}

/** a / b; `mV` over `mV` reads `1`. */
export function divideUnits(a: Unit, b: Unit): Unit {
  return multiplyUnits(a, inverseUnit(b));
}

/**
 * a to a rational power.
 * @throws RangeError if an exponent of the result is no fraction of safe integers; this cannot happen
 * if `isUnitInRange(a)` and `isExponentInRange(exponent)`.
 */
export function powerUnit(a: Unit, exponent: Rational): Unit {
  if (isZero(exponent)) return dimensionless;
  const factors = a.factors.map((factor) => ({
    symbol: factor.symbol,
    exponent: multiply(factor.exponent, exponent),
  }));
  return {
    text: formatFactors(factors),
    dimension: powerDimension(a.dimension, exponent),
    scale: powerScale(a.scale, exponent),
    factors,
  };
}

/**
 * Whether all exponents of the unit are small enough (`LARGEST_EXPONENT_PART`) for another product or power.
 * Who builds units from user input checks each result, and reports instead of going on.
 */
export function isUnitInRange(a: Unit): boolean {
  return (
    isExponentInRange(a.scale.exponent) &&
    exponentsOf(a.dimension).every(isExponentInRange) &&
    a.factors.every((factor) => isExponentInRange(factor.exponent))
  );
}

/** Whether quantities in a and b can be added: same dimension, whatever the scale. */
export function sameDimension(a: Unit, b: Unit): boolean {
  return equalDimensions(a.dimension, b.dimension);
}

/** Whether a and b are the same size of the same dimension, however written: `Hz` and `1/s`. */
export function sameUnit(a: Unit, b: Unit): boolean {
  return sameDimension(a, b) && equalScales(a.scale, b.scale);
}

/** Whether the unit has no dimension; it may still have a scale, as `mV/V`. See `isPlainNumber`. */
export function isDimensionless(u: Unit): boolean {
  return isNoDimension(u.dimension);
}

/** Whether a quantity in this unit is its number: no dimension and scale 1, as `mV/mV`, `rad`, `Hz*s`. */
export function isPlainNumber(u: Unit): boolean {
  return isDimensionless(u) && equalScales(u.scale, UNIT_SCALE);
}

/**
 * The number, in the canonical unit of the dimension, of `value` given in `unit`.
 * A single rounding, unless the unit has a fractional power of ten: 10 us are the double 0.01 (ms).
 */
export function toCanonical(value: number, unit: Unit): number {
  return applyScale(value, unit.scale);
}

/**
 * The number in `unit` of `value` given in the canonical unit, with a single rounding as in `toCanonical`. There and
 * back are two roundings: for some numbers the last place differs from the number that was given.
 */
export function fromCanonical(value: number, unit: Unit): number {
  return applyScale(value, inverseScale(unit.scale));
}

/**
 * The number in `to` of `value` given in `from`, with a single rounding.
 * @throws RangeError if the dimensions differ.
 */
export function convert(value: number, from: Unit, to: Unit): number {
  if (!sameDimension(from, to)) throw new RangeError(`${from.text} cannot be converted to ${to.text}`);
  return applyScale(value, multiplyScales(from.scale, inverseScale(to.scale)));
}

/**
 * The double nearest to the size of `from` in `to`: 1000 from V to mV. Prefer `convert`, since multiplying by a
 * factor such as 0.001 rounds twice.
 * @throws RangeError if the dimensions differ.
 */
export function conversionFactor(from: Unit, to: Unit): number {
  return convert(1, from, to);
}

function multiplyFactors(a: readonly UnitFactor[], b: readonly UnitFactor[]): readonly UnitFactor[] {
  const merged = a.map((factor) => {
    const partner = b.find((other) => other.symbol === factor.symbol);
    return partner ? { symbol: factor.symbol, exponent: add(factor.exponent, partner.exponent) } : factor;
  });
  const added = b.filter((factor) => !a.some((other) => other.symbol === factor.symbol));
  return [...merged, ...added].filter((factor) => !isZero(factor.exponent));
}

function formatFactors(factors: readonly UnitFactor[]): string {
  const above = factors.filter((factor) => factor.exponent.numerator > 0).map(formatFactor);
  const below = factors
    .filter((factor) => factor.exponent.numerator < 0)
    .map(({ symbol, exponent }) => formatFactor({ symbol, exponent: negate(exponent) }));
  const numerator = above.length > 0 ? above.join('*') : '1';
  if (below.length === 0) return numerator;
  return `${numerator}/${below.length > 1 ? `(${below.join('*')})` : below.join()}`;
}

function formatFactor({ symbol, exponent }: UnitFactor): string {
  return equals(exponent, ONE) ? symbol : `${symbol}**${formatRational(exponent)}`;
}
