/** A quotient of integers in lowest terms; `denominator` > 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Makes a quotient in lowest terms; the denominator is not 0. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  const divisor = greatestDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The number that the shortest decimal text of a finite double names, such as 1/10 for 0.1. */
export function rationalOf(value: number): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new RangeError(`${value} is not a finite number`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const power = Number(exponent) - fraction.length;
  return power >= 0 ? rational(digits * 10n ** BigInt(power)) : rational(digits, 10n ** BigInt(-power));
}

/** The nearest double, up to one rounding of numerator and denominator each. */
export function toNumber({ numerator, denominator }: Rational): number {
  return Number(numerator) / Number(denominator);
}

export function addRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiplyRational(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** 1/a; a is not 0. */
export function invertRational({ numerator, denominator }: Rational): Rational {
  return rational(denominator, numerator);
}

/** The root if it is a quotient of integers. */
export function rationalRoot({ numerator, denominator }: Rational): Rational | undefined {
  const [top, bottom] = [integerRoot(numerator), integerRoot(denominator)];
  return top === undefined || bottom === undefined ? undefined : rational(top, bottom);
}

/** Non-negative greatest common divisor, 1 for two zeros. */
export function greatestDivisor(first: bigint, second: bigint): bigint {
  let [a, b] = [first < 0n ? -first : first, second < 0n ? -second : second];
  while (b > 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

/** Newton's iteration from above. */
function integerRoot(square: bigint): bigint | undefined {
  if (square < 0n) return undefined;
  if (square < 2n) return square;
  let root = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (let next = (root + square / root) >> 1n; next < root; next = (root + square / root) >> 1n) root = next;
  return root * root === square ? root : undefined;
}
