import type { Span } from '@nestml/diagnostics';
import { dimensionless, divideUnits, isUnitInRange, multiplyUnits, type Unit } from '@nestml/units';
import type { Expression, ProductExpression } from '../model/expressions.ts';
import type { ExpressionSyntax, ProductSyntax, VariableSyntax } from '../syntax/expressions.ts';
import { reportDividedChains } from './changed-readings.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { isLoneUnit, loneUnit, reportBareUnits } from './lone-units.ts';
import { combinePower } from './powers.ts';
import { withoutRemovableQuotient } from './removable-quotients.ts';
import { type FactorSyntax, regroupUnitChains } from './unit-chains.ts';
import {
  agreeInDimension,
  computedType,
  describeType,
  hasDimension,
  INTEGER,
  isNumeric,
  REAL,
} from './value-types.ts';

type Factors = ProductExpression['factors'];

/** A product or quotient; units are multiplied and divided. */
export function checkProduct(syntax: ProductSyntax, context: ExpressionContext): Expression {
  const written = regroupUnitChains(syntax, context);
  const units = bareUnitsIn(written, context);
  reportRunsOfUnits(units, context);
  reportDividedChains(written, context);
  const factors = written.map(({ operator, operand }, index) => ({
    operator,
    operand: units[index] === undefined ? checkExpression(operand, context) : checkUnit(operand, context),
  }));
  const only = factors[0]!.operand;
  return factors.length === 1
    ? { ...only, span: syntax.span }
    : combineFactors(factors, syntax.span, context);
}

/** A unit without number, about which has been spoken already; perhaps with a power. */
function checkUnit(syntax: ExpressionSyntax, context: ExpressionContext): Expression {
  if (syntax.kind === 'variable') return loneUnit(syntax);
  if (syntax.kind !== 'power' || syntax.base.kind !== 'variable') return checkExpression(syntax, context);
  const exponent = checkExpression(syntax.exponent, context);
  return combinePower(loneUnit(syntax.base), exponent, syntax.span, context);
}

/** One finding for units in a row, since `/ ms * mV` keeps its meaning only if both get their number. */
function reportRunsOfUnits(units: readonly (VariableSyntax | undefined)[], context: ExpressionContext): void {
  let run: VariableSyntax[] = [];
  for (const unit of [...units, undefined]) {
    if (unit !== undefined) run.push(unit);
    else if (run.length > 0) {
      const places = run.map(({ span }) => span);
      reportBareUnits(places, run[0]!.name.text, context);
      run = [];
    }
  }
}

/** For each factor the unit that it consists of, perhaps with a power. */
function bareUnitsIn(
  factors: readonly FactorSyntax[],
  context: ExpressionContext,
): readonly (VariableSyntax | undefined)[] {
  const isAllUnits = factors.every(({ operand }) => unitCandidate(operand) !== undefined);
  return factors.map(({ operator, operand }, index) => {
    const unit = unitCandidate(operand);
    if (unit === undefined || (index === 0 && !isAllUnits)) return undefined;
    const place = { operator, before: factors[index - 1]?.operand };
    return isLoneUnit(unit, place, context) ? unit : undefined;
  });
}

/** The name that a factor consists of, perhaps with a constant power. */
function unitCandidate(syntax: ExpressionSyntax): VariableSyntax | undefined {
  const base = syntax.kind === 'power' ? syntax.base : syntax;
  const isAlone = syntax.kind !== 'power' || syntax.exponent.kind !== 'variable';
  return base.kind === 'variable' && isAlone ? base : undefined;
}

/** The product of checked factors. */
export function combineFactors(factors: Factors, span: Span, context: ExpressionContext): Expression {
  if (factors.some(({ operand }) => operand.type.kind === 'error')) return errorExpression(span);
  const { model } = context;
  const wrong = factors.findIndex(({ operand }) => !isNumeric(operand.type));
  if (wrong !== -1) {
    const { operand, operator } = factors[wrong]!;
    model.report(
      'operand-type',
      operand.span,
      {
        operator: wrong === 0 ? factors[1]!.operator : operator,
        operand: quote(model.source, operand.span),
        type: describeType(operand.type),
        expected: 'a number',
      },
      declarationsOf(operand),
    );
    return errorExpression(span);
  }
  const result = typeOfProduct(factors, span, context);
  if (result === undefined) return errorExpression(span);
  const { unit, isInteger } = result;
  const type = isInteger ? INTEGER : computedType(unit);
  const safeForm = withoutRemovableQuotient({ factors, type, span });
  return { kind: 'product', factors, type, span, ...(safeForm === undefined ? {} : { safeForm }) };
}

/** Unit of the product so far, and whether only integers were multiplied. */
interface ProductType {
  readonly unit: Unit;
  readonly isInteger: boolean;
}

function typeOfProduct(factors: Factors, span: Span, context: ExpressionContext): ProductType | undefined {
  const first = factors[0]!.operand.type;
  let result: ProductType = {
    unit: hasDimension(first) ? first.unit : dimensionless,
    isInteger: first.kind === 'integer',
  };
  for (const factor of factors.slice(1)) {
    const next = applyFactor(result, factor, context);
    if (next === undefined) return undefined;
    if (!isUnitInRange(next.unit)) {
      context.model.report('unit-out-of-range', span, { unit: next.unit.text });
      return undefined;
    }
    result = next;
  }
  return result;
}

function applyFactor(
  left: ProductType,
  { operator, operand }: Factors[number],
  context: ExpressionContext,
): ProductType | undefined {
  const { type } = operand;
  const isInteger = left.isInteger && type.kind === 'integer';
  switch (operator) {
    case '*':
      return { unit: hasDimension(type) ? multiplyUnits(left.unit, type.unit) : left.unit, isInteger };
    case '/':
      return {
        unit: hasDimension(type) ? divideUnits(left.unit, type.unit) : left.unit,
        isInteger: false,
      };
    case '//':
    case '%': {
      const leftType = computedType(left.unit);
      if (agreeInDimension(leftType, hasDimension(type) ? type : REAL)) {
        return { unit: operator === '%' ? left.unit : dimensionless, isInteger };
      }
      context.model.report(
        'unit-mismatch',
        operand.span,
        {
          first: 'what is divided',
          firstType: describeType(leftType),
          second: quote(context.model.source, operand.span),
          secondType: describeType(type),
          consequence: `there is no whole quotient for \`${operator}\``,
          hint: '',
        },
        declarationsOf(operand),
      );
      return undefined;
    }
    default:
      return operator satisfies never;
  }
}
