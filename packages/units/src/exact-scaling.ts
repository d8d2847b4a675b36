/**
 * value · multiplier / divisor · 10^exponent with a single rounding, so that a number given in one unit and
 * converted to another is the double nearest to the true product.
 */

/** The powers of ten that are doubles without rounding error. */
const EXACT_POWERS_OF_TEN: readonly number[] = Object.freeze([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
  1e20, 1e21, 1e22,
]);

/** Beyond this power of ten every finite double over- or underflows, even with 53-bit multiplier and divisor. */
const LARGEST_POWER_OF_TEN = 700;

const SMALLEST_BINARY_EXPONENT = -1074;
const LARGEST_BINARY_EXPONENT = 971;
const MANTISSA_BITS = 53;

/**
 * The double nearest to value · multiplier / divisor · 10^exponent, ties to even.
 * @param multiplier positive safe integer
 * @param divisor positive safe integer
 * @param exponent integer
 */
export function scaleExactly(value: number, multiplier: number, divisor: number, exponent: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  if (exponent > LARGEST_POWER_OF_TEN) return value * Number.POSITIVE_INFINITY;
  if (exponent < -LARGEST_POWER_OF_TEN) return value * 0;
  const up = exactProduct(multiplier, Math.max(exponent, 0));
  const down = exactProduct(divisor, Math.max(-exponent, 0));
  if (up !== undefined && down === 1) return value * up;
  if (up === 1 && down !== undefined) return value / down;
  return scaleByBigIntegers(value, multiplier, divisor, exponent);
}

/** factor · 10^exponent if that is a double without rounding error. */
function exactProduct(factor: number, exponent: number): number | undefined {
  const power = EXACT_POWERS_OF_TEN[exponent];
  if (power === undefined) return undefined;
  const product = factor * power;
  return factor === 1 || product <= Number.MAX_SAFE_INTEGER ? product : undefined;
}

function scaleByBigIntegers(value: number, multiplier: number, divisor: number, exponent: number): number {
  const { significand, binaryExponent } = decompose(Math.abs(value));
  const up = (10n ** BigInt(Math.max(exponent, 0))) << BigInt(Math.max(binaryExponent, 0));
  const down = (10n ** BigInt(Math.max(-exponent, 0))) << BigInt(Math.max(-binaryExponent, 0));
  return Math.sign(value) * nearestDouble(significand * BigInt(multiplier) * up, BigInt(divisor) * down);
}

/** A positive finite double as significand · 2^binaryExponent. */
function decompose(value: number): { readonly significand: bigint; readonly binaryExponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const field = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  return field === 0
    ? { significand: fraction, binaryExponent: SMALLEST_BINARY_EXPONENT }
    : { significand: fraction | (1n << 52n), binaryExponent: field + SMALLEST_BINARY_EXPONENT - 1 };
}

/** The double nearest to the positive fraction numerator/denominator, ties to even, subnormal numbers included. */
function nearestDouble(numerator: bigint, denominator: bigint): number {
  const unitExponent = Math.max(
    floorLog2(numerator, denominator) - (MANTISSA_BITS - 1),
    SMALLEST_BINARY_EXPONENT,
  );
  if (unitExponent > LARGEST_BINARY_EXPONENT) return Number.POSITIVE_INFINITY;
  const scaledNumerator = numerator << BigInt(Math.max(-unitExponent, 0));
  const scaledDenominator = denominator << BigInt(Math.max(unitExponent, 0));
  const quotient = scaledNumerator / scaledDenominator;
  const twiceRest = 2n * (scaledNumerator - quotient * scaledDenominator);
  const isOdd = (quotient & 1n) === 1n;
  const roundsUp = twiceRest > scaledDenominator || (twiceRest === scaledDenominator && isOdd);
  return Number(roundsUp ? quotient + 1n : quotient) * 2 ** unitExponent;
}

/** floor(log2(numerator/denominator)) of a positive fraction. */
function floorLog2(numerator: bigint, denominator: bigint): number {
  const estimate = bitLength(numerator) - bitLength(denominator);
  const isBelow =
    estimate >= 0
      ? numerator < denominator << BigInt(estimate)
      : numerator << BigInt(-estimate) < denominator;
  return isBelow ? estimate - 1 : estimate;
}

function bitLength(positive: bigint): number {
  const digits = positive.toString(16);
  return 4 * (digits.length - 1) + (32 - Math.clz32(Number.parseInt(digits.charAt(0), 16)));
}
