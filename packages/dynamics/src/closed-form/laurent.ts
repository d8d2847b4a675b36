import type { ExpressionNode } from '../expression/nodes.ts';
import {
  addRational,
  greatestDivisor,
  invertRational,
  multiplyRational,
  type Rational,
  rational,
  rationalRoot,
} from './rational.ts';

/** An atom, a node that is taken as indivisible, to a power that is not 0. */
export interface AtomPower {
  readonly atom: ExpressionNode;
  readonly exponent: number;
}

/** coefficient · Π atom^exponent; the coefficient is not 0, the atoms ascend by their ids. */
export interface Monomial {
  readonly coefficient: Rational;
  readonly powers: readonly AtomPower[];
}

/**
 * A sum of monomials with different powers: the normal form in which rates are compared and discriminants are computed exactly.
 * Exponents may be negative. Two are equal if their `key`s are.
 */
export interface Laurent {
  readonly terms: readonly Monomial[];
  readonly key: string;
}

const ONE = rational(1n);
const MINUS_ONE = rational(-1n);

function powersKey(powers: readonly AtomPower[]): string {
  return powers.map(({ atom, exponent }) => `${atom.id}^${exponent}`).join(' ');
}

/** Collects monomials of the same powers; the order is that of the first occurrences. */
export function collectTerms(monomials: readonly Monomial[]): Laurent {
  const sums = new Map<string, Monomial>();
  for (const monomial of monomials) {
    const key = powersKey(monomial.powers);
    const known = sums.get(key);
    const coefficient =
      known === undefined ? monomial.coefficient : addRational(known.coefficient, monomial.coefficient);
    sums.set(key, { coefficient, powers: monomial.powers });
  }
  const kept = [...sums].filter(([, { coefficient }]) => coefficient.numerator !== 0n);
  if (kept.length === 0) return ZERO;
  const key = kept
    .map(([name, { coefficient }]) => `${coefficient.numerator}/${coefficient.denominator} ${name}`)
    .toSorted()
    .join(' + ');
  return { terms: kept.map(([, term]) => term), key };
}

/** The polynomial 0. */
export const ZERO: Laurent = Object.freeze({ terms: Object.freeze([]), key: '0' });

export function constantLaurent(value: Rational): Laurent {
  return collectTerms([{ coefficient: value, powers: [] }]);
}

export function atomLaurent(atom: ExpressionNode, exponent = 1): Laurent {
  return collectTerms([{ coefficient: ONE, powers: [{ atom, exponent }] }]);
}

export function isZeroLaurent({ terms }: Laurent): boolean {
  return terms.length === 0;
}

export function equalLaurent(a: Laurent, b: Laurent): boolean {
  return a.key === b.key;
}

/** An order that depends on which atoms were made first; only what is equal has the same place. */
export function compareLaurent(a: Laurent, b: Laurent): number {
  const [first, second] = [a, b].map(({ terms }) =>
    terms.flatMap(({ powers }) => powers.map(({ atom }) => atom.id)),
  );
  const length = Math.min(first!.length, second!.length);
  for (let i = 0; i < length; i += 1) if (first![i] !== second![i]) return first![i]! - second![i]!;
  if (first!.length !== second!.length) return first!.length - second!.length;
  return a.key === b.key ? 0 : a.key < b.key ? -1 : 1;
}

export function addLaurent(...summands: readonly Laurent[]): Laurent {
  return collectTerms(summands.flatMap(({ terms }) => terms));
}

export function scaleLaurent(value: Laurent, factor: Rational): Laurent {
  return collectTerms(
    value.terms.map(({ coefficient, powers }) => ({
      coefficient: multiplyRational(coefficient, factor),
      powers,
    })),
  );
}

export function negateLaurent(value: Laurent): Laurent {
  return scaleLaurent(value, MINUS_ONE);
}

export function subtractLaurent(a: Laurent, b: Laurent): Laurent {
  return addLaurent(a, negateLaurent(b));
}

export function multiplyLaurent(a: Laurent, b: Laurent): Laurent {
  return collectTerms(a.terms.flatMap((left) => b.terms.map((right) => multiplyMonomials(left, right))));
}

export function multiplyMonomials(left: Monomial, right: Monomial): Monomial {
  const exponents = new Map<ExpressionNode, number>();
  for (const { atom, exponent } of [...left.powers, ...right.powers])
    exponents.set(atom, (exponents.get(atom) ?? 0) + exponent);
  const powers = [...exponents]
    .filter(([, exponent]) => exponent !== 0)
    .map(([atom, exponent]) => ({ atom, exponent }))
    .toSorted((first, second) => first.atom.id - second.atom.id);
  return { coefficient: multiplyRational(left.coefficient, right.coefficient), powers };
}

export function invertMonomial({ coefficient, powers }: Monomial): Monomial {
  return {
    coefficient: invertRational(coefficient),
    powers: powers.map(({ atom, exponent }) => ({ atom, exponent: -exponent })),
  };
}

/** value = content · primitive: the primitive part has integer coefficients without common factor and no negative exponents. */
export interface Factored {
  readonly content: Monomial;
  readonly primitive: Laurent;
}

