import {
  type CallNode,
  type Constancy,
  type DrawNode,
  type ExpressionNode,
  type ExpressionSymbol,
  isImpure,
} from '@nestml/dynamics';
import { calleeOf, variableOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';

/** How long a symbol of an equation keeps its value, if the equation's system does not move it. */
export function constancyOf(symbol: ExpressionSymbol): Constancy {
  return constancyOfVariable(variableOf(symbol));
}

/** How long a call or draw keeps its value as long as its arguments do: an element as long as its vector, which no equation moves. */
export function constancyOfImpure(node: CallNode | DrawNode): Constancy {
  if (node.kind === 'draw') return 'varying';
  const callee = calleeOf(node);
  return callee.kind === 'elementOf' ? constancyOfVariable(callee.vector) : 'varying';
}

function constancyOfVariable({ role }: ModelVariable): Constancy {
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
    case 'delayed':
    case 'kernelState':
      return 'varying';
    default:
      return role satisfies never;
  }
}

/** Whether a node is by itself free of everything that can change during a run. */
export function isFixed(node: ExpressionNode): boolean {
  if (node.kind === 'symbol') return constancyOf(node.symbol) === 'fixed';
  const isRead = node.kind === 'call' || node.kind === 'draw';
  return !isRead || !isImpure(node) || constancyOfImpure(node) === 'fixed';
}
