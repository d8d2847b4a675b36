import { type ExpressionNode, nodesBelow, operandsOf } from '@nestml/dynamics';
import { symbolOf } from '../../../ir/symbol-of.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import { emitExpression, emitNumber } from './emit-expression.ts';
import type { Scope } from './frame.ts';

/**
 * Computes the expressions that stay the same during the step and cannot fail, and puts them into the memo of the scope; `changing` are the
 * variables that do not stay. Reciprocals become values that right-hand sides find by value numbering. What is not used is dropped later.
 */
export function keepStepConstants(
  roots: readonly ExpressionNode[],
  changing: ReadonlySet<ModelVariable>,
  scope: Scope,
): void {
  const { lanes, setting, uniform } = scope.frame;
  const kept = new Set<ExpressionNode>();
  for (const node of nodesBelow(roots)) {
    if (!isConstant(node, changing, kept) || !setting.traits(node).isSafe) continue;
    kept.add(node);
    emitExpression(node, scope);
    if (uniform.inverted.has(node)) lanes.div(lanes.constant(1), emitNumber(node, scope));
  }
}

function isConstant(
  node: ExpressionNode,
  changing: ReadonlySet<ModelVariable>,
  kept: ReadonlySet<ExpressionNode>,
): boolean {
  if (node.kind === 'draw' || node.kind === 'call') return false;
  if (node.kind !== 'symbol') return operandsOf(node).every((operand) => kept.has(operand));
  const symbol = symbolOf(node.symbol);
  switch (symbol.role) {
    case 'element':
      return !changing.has(symbol.vector);
    case 'time':
    case 'resolution':
      return true;
    case 'state':
    case 'convolution':
    case 'parameter':
    case 'internal':
    case 'local':
    case 'continuousPort':
    case 'spikePort':
      return !changing.has(symbol);
    default:
      return false;
  }
}
