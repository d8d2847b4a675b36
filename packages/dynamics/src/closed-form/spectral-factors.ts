import type { ExpressionNode } from '../expression/nodes.ts';
import { eigenvalues } from '../linear-algebra/eigenvalues.ts';
import {
  addLaurent,
  atomLaurent,
  collectTerms,
  constantLaurent,
  equalLaurent,
  isZeroLaurent,
  type Laurent,
  laurentRoot,
  multiplyLaurent,
  negateLaurent,
  scaleLaurent,
  subtractLaurent,
  ZERO,
} from './laurent.ts';
import { rational, rationalOf, toNumber } from './rational.ts';

/**
 * A factor of a characteristic polynomial: s − rate, or (s − centre)² − square, which is kept whole, since the sign of `square` decides
 * whether its roots are real.
 */
export type SpectralFactor =
  | { readonly kind: 'rate'; readonly rate: Laurent }
  | {
      readonly kind: 'pair';
      readonly centre: Laurent;
      /** gap² + product */
      readonly square: Laurent;
      readonly gap: Laurent;
      readonly product: Laurent;
    };

/** A square matrix of normal forms, row by row. */
export type LaurentMatrix = readonly (readonly Laurent[])[];

const HALF = rational(1n, 2n);
const LARGEST_BLOCK = 8;

/** The factors of the characteristic polynomial of a block that cannot be split, or nothing if they are not found. */
export function spectralFactors(block: LaurentMatrix): readonly SpectralFactor[] | undefined {
  const [first, second] = block;
  if (second === undefined) return [{ kind: 'rate', rate: first![0]! }];
  if (block.length > LARGEST_BLOCK) return undefined;
  if (block.length === 2) {
    const trace = addLaurent(first![0]!, second[1]!);
    const halfGap = scaleLaurent(subtractLaurent(first![0]!, second[1]!), HALF);
    const product = multiplyLaurent(first![1]!, second[0]!);
    return quadraticFactors(scaleLaurent(trace, HALF), halfGap, product);
  }
  return factorsByCandidates(block) ?? factorsOfNumbers(block);
}

/** (s − centre)² − gap² − product, split where the root of gap² + product is a sum of monomials. */
export function quadraticFactors(centre: Laurent, gap: Laurent, product: Laurent): readonly SpectralFactor[] {
  const square = addLaurent(multiplyLaurent(gap, gap), product);
  const root = laurentRoot(square);
  if (root === undefined) return [{ kind: 'pair', centre, square, gap, product }];
  return [addLaurent(centre, root), subtractLaurent(centre, root)].map((rate) => ({ kind: 'rate', rate }));
}

/**
 * Tries rates that models have (the mean of the eigenvalues, entries of the diagonal, ±parameter, ±1/parameter) as roots and divides
 * them off, until a quadratic polynomial is left.
 */
function factorsByCandidates(block: LaurentMatrix): readonly SpectralFactor[] | undefined {
  const characteristic = characteristicPolynomial(block);
  if (characteristic === undefined) return undefined;
  let polynomial = characteristic;
  const factors: SpectralFactor[] = [];
  while (polynomial.length > 3) {
    const rate = candidates(block, polynomial).find((value) => isZeroLaurent(valueAt(polynomial, value)));
    if (rate === undefined) return undefined;
    factors.push({ kind: 'rate', rate });
    polynomial = divideByRoot(polynomial, rate);
  }
  const [constant, linear] = polynomial;
  const centre = scaleLaurent(linear!, rational(-1n, 2n));
  factors.push(...quadraticFactors(centre, centre, negateLaurent(constant!)));
  return factors;
}

/** Polynomials whose coefficients come from longer sums have no factors that could be found here. */
const LONGEST_SUM = 400;

/** Coefficients from the constant to the leading 1, by the method of Faddeev and Le Verrier; nothing if they are too long. */
function characteristicPolynomial(block: LaurentMatrix): readonly Laurent[] | undefined {
  const size = block.length;
  const coefficients: Laurent[] = [constantLaurent(rational(1n))];
  let power: LaurentMatrix = block.map((row) => row.map(() => ZERO));
  for (let k = 1; k <= size; k += 1) {
    const last = coefficients[0]!;
    const shifted = power.map((row, i) => row.map((entry, j) => (i === j ? addLaurent(entry, last) : entry)));
    if (size * longestEntry(block) * longestEntry(shifted) > LONGEST_SUM) return undefined;
    power = multiplyMatrices(block, shifted);
    const trace = addLaurent(...power.map((row, i) => row[i]!));
    coefficients.unshift(scaleLaurent(trace, rational(-1n, BigInt(k))));
  }
  return coefficients;
}

/** The number of terms of the longest entry. */
export function longestEntry(matrix: LaurentMatrix): number {
  return Math.max(...matrix.flatMap((row) => row.map(({ terms }) => terms.length)));
}

