import type { Expression } from '../model/expressions.ts';
import type { CallSyntax, ExpressionSyntax } from '../syntax/expressions.ts';
import { reportUndefinedFunction } from './calls.ts';
import { coerce } from './coerce.ts';
import { type ExpressionContext, errorExpression } from './context.ts';
import { checkExpression } from './expressions.ts';
import type { ScopeEntry } from './scope.ts';
import { TIME } from './value-types.ts';

/** `x(t - d)`: a state variable as it was a delay ago; on the right-hand side of an ODE only. */
export function checkDelayed(
  syntax: CallSyntax,
  entry: Extract<ScopeEntry, { readonly kind: 'variable' }>,
  context: ExpressionContext,
): Expression {
  const { span, callee } = syntax;
  const symbol = entry.orders.get(0);
  const delaySyntax = delayOf(syntax);
  if (symbol?.role !== 'state' || delaySyntax === undefined) {
    reportUndefinedFunction(syntax, true, context);
    return errorExpression(span);
  }
  if (context.region !== 'equation') {
    context.model.report('delay-misplaced', span, { name: callee.text });
    return errorExpression(span);
  }
  if (symbol.size !== undefined) {
    context.model.report('delay-of-vector', span, { name: callee.text });
    return errorExpression(span);
  }
  const target = { type: TIME, name: 'a delay' };
  const delay = coerce(checkExpression(delaySyntax, context), target, context);
  if (delay.type.kind === 'error' || symbol.type.kind === 'error') return errorExpression(span);
  if (!isConstantDelay(delay)) {
    context.model.report('delay-not-constant', delay.span, { name: callee.text });
    return errorExpression(span);
  }
  return { kind: 'delayed', symbol, delay, type: symbol.type, span };
}

/** The `d` of `(t - d)`. */
function delayOf(syntax: CallSyntax): ExpressionSyntax | undefined {
  const argument = syntax.arguments[0];
  if (syntax.arguments.length !== 1 || argument?.kind !== 'sum' || argument.rest.length !== 1)
    return undefined;
  const { first } = argument;
  const rest = argument.rest[0]!;
  const isTime = first.kind === 'variable' && first.name.text === 't' && first.order === 0;
  return isTime && rest.operator === '-' ? rest.operand : undefined;
}

function isConstantDelay(delay: Expression): boolean {
  if (delay.kind === 'variable') return delay.symbol.role === 'parameter' || delay.symbol.role === 'internal';
  return delay.kind === 'constant' || delay.kind === 'inUnit';
}
