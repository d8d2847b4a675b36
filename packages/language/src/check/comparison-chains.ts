import type { Fix } from '@nestml/diagnostics';
import type { Expression } from '../model/expressions.ts';
import type { ComparisonSyntax, ExpressionSyntax } from '../syntax/expressions.ts';
import { type ExpressionContext, errorExpression } from './context.ts';
import { checkExpression } from './expressions.ts';
import { surround } from './text-edits.ts';
import { fitsEveryUnit } from './unify.ts';
import { agreeInDimension, isNumeric } from './value-types.ts';

/** `a < b < c` would compare a truth value with a number: one error for the whole chain. */
export function refuseComparisons(
  syntax: ComparisonSyntax,
  left: ComparisonSyntax,
  context: ExpressionContext,
): Expression {
  const operands = operandsOf(syntax).map((operand) => checkExpression(operand, context));
  const isKnown = operands.every(({ type }) => type.kind !== 'error');
  if (isKnown) {
    const constant = left.left.kind === 'comparison' ? undefined : withoutConstant(syntax, left, context);
    const isPair = constant === undefined && operands.length === 3 && areAlike(operands);
    const fixes = isPair ? [compareTwice(left, context)] : [];
    context.model.report(
      'chained-comparison',
      syntax.span,
      { cure: constant?.written },
      { fixes: constant === undefined ? fixes : [constant.fix] },
    );
  }
  return errorExpression(syntax.span);
}

function operandsOf(syntax: ComparisonSyntax): readonly ExpressionSyntax[] {
  const operands: ExpressionSyntax[] = [syntax.right];
  let first = syntax.left;
  while (first.kind === 'comparison') {
    operands.push(first.right);
    first = first.left;
  }
  return [...operands, first].reverse();
}

/** Whether any two of the operands can be compared. */
function areAlike(operands: readonly Expression[]): boolean {
  const [reference] = operands.filter((operand) => !fitsEveryUnit(operand));
  if (reference === undefined) return operands.every(({ type }) => isNumeric(type));
  return operands.every(
    (operand) =>
      isNumeric(operand.type) && (fitsEveryUnit(operand) || agreeInDimension(operand.type, reference.type)),
  );
}

function compareTwice({ right: { span } }: ComparisonSyntax, { model }: ExpressionContext): Fix {
  const middle = model.source.text.slice(span.start, span.end);
  const edits = [{ span: { start: span.end, end: span.end }, text: ` and ${middle}` }];
  return { title: 'Compare twice, joined by `and`', edits };
}

/** `x > 0 == true` is `x > 0`, and `x > 0 == false` its opposite. */
function withoutConstant(
  syntax: ComparisonSyntax,
  left: ComparisonSyntax,
  { model }: ExpressionContext,
): { readonly written: string; readonly fix: Fix } | undefined {
  const isFirst = left.left.kind === 'boolean';
  const constant = isFirst ? left.left : syntax.right;
  const operator = isFirst ? left.operator : syntax.operator;
  const isEquality = operator === '==' || operator === '!=';
  if (constant.kind !== 'boolean' || !isEquality) return undefined;
  const start = isFirst ? left.right.span.start : left.span.start;
  const end = isFirst ? syntax.span.end : left.span.end;
  const compared = { start, end };
  const isSame = constant.value === (operator === '==');
  const text = model.source.text.slice(start, end);
  const written = isSame ? text : `not (${text})`;
  const removed = isFirst ? { start: syntax.span.start, end: start } : { start: end, end: syntax.span.end };
  const opposite = isSame ? [] : surround(compared, 'not (', ')');
  const edits = [{ span: removed, text: '' }, ...opposite];
  return { written, fix: { title: `Write \`${written}\``, edits } };
}
