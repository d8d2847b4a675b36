import type { ExpressionNode, Factor } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import { nodesBelow } from '../expression/traverse.ts';
import {
  addLaurent,
  atomLaurent,
  collectTerms,
  compareLaurent,
  constantLaurent,
  factorContent,
  invertMonomial,
  isZeroLaurent,
  type Laurent,
  type Monomial,
  multiplyLaurent,
  negateLaurent,
} from './laurent.ts';
import { rational, rationalOf, toNumber } from './rational.ts';

/** Products that would have more terms are taken as indivisible. */
const MOST_TERMS = 120;
const LARGEST_POWER = 12;
/** Quotients with larger parts are written as decimal numbers. */
const LARGEST_INTEGER = 100_000n;

/**
 * The normal form of a number. What is neither sum, product, quotient nor whole power is an atom; so is a sum by which is divided. The
 * constants e and π stay atoms, so that they keep their names.
 */
export function toLaurent(pool: ExpressionPool, root: ExpressionNode): Laurent {
  const forms = new Map<ExpressionNode, Laurent>();
  for (const node of nodesBelow([root]))
    forms.set(
      node,
      formOf(pool, node, (operand) => forms.get(operand)!),
    );
  return forms.get(root)!;
}

type FormOf = (node: ExpressionNode) => Laurent;

function formOf(pool: ExpressionPool, node: ExpressionNode, form: FormOf): Laurent {
  switch (node.kind) {
    case 'constant':
      return isNamedNumber(node.value) ? atomLaurent(node) : constantLaurent(rationalOf(node.value));
    case 'negation':
      return negateLaurent(form(node.operand));
    case 'sum': {
      const sum = addLaurent(
        ...node.terms.map(({ sign, operand }) => (sign === 1 ? form(operand) : negateLaurent(form(operand)))),
      );
      return sum.terms.length > MOST_TERMS ? atomLaurent(node) : sum;
    }
    case 'product':
      return formOfProduct(pool, node.factors, form) ?? atomLaurent(node);
    case 'power':
      return formOfPower(pool, node.base, node.exponent, form) ?? atomLaurent(node);
    case 'boolean':
    case 'symbol':
    case 'integerQuotient':
    case 'remainder':
    case 'bit':
    case 'bitNot':
    case 'comparison':
    case 'not':
    case 'logical':
    case 'select':
    case 'function':
    case 'call':
    case 'draw':
      return atomLaurent(node);
    default:
      return node satisfies never;
  }
}

function isNamedNumber(value: number): boolean {
  return value === Math.E || value === Math.PI || !Number.isFinite(value);
}

function formOfProduct(pool: ExpressionPool, factors: readonly Factor[], form: FormOf): Laurent | undefined {
  let product = constantLaurent(rational(1n));
  for (const { operator, operand } of factors) {
    const factor = operator === '*' ? form(operand) : invert(pool, form(operand));
    if (factor === undefined || product.terms.length * factor.terms.length > MOST_TERMS) return undefined;
    product = multiplyLaurent(product, factor);
  }
  return product;
}

/** 1/value; nothing for 1/0. A divisor of several terms becomes one atom, the same for any order of the terms. */
function invert(pool: ExpressionPool, value: Laurent): Laurent | undefined {
  if (isZeroLaurent(value)) return undefined;
  const singles = value.terms.map((term) => collectTerms([term])).toSorted(compareLaurent);
  const { content, primitive } = factorContent(addLaurent(...singles));
  const inverse = collectTerms([invertMonomial(content)]);
  if (primitive.terms.length === 1) return inverse;
  return multiplyLaurent(inverse, atomLaurent(toNode(pool, primitive), -1));
}

function formOfPower(
  pool: ExpressionPool,
  base: ExpressionNode,
  exponent: ExpressionNode,
  form: FormOf,
): Laurent | undefined {
  if (exponent.kind !== 'constant' || !Number.isInteger(exponent.value)) return undefined;
  const count = Math.abs(exponent.value);
  if (count > LARGEST_POWER) return undefined;
  const factor = exponent.value < 0 ? invert(pool, form(base)) : form(base);
  if (factor === undefined) return undefined;
  let power = constantLaurent(rational(1n));
  for (let i = 0; i < count; i += 1) {
    if (power.terms.length * factor.terms.length > MOST_TERMS) return undefined;
    power = multiplyLaurent(power, factor);
  }
  return power;
}

/** The value as an expression: terms in their order, each one quotient. */
export function toNode(pool: ExpressionPool, { terms }: Laurent): ExpressionNode {
  const positive = terms.findIndex(({ coefficient }) => coefficient.numerator > 0n);
  // A sum that begins with a positive term needs no sign in front.
  const ordered = positive > 0 ? [terms[positive]!, ...terms.toSpliced(positive, 1)] : terms;
  return pool.sum(
    ordered.map((term) => ({
      sign: term.coefficient.numerator < 0n ? -1 : 1,
      operand: magnitudeNode(pool, term),
    })),
  );
}

