import type { ExpressionNode } from './nodes.ts';

/** A node before it has an id. */
export type NodeContent = ExpressionNode extends infer Node
  ? Node extends ExpressionNode
    ? Omit<Node, 'id'>
    : never
  : never;

/** Numbers for symbols and functions, whose identity is the object. */
export interface Numbering {
  numberOf(object: object): number;
}

/** Numbers that are given out in the order of the first question. */
export function createNumbering(): Numbering {
  const numbers = new Map<object, number>();
  return {
    numberOf: (object) => {
      const known = numbers.get(object);
      if (known !== undefined) return known;
      numbers.set(object, numbers.size);
      return numbers.size - 1;
    },
  };
}

/** A text that two nodes of a pool share exactly if they mean the same; nothing for a node that must not be shared. */
export function keyOf(node: NodeContent, { numberOf }: Numbering): string | undefined {
  switch (node.kind) {
    case 'constant':
      return `constant ${Object.is(node.value, -0) ? '-0' : node.value}`;
    case 'boolean':
      return `boolean ${node.value}`;
    case 'symbol':
      return `symbol ${numberOf(node.symbol)}`;
    case 'negation':
    case 'bitNot':
    case 'not':
      return `${node.kind} ${node.operand.id}`;
    case 'sum':
      return `sum ${node.terms.map(({ sign, operand }) => sign * operand.id).join(' ')}`;
    case 'product':
      return `product ${node.factors.map(({ operator, operand }) => `${operator}${operand.id}`).join(' ')}`;
    case 'integerQuotient':
    case 'remainder':
      return `${node.kind} ${node.ofIntegers} ${node.left.id} ${node.right.id}`;
    case 'power':
      return `power ${node.base.id} ${node.exponent.id}`;
    case 'bit':
    case 'comparison':
      return `${node.kind} ${node.operator} ${node.left.id} ${node.right.id}`;
    case 'logical':
      return `${node.operator} ${idsOf(node.operands)}`;
    case 'select':
      return `select ${node.condition.id} ${node.whenTrue.id} ${node.whenFalse.id}`;
    case 'function':
      return `${node.name} ${idsOf(node.arguments)}`;
    case 'call':
      return node.function.isPure ? `call ${numberOf(node.function)} ${idsOf(node.arguments)}` : undefined;
    case 'draw':
      return undefined;
    default:
      return node satisfies never;
  }
}

function idsOf(nodes: readonly ExpressionNode[]): string {
  return nodes.map((node) => node.id).join(' ');
}
