import { partialDerivatives } from './derivative-of-function.ts';
import type {
  ExpressionNode,
  ExpressionSymbol,
  FunctionNode,
  ProductNode,
  SumNode,
} from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';
import { dependentNodes, nodesBelow } from './expression/traverse.ts';

/** A derivative, or the node that has none: a call of a user function or a draw whose arguments depend on the symbol. */
export type Derivative =
  | { readonly kind: 'derivative'; readonly expression: ExpressionNode }
  | { readonly kind: 'not-differentiable'; readonly because: ExpressionNode };

/**
 * The partial derivative of a number with respect to a symbol. Functions with kinks and jumps (abs, min, max, clip, ceil, floor, round,
 * `//`, `%`, ternary, bit operators) get the derivative that is right everywhere but at these points. Work grows with the number of
 * nodes, not of paths: subexpressions are shared.
 */
export function differentiate(
  pool: ExpressionPool,
  root: ExpressionNode,
  symbol: ExpressionSymbol,
): Derivative {
  const nodes = nodesBelow([root]);
  const dependent = dependentNodes(nodes, new Set([symbol]));
  const slopes = new Map<ExpressionNode, ExpressionNode>();
  const known: Slopes = { pool, of: (node) => slopes.get(node) };
  for (const node of nodes) {
    if (!dependent.has(node)) continue;
    if (node.kind === 'call' || node.kind === 'draw') {
      return { kind: 'not-differentiable', because: node };
    }
    const slope = slopeOf(node, known);
    if (slope !== undefined) slopes.set(node, slope);
  }
  return { kind: 'derivative', expression: slopes.get(root) ?? pool.constant(0) };
}

/** Derivatives of nodes that are done; nothing means zero. */
interface Slopes {
  readonly pool: ExpressionPool;
  readonly of: (node: ExpressionNode) => ExpressionNode | undefined;
}

type Slope = ExpressionNode | undefined;

function slopeOf(node: ExpressionNode, slopes: Slopes): Slope {
  const { pool, of } = slopes;
  switch (node.kind) {
    case 'symbol':
      return pool.constant(1);
    case 'negation':
      return ifAny(of(node.operand), (slope) => pool.negate(slope));
    case 'sum':
      return slopeOfSum(node, slopes);
    case 'product':
      return slopeOfProduct(node, slopes);
    case 'remainder': {
      // left − right·trunc(left/right), in which trunc has slope 0.
      const quotient = () => pool.integerQuotient(node.left, node.right);
      const fromRight = ifAny(of(node.right), (slope) => pool.negate(pool.multiply(quotient(), slope)));
      return total(pool, [of(node.left), fromRight]);
    }
    case 'power':
      return slopeOfPower(node.base, node.exponent, slopes);
    case 'select':
      return chosen(pool, node.condition, of(node.whenTrue), of(node.whenFalse));
    case 'function':
      return slopeOfFunction(node, slopes);
    case 'constant':
    case 'boolean':
    case 'integerQuotient':
    case 'bit':
    case 'bitNot':
    case 'comparison':
    case 'not':
    case 'logical':
    case 'call':
    case 'draw':
      return undefined;
    default:
      return node satisfies never;
  }
}

function ifAny(slope: Slope, then: (slope: ExpressionNode) => ExpressionNode): Slope {
  return slope === undefined ? undefined : then(slope);
}

/** The sum of those that are not zero. */
function total(pool: ExpressionPool, slopes: readonly Slope[]): Slope {
  const terms = slopes.flatMap((operand) => (operand === undefined ? [] : [{ sign: 1 as const, operand }]));
  return terms.length === 0 ? undefined : pool.sum(terms);
}

function chosen(pool: ExpressionPool, condition: ExpressionNode, whenTrue: Slope, whenFalse: Slope): Slope {
  if (whenTrue === undefined && whenFalse === undefined) return undefined;
  const zero = pool.constant(0);
  return pool.select(condition, whenTrue ?? zero, whenFalse ?? zero);
}

function slopeOfSum({ terms }: SumNode, { pool, of }: Slopes): Slope {
  const parts = terms.flatMap(({ sign, operand }) => {
    const slope = of(operand);
    return slope === undefined ? [] : [{ sign, operand: slope }];
  });
  return parts.length === 0 ? undefined : pool.sum(parts);
}

/** Factor by factor: `* f` gives the product with f′ in place of f, `/ f` gives −(product)·f′/f. */
function slopeOfProduct(node: ProductNode, { pool, of }: Slopes): Slope {
  const parts = node.factors.map(({ operator, operand }, i) =>
    ifAny(of(operand), (slope) => {
      if (operator === '*') return pool.product(node.factors.with(i, { operator, operand: slope }));
      return pool.negate(pool.divide(pool.multiply(node, slope), operand));
    }),
  );
  return total(pool, parts);
}

/** b^e: e·b^(e−1)·b′ + ln(b)·b^e·e′. */
function slopeOfPower(base: ExpressionNode, exponent: ExpressionNode, { pool, of }: Slopes): Slope {
  const fromBase = ifAny(of(base), (slope) => {
    const lower = pool.power(base, pool.subtract(exponent, pool.constant(1)));
    return pool.multiply(pool.multiply(exponent, lower), slope);
  });
  const fromExponent = ifAny(of(exponent), (slope) =>
    pool.multiply(pool.multiply(pool.apply('ln', [base]), pool.power(base, exponent)), slope),
  );
  return total(pool, [fromBase, fromExponent]);
}

/** Σ ∂f/∂argument · argument′. */
function slopeOfFunction(node: FunctionNode, { pool, of }: Slopes): Slope {
  const partials = partialDerivatives(pool, node.name, node.arguments, node);
  const parts = node.arguments.map((argument, i) => {
    const [partial, slope] = [partials[i], of(argument)];
    return partial === undefined || slope === undefined ? undefined : pool.multiply(partial, slope);
  });
  return total(pool, parts);
}
