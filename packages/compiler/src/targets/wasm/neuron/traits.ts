import {
  type ExpressionNode,
  type IntegerQuotientNode,
  operandsOf,
  type RemainderNode,
} from '@nestml/dynamics';
import { symbolOf } from '../../../ir/symbol-of.ts';
import type { ModelVariable } from '../../../ir/variables.ts';

/** What it means to evaluate an expression in lanes that do not need it. */
export interface Traits {
  /** Whether it has no effect and cannot fail. */
  readonly isSafe: boolean;
  /** About how many operations it takes. */
  readonly cost: number;
}

const FUNCTION_COST = 20;
const DIVISION_COST = 4;

/** Traits of expressions, each found once. */
export function createTraits(sizeOf: (vector: ModelVariable) => number): (node: ExpressionNode) => Traits {
  const known = new Map<ExpressionNode, Traits>();
  const traitsOf = (node: ExpressionNode): Traits => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const operands = operandsOf(node).map(traitsOf);
    const traits = {
      isSafe: isSafeNode(node, sizeOf) && operands.every(({ isSafe }) => isSafe),
      cost: operands.reduce((sum, { cost }) => sum + cost, costOf(node)),
    };
    known.set(node, traits);
    return traits;
  };
  return traitsOf;
}

function isSafeNode(node: ExpressionNode, sizeOf: (vector: ModelVariable) => number): boolean {
  switch (node.kind) {
    case 'draw':
      return false;
    case 'call':
      return false;
    case 'integerQuotient':
    case 'remainder':
      return !canDivideByZero(node);
    case 'symbol': {
      const symbol = symbolOf(node.symbol);
      return symbol.role !== 'element' || symbol.element < sizeOf(symbol.vector);
    }
    default:
      return true;
  }
}

/** Whether this is a division of integers whose divisor may be 0; other divisions give an infinite number then. */
export function canDivideByZero({ ofIntegers, right }: IntegerQuotientNode | RemainderNode): boolean {
  return ofIntegers && (right.kind !== 'constant' || right.value === 0);
}

function costOf(node: ExpressionNode): number {
  switch (node.kind) {
    case 'constant':
    case 'boolean':
    case 'symbol':
      return 0;
    case 'sum':
      return node.terms.length;
    case 'product':
      return node.factors.reduce((sum, { operator }) => sum + (operator === '/' ? DIVISION_COST : 1), 0);
    case 'integerQuotient':
      return DIVISION_COST;
    case 'remainder':
    case 'power':
    case 'function':
      return FUNCTION_COST;
    default:
      return 1;
  }
}
