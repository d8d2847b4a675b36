import type { Span } from '@nestml/diagnostics';
import { isDimensionless, isUnitInRange, powerUnit } from '@nestml/units';
import type { Expression } from '../model/expressions.ts';
import type { PowerSyntax } from '../syntax/expressions.ts';
import { asPlainNumber } from './coerce.ts';
import { constantRational } from './constant-exponents.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
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
    context.model.report(
      'operand-type',
      operand.span,
      {
        operator: '**',
        operand: quote(context.model.source, operand.span),
        type: describeType(operand.type),
        expected: 'a number',
      },
      declarationsOf(operand),
    );
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
  const constant = constantRational(exponent, model);
  if (constant === undefined || !hasDimension(base.type)) {
    model.report(
      'exponent-not-constant',
      exponent.span,
      {
        base: quote(model.source, base.span),
        type: describeType(base.type),
        exponent: quote(model.source, exponent.span),
        isParameter: exponent.kind === 'variable' && exponent.symbol.role === 'parameter',
      },
      declarationsOf(base, exponent),
    );
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
