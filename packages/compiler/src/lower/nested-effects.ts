import type { Span } from '@nestml/diagnostics';
import { type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import { calleeOf } from '../ir/symbol-of.ts';
import type { Lowering } from './lowering.ts';

/**
 * Reports calls of functions that assign states: inside an expression the result would depend on the order in which its
 * operands are evaluated.
 */
export function reportNestedEffects(value: ExpressionNode, span: Span, lowering: Lowering): void {
  report(value, span, lowering, 'assigns');
}

/** Reports calls of functions that assign states or print, where a function may only compute (rule D2). */
export function reportEffects(value: ExpressionNode, span: Span, lowering: Lowering): void {
  report(value, span, lowering, 'acts');
}

function report(value: ExpressionNode, span: Span, lowering: Lowering, what: 'assigns' | 'acts'): void {
  const acting = new Set(
    [...lowering.traits].flatMap(([symbol, traits]) =>
      traits.assigns || (what === 'acts' && traits.prints) ? [lowering.functions.get(symbol)] : [],
    ),
  );
  if (acting.size === 0) return;
  for (const node of nodesBelow([value])) {
    if (node.kind !== 'call') continue;
    const callee = calleeOf(node);
    if (callee.kind !== 'function' || !acting.has(callee)) continue;
    const code = what === 'assigns' ? 'effect-inside-expression' : 'effect-outside-statement';
    lowering.report(code, span, { name: callee.name });
    return;
  }
}
