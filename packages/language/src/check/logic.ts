import type { Expression } from '../model/expressions.ts';
import type {
  BitSyntax,
  ComparisonSyntax,
  ExpressionSyntax,
  LogicalSyntax,
  NotSyntax,
} from '../syntax/expressions.ts';
import { refuseComparisons } from './comparison-chains.ts';
import { declarationsOf, type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkExpression } from './expressions.ts';
import { unify } from './unify.ts';
import { BOOLEAN, describeType, INTEGER, isNumeric } from './value-types.ts';

/** An expression that must be true or false; the error type after a message. */
export function checkCondition(
  syntax: ExpressionSyntax,
  purpose: string,
  context: ExpressionContext,
): Expression {
  return requireCondition(checkExpression(syntax, context), purpose, context);
}

/** The condition, if it is true or false; otherwise reports it. */
export function requireCondition(
  condition: Expression,
  purpose: string,
  context: ExpressionContext,
): Expression {
  const { type, span } = condition;
  if (type.kind === 'boolean' || type.kind === 'error') return condition;
  context.model.report(
    'not-boolean',
    span,
    {
      expression: quote(context.model.source, span),
      type: describeType(type),
      purpose,
    },
    declarationsOf(condition),
  );
  return errorExpression(span);
}

export function checkNot(syntax: NotSyntax, context: ExpressionContext): Expression {
  const operand = checkCondition(syntax.operand, 'the operand of `not`', context);
  if (operand.type.kind === 'error') return errorExpression(syntax.span);
  return { kind: 'not', operand, type: BOOLEAN, span: syntax.span };
}

export function checkLogical(syntax: LogicalSyntax, context: ExpressionContext): Expression {
  const { operator, span } = syntax;
  const purpose = `an operand of \`${operator}\``;
  const operands = syntax.operands.map((operand) => checkCondition(operand, purpose, context));
  if (operands.some(({ type }) => type.kind === 'error')) return errorExpression(span);
  return { kind: 'logical', operator, operands, type: BOOLEAN, span };
}

/** Bit operators take integers. */
export function checkBits(syntax: BitSyntax, context: ExpressionContext): Expression {
  const { operator, span } = syntax;
  const left = checkExpression(syntax.left, context);
  const right = checkExpression(syntax.right, context);
  const isPower = operator === '^' && syntax.right.kind === 'number';
  const fixes = [{ title: 'Write `**`', edits: [{ span: syntax.operatorSpan, text: '**' }] }];
  for (const operand of [left, right]) {
    if (operand.type.kind === 'error') return errorExpression(span);
    if (operand.type.kind === 'integer') continue;
    if (operator === '^' && isNumeric(operand.type)) {
      context.model.report('caret-as-power', syntax.operatorSpan, {}, { fixes });
      return errorExpression(span);
    }
    context.model.report(
      'operand-type',
      operand.span,
      {
        operator,
        operand: quote(context.model.source, operand.span),
        type: describeType(operand.type),
        expected: 'an integer',
      },
      declarationsOf(operand),
    );
    return errorExpression(span);
  }
  if (isPower) context.model.report('caret-of-integers', syntax.operatorSpan, {}, { fixes });
  return { kind: 'bit', operator, left, right, type: INTEGER, span };
}

/** Numbers of one dimension can be ordered; truth values and texts can only be equal or not. */
export function checkComparison(syntax: ComparisonSyntax, context: ExpressionContext): Expression {
  const { operator, span } = syntax;
  if (syntax.left.kind === 'comparison') return refuseComparisons(syntax, syntax.left, context);
  const left = checkExpression(syntax.left, context);
  const right = checkExpression(syntax.right, context);
  if (left.type.kind === 'error' || right.type.kind === 'error') return errorExpression(span);
  if (isNumeric(left.type) && isNumeric(right.type)) {
    const unified = unify(
      [left, right],
      { numbers: 'compat', consequence: 'they cannot be compared' },
      context,
    );
    if (unified === undefined) return errorExpression(span);
    const [first, second] = unified.operands;
    return { kind: 'comparison', operator, left: first!, right: second!, type: BOOLEAN, span };
  }
  const isEquality = operator === '==' || operator === '!=';
  const isComparable = left.type.kind === 'boolean' || left.type.kind === 'string';
  if (isEquality && isComparable && left.type.kind === right.type.kind) {
    return { kind: 'comparison', operator, left, right, type: BOOLEAN, span };
  }
  context.model.report(
    'not-comparable',
    span,
    {
      operator,
      left: describeType(left.type),
      right: describeType(right.type),
    },
    declarationsOf(left, right),
  );
  return errorExpression(span);
}
