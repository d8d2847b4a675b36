import {
  type CasesFormula,
  type Formula,
  type NameFormula,
  type NumberFormula,
  negated,
  type SumFormula,
  type Term,
  withoutMinus,
} from './formula.ts';
import { BINDING, type Binding, type Notation } from './notation.ts';
import { isOneOfUnit, splitNumber } from './number-parts.ts';

/** Prints a formula for a place that asks for a binding, with parentheses if the formula binds less. */
export function printFormula(formula: Formula, notation: Notation, least: Binding = BINDING.any): string {
  const body = printBody(formula, notation);
  return bindingOf(formula, notation) < least ? notation.parenthesis(body) : body;
}

/** The terms of a sum, sums in it included where that changes no sign, and `a + (−b)` as `a − b`. */
export function flatTerms(sum: SumFormula): readonly Term[] {
  return sum.terms.flatMap((term) => {
    if (term.sign === '-') return [term];
    if (term.formula.kind === 'sum') return flatTerms(term.formula);
    const positive = withoutMinus(term.formula);
    return positive === undefined ? [term] : [{ sign: '-', formula: positive }];
  });
}

/** Prints terms as a sum; `isFirst`: no plus sign in front of the first. */
export function printTerms(terms: readonly Term[], notation: Notation, isFirst: boolean): string {
  return terms
    .map(({ sign, formula }, i) => {
      const operand = printFormula(formula, notation, BINDING.product);
      if (i === 0 && isFirst) return sign === '-' ? notation.minus + operand : operand;
      return (sign === '-' ? notation.operators.minus : notation.operators.plus) + operand;
    })
    .join('');
}

function printBody(formula: Formula, notation: Notation): string {
  const print = (operand: Formula, least?: Binding) => printFormula(operand, notation, least);
  switch (formula.kind) {
    case 'name':
      return printName(formula, notation);
    case 'number':
      return printNumber(formula, notation);
    case 'constant':
      return notation.constant(formula.name);
    case 'sum':
      return printTerms(flatTerms(formula), notation, true);
    case 'product':
      return printProduct(formula.factors, notation);
    case 'fraction':
      return printFraction(formula.numerator, formula.denominator, notation);
    case 'power': {
      const exponent = printFormula(formula.exponent, notation.exponents ?? notation);
      return notation.power(print(formula.base, BINDING.atom), exponent);
    }
    case 'call':
      return notation.call(
        formula.name,
        formula.arguments.map((argument) => print(argument)),
      );
    case 'convolution':
      return notation.convolution(print(formula.kernel, BINDING.atom), print(formula.spikes, BINDING.atom));
    case 'comparison': {
      const left = print(formula.left, BINDING.sum);
      const right = print(formula.right, formula.operator === '=' ? BINDING.any : BINDING.sum);
      return left + notation.operators[formula.operator] + right;
    }
    case 'logical': {
      const least = formula.operator === 'or' ? BINDING.and : BINDING.not;
      return formula.operands.map((operand) => print(operand, least)).join(notation.word(formula.operator));
    }
    case 'not':
      return notation.word('not') + print(formula.operand, BINDING.comparison);
    case 'cases':
      return printCases(formula, notation);
    case 'operation': {
      const { operator, left, right } = formula;
      return notation.operation(operator, print(left, BINDING.product), print(right, BINDING.product));
    }
    case 'text':
      return notation.text(formula.text);
    default:
      return formula satisfies never;
  }
}

function bindingOf(formula: Formula, notation: Notation): Binding {
  switch (formula.kind) {
    case 'name':
      return (formula.primes ?? 0) > 0 ? notation.fractionBinding.self : BINDING.atom;
    case 'number':
      return numberBinding(formula);
    case 'constant':
    case 'call':
    case 'text':
      return BINDING.atom;
    case 'power':
      return BINDING.divisor;
    case 'fraction':
      return isPerUnit(formula) ? BINDING.product : notation.fractionBinding.self;
    case 'product':
      return BINDING.product;
    case 'sum':
    case 'convolution':
    case 'operation':
      return BINDING.sum;
    case 'comparison':
      return BINDING.comparison;
    case 'not':
      return BINDING.not;
    case 'logical':
      return formula.operator === 'or' ? BINDING.or : BINDING.and;
    case 'cases':
      return BINDING.cases;
    default:
      return formula satisfies never;
  }
}

