/**
 * A rational number, always reduced, with a positive denominator. Exponents of units are rationals,
 * so that `nS**(3/2)` has an exact dimension and an exact power of ten.
 */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** The largest numerator or denominator of an exponent that is accepted from a user. */
export const LARGEST_EXPONENT_PART = 1_000_000;

/** The largest denominator that a decimal exponent such as `0.333333` is matched with. */
const LARGEST_MATCHED_DENOMINATOR = 10;

/** Relative distance below which a decimal exponent counts as the nearby fraction. */
const MATCH_TOLERANCE = 4 * Number.EPSILON;

export const ZERO: Rational = Object.freeze({ numerator: 0, denominator: 1 });
export const ONE: Rational = Object.freeze({ numerator: 1, denominator: 1 });

/** Greatest common divisor of two non-negative safe integers; gcd(0, b) = b. */
export function greatestCommonDivisor(a: number, b: number): number {
  let larger = a;
  let smaller = b;
  while (smaller !== 0) {
    const rest = larger % smaller;
    larger = smaller;
    smaller = rest;
  }
  return larger;
}

/**
 * The reduced fraction n/d.
 * @throws RangeError if a part is not a safe integer or d is zero.
 */
export function rational(n: number, d = 1): Rational {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || d === 0) {
    throw new RangeError(`${n}/${d} is not a fraction of safe integers`);
  }
  if (n === 0) return ZERO;
  const divisor = greatestCommonDivisor(Math.abs(n), Math.abs(d)) * Math.sign(d);
  return { numerator: n / divisor, denominator: d / divisor };
}

/** a + b. */
export function add(a: Rational, b: Rational): Rational {
  // Most exponents of a unit are zero.
  if (a.numerator === 0) return b;
  if (b.numerator === 0) return a;
  if (a.denominator === b.denominator) return rational(a.numerator + b.numerator, a.denominator);
  const common = greatestCommonDivisor(a.denominator, b.denominator);
  const [left, right] = [b.denominator / common, a.denominator / common];
  return rational(a.numerator * left + b.numerator * right, a.denominator * left);
}

/** a · b. */
export function multiply(a: Rational, b: Rational): Rational {
  const first = rational(a.numerator, b.denominator);
  const second = rational(b.numerator, a.denominator);
  return rational(first.numerator * second.numerator, first.denominator * second.denominator);
}

/** −a. */
export function negate(a: Rational): Rational {
  return isZero(a) ? a : { numerator: -a.numerator, denominator: a.denominator };
}

/** Whether a and b are the same number. */
export function equals(a: Rational, b: Rational): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

/** Whether a is 0. */
export function isZero(a: Rational): boolean {
  return a.numerator === 0;
}

/** Whether a is a whole number. */
export function isInteger(a: Rational): boolean {
  return a.denominator === 1;
}

/** The nearest double. */
export function toNumber(a: Rational): number {
  return a.numerator / a.denominator;
}

/** `3`, `-3`, `(3/2)` or `-(3/2)`: as an exponent is written in NESTML. */
export function formatRational(a: Rational): string {
  if (isInteger(a)) return String(a.numerator);
  return `${a.numerator < 0 ? '-' : ''}(${Math.abs(a.numerator)}/${a.denominator})`;
}

/** Whether both parts stay within what is accepted from a user (`LARGEST_EXPONENT_PART`). */
export function isExponentInRange(a: Rational): boolean {
  return Math.abs(a.numerator) <= LARGEST_EXPONENT_PART && a.denominator <= LARGEST_EXPONENT_PART;
}

/**
 * The fraction meant by a computed or decimal exponent: `0.5` is 1/2, and `0.3333333333333333` is 1/3, since a
 * fraction with a denominator up to 10 within rounding error is preferred; other decimals are taken as written.
 * @returns undefined if the number is not finite, or its fraction is outside the accepted range.
 */
export function rationalFromNumber(value: number): Rational | undefined {
  if (!Number.isFinite(value) || Math.abs(value) > LARGEST_EXPONENT_PART) return undefined;
  for (let denominator = 1; denominator <= LARGEST_MATCHED_DENOMINATOR; denominator++) {
    const numerator = Math.round(value * denominator);
    if (Math.abs(value - numerator / denominator) <= MATCH_TOLERANCE * Math.abs(value)) {
      return inRange(numerator, denominator);
    }
  }
  for (let denominator = 10; denominator <= LARGEST_EXPONENT_PART; denominator *= 10) {
    const numerator = Math.round(value * denominator);
    if (numerator / denominator === value) return inRange(numerator, denominator);
  }
  return undefined;
}

function inRange(numerator: number, denominator: number): Rational | undefined {
  const result = rational(numerator, denominator);
  return isExponentInRange(result) ? result : undefined;
}
