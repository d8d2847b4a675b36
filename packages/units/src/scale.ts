import { scaleExactly } from './exact-scaling.ts';
import {
  add,
  equals,
  greatestCommonDivisor,
  isInteger,
  multiply,
  negate,
  ONE,
  type Rational,
  rational,
  toNumber,
  ZERO,
} from './rational.ts';

/**
 * The positive factor mantissa / divisor · 10^exponent. For all products, quotients and integer powers of the
 * known units the factor is exact: mantissa and divisor are coprime integers, the divisor has no factor 2 or 5,
 * the mantissa is not divisible by 10, which makes equal factors equal data. A power such as `d**(1/3)` is
 * irrational, a power such as `eV**3` needs more than 53 bits: then the mantissa is rounded and the divisor 1.
 */
export interface Scale {
  readonly mantissa: number;
  readonly divisor: number;
  readonly exponent: Rational;
}

/** Mantissas from 10^±this on are shortened, so that a product of two of them never overflows. */
const EXTREME_POWER_OF_TEN = 100;

export const UNIT_SCALE: Scale = Object.freeze({ mantissa: 1, divisor: 1, exponent: ZERO });

/** The factor mantissa · 10^exponent of a positive safe integer mantissa and an integer exponent. */
export function decimalScale(mantissa: number, exponent: number): Scale {
  return normalize(mantissa, 1, rational(exponent));
}

/** Whether two factors are equal (to the last bit, which for exact factors is equality). */
export function equalScales(a: Scale, b: Scale): boolean {
  return a.mantissa === b.mantissa && a.divisor === b.divisor && equals(a.exponent, b.exponent);
}

/** a · b. */
export function multiplyScales(a: Scale, b: Scale): Scale {
  const exponent = add(a.exponent, b.exponent);
  if (!isExact(a) || !isExact(b)) {
    return normalize((a.mantissa / a.divisor) * (b.mantissa / b.divisor), 1, exponent);
  }
  const first = greatestCommonDivisor(a.mantissa, b.divisor);
  const second = greatestCommonDivisor(b.mantissa, a.divisor);
  return normalize(
    (a.mantissa / first) * (b.mantissa / second),
    (a.divisor / second) * (b.divisor / first),
    exponent,
  );
}

/** 1 / a. */
export function inverseScale(a: Scale): Scale {
  return normalize(a.divisor, a.mantissa, negate(a.exponent));
}

/** a to the power of `exponent`. */
export function powerScale(a: Scale, exponent: Rational): Scale {
  if (exponent.numerator < 0) return inverseScale(powerScale(a, negate(exponent)));
  if (exponent.numerator === 0) return UNIT_SCALE;
  if (equals(exponent, ONE)) return a;
  const mantissa = powerOfFactor(a.mantissa, exponent);
  const divisor = powerOfFactor(a.divisor, exponent);
  const tens = add(mantissa.exponent, negate(divisor.exponent));
  return normalize(mantissa.factor, divisor.factor, add(multiply(a.exponent, exponent), tens));
}

/** value · scale, with a single rounding wherever the scale is exact and its exponent whole. */
export function applyScale(value: number, scale: Scale): number {
  if (isExact(scale) && isInteger(scale.exponent)) {
    return scaleExactly(value, scale.mantissa, scale.divisor, scale.exponent.numerator);
  }
  const whole = Math.floor(toNumber(scale.exponent));
  const rest = toNumber(add(scale.exponent, rational(-whole)));
  return scaleExactly(value * (scale.mantissa / scale.divisor) * 10 ** rest, 1, 1, whole);
}

function isExact(a: Scale): boolean {
  return Number.isSafeInteger(a.mantissa) && Number.isSafeInteger(a.divisor);
}

/** factor^exponent for factor ≥ 1 and exponent > 0, as a number times a power of ten if it overflows a double. */
function powerOfFactor(
  factor: number,
  exponent: Rational,
): { readonly factor: number; readonly exponent: Rational } {
  if (factor === 1) return { factor, exponent: ZERO };
  const root = factor ** (1 / exponent.denominator);
  const nearestRoot = Math.round(root);
  const base = nearestRoot ** exponent.denominator === factor ? nearestRoot : root;
  const power = base ** exponent.numerator;
  if (Number.isFinite(power) && power > 0) return { factor: power, exponent: ZERO };
  const logarithm = Math.log10(factor) * toNumber(exponent);
  const whole = Math.floor(logarithm);
  return { factor: 10 ** (logarithm - whole), exponent: rational(whole) };
}

function normalize(mantissa: number, divisor: number, exponent: Rational): Scale {
  if (!Number.isSafeInteger(mantissa) || !Number.isSafeInteger(divisor)) {
    return roundedScale(mantissa / divisor, exponent);
  }
  const common = greatestCommonDivisor(mantissa, divisor);
  let up = mantissa / common;
  let down = divisor / common;
  let tens = 0;
  // 1/2 = 5/10 and 1/5 = 2/10.
  for (; down % 2 === 0; tens -= 1) {
    up *= 5;
    down /= 2;
  }
  for (; down % 5 === 0; tens -= 1) {
    up *= 2;
    down /= 5;
  }
  for (; up % 10 === 0; tens += 1) up /= 10;
  return Number.isSafeInteger(up)
    ? { mantissa: up, divisor: down, exponent: add(exponent, rational(tens)) }
    : roundedScale(mantissa / divisor, exponent);
}

/** A factor that is no longer exact; extreme mantissas pass their powers of ten to the exponent. */
function roundedScale(mantissa: number, exponent: Rational): Scale {
  const tens = Math.floor(Math.log10(mantissa));
  if (Math.abs(tens) < EXTREME_POWER_OF_TEN) return { mantissa, divisor: 1, exponent };
  return { mantissa: mantissa / 10 ** tens, divisor: 1, exponent: add(exponent, rational(tens)) };
}
