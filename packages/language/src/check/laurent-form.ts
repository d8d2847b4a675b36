import { fromCanonical, toCanonical } from '@nestml/units';
import type { Expression, ProductExpression } from '../model/expressions.ts';

/** A product of powers of atoms, as the atoms with their exponents; no exponent is 0. */
export interface Monomial {
  readonly coefficient: number;
  readonly exponents: ReadonlyMap<Atom, number>;
}

/** A part that is not taken apart: a variable by its symbol, so that equal ones are one atom, or a call by itself. */
export type Atom = Expression | object;

/** A sum of monomials, by a key that is equal for equal exponents. */
export type LaurentForm = ReadonlyMap<string, Monomial>;

/** Longer sums are not looked at. */
const MOST_MONOMIALS = 16;

/** Writes numerical expressions as sums of monomials; atoms of one reader can be compared. */
export interface LaurentReader {
  /** The sum, or nothing if it is too long or is no such sum. */
  readonly formOf: (expression: Expression) => LaurentForm | undefined;
  /** An expression for an atom. */
  readonly expressionOf: (atom: Atom) => Expression | undefined;
}

/** A reader that has met no atom yet. */
export function createLaurentReader(): LaurentReader {
  const numbers = new Map<Atom, number>();
  const expressions = new Map<Atom, Expression>();
  const atomForm = (atom: Atom, expression: Expression): LaurentForm => {
    if (!numbers.has(atom)) numbers.set(atom, numbers.size);
    expressions.set(atom, expression);
    return single({ coefficient: 1, exponents: new Map([[atom, 1]]) });
  };
  const keyOf = ({ exponents }: Monomial): string =>
    [...exponents]
      .map(([atom, exponent]) => [numbers.get(atom) ?? -1, exponent] as const)
      .sort(([a], [b]) => a - b)
      .join(' ');
  const single = (monomial: Monomial): LaurentForm => new Map([[keyOf(monomial), monomial]]);
  const constant = (coefficient: number): LaurentForm => single({ coefficient, exponents: new Map() });
  const collect = (monomials: readonly Monomial[]): LaurentForm | undefined => {
    const sums = new Map<string, Monomial>();
    for (const monomial of monomials) {
      const key = keyOf(monomial);
      const known = sums.get(key)?.coefficient ?? 0;
      sums.set(key, { ...monomial, coefficient: known + monomial.coefficient });
    }
    const terms = [...sums].filter(([, { coefficient }]) => coefficient !== 0);
    return terms.length > MOST_MONOMIALS ? undefined : new Map(terms);
  };
  const scaled = (form: LaurentForm | undefined, factor: number): LaurentForm | undefined =>
    form === undefined ? undefined : collect([...form.values()].map((term) => timesNumber(term, factor)));
  const multiply = (left: LaurentForm, right: LaurentForm): LaurentForm | undefined =>
    collect([...left.values()].flatMap((a) => [...right.values()].map((b) => product(a, b))));
  const inverse = (form: LaurentForm): LaurentForm | undefined => {
    const [only, ...others] = form.values();
    return only === undefined || others.length > 0 ? undefined : single(reciprocal(only));
  };
  const productForm = ({ factors }: ProductExpression): LaurentForm | undefined => {
    let result: LaurentForm | undefined = constant(1);
    for (const { operator, operand } of factors) {
      if (result === undefined || operator === '//' || operator === '%') return undefined;
      const form = formOf(operand);
      const factor = form === undefined || operator === '*' ? form : inverse(form);
      result = factor === undefined ? undefined : multiply(result, factor);
    }
    return result;
  };
  const formOf = (expression: Expression): LaurentForm | undefined => {
    switch (expression.kind) {
      case 'constant':
        return typeof expression.value === 'number' && Number.isFinite(expression.value)
          ? constant(expression.value)
          : undefined;
      case 'variable':
        return expression.index === undefined ? atomForm(expression.symbol, expression) : undefined;
      case 'negation':
        return scaled(formOf(expression.operand), -1);
      case 'sum': {
        const forms = expression.terms.map(({ sign, operand }) => scaled(formOf(operand), sign));
        return forms.every((form) => form !== undefined)
          ? collect(forms.flatMap((form) => [...form.values()]))
          : undefined;
      }
      case 'product':
        return productForm(expression);
      case 'inUnit': {
        const { direction, unit, operand } = expression;
        return scaled(
          formOf(operand),
          direction === 'toNumber' ? fromCanonical(1, unit) : toCanonical(1, unit),
        );
      }
      case 'builtin':
        return expression.name === 'exp' ? atomForm(expression, expression) : undefined;
      default:
        return undefined;
    }
  };
  return { formOf, expressionOf: (atom) => expressions.get(atom) };
}

function timesNumber(monomial: Monomial, factor: number): Monomial {
  return { ...monomial, coefficient: monomial.coefficient * factor };
}

/** The product of two monomials. */
export function product(left: Monomial, right: Monomial): Monomial {
  const exponents = new Map(left.exponents);
  for (const [atom, exponent] of right.exponents) {
    const sum = (exponents.get(atom) ?? 0) + exponent;
    if (sum === 0) exponents.delete(atom);
    else exponents.set(atom, sum);
  }
  return { coefficient: left.coefficient * right.coefficient, exponents };
}

/** One over a monomial. */
export function reciprocal({ coefficient, exponents }: Monomial): Monomial {
  return {
    coefficient: 1 / coefficient,
    exponents: new Map([...exponents].map(([atom, exponent]) => [atom, -exponent])),
  };
}
