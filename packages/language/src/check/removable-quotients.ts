import type { BuiltinExpression, Expression, ProductExpression } from '../model/expressions.ts';
import {
  type Atom,
  type AtomExpressions,
  hasSameExponents,
  type LaurentForm,
  laurentForm,
  type Monomial,
  product,
  reciprocal,
} from './laurent-form.ts';
import { REAL } from './value-types.ts';

type Factor = ProductExpression['factors'][number];

/** Coefficients that differ by less are the same number with another rounding. */
const ROUNDING = 1e-12;

/**
 * A product that divides by d·(exp(u) − 1) and contains a factor r·u, with r and d free of sums: at u = 0 it is 0/0 as written, and has the limit
 * r/d. Gives the same product with (r/d)·exprelr(u) in place of both, or nothing if it is no such product (rule D21).
 */
export function withoutRemovableQuotient(
  written: Pick<ProductExpression, 'factors' | 'type' | 'span'>,
): ProductExpression | undefined {
  const { factors } = written;
  if (!factors.some(({ operator, operand }) => operator === '/' && mayVanish(operand))) return undefined;
  const atoms: AtomExpressions = new Map();
  for (const [below, { operator, operand }] of factors.entries()) {
    const vanishing = operator === '/' && mayVanish(operand) ? vanishingOf(operand, atoms) : undefined;
    if (vanishing === undefined) continue;
    for (const [above, factor] of factors.entries()) {
      const ratio = factor.operator === '*' ? ratioOf(factor.operand, vanishing.argument, atoms) : undefined;
      if (ratio === undefined) continue;
      const others = factors.filter((_, place) => place !== above && place !== below);
      const size = product(ratio, reciprocal(vanishing.size));
      const safe = safeProduct(written, others, size, vanishing.argument, atoms);
      // There may be another such pair.
      return safe === undefined ? undefined : (withoutRemovableQuotient(safe) ?? safe);
    }
  }
  return undefined;
}

/** Whether a factor can have the form d·(exp(u) − 1); cheap, since every quotient is asked. */
function mayVanish(operand: Expression): boolean {
  switch (operand.kind) {
    case 'builtin':
      return operand.name === 'expm1';
    case 'negation':
      return mayVanish(operand.operand);
    case 'sum':
      return operand.terms.length === 2;
    case 'product':
      return operand.factors.some((factor) => mayVanish(factor.operand));
    default:
      return false;
  }
}

/** size·(exp(argument) − 1). */
interface Vanishing {
  readonly size: Monomial;
  readonly argument: Expression;
}

function vanishingOf(operand: Expression, atoms: AtomExpressions): Vanishing | undefined {
  if (operand.kind === 'builtin') {
    return operand.name === 'expm1' ? { size: ONE, argument: operand.arguments[0]! } : undefined;
  }
  if (operand.kind === 'negation') {
    const inner = vanishingOf(operand.operand, atoms);
    return inner === undefined ? undefined : { ...inner, size: product(inner.size, MINUS_ONE) };
  }
  const form = laurentForm(operand, atoms);
  return form === undefined ? undefined : differenceWithExponential(form);
}

const ONE: Monomial = { coefficient: 1, exponents: new Map() };
const MINUS_ONE: Monomial = { coefficient: -1, exponents: new Map() };

/** Two monomials whose quotient is −exp(u). */
function differenceWithExponential(form: LaurentForm): Vanishing | undefined {
  const [first, second, ...others] = form;
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  for (const [growing, still] of [
    [first, second],
    [second, first],
  ] as const) {
    const { coefficient, exponents } = product(growing, reciprocal(still));
    const [entry, ...more] = exponents;
    if (entry === undefined || more.length > 0 || !isClose(coefficient, -1)) continue;
    const [atom, exponent] = entry;
    // With another exponential as factor the safe form could be 0 times infinity where the quotient is not.
    if (!isExponential(atom) || [...still.exponents.keys()].some(isExponential)) continue;
    const written = atom.arguments[0]!;
    const argument: Expression = { kind: 'negation', operand: written, type: REAL, span: written.span };
    if (exponent === 1) return { size: product(still, MINUS_ONE), argument: written };
    if (exponent === -1) return { size: product(still, MINUS_ONE), argument };
  }
  return undefined;
}

function isExponential(atom: Atom): atom is BuiltinExpression {
  return 'kind' in atom && atom.kind === 'builtin' && 'name' in atom && atom.name === 'exp';
}

/** The monomial r with operand = r·argument, if there is one and the argument is not constant. */
function ratioOf(operand: Expression, argument: Expression, atoms: AtomExpressions): Monomial | undefined {
  const above = laurentForm(operand, atoms);
  const below = laurentForm(argument, atoms);
  if (above === undefined || below === undefined || above.length !== below.length) return undefined;
  if (below.every(({ exponents }) => exponents.size === 0)) return undefined;
  const [anchor] = below;
  for (const candidate of above) {
    if (anchor === undefined) return undefined;
    const ratio = product(candidate, reciprocal(anchor));
    if (isMultiple(above, below, ratio)) return hasPoleWith(ratio, below) ? undefined : ratio;
  }
  return undefined;
}

/** Whether the ratio itself grows without bound where the argument becomes 0, as c/u does. */
function hasPoleWith({ exponents }: Monomial, argument: LaurentForm): boolean {
  return [...exponents].some(
    ([atom, exponent]) => exponent < 0 && argument.some((term) => (term.exponents.get(atom) ?? 0) > 0),
  );
}

function isMultiple(above: LaurentForm, below: LaurentForm, ratio: Monomial): boolean {
  return below.every((term) => {
    const expected = product(term, ratio);
    return above.some(
      (candidate) =>
        isClose(candidate.coefficient, expected.coefficient) && hasSameExponents(candidate, expected),
    );
  });
}

function isClose(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= ROUNDING * Math.abs(expected);
}

function safeProduct(
  { type, span }: Pick<ProductExpression, 'type' | 'span'>,
  others: readonly Factor[],
  { coefficient, exponents }: Monomial,
  argument: Expression,
  atoms: AtomExpressions,
): ProductExpression | undefined {
  const number: Expression = { kind: 'constant', value: coefficient, type: REAL, span };
  const safe: BuiltinExpression = {
    kind: 'builtin',
    name: 'exprelr',
    arguments: [argument],
    type: REAL,
    span,
  };
  const factors: Factor[] = [
    ...(coefficient === 1 ? [] : [{ operator: '*', operand: number } as const]),
    { operator: '*', operand: safe },
    ...others,
  ];
  for (const [atom, exponent] of exponents) {
    const operand = atoms.get(atom);
    if (operand === undefined) return undefined;
    const operator = exponent > 0 ? '*' : '/';
    for (let i = 0; i < Math.abs(exponent); i += 1) factors.push({ operator, operand });
  }
  return { kind: 'product', factors, type, span };
}