/** The value is not 0. The first term of the primitive part has a positive coefficient. */
export function factorContent({ terms }: Laurent): Factored {
  const first = terms[0]!;
  const lowest = new Map(first.powers.map(({ atom, exponent }) => [atom, exponent]));
  let [numerator, denominator] = [0n, 1n];
  for (const { coefficient, powers } of terms) {
    numerator = greatestDivisor(numerator, coefficient.numerator);
    denominator =
      (denominator * coefficient.denominator) / greatestDivisor(denominator, coefficient.denominator);
    const own = new Map(powers.map(({ atom, exponent }) => [atom, exponent]));
    for (const atom of new Set([...lowest.keys(), ...own.keys()]))
      lowest.set(atom, Math.min(lowest.get(atom) ?? 0, own.get(atom) ?? 0));
  }
  const sign = first.coefficient.numerator < 0n ? -1n : 1n;
  const content: Monomial = {
    coefficient: rational(sign * numerator, denominator),
    powers: [...lowest]
      .filter(([, exponent]) => exponent !== 0)
      .map(([atom, exponent]) => ({ atom, exponent }))
      .toSorted((a, b) => a.atom.id - b.atom.id),
  };
  const inverse = invertMonomial(content);
  return { content, primitive: collectTerms(terms.map((term) => multiplyMonomials(term, inverse))) };
}

/** Whether an atom is positive for all real values of its symbols where it is defined. */
function isPositiveAtom(atom: ExpressionNode): boolean {
  if (atom.kind === 'constant') return atom.value > 0;
  if (atom.kind === 'function') return atom.name === 'exp' || atom.name === 'cosh';
  return atom.kind === 'power' && atom.exponent.kind === 'constant' && Math.abs(atom.exponent.value) === 0.5;
}

/**
 * 1 or −1 if the value cannot have the other sign, whatever the real values of the symbols are (it may be 0); 0 if it is 0 always;
 * undefined if the sign is not known.
 */
export function signOf({ terms }: Laurent): -1 | 0 | 1 | undefined {
  if (terms.length === 0) return 0;
  const isDefinite = terms.every(({ powers }) =>
    powers.every(({ atom, exponent }) => exponent % 2 === 0 || isPositiveAtom(atom)),
  );
  if (!isDefinite) return undefined;
  const isNegative = terms[0]!.coefficient.numerator < 0n;
  if (terms.some(({ coefficient }) => coefficient.numerator < 0n !== isNegative)) return undefined;
  return isNegative ? -1 : 1;
}

/** Whether a value is different from 0 for all finite, admissible values of its symbols. */
export function cannotVanish(value: Laurent): boolean {
  if (isZeroLaurent(value)) return false;
  const { primitive, content } = factorContent(value);
  const isNeverZero = ({ atom, exponent }: AtomPower) => exponent < 0 || isPositiveAtom(atom);
  if (!content.powers.every(isNeverZero)) return false;
  const sign = signOf(primitive);
  return sign !== undefined && primitive.terms.some(({ powers }) => powers.every(isNeverZero));
}

const MOST_TERMS_OF_ROOT = 12;

/** p with p² = value, if there is such a sum; by the terms in descending order of their powers. */
export function laurentRoot(value: Laurent): Laurent | undefined {
  if (isZeroLaurent(value)) return value;
  const atoms = [...new Set(value.terms.flatMap(({ powers }) => powers.map(({ atom }) => atom)))];
  let root: Laurent = ZERO;
  let rest = value;
  let leadingOfRoot: Monomial | undefined;
  for (let i = 0; i < MOST_TERMS_OF_ROOT && !isZeroLaurent(rest); i += 1) {
    const leading = leadingTerm(rest, atoms);
    const next =
      leadingOfRoot === undefined
        ? monomialRoot(leading)
        : multiplyMonomials(
            leading,
            invertMonomial(multiplyMonomials(leadingOfRoot, { coefficient: rational(2n), powers: [] })),
          );
    if (next === undefined) return undefined;
    leadingOfRoot ??= next;
    root = addLaurent(root, collectTerms([next]));
    rest = subtractLaurent(value, multiplyLaurent(root, root));
  }
  return isZeroLaurent(rest) ? root : undefined;
}

function leadingTerm({ terms }: Laurent, atoms: readonly ExpressionNode[]): Monomial {
  const exponentOf = ({ powers }: Monomial, atom: ExpressionNode) =>
    powers.find((power) => power.atom === atom)?.exponent ?? 0;
  return terms.reduce((best, term) => {
    for (const atom of atoms) {
      const difference = exponentOf(term, atom) - exponentOf(best, atom);
      if (difference !== 0) return difference > 0 ? term : best;
    }
    return best;
  });
}

function monomialRoot({ coefficient, powers }: Monomial): Monomial | undefined {
  const root = rationalRoot(coefficient);
  if (root === undefined || powers.some(({ exponent }) => exponent % 2 !== 0)) return undefined;
  return {
    coefficient: root,
    powers: powers.map(({ atom, exponent }) => ({ atom, exponent: exponent / 2 })),
  };
}
