import type { Expression } from '../model/expressions.ts';
import type {
  BitSyntax,
  ComparisonSyntax,
  ConditionalSyntax,
  ExpressionSyntax,
  LogicalSyntax,
  NotSyntax,
} from '../syntax/expressions.ts';
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
  const condition = checkExpression(syntax, context);
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
  if (syntax.left.kind === 'comparison') return refuseChain(syntax, syntax.left, context);
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

/** `a < b < c` would compare a truth value with a number. */
function refuseChain(
  syntax: ComparisonSyntax,
  left: ComparisonSyntax,
  context: ExpressionContext,
): Expression {
  const { model } = context;
  const { text } = model.source;
  const middle = left.right.span;
  const fixes =
    left.left.kind === 'comparison'
      ? []
      : [
          {
            title: 'Compare twice, joined by `and`',
            edits: [
              {
                span: { start: middle.end, end: middle.end },
                text: ` and ${text.slice(middle.start, middle.end)}`,
              },
            ],
          },
        ];
  model.report('chained-comparison', syntax.span, {}, { fixes });
  checkExpression(left, context);
  checkExpression(syntax.right, context);
  return errorExpression(syntax.span);
}

/** `condition ? whenTrue : whenFalse`; both values must be of one type. */
export function checkConditional(syntax: ConditionalSyntax, context: ExpressionContext): Expression {
  const { span } = syntax;
  const condition = checkCondition(syntax.condition, 'the condition before `?`', context);
  const whenTrue = checkExpression(syntax.whenTrue, context);
  const whenFalse = checkExpression(syntax.whenFalse, context);
  const { kind } = whenTrue.type;
  if ([condition, whenTrue, whenFalse].some(({ type }) => type.kind === 'error'))
    return errorExpression(span);
  if (isNumeric(whenTrue.type) && isNumeric(whenFalse.type)) {
    const consequence = 'the two values of a condition must measure the same thing';
    const unified = unify([whenTrue, whenFalse], { numbers: 'compat', consequence }, context);
    if (unified === undefined) return errorExpression(span);
    const [first, second] = unified.operands;
    return { kind: 'conditional', condition, whenTrue: first!, whenFalse: second!, type: unified.type, span };
  }
  if ((kind === 'boolean' || kind === 'string') && kind === whenFalse.type.kind) {
    return { kind: 'conditional', condition, whenTrue, whenFalse, type: whenTrue.type, span };
  }
  context.model.report(
    'type-mismatch',
    whenFalse.span,
    {
      expression: quote(context.model.source, whenFalse.span),
      found: describeType(whenFalse.type),
      target: quote(context.model.source, whenTrue.span),
      expected: describeType(whenTrue.type),
    },
    declarationsOf(whenTrue, whenFalse),
  );
  return errorExpression(span);
}
