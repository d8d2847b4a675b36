import type { Span } from '@nestml/diagnostics';
import { inverseUnit, sameDimension } from '@nestml/units';
import type { Expression, SumExpression } from '../model/expressions.ts';
import type { VariableSymbol } from '../model/symbols.ts';
import type { ValueType } from '../model/types.ts';
import type { ExpressionSyntax, VariableSyntax } from '../syntax/expressions.ts';
import { type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { isLoneUnit } from './lone-units.ts';
import { type MissingFactor, missingFactor, ratioOf } from './missing-factor.ts';
import { describeDoubt, doubtfulFactor } from './named-dimensions.ts';
import { pulseCure } from './spike-cures.ts';
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
  if (syntax.kind === 'parenthesised') return checkRightHandSide(syntax.inner, side, context);
  if (isSuperfluousUnit(syntax, side, context)) {
    reportSuperfluousUnit(syntax, side, context);
    return errorExpression(syntax.span);
  }
  if (syntax.kind !== 'sum') return matchRate(checkExpression(syntax, context), side, context);
  const terms = checkTerms(syntax, context);
  const isNumbers = terms.every(({ operand }) => isNumeric(operand.type));
  const wrong = isNumbers ? termThatDiffers(terms, side) : undefined;
  if (wrong === undefined) return matchRate(combineTerms(syntax, terms, context), side, context);
  reportMismatch(wrong, true, side, context);
  return errorExpression(syntax.span);
}

/**
 * The first term with the wrong dimension, if another has the right one. A plain number beside rates is a term without its rate
 * (`x' = x / tau - 1`); beside other quantities it is read in their unit.
 */
function termThatDiffers(terms: SumExpression['terms'], { expected }: RightHandSide): Expression | undefined {
  if (expected.kind === 'error') return undefined;
  const operands = terms.map(({ operand }) => operand).filter((operand) => !fitsEveryUnit(operand));
  const isRight = (operand: Expression) => agreeInDimension(operand.type, expected);
  if (!operands.some(isRight)) return undefined;
  const isRate = sameDimension(unitOf(expected), inverseUnit(MILLISECOND));
  return operands.find((operand) => !isRight(operand) && (isRate || hasDimension(operand.type)));
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
  reportMismatch(value, false, side, context);
  return errorExpression(value.span);
}

/** Reports the right-hand side, or one term of it. */
function reportMismatch(
  value: Expression,
  isTerm: boolean,
  side: RightHandSide,
  context: ExpressionContext,
): void {
  const { model } = context;
  const doubt = doubtfulFactor(value, side.expected);
  const span = isTerm ? value.span : withParentheses(value.span, model.source.text);
  const missing =
    doubt === undefined
      ? rateHint({ ...value, span }, side, context)
      : { hint: describeDoubt(doubt), fixes: [] };
  const related =
    doubt === undefined
      ? []
      : [{ message: `\`${doubt.symbol.name}\` is declared here`, span: doubt.symbol.declared }];
  model.report(
    'ode-unit-mismatch',
    span,
    {
      derivative: quote(model.source, side.target.span),
      expected: describeType(side.expected),
      expression: quote(model.source, span),
      found: describeType(value.type),
      isTerm,
      hint: missing.hint,
    },
    { related: [...relatedVariable(side), ...related], fixes: missing.fixes },
  );
}

/** The place with the parentheses right around it. */
function withParentheses({ start, end }: Span, text: string): Span {
  const isInside = text[start - 1] === '(' && text[end] === ')';
  return isInside ? withParentheses({ start: start - 1, end: end + 1 }, text) : { start, end };
}

function relatedVariable({ variable }: RightHandSide) {
  const message = `\`${variable.name}\` is declared here as ${describeType(variable.type)}`;
  return [{ message, span: variable.declared }];
}

/** Parameters that could be missing, or at least that a time is. */
function rateHint(
  value: Expression,
  { expected, variable }: RightHandSide,
  context: ExpressionContext,
): MissingFactor {
  const pulse = pulseCure(value, expected, variable.type, context);
  if (pulse !== undefined) return pulse;
  const named = missingFactor(value, expected, variable.name, context);
  if (named !== undefined) return named;
  const ratio = ratioOf(value.type, expected);
  if (ratio === undefined) return { hint: '', fixes: [] };
  if (sameDimension(ratio, MILLISECOND))
    return { hint: 'is the division by a time constant missing?', fixes: [] };
  const isTooMany = sameDimension(inverseUnit(ratio), MILLISECOND);
  return { hint: isTooMany ? 'is there a division by a time too many?' : '', fixes: [] };
}

/** Whether a time, such as a refractory timer, is given a rate with a unit: `r' = -1 ms` or `r' = -1/ms`. */
function isSuperfluousUnit(
  syntax: ExpressionSyntax,
  { expected }: RightHandSide,
  context: ExpressionContext,
): boolean {
  if (expected.kind !== 'real' || numberIn(syntax, context) === undefined) return false;
  const silent = { ...context, model: { ...context.model, report: () => undefined } };
  return hasDimension(checkExpression(syntax, silent).type);
}

function reportSuperfluousUnit(
  syntax: ExpressionSyntax,
  side: RightHandSide,
  context: ExpressionContext,
): void {
  const { model } = context;
  const { span } = syntax;
  const text = numberIn(syntax, context) ?? '';
  const silent = { ...context, model: { ...model, report: () => undefined } };
  model.report(
    'ode-unit-mismatch',
    span,
    {
      derivative: quote(model.source, side.target.span),
      expected: describeType(side.expected),
      expression: quote(model.source, span),
      found: describeType(checkExpression(syntax, silent).type),
      isTerm: false,
      hint: `a time per time has no unit: write \`${text}\`.`,
    },
    { related: relatedVariable(side), fixes: [{ title: `Write \`${text}\``, edits: [{ span, text }] }] },
  );
}

/** The number of an expression that consists of one number and units, with its sign; undefined for anything else. */
function numberIn(syntax: ExpressionSyntax, context: ExpressionContext): string | undefined {
  switch (syntax.kind) {
    case 'number':
      return syntax.text;
    case 'parenthesised':
      return numberIn(syntax.inner, context);
    case 'unary': {
      const operand = syntax.operator === '-' ? numberIn(syntax.operand, context) : undefined;
      return operand === undefined || operand.startsWith('-') ? undefined : `-${operand}`;
    }
    case 'product': {
      const isOne = ({ operand }: { readonly operand: ExpressionSyntax }) =>
        (operand.kind === 'variable' &&
          isLoneUnit(operand, { operator: '*', before: syntax.first }, context)) ||
        numberIn(operand, context) === '1';
      return syntax.rest.every(isOne) ? numberIn(syntax.first, context) : undefined;
    }
    default:
      return undefined;
  }
}