/** Whether the product of the factors is the characteristic polynomial of the block. */
export function isSpectrum(block: LaurentMatrix, factors: readonly SpectralFactor[]): boolean {
  const degree = factors.reduce((sum, { kind }) => sum + (kind === 'pair' ? 2 : 1), 0);
  if (degree !== block.length) return false;
  let polynomial = characteristicPolynomial(block);
  if (polynomial === undefined) return false;
  for (const factor of factors) {
    if (factor.kind === 'rate') {
      if (!isZeroLaurent(valueAt(polynomial, factor.rate))) return false;
      polynomial = divideByRoot(polynomial, factor.rate);
    } else {
      const quotient = divideByPair(polynomial, factor);
      if (quotient === undefined) return false;
      polynomial = quotient;
    }
  }
  return true;
}

/** polynomial/(s² − 2 c s + c² − square), or nothing if there is a remainder. */
function divideByPair(
  polynomial: readonly Laurent[],
  { centre, square }: SpectralFactor & { readonly kind: 'pair' },
): readonly Laurent[] | undefined {
  const twice = addLaurent(centre, centre);
  const constant = subtractLaurent(multiplyLaurent(centre, centre), square);
  const rest = [...polynomial];
  const quotient: Laurent[] = [];
  for (let power = rest.length - 3; power >= 0; power -= 1) {
    const leading = rest[power + 2]!;
    quotient.unshift(leading);
    rest[power + 1] = addLaurent(rest[power + 1]!, multiplyLaurent(leading, twice));
    rest[power] = subtractLaurent(rest[power]!, multiplyLaurent(leading, constant));
  }
  return isZeroLaurent(rest[0]!) && isZeroLaurent(rest[1]!) ? quotient : undefined;
}

/** The product of two matrices of normal forms. */
export function multiplyMatrices(left: LaurentMatrix, right: LaurentMatrix): LaurentMatrix {
  return left.map((row) =>
    right[0]!.map((_, j) => addLaurent(...row.map((entry, k) => multiplyLaurent(entry, right[k]![j]!)))),
  );
}

function candidates(block: LaurentMatrix, polynomial: readonly Laurent[]): readonly Laurent[] {
  const degree = BigInt(polynomial.length - 1);
  const mean = scaleLaurent(polynomial.at(-2)!, rational(-1n, degree));
  const diagonal = block.map((row, i) => row[i]!);
  const terms = mean.terms.map((term) => collectTerms([term]));
  const powers = polynomial.flatMap((coefficient) => coefficient.terms.flatMap((term) => term.powers));
  const atoms = [...new Set(powers.map(({ atom }) => atom))].flatMap((atom: ExpressionNode) =>
    [1, -1].flatMap((exponent) => {
      const value = atomLaurent(atom, exponent);
      return [negateLaurent(value), value];
    }),
  );
  const whole = [0, -1, 1, -2, 2, -3, 3].map((value) => constantLaurent(rational(BigInt(value))));
  const all = [mean, ...diagonal, ...terms, ...whole, ...atoms];
  return all.filter((value, i) => all.findIndex((other) => equalLaurent(other, value)) === i);
}

/** Horner's rule. */
function valueAt(polynomial: readonly Laurent[], at: Laurent): Laurent {
  return polynomial.reduceRight(
    (sum, coefficient) => addLaurent(multiplyLaurent(sum, at), coefficient),
    ZERO,
  );
}

/** polynomial/(s − root) without its remainder, which is 0. */
function divideByRoot(polynomial: readonly Laurent[], root: Laurent): readonly Laurent[] {
  const quotient: Laurent[] = [];
  let carry: Laurent = ZERO;
  for (const coefficient of polynomial.slice(1).toReversed()) {
    carry = addLaurent(multiplyLaurent(carry, root), coefficient);
    quotient.unshift(carry);
  }
  return quotient;
}

/** Eigenvalues that are nearer to each other than this share of the largest make the formulas inaccurate. */
const LEAST_SEPARATION = 1e-3;

/** The factors of a block of numbers, by its eigenvalues in double precision; nothing if they are not well separated. */
function factorsOfNumbers(block: LaurentMatrix): readonly SpectralFactor[] | undefined {
  const entries = block.flat().map(({ terms }) => {
    const [only, ...others] = terms;
    if (only === undefined) return 0;
    return others.length === 0 && only.powers.length === 0 ? toNumber(only.coefficient) : Number.NaN;
  });
  if (entries.some(Number.isNaN)) return undefined;
  const values = eigenvalues(Float64Array.from(entries), block.length);
  const largest = Math.max(...values.map(({ re, im }) => Math.hypot(re, im)));
  const isClose = values.some((a, i) =>
    values.slice(i + 1).some((b) => Math.hypot(a.re - b.re, a.im - b.im) < LEAST_SEPARATION * largest),
  );
  if (isClose) return undefined;
  const number = (value: number) => constantLaurent(rationalOf(value));
  return values.flatMap(({ re, im }): readonly SpectralFactor[] => {
    if (im < 0) return [];
    if (im === 0) return [{ kind: 'rate', rate: number(re) }];
    const square = number(-im * im);
    return [{ kind: 'pair', centre: number(re), square, gap: ZERO, product: square }];
  });
}