function numberBinding(formula: NumberFormula): Binding {
  const parts = splitNumber(formula.text);
  if (parts === undefined) return BINDING.atom;
  if (parts.isNegative) return BINDING.sum;
  const isCompound = parts.exponent !== undefined || (formula.unit ?? '') !== '';
  return isCompound ? BINDING.product : BINDING.atom;
}

function printName({ name, primes = 0, index }: NameFormula, notation: Notation): string {
  const written = notation.name(name, index === undefined ? undefined : printFormula(index, notation));
  return primes > 0 ? notation.derivative(written, primes) : written;
}

function printNumber({ text, unit }: NumberFormula, notation: Notation): string {
  const parts = splitNumber(text);
  const shownUnit = unit === undefined || unit === '' ? undefined : unit;
  if (parts !== undefined) return notation.number(parts, shownUnit);
  return notation.text(shownUnit === undefined ? text : `${text} ${shownUnit}`);
}

/** `1 * f` is shown as `1 f`: what the model says, not what it simplifies to. */
function printProduct(factors: readonly Formula[], notation: Notation): string {
  let line = '';
  factors.forEach((factor, i) => {
    const previous = factors[i - 1];
    const printed = printFormula(factor, notation, isPerUnit(factor) ? BINDING.divisor : BINDING.product);
    if (previous === undefined) line = printed;
    else
      line = notation.times(line, printed, isNumeric(factor) || (isNumeric(previous) && hasUnit(previous)));
  });
  return line;
}

/** Whether a fraction is set as V/mV; number per unit is a quantity instead: 3 ms⁻¹. */
function isPerUnit(formula: Formula): boolean {
  if (formula.kind !== 'fraction' || formula.denominator.kind !== 'number') return false;
  return isOneOfUnit(formula.denominator) && !isInverseQuantity(formula.numerator, formula.denominator);
}

function isInverseQuantity(numerator: Formula, denominator: NumberFormula): numerator is NumberFormula {
  return numerator.kind === 'number' && !hasUnit(numerator) && /^[A-Za-z]+$/.test(denominator.unit ?? '');
}

function isNumeric(formula: Formula): boolean {
  if (formula.kind === 'power') return isNumeric(formula.base);
  return formula.kind === 'number' || formula.kind === 'product';
}

function hasUnit(formula: Formula): boolean {
  return formula.kind === 'number' && (formula.unit ?? '') !== '';
}

function printFraction(numerator: Formula, denominator: Formula, notation: Notation): string {
  const positive = withoutMinus(numerator);
  if (positive !== undefined && numerator.kind === 'sum') {
    return printFormula(negated({ kind: 'fraction', numerator: positive, denominator }), notation);
  }
  const { numerator: above, denominator: below } = notation.fractionBinding;
  if (denominator.kind === 'number' && isOneOfUnit(denominator)) {
    const unit = denominator.unit ?? '';
    if (isInverseQuantity(numerator, denominator)) {
      return printNumber({ ...numerator, unit: `1/${unit}` }, notation);
    }
    return notation.perUnit(printFormula(numerator, notation, BINDING.divisor), notation.unit(unit));
  }
  return notation.fraction(
    printFormula(numerator, notation, above),
    printFormula(denominator, notation, below),
  );
}

function printCases({ branches, otherwise }: CasesFormula, notation: Notation): string {
  const print = (formula: Formula) => printFormula(formula, notation, BINDING.or);
  const printed = branches.map(({ value, condition }) => ({
    value: print(value),
    condition: print(condition),
  }));
  return notation.cases(printed, otherwise === undefined ? undefined : print(otherwise));
}
