import { add, equals, multiply, negate, type Rational, ZERO } from './rational.ts';

/**
 * Exponents in the basis of canonical units. Voltage and current replace mass and electric charge of the SI,
 * because then every unit of electrophysiology is a short product: conductance is current/voltage,
 * capacitance current·time/voltage; mass is voltage·current·time³/length².
 */
export interface Dimension {
  /** Exponent of the voltage, canonical unit mV. */
  readonly voltage: Rational;
  /** Exponent of the current, canonical unit pA. */
  readonly current: Rational;
  /** Exponent of the time, canonical unit ms. */
  readonly time: Rational;
  /** Exponent of the length, canonical unit m. */
  readonly length: Rational;
  /** Exponent of the temperature, canonical unit K. */
  readonly temperature: Rational;
  /** Exponent of the amount of substance, canonical unit mol. */
  readonly amount: Rational;
  /** Exponent of the luminous intensity, canonical unit cd. */
  readonly luminousIntensity: Rational;
}

export const NO_DIMENSION: Dimension = Object.freeze({
  voltage: ZERO,
  current: ZERO,
  time: ZERO,
  length: ZERO,
  temperature: ZERO,
  amount: ZERO,
  luminousIntensity: ZERO,
});

/** The exponents in the order of the interface. */
export function exponentsOf(d: Dimension): readonly Rational[] {
  return [d.voltage, d.current, d.time, d.length, d.temperature, d.amount, d.luminousIntensity];
}

/** Whether two dimensions are the same. */
export function equalDimensions(a: Dimension, b: Dimension): boolean {
  return (
    a === b ||
    (equals(a.voltage, b.voltage) &&
      equals(a.current, b.current) &&
      equals(a.time, b.time) &&
      equals(a.length, b.length) &&
      equals(a.temperature, b.temperature) &&
      equals(a.amount, b.amount) &&
      equals(a.luminousIntensity, b.luminousIntensity))
  );
}

/** Whether all exponents are zero. */
export function isNoDimension(d: Dimension): boolean {
  return equalDimensions(d, NO_DIMENSION);
}

/** The dimension of a product. */
export function multiplyDimensions(a: Dimension, b: Dimension): Dimension {
  return {
    voltage: add(a.voltage, b.voltage),
    current: add(a.current, b.current),
    time: add(a.time, b.time),
    length: add(a.length, b.length),
    temperature: add(a.temperature, b.temperature),
    amount: add(a.amount, b.amount),
    luminousIntensity: add(a.luminousIntensity, b.luminousIntensity),
  };
}

/** The dimension of a power. */
export function powerDimension(d: Dimension, exponent: Rational): Dimension {
  return mapExponents(d, (of) => multiply(of, exponent));
}

/** The dimension of the reciprocal. */
export function inverseDimension(d: Dimension): Dimension {
  return mapExponents(d, negate);
}

function mapExponents(d: Dimension, change: (exponent: Rational) => Rational): Dimension {
  return {
    voltage: change(d.voltage),
    current: change(d.current),
    time: change(d.time),
    length: change(d.length),
    temperature: change(d.temperature),
    amount: change(d.amount),
    luminousIntensity: change(d.luminousIntensity),
  };
}
