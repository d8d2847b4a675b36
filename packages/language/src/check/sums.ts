import type { Expression, SumExpression } from '../model/expressions.ts';
import type { SumSyntax } from '../syntax/expressions.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { unify } from './unify.ts';
import { describeType, isNumeric, STRING } from './value-types.ts';

type Terms = SumExpression['terms'];

/** A sum: numbers of one dimension, or a text put together. */
export function checkSum(syntax: SumSyntax, context: ExpressionContext): Expression {
  return combineTerms(syntax, checkTerms(syntax, context), context);
}

/** The terms of a sum, each checked for itself. */
export function checkTerms(syntax: SumSyntax, context: ExpressionContext): Terms {
  return [
    { sign: 1, operand: checkExpression(syntax.first, context) },
    ...syntax.rest.map(({ operator, operand }) => ({
      sign: operator === '+' ? (1 as const) : (-1 as const),
      operand: checkExpression(operand, context),
    })),
  ];
}

/** The sum of checked terms. */
export function combineTerms(syntax: SumSyntax, terms: Terms, context: ExpressionContext): Expression {
  const { span } = syntax;
  if (terms.some(({ operand }) => operand.type.kind === 'error')) return errorExpression(span);
  const isText = terms.some(({ operand }) => operand.type.kind === 'string');
  if (isText && terms.every(({ sign, operand }) => sign === 1 && operand.type.kind !== 'void')) {
    return { kind: 'sum', terms, type: STRING, span };
  }
  const wrong = terms.findIndex(({ operand }) => !isNumeric(operand.type));
  if (wrong !== -1) {
    const { operand, sign } = terms[wrong]!;
    context.model.report(
      'operand-type',
      operand.span,
      {
        operator: wrong === 0 ? syntax.rest[0]!.operator : sign === 1 ? '+' : '-',
        operand: quote(context.model.source, operand.span),
        type: describeType(operand.type),
        expected: 'a number',
      },
      declarationsOf(operand),
    );
    return errorExpression(span);
  }
  const operands = terms.map((term) => term.operand);
  const unified = unify(
    operands,
    { numbers: 'compat', consequence: 'they cannot be added or subtracted' },
    context,
  );
  if (unified === undefined) return errorExpression(span);
  return {
    kind: 'sum',
    terms: terms.map(({ sign }, index) => ({ sign, operand: unified.operands[index]! })),
    type: unified.type,
    span,
  };
}
