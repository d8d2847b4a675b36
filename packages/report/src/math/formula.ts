/**
 * Formulas as plain data. A formula says what is meant, not how it is laid out: the printers add parentheses only where
 * the reading would change without them.
 */
export type Formula =
  | NameFormula
  | NumberFormula
  | { readonly kind: 'constant'; readonly name: 'e' | 'inf' | 'true' | 'false' }
  | SumFormula
  | { readonly kind: 'product'; readonly factors: readonly Formula[] }
  | { readonly kind: 'fraction'; readonly numerator: Formula; readonly denominator: Formula }
  | { readonly kind: 'power'; readonly base: Formula; readonly exponent: Formula }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Formula[] }
  /** The convolution of a kernel with the spikes of a port. */
  | { readonly kind: 'convolution'; readonly kernel: Formula; readonly spikes: Formula }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly kind: 'logical'; readonly operator: 'and' | 'or'; readonly operands: readonly Formula[] }
  | { readonly kind: 'not'; readonly operand: Formula }
  | CasesFormula
  /** An operator that has no shape of its own, such as `%` or `<<`, always with parentheses around compound operands. */
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Formula; readonly right: Formula }
  /** Text as it is, for what has no other form. */
  | { readonly kind: 'text'; readonly text: string };

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * A name as the model writes it, set as the field writes it: `tau_m` as τ with subscript m, `I_syn_exc` as I with
 * subscript syn,exc.
 */
export interface NameFormula {
  readonly kind: 'name';
  readonly name: string;
  /** Order of the derivative with respect to time, from 0. Default 0. */
  readonly primes?: number;
  /** Element of a vector. */
  readonly index?: Formula;
}

export interface NumberFormula {
  readonly kind: 'number';
  /** A decimal literal such as `-65`, `0.1` or `1e-3`. */
  readonly text: string;
  /** A unit expression such as `mV`, `1/ms` or `nS*ms**-1`. */
  readonly unit?: string;
}

export interface Term {
  readonly sign: '+' | '-';
  readonly formula: Formula;
}

/** Terms with their signs; a single term with `-` is a negation. */
export interface SumFormula {
  readonly kind: 'sum';
  readonly terms: readonly Term[];
}

/** Values that apply under conditions, the first that holds counts. */
export interface CasesFormula {
  readonly kind: 'cases';
  readonly branches: readonly { readonly value: Formula; readonly condition: Formula }[];
  readonly otherwise?: Formula;
}

/** An operand of a chain of `*` and `/`; the operator of the first one is `*`. */
export interface ChainPart {
  readonly operator: '*' | '/';
  readonly formula: Formula;
}

/** The negation of a formula; two signs cancel. */
export function negated(formula: Formula): Formula {
  const inner = withoutMinus(formula);
  return inner ?? { kind: 'sum', terms: [{ sign: '-', formula }] };
}

/** What is left of a negative number or a negation without its sign; `undefined` if there is no sign in front. */
export function withoutMinus(formula: Formula): Formula | undefined {
  if (formula.kind === 'number' && formula.text.startsWith('-'))
    return { ...formula, text: formula.text.slice(1) };
  if (formula.kind !== 'sum' || formula.terms.length !== 1) return undefined;
  const [term] = formula.terms;
  return term?.sign === '-' ? term.formula : undefined;
}

/**
 * A chain of multiplications and divisions, read from left to right as it is written: `a / b * c` is the fraction a/b
 * times c. A sign of the first operand goes in front of the whole.
 */
export function chainOf(parts: readonly ChainPart[]): Formula {
  const [first] = parts;
  const positive = first === undefined ? undefined : withoutMinus(first.formula);
  if (first !== undefined && positive !== undefined && parts.length > 1) {
    return negated(chainOf([{ ...first, formula: positive }, ...parts.slice(1)]));
  }
  let factors: readonly Formula[] = [];
  for (const { operator, formula } of parts) {
    factors = operator === '*' ? [...factors, ...factorsOf(formula)] : [divided(productOf(factors), formula)];
  }
  return productOf(factors);
}

function factorsOf(formula: Formula): readonly Formula[] {
  return formula.kind === 'product' ? formula.factors : [formula];
}

function productOf(factors: readonly Formula[]): Formula {
  const [only] = factors;
  if (only === undefined) return { kind: 'number', text: '1' };
  return factors.length === 1 ? only : { kind: 'product', factors };
}

/** `a / b / c` has one fraction bar, with b c below it. */
function divided(numerator: Formula, denominator: Formula): Formula {
  if (numerator.kind !== 'fraction') return { kind: 'fraction', numerator, denominator };
  const below = productOf([...factorsOf(numerator.denominator), ...factorsOf(denominator)]);
  return { kind: 'fraction', numerator: numerator.numerator, denominator: below };
}
