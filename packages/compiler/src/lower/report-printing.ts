import type { Span } from '@nestml/diagnostics';
import { type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import type { Lowering } from './lowering.ts';

/** Reports the first call of a function that prints, where a function may only compute (rule D2). */
export function reportPrinting(value: ExpressionNode, span: Span, lowering: Lowering): void {
  const { traits, functions, report } = lowering;
  const printing = new Set(
    [...functions].flatMap(([symbol, callee]) => (traits.get(symbol)?.prints === true ? [callee.name] : [])),
  );
  if (printing.size === 0) return;
  const call = nodesBelow([value]).find((node) => node.kind === 'call' && printing.has(node.function.name));
  if (call?.kind === 'call') report('print-outside-statement', span, { name: call.function.name });
}
