import { divideUnits, isUnitInRange, sameDimension } from '@nestml/units';
import type { Expression, SumExpression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import type { ExpressionSyntax, VariableSyntax } from '../syntax/expressions.ts';
import { type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { missingFactorHint } from './missing-factor.ts';
import { checkTerms, combineTerms } from './sums.ts';
import { fitsEveryUnit, withUnit } from './unify.ts';
import {
  agreeInDimension,
  describeType,
  hasDimension,
  isNumeric,
  MILLISECOND,
  unitOf,
} from './value-types.ts';

/** What a right-hand side must be. */
export interface RightHandSide {
  /** Unit of the variable per time to the order of the equation. */
  readonly expected: ValueType;
  /** The left-hand side as written. */
  readonly target: VariableSyntax;
  /** The variable of order 0, whose declaration gives the unit. */
  readonly variable: VariableSymbol;
}

/** The right-hand side of an ODE. Of a sum, the term that does not fit is named. */
export function checkRightHandSide(
  syntax: ExpressionSyntax,
  side: RightHandSide,
  context: ExpressionContext,
): Expression {
  if (syntax.kind !== 'sum') return matchRate(checkExpression(syntax, context), side, context);
  const terms = checkTerms(syntax, context);
  const isNumbers = terms.every(({ operand }) => isNumeric(operand.type));
  const wrong = isNumbers ? termThatDiffers(terms, side) : undefined;
  if (wrong === undefined) return matchRate(combineTerms(syntax, terms, context), side, context);
  reportTerm(wrong, side, context);
  return errorExpression(syntax.span);
}

/** The first term with the wrong dimension, if another has the right one. */
function termThatDiffers(terms: SumExpression['terms'], { expected }: RightHandSide): Expression | undefined {
  if (expected.kind === 'error') return undefined;
  const operands = terms.map(({ operand }) => operand).filter((operand) => !fitsEveryUnit(operand));
  const isRight = (operand: Expression) => agreeInDimension(operand.type, expected);
  if (!operands.some(isRight)) return undefined;
  return operands.find((operand) => !isRight(operand) && hasDimension(operand.type));
}

/** The value, if it measures what the variable does, per time; otherwise reports it. */
function matchRate(value: Expression, side: RightHandSide, context: ExpressionContext): Expression {
  const { expected } = side;
  if (value.type.kind === 'error' || expected.kind === 'error') return value;
  if (!isNumeric(value.type)) {
    context.model.report('type-mismatch', value.span, {
      expression: quote(context.model.source, value.span),
      found: describeType(value.type),
      target: quote(context.model.source, side.target.span),
      expected: describeType(expected),
    });
    return errorExpression(value.span);
  }
  if (fitsEveryUnit(value)) return hasDimension(expected) ? withUnit(value, expected.unit) : value;
  if (agreeInDimension(value.type, expected)) return value;
  const { model } = context;
  const found = describeType(value.type);
  model.report(
    'ode-unit-mismatch',
    value.span,
    {
      derivative: quote(model.source, side.target.span),
      expected: describeType(expected),
      expression: quote(model.source, value.span),
      found,
      isTerm: false,
      hint: rateHint(value.type, side, context),
    },
    { related: relatedVariable(side) },
  );
  return errorExpression(value.span);
}

function reportTerm(term: Expression, side: RightHandSide, context: ExpressionContext): void {
  const { model } = context;
  model.report(
    'ode-unit-mismatch',
    term.span,
    {
      derivative: quote(model.source, side.target.span),
      expected: describeType(side.expected),
      expression: quote(model.source, term.span),
      found: describeType(term.type),
      isTerm: true,
      hint: rateHint(term.type, side, context),
    },
    { related: relatedVariable(side) },
  );
}

function relatedVariable({ variable }: RightHandSide) {
  const message = `\`${variable.name}\` is declared here as ${describeType(variable.type)}`;
  return [{ message, span: variable.declared }];
}

/** Parameters that could be missing, or at least that a time is. */
function rateHint(found: ValueType, { expected }: RightHandSide, context: ExpressionContext): string {
  const named = missingFactorHint(found, expected, context);
  if (named !== '') return named;
  const [from, to] = [unitOf(found), unitOf(expected)];
  if (!isUnitInRange(from) || !isUnitInRange(to)) return '';
  const ratio = divideUnits(from, to);
  if (sameDimension(ratio, MILLISECOND)) return 'is the division by a time constant missing?';
  return sameDimension(divideUnits(to, from), MILLISECOND) ? 'is there a division by a time too many?' : '';
}
