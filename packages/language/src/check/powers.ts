import type { Span } from '@nestml/diagnostics';
import {
  add,
  isDimensionless,
  isExponentInRange,
  isUnitInRange,
  isZero,
  multiply,
  negate,
  powerUnit,
  type Rational,
  rational,
  rationalFromNumber,
} from '@nestml/units';
import type { Expression, ProductExpression } from '../model/expressions.ts';
import type { PowerSyntax } from '../syntax/expressions.ts';
import { asPlainNumber } from './coerce.ts';
import { type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { constantNumber } from './names.ts';
import { computedType, describeType, hasDimension, INTEGER, isNumeric, REAL } from './value-types.ts';

/** `base ** exponent`. */
export function checkPower(syntax: PowerSyntax, context: ExpressionContext): Expression {
  const base = checkExpression(syntax.base, context);
  const exponent = checkExpression(syntax.exponent, context);
  return combinePower(base, exponent, syntax.span, context);
}

/** A power of checked parts. The exponent of a quantity is a constant, because the unit of the result depends on it. */
export function combinePower(
  base: Expression,
  exponent: Expression,
  span: Span,
  context: ExpressionContext,
): Expression {
  for (const operand of [base, exponent]) {
    if (operand.type.kind === 'error') return errorExpression(span);
    if (isNumeric(operand.type)) continue;
    context.model.report('operand-type', operand.span, {
      operator: '**',
      operand: quote(context.model.source, operand.span),
      type: describeType(operand.type),
      expected: 'a number',
    });
    return errorExpression(span);
  }
  if (hasDimension(base.type)) return quantityPower(base, exponent, span, context);
  const isWhole = base.type.kind === 'integer' && exponent.type.kind === 'integer' && isNotNegative(exponent);
  const number = asPlainNumber(exponent, context);
  return { kind: 'power', base, exponent: number, type: isWhole ? INTEGER : REAL, span };
}

function isNotNegative(exponent: Expression): boolean {
  const value = constantNumber(exponent);
  return value !== undefined && value >= 0;
}

function quantityPower(
  base: Expression,
  exponent: Expression,
  span: Span,
  context: ExpressionContext,
): Expression {
  const { model } = context;
  const constant = constantRational(exponent);
  if (constant === undefined || !hasDimension(base.type)) {
    model.report('exponent-not-constant', exponent.span, {
      base: quote(model.source, base.span),
      type: describeType(base.type),
      exponent: quote(model.source, exponent.span),
    });
    return errorExpression(span);
  }
  const unit = powerUnit(base.type.unit, constant);
  if (!isUnitInRange(unit)) {
    model.report('unit-out-of-range', span, { unit: unit.text });
    return errorExpression(span);
  }
  const type = isDimensionless(unit) ? REAL : computedType(unit);
  return { kind: 'power', base, exponent, type, span };
}

/** The exact value of an expression of number literals. */
function constantRational(expression: Expression): Rational | undefined {
  const value = evaluateConstant(expression);
  return value !== undefined && isExponentInRange(value) ? value : undefined;
}

function evaluateConstant(expression: Expression): Rational | undefined {
  switch (expression.kind) {
    case 'constant':
      return typeof expression.value === 'number' && !hasDimension(expression.type)
        ? rationalFromNumber(expression.value)
        : undefined;
    case 'negation': {
      const operand = constantRational(expression.operand);
      return operand === undefined ? undefined : negate(operand);
    }
    case 'sum':
      return fold(
        expression.terms.map(({ sign, operand }) => ({ sign, value: constantRational(operand) })),
        (total, { sign }, value) => add(total, sign === 1 ? value : negate(value)),
        rational(0),
      );
    case 'product':
      return fold(
        expression.factors.map(({ operator, operand }) => ({ operator, value: constantRational(operand) })),
        (total, { operator }, value) => applyConstantFactor(total, operator, value),
        rational(1),
      );
    default:
      return undefined;
  }
}

function fold<T extends { readonly value: Rational | undefined }>(
  items: readonly T[],
  combine: (total: Rational, item: T, value: Rational) => Rational | undefined,
  start: Rational,
): Rational | undefined {
  let total: Rational | undefined = start;
  for (const item of items) {
    if (total === undefined || item.value === undefined) return undefined;
    total = combine(total, item, item.value);
    if (total !== undefined && !isExponentInRange(total)) return undefined;
  }
  return total;
}

function applyConstantFactor(
  total: Rational,
  operator: ProductExpression['factors'][number]['operator'],
  value: Rational,
): Rational | undefined {
  if (operator === '*') return multiply(total, value);
  if (operator !== '/' || isZero(value)) return undefined;
  return multiply(total, rational(value.denominator, value.numerator));
}
