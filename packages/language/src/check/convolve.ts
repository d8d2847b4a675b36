import type { Expression } from '../model/expressions.ts';
import type { CallSyntax, ExpressionSyntax, VariableSyntax } from '../syntax/expressions.ts';
import { type ExpressionContext, errorExpression, quote } from './context.ts';
import { checkElement, reportUndefinedName } from './names.ts';
import { declarationOf, lookUp, type ScopeEntry } from './scope.ts';
import { REAL } from './value-types.ts';

/** `convolve(kernel, port)`. */
export function checkConvolve(syntax: CallSyntax, context: ExpressionContext): Expression {
  const { span } = syntax;
  const first = resolveArgument(syntax.arguments[0]!, context);
  const second = resolveArgument(syntax.arguments[1]!, context);
  if (first === undefined || second === undefined) return errorExpression(span);
  if (isSpikePort(first.entry) && second.entry.kind === 'kernel') {
    reportSwapped(first.syntax, second.syntax, syntax, context);
    return errorExpression(span);
  }
  if (isDistrusted(first.entry) || isDistrusted(second.entry)) return errorExpression(span);
  if (first.entry.kind !== 'kernel' || first.syntax.order > 0 || first.syntax.index !== undefined) {
    reportArgument(first.syntax, 'first', context);
    return errorExpression(span);
  }
  if (second.entry.kind !== 'port' || !isSpikePort(second.entry) || second.syntax.order > 0) {
    reportArgument(second.syntax, 'second', context);
    return errorExpression(span);
  }
  const { port } = second.entry;
  const element = checkElement(second.syntax, port, context);
  if (element === undefined) return errorExpression(span);
  return { kind: 'convolve', kernel: first.entry.kernel, port, ...element, type: REAL, span };
}

/** Whether something has been said about the name already. */
function isDistrusted(entry: ScopeEntry): boolean {
  return entry.kind === 'variable' && [...entry.orders.values()].some(({ type }) => type.kind === 'error');
}

function isSpikePort(entry: ScopeEntry): boolean {
  return entry.kind === 'port' && entry.port.signal === 'spike';
}

function resolveArgument(
  syntax: ExpressionSyntax,
  context: ExpressionContext,
): { readonly syntax: VariableSyntax; readonly entry: ScopeEntry } | undefined {
  const inner = syntax.kind === 'parenthesised' ? syntax.inner : syntax;
  if (inner.kind === 'missing') return undefined;
  if (inner.kind !== 'variable') {
    const argument = quote(context.model.source, inner.span);
    context.model.report('convolve-arguments', inner.span, {
      argument,
      position: undefined,
      hasEquation: false,
    });
    return undefined;
  }
  const entry = lookUp(context.scope, inner.name.text);
  if (entry !== undefined) return { syntax: inner, entry };
  reportUndefinedName(inner, context);
  return undefined;
}

function reportArgument(
  syntax: VariableSyntax,
  position: 'first' | 'second',
  context: ExpressionContext,
): void {
  if (context.model.damagedNames.has(syntax.name.text)) return;
  const argument = quote(context.model.source, syntax.span);
  const hasEquation = position === 'first' && context.model.equationOrders.has(syntax.name.text);
  const entry = lookUp(context.scope, syntax.name.text);
  const declared = entry === undefined ? undefined : declarationOf(entry);
  const related = declared === undefined ? [] : [{ message: `${argument} is declared here`, span: declared }];
  context.model.report('convolve-arguments', syntax.span, { argument, position, hasEquation }, { related });
}

function reportSwapped(
  port: VariableSyntax,
  kernel: VariableSyntax,
  call: CallSyntax,
  context: ExpressionContext,
): void {
  const { source } = context.model;
  const [portText, kernelText] = [port, kernel].map(({ span }) => source.text.slice(span.start, span.end));
  const edits = [
    { span: port.span, text: kernelText ?? '' },
    { span: kernel.span, text: portText ?? '' },
  ];
  context.model.report(
    'convolve-arguments',
    call.span,
    { argument: quote(source, port.span), position: 'first', hasEquation: false },
    { fixes: [{ title: 'Exchange the arguments', edits }] },
  );
}