/** The monomial with a positive coefficient. */
function magnitudeNode(pool: ExpressionPool, { coefficient, powers }: Monomial): ExpressionNode {
  const numerator = coefficient.numerator < 0n ? -coefficient.numerator : coefficient.numerator;
  const { denominator } = coefficient;
  const isBare = !powers.some(({ exponent }) => exponent > 0) && denominator > 1n;
  const isLong = numerator > LARGEST_INTEGER || denominator > LARGEST_INTEGER;
  const isDecimal = isLong || (isBare && numerator > 1n);
  const top: ExpressionNode[] = [];
  const bottom: ExpressionNode[] = [];
  const decimal = toNumber({ numerator, denominator });
  if (isDecimal) top.push(pool.constant(decimal));
  else {
    if (numerator !== 1n) top.push(pool.constant(Number(numerator)));
    if (denominator !== 1n) bottom.push(pool.constant(Number(denominator)));
  }
  for (const { atom, exponent } of powers) {
    const power = pool.power(atom, pool.constant(Math.abs(exponent)));
    (exponent > 0 ? top : bottom).push(power);
  }
  const over = product(pool, top);
  return bottom.length === 0 ? over : pool.divide(over, product(pool, bottom));
}

function product(pool: ExpressionPool, operands: readonly ExpressionNode[]): ExpressionNode {
  return pool.product(operands.map((operand) => ({ operator: '*', operand })));
}

/**
 * A difference as content · (positive terms − negative terms), whose second factor is 0 in floating point exactly if the two sides of
 * `isZero` compare equal: no rounding stands between them.
 */
export interface Difference {
  readonly value: ExpressionNode;
  readonly isZero: ExpressionNode;
  readonly isNotZero: ExpressionNode;
}

/** The value is not identically 0. */
export function differenceNode(pool: ExpressionPool, value: Laurent): Difference {
  const { content, primitive } = factorContent(value);
  const zero = pool.constant(0);
  const sides = [1n, -1n].map((sign) =>
    collectTerms(
      primitive.terms
        .filter(({ coefficient }) => coefficient.numerator > 0n === sign > 0n)
        .map(({ coefficient, powers }) => ({
          coefficient: rational(coefficient.numerator * sign, coefficient.denominator),
          powers,
        })),
    ),
  );
  const [left, right] = sides.map((side) => (isZeroLaurent(side) ? zero : toNode(pool, side)));
  if (primitive.terms.length === 1 || right === zero) {
    const whole = toNode(pool, value);
    const numerator = numeratorOf(pool, value) ?? whole;
    return {
      value: whole,
      isZero: pool.compare(numerator, '==', zero),
      isNotZero: pool.compare(numerator, '!=', zero),
    };
  }
  const sidesInOrder = left!.kind === 'constant' ? ([right!, left!] as const) : ([left!, right!] as const);
  return {
    value: timesMonomial(pool, content, pool.subtract(left!, right!)),
    isZero: pool.compare(sidesInOrder[0], '==', sidesInOrder[1]),
    isNotZero: pool.compare(sidesInOrder[0], '!=', sidesInOrder[1]),
  };
}

/** The atom whose zeros are those of the value, if there is just one. */
function numeratorOf(pool: ExpressionPool, { terms }: Laurent): ExpressionNode | undefined {
  const [only, ...others] = terms;
  if (only === undefined || others.length > 0) return undefined;
  const above = only.powers.filter(({ exponent }) => exponent > 0);
  return above.length === 1 ? above[0]!.atom : toNode(pool, collectTerms([only]));
}

/** content · factor with the factor in the numerator: `2*(a - b)/(c*d)`. */
export function timesMonomial(
  pool: ExpressionPool,
  { coefficient, powers }: Monomial,
  factor: ExpressionNode,
): ExpressionNode {
  const isNegative = coefficient.numerator < 0n;
  const numerator = isNegative ? -coefficient.numerator : coefficient.numerator;
  const above = powers.filter(({ exponent }) => exponent > 0);
  const below = powers.filter(({ exponent }) => exponent < 0);
  const isLong = numerator > LARGEST_INTEGER || coefficient.denominator > LARGEST_INTEGER;
  const whole = isLong ? rational(numerator, coefficient.denominator) : rational(numerator);
  const over = toNode(pool, collectTerms([{ coefficient: whole, powers: above }]));
  const under = toNode(
    pool,
    collectTerms([
      {
        coefficient: isLong ? rational(1n) : rational(coefficient.denominator),
        powers: below.map(({ atom, exponent }) => ({ atom, exponent: -exponent })),
      },
    ]),
  );
  const value = pool.divide(pool.multiply(over, factor), under);
  return isNegative ? pool.negate(value) : value;
}

/** numerator/divisor, with the simple part of the divisor in the numerator. The divisor is not identically 0. */
export function divideByLaurent(
  pool: ExpressionPool,
  numerator: ExpressionNode,
  divisor: Laurent,
): ExpressionNode {
  const { content, primitive } = factorContent(divisor);
  if (primitive.terms.length === 1) return timesMonomial(pool, invertMonomial(content), numerator);
  const { value } = differenceNode(pool, primitive);
  return timesMonomial(pool, invertMonomial(content), pool.divide(numerator, value));
}
