import { fromCanonical, toCanonical } from '@nestml/units';
import type { Expression, ProductExpression, SumExpression } from '../model/expressions.ts';

/** A part that is not taken apart: a variable by its symbol, so that equal ones are one atom, or a call by itself. */
export type Atom = Expression | object;

/** A number times powers of atoms; no exponent is 0. */
export interface Monomial {
  readonly coefficient: number;
  readonly exponents: ReadonlyMap<Atom, number>;
}

/** A sum of monomials with different exponents and coefficients that are not 0. */
export type LaurentForm = readonly Monomial[];

/** Longer sums are not looked at. */
const MOST_MONOMIALS = 16;

/** The expressions of the atoms that have been met. */
export type AtomExpressions = Map<Atom, Expression>;

/** A numerical expression as a sum of monomials; nothing if it is no such sum, or a long one. */
export function laurentForm(expression: Expression, atoms: AtomExpressions): LaurentForm | undefined {
  switch (expression.kind) {
    case 'constant':
      return typeof expression.value === 'number' && Number.isFinite(expression.value)
        ? collect([{ coefficient: expression.value, exponents: new Map() }])
        : undefined;
    case 'variable':
      return expression.index === undefined ? atomForm(expression.symbol, expression, atoms) : undefined;
    case 'negation':
      return scaled(laurentForm(expression.operand, atoms), -1);
    case 'sum':
      return sumForm(expression, atoms);
    case 'product':
      return productForm(expression, atoms);
    case 'inUnit': {
      const { direction, unit, operand } = expression;
      const factor = direction === 'toNumber' ? fromCanonical(1, unit) : toCanonical(1, unit);
      return scaled(laurentForm(operand, atoms), factor);
    }
    case 'builtin':
      return expression.name === 'exp' ? atomForm(expression, expression, atoms) : undefined;
    default:
      return undefined;
  }
}

function atomForm(atom: Atom, expression: Expression, atoms: AtomExpressions): LaurentForm {
  atoms.set(atom, expression);
  return [{ coefficient: 1, exponents: new Map([[atom, 1]]) }];
}

function sumForm({ terms }: SumExpression, atoms: AtomExpressions): LaurentForm | undefined {
  const all: Monomial[] = [];
  for (const { sign, operand } of terms) {
    const form = scaled(laurentForm(operand, atoms), sign);
    if (form === undefined) return undefined;
    all.push(...form);
  }
  return collect(all);
}

function productForm({ factors }: ProductExpression, atoms: AtomExpressions): LaurentForm | undefined {
  let result: LaurentForm = [{ coefficient: 1, exponents: new Map() }];
  for (const { operator, operand } of factors) {
    if (operator === '//' || operator === '%') return undefined;
    const form = laurentForm(operand, atoms);
    const factor = operator === '*' ? form : inverse(form);
    const multiplied = factor && collect(result.flatMap((a) => factor.map((b) => product(a, b))));
    if (multiplied === undefined) return undefined;
    result = multiplied;
  }
  return result;
}

/** Of a single monomial. */
function inverse(form: LaurentForm | undefined): LaurentForm | undefined {
  const [only, ...others] = form ?? [];
  return only === undefined || others.length > 0 ? undefined : [reciprocal(only)];
}

function scaled(form: LaurentForm | undefined, factor: number): LaurentForm | undefined {
  return form?.map((monomial) => ({ ...monomial, coefficient: monomial.coefficient * factor }));
}

/** Adds the coefficients of monomials with the same exponents. */
function collect(monomials: readonly Monomial[]): LaurentForm | undefined {
  const sums: Monomial[] = [];
  for (const monomial of monomials) {
    const place = sums.findIndex((other) => hasSameExponents(other, monomial));
    const known = sums[place];
    if (known === undefined) sums.push(monomial);
    else sums[place] = { ...known, coefficient: known.coefficient + monomial.coefficient };
  }
  const form = sums.filter(({ coefficient }) => coefficient !== 0);
  return form.length > MOST_MONOMIALS ? undefined : form;
}

/** Whether two monomials differ by a number only. */
export function hasSameExponents({ exponents: left }: Monomial, { exponents: right }: Monomial): boolean {
  return left.size === right.size && [...left].every(([atom, exponent]) => right.get(atom) === exponent);
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
