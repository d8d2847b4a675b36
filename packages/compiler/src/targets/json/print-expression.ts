import {
  type ExpressionNode,
  type ExpressionPool,
  type ExpressionSymbol,
  mapExpressions,
  printExpression,
  type UserFunction,
} from '@nestml/dynamics';

function callee(name: string): UserFunction {
  return Object.freeze({ name, value: 'number', isPure: true });
}

function named(name: string): ExpressionSymbol {
  return Object.freeze({ name, value: 'number' });
}

const LOG = callee('log');
const HEAVISIDE = callee('Heaviside');
const PIECEWISE = callee('Piecewise');
const TUPLE = callee('');
const CONNECTIVES = Object.freeze({ and: callee('And'), or: callee('Or') });
const NOT = callee('Not');
const EULER = named('e');
const INFINITY = named('oo');
const TRUE = named('True');
const FALSE = named('False');

/** What a printer must know of the problem. */
export interface PythonSetting {
  readonly pool: ExpressionPool;
  /** Names that mean something else than predefined: Euler's number is written out if `e` is among them. */
  readonly taken: ReadonlySet<string>;
}

/**
 * The expressions as Python and sympy write them, with the names of ODE-toolbox: `log`, `Piecewise`, `Heaviside`, `e`, `oo`. What several of
 * them share is translated once.
 */
export function printForPython(
  setting: PythonSetting,
  roots: readonly ExpressionNode[],
): ReadonlyMap<ExpressionNode, string> {
  const distinct = [...new Set(roots)];
  const written = mapExpressions(setting.pool, distinct, (node) => translate(setting, node));
  return new Map(distinct.map((root, i) => [root, printExpression(written[i]!)]));
}

function translate({ pool, taken }: PythonSetting, node: ExpressionNode): ExpressionNode {
  switch (node.kind) {
    case 'constant':
      if (node.value === Math.E && !taken.has(EULER.name)) return pool.symbol(EULER);
      if (node.value === Number.POSITIVE_INFINITY) return pool.symbol(INFINITY);
      return node.value === Number.NEGATIVE_INFINITY ? pool.negate(pool.symbol(INFINITY)) : node;
    case 'boolean':
      return pool.symbol(node.value ? TRUE : FALSE);
    case 'function':
      return node.name === 'ln' ? pool.call(LOG, node.arguments) : node;
    case 'logical':
      return pool.call(CONNECTIVES[node.operator], node.operands);
    case 'not':
      return pool.call(NOT, [node.operand]);
    case 'select': {
      const rest = piecesOf(node.whenFalse) ?? [pool.call(TUPLE, [node.whenFalse, pool.symbol(TRUE)])];
      const pieces = [pool.call(TUPLE, [node.whenTrue, node.condition]), ...rest];
      return heavisideOf(pool, pieces) ?? pool.call(PIECEWISE, pieces);
    }
    default:
      return node;
  }
}

/** The pieces of a choice that is translated already. */
function piecesOf(node: ExpressionNode): readonly ExpressionNode[] | undefined {
  return node.kind === 'call' && node.function === PIECEWISE ? node.arguments : undefined;
}

/** `Heaviside(x)` is read as (0 where x < 0, 1 where x > 0, 1/2 elsewhere). */
function heavisideOf(pool: ExpressionPool, pieces: readonly ExpressionNode[]): ExpressionNode | undefined {
  const [below, above, elsewhere] = pieces.map((piece) => (piece.kind === 'call' ? piece.arguments : []));
  const condition = below?.[1];
  if (pieces.length !== 3 || condition?.kind !== 'comparison' || condition.operator !== '<') return undefined;
  const zero = pool.constant(0);
  const isStep =
    condition.right === zero &&
    below?.[0] === zero &&
    above?.[0] === pool.constant(1) &&
    above[1] === pool.compare(condition.left, '>', zero) &&
    elsewhere?.[0] === pool.constant(0.5);
  return isStep ? pool.call(HEAVISIDE, [condition.left]) : undefined;
}
