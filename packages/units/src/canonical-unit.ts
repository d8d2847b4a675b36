import type { Dimension } from './dimension.ts';
import { add, equals, isZero, negate, type Rational, rational, toNumber } from './rational.ts';
import { dimensionless, divideUnits, multiplyUnits, powerUnit, type Unit } from './unit.ts';
import { unitByName } from './unit-names.ts';

/** A canonical unit and its exponent in a coherent product. */
export interface CanonicalFactor {
  readonly symbol: CanonicalSymbol;
  readonly exponent: Rational;
}

export type CanonicalSymbol = 'mV' | 'pA' | 'ms' | 'nS' | 'pF' | 'GOhm' | 'm' | 'K' | 'mol' | 'cd';

/**
 * The unit in which quantities of the dimension are stored: mV, pA, ms, nS, pF, GOhm, m, K, mol, cd and their
 * products. Its scale is 1, so the units of two dimensions multiply to the unit of the product.
 */
export function canonicalUnit(dimension: Dimension): Unit {
  return canonicalFactors(dimension).reduce((product, { symbol, exponent }) => {
    const unit = unitByName(symbol);
    if (!unit) throw new Error(`The canonical unit ${symbol} is missing from the table of units.`);
    const isBelow = exponent.numerator < 0;
    return isBelow
      ? divideUnits(product, powerUnit(unit, negate(exponent)))
      : multiplyUnits(product, powerUnit(unit, exponent));
  }, dimensionless);
}

/** The dimension as the shortest product of canonical units, electrical ones first. No exponent is zero. */
export function canonicalFactors(d: Dimension): readonly CanonicalFactor[] {
  const factors: readonly CanonicalFactor[] = [
    ...electricalFactors(d),
    { symbol: 'm', exponent: d.length },
    { symbol: 'K', exponent: d.temperature },
    { symbol: 'mol', exponent: d.amount },
    { symbol: 'cd', exponent: d.luminousIntensity },
  ];
  return factors.filter(({ exponent }) => !isZero(exponent));
}

/**
 * A power (current/voltage)^n is written with nS for n > 0 and GOhm for n < 0, or with pF if time^n is there too.
 */
function electricalFactors({ voltage, current, time }: Dimension): readonly CanonicalFactor[] {
  const isConductancePower = !isZero(current) && isZero(add(voltage, current));
  if (!isConductancePower) {
    return [
      { symbol: 'mV', exponent: voltage },
      { symbol: 'pA', exponent: current },
      { symbol: 'ms', exponent: time },
    ];
  }
  const power = toNumber(current);
  const hasCapacitance = power > 0 ? toNumber(time) >= power : toNumber(time) <= power;
  const head: CanonicalFactor = hasCapacitance
    ? { symbol: 'pF', exponent: current }
    : power > 0
      ? { symbol: 'nS', exponent: current }
      : { symbol: 'GOhm', exponent: voltage };
  const restOfTime = hasCapacitance ? add(time, negate(current)) : time;
  return [head, { symbol: 'ms', exponent: restOfTime }];
}

/** Whether the factors are exactly the given symbols with the given whole exponents. */
export function isProductOf(
  factors: readonly CanonicalFactor[],
  expected: Readonly<Partial<Record<CanonicalSymbol, number>>>,
): boolean {
  return (
    factors.length === Object.keys(expected).length &&
    factors.every(({ symbol, exponent }) => equals(exponent, rational(expected[symbol] ?? 0)))
  );
}
