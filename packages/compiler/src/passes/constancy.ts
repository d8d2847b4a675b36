import { type Constancy, type ExpressionNode, type ExpressionSymbol, isImpure } from '@nestml/dynamics';
import { variableOf } from '../ir/symbol-of.ts';

/** How long a symbol of an equation keeps its value, if the equation's system does not move it. */
export function constancyOf(symbol: ExpressionSymbol): Constancy {
  const { role } = variableOf(symbol);
  switch (role) {
    case 'parameter':
    case 'internal':
    case 'resolution':
      return 'fixed';
    case 'state':
    case 'local':
    case 'continuousPort':
    case 'spikePort':
      return 'held';
    case 'time':
    case 'age':
    case 'convolution':
    case 'kernelState':
      return 'varying';
    default:
      return role satisfies never;
  }
}

/** Whether a node is by itself free of everything that can change during a run. */
export function isFixed(node: ExpressionNode): boolean {
  if (isImpure(node)) return false;
  return node.kind !== 'symbol' || constancyOf(node.symbol) === 'fixed';
}
