import type { ExpressionNode, ExpressionSymbol } from './nodes.ts';
import type { ExpressionPool } from './pool.ts';
import { nodesBelow, operandsOf } from './traverse.ts';

/** The same operation on other operands, as many as `operandsOf` gives; the node itself if they are the same. */
export function withOperands(
  pool: ExpressionPool,
  node: ExpressionNode,
  operands: readonly ExpressionNode[],
): ExpressionNode {
  return operandsOf(node).every((operand, i) => operand === operands[i])
    ? node
    : rebuild(pool, node, operands);
}

function rebuild(
  pool: ExpressionPool,
  node: ExpressionNode,
  operands: readonly ExpressionNode[],
): ExpressionNode {
  const [first, second, third] = operands;
  switch (node.kind) {
    case 'constant':
    case 'boolean':
    case 'symbol':
      return node;
    case 'negation':
      return pool.negate(first!);
    case 'sum':
      return pool.sum(node.terms.map(({ sign }, i) => ({ sign, operand: operands[i]! })));
    case 'product':
      return pool.product(node.factors.map(({ operator }, i) => ({ operator, operand: operands[i]! })));
    case 'integerQuotient':
      return pool.integerQuotient(first!, second!, node.ofIntegers);
    case 'remainder':
      return pool.remainder(first!, second!, node.ofIntegers);
    case 'power':
      return pool.power(first!, second!);
    case 'bit':
      return pool.bit(first!, node.operator, second!);
    case 'bitNot':
      return pool.bitNot(first!);
    case 'comparison':
      return pool.compare(first!, node.operator, second!);
    case 'not':
      return pool.not(first!);
    case 'logical':
      return node.operator === 'and' ? pool.and(operands) : pool.or(operands);
    case 'select':
      return pool.select(first!, second!, third!);
    case 'function':
      return pool.apply(node.name, operands);
    case 'call':
      return pool.call(node.function, operands);
    case 'draw':
      return pool.draw(node.name, operands, node.callSite);
    default:
      return node satisfies never;
  }
}

/**
 * Replaces nodes from the bottom up: `replace` gets each node once, with its operands already replaced, and the node that it was made
 * from. Any depth. One draw stays one draw, also where several roots share it.
 */
export function mapExpressions(
  pool: ExpressionPool,
  roots: readonly ExpressionNode[],
  replace: (rebuilt: ExpressionNode, original: ExpressionNode) => ExpressionNode,
): readonly ExpressionNode[] {
  const results = new Map<ExpressionNode, ExpressionNode>();
  for (const node of nodesBelow(roots)) {
    const operands = operandsOf(node).map((operand) => results.get(operand)!);
    results.set(node, replace(withOperands(pool, node, operands), node));
  }
  return roots.map((root) => results.get(root)!);
}

/** Replaces symbols by expressions, all at once: what is put in is not searched again. */
export function substitute(
  pool: ExpressionPool,
  roots: readonly ExpressionNode[],
  values: ReadonlyMap<ExpressionSymbol, ExpressionNode>,
): readonly ExpressionNode[] {
  return mapExpressions(pool, roots, (rebuilt, original) =>
    original.kind === 'symbol' ? (values.get(original.symbol) ?? original) : rebuilt,
  );
}
