import type { ExpressionNode, ExpressionSymbol } from './nodes.ts';

/** The operands of a node from the left: the one place that knows them. */
export function operandsOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case 'constant':
    case 'boolean':
    case 'symbol':
      return [];
    case 'negation':
    case 'bitNot':
    case 'not':
      return [node.operand];
    case 'sum':
      return node.terms.map((term) => term.operand);
    case 'product':
      return node.factors.map((factor) => factor.operand);
    case 'integerQuotient':
    case 'remainder':
    case 'bit':
    case 'comparison':
      return [node.left, node.right];
    case 'power':
      return [node.base, node.exponent];
    case 'logical':
      return node.operands;
    case 'select':
      return [node.condition, node.whenTrue, node.whenFalse];
    case 'function':
    case 'call':
    case 'draw':
      return node.arguments;
    default:
      return node satisfies never;
  }
}

/** Every node below and including the roots once, operands before the nodes that use them. Any depth. */
export function nodesBelow(roots: Iterable<ExpressionNode>): readonly ExpressionNode[] {
  const found = new Set<ExpressionNode>(roots);
  const waiting = [...found];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const operand of operandsOf(node)) {
      if (found.has(operand)) continue;
      found.add(operand);
      waiting.push(operand);
    }
  }
  return [...found].sort((first, second) => first.id - second.id);
}

/** Those of the nodes in which one of the symbols occurs. */
export function dependentNodes(
  nodes: readonly ExpressionNode[],
  symbols: ReadonlySet<ExpressionSymbol>,
): ReadonlySet<ExpressionNode> {
  const dependent = new Set<ExpressionNode>();
  for (const node of nodes) {
    const isChosen = node.kind === 'symbol' && symbols.has(node.symbol);
    if (isChosen || operandsOf(node).some((operand) => dependent.has(operand))) dependent.add(node);
  }
  return dependent;
}

/** Whether a node is by itself a draw or a call of an impure function. */
export function isImpure(node: ExpressionNode): boolean {
  return node.kind === 'draw' || (node.kind === 'call' && !node.function.isPure);
}

/** Whether evaluation has no effect and gives the same value each time. */
export function isPure(root: ExpressionNode): boolean {
  return !nodesBelow([root]).some(isImpure);
}
