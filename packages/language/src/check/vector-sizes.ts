import type { Expression } from '../model/expressions.ts';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import { declarationsOf, type ExpressionContext, errorExpression } from './context.ts';
import { checkExpression } from './expressions.ts';
import { constantNumber } from './names.ts';
import { describeType } from './value-types.ts';

/** Every neuron has its own elements: longer vectors would fill the memory. */
const MOST_ELEMENTS = 10_000_000;

/** Whether a vector can have this number of elements. */
export function isVectorSize(count: number): boolean {
  return count >= 1 && count <= MOST_ELEMENTS;
}

/** The number of elements of a vector: an integer from 1 to ten million, or an integer variable of parameters or internals. */
export function checkVectorSize(syntax: ExpressionSyntax, context: ExpressionContext): Expression {
  const { model } = context;
  const size = checkExpression(syntax, { ...context, region: 'size' });
  if (size.type.kind === 'error') return size;
  if (size.type.kind !== 'integer') {
    model.report(
      'vector-size',
      size.span,
      { problem: `it is ${describeType(size.type)}` },
      declarationsOf(size),
    );
    return errorExpression(size.span);
  }
  const count = constantNumber(size);
  if (count !== undefined) {
    if (isVectorSize(count)) return size;
    model.report('vector-size', size.span, { problem: `it is ${count}` });
    return errorExpression(size.span);
  }
  const isFixed =
    size.kind === 'variable' && (size.symbol.role === 'parameter' || size.symbol.role === 'internal');
  if (isFixed) return size;
  model.report('vector-size-variable', size.span, {});
  return errorExpression(size.span);
}
