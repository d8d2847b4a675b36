import { type AffineGroup as DynamicsGroup, type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import { variableOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';
import type { AffineSystem } from '../solved/solved-model.ts';

/** A group of the partition with what its coefficients depend on. */
export function affineSystem({ states, blocks, coefficients, input, couples }: DynamicsGroup): AffineSystem {
  const nodes = nodesBelow(coefficients.map(({ value }) => value));
  const read = nodes.flatMap((node) => (node.kind === 'symbol' ? [variableOf(node.symbol)] : []));
  const fixedBy = [...new Set(read)].filter(({ role }) => role !== 'resolution');
  return { states: states.map(variableOf), blocks, coefficients, input, couples, fixedBy };
}

/** x′ = rate as a system of its own. */
export function constantRateSystem(state: ModelVariable, rate: ExpressionNode): AffineSystem {
  return { states: [state], blocks: [1], coefficients: [], input: [rate], couples: [true], fixedBy: [] };
}
