import type { MathFunction } from './expression/math-functions.ts';
import type { ExpressionNode } from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';

/**
 * The partial derivatives of a predefined function by its arguments; nothing where one is zero almost everywhere.
 * `value` is the call itself, so that the derivative can share it.
 */
export function partialDerivatives(
  pool: ExpressionPool,
  name: MathFunction,
  values: readonly ExpressionNode[],
  value: ExpressionNode,
): readonly (ExpressionNode | undefined)[] {
  const x = values[0]!;
  const one = pool.constant(1);
  const apply = (other: MathFunction) => pool.apply(other, [x]);
  switch (name) {
    case 'exp':
      return [value];
    case 'ln':
      return [pool.divide(one, x)];
    case 'log10':
      return [pool.divide(pool.constant(Math.LOG10E), x)];
    case 'sin':
      return [apply('cos')];
    case 'cos':
      return [pool.negate(apply('sin'))];
    case 'tan':
      return [pool.add(one, pool.multiply(value, value))];
    case 'sinh':
      return [apply('cosh')];
    case 'cosh':
      return [apply('sinh')];
    case 'tanh':
      return [pool.subtract(one, pool.multiply(value, value))];
    case 'erf':
      return [bell(pool, x)];
    case 'erfc':
      return [pool.negate(bell(pool, x))];
    case 'expm1':
      return [apply('exp')];
    case 'exprelr':
      return [ofExprelr(pool, x, value)];
    case 'min':
      return choice(pool, pool.compare(x, '<=', values[1]!));
    case 'max':
      return choice(pool, pool.compare(x, '>=', values[1]!));
    case 'clip':
      return ofClip(pool, x, values[1]!, values[2]!);
    case 'abs':
      return [pool.select(pool.compare(x, '<', pool.constant(0)), pool.constant(-1), one)];
    case 'ceil':
    case 'floor':
    case 'round':
      return [undefined];
    default:
      return name satisfies never;
  }
}

/** 2/√π exp(−x²). */
function bell(pool: ExpressionPool, x: ExpressionNode): ExpressionNode {
  const exponent = pool.negate(pool.multiply(x, x));
  return pool.multiply(pool.constant(2 / Math.sqrt(Math.PI)), pool.apply('exp', [exponent]));
}

/** From this |x| on the quotient keeps 12 digits, and below it the series does. */
const EXPRELR_SERIES = 0.01;

/** b(x)·(1 − b(−x))/x for b = exprelr, which is −1/2 + x/6 − x³/180 + x⁵/5040 near 0. */
function ofExprelr(pool: ExpressionPool, x: ExpressionNode, value: ExpressionNode): ExpressionNode {
  const one = pool.constant(1);
  const quotient = pool.divide(
    pool.multiply(value, pool.subtract(one, pool.apply('exprelr', [pool.negate(x)]))),
    x,
  );
  const square = pool.multiply(x, x);
  const odd = [1 / 6, -1 / 180, 1 / 5040]
    .map((coefficient) => pool.constant(coefficient))
    .reduceRight((sum, coefficient) => pool.add(coefficient, pool.multiply(square, sum)));
  const series = pool.add(pool.constant(-0.5), pool.multiply(x, odd));
  const isSmall = pool.compare(pool.apply('abs', [x]), '<', pool.constant(EXPRELR_SERIES));
  return pool.select(isSmall, series, quotient);
}

/** The first of two arguments counts where the condition holds, else the second. */
function choice(pool: ExpressionPool, isFirst: ExpressionNode): readonly ExpressionNode[] {
  const [zero, one] = [pool.constant(0), pool.constant(1)];
  return [pool.select(isFirst, one, zero), pool.select(isFirst, zero, one)];
}

/** min(max(x, low), high): the upper limit wins. */
function ofClip(
  pool: ExpressionPool,
  x: ExpressionNode,
  low: ExpressionNode,
  high: ExpressionNode,
): readonly ExpressionNode[] {
  const [zero, one] = [pool.constant(0), pool.constant(1)];
  const isHigh = pool.compare(pool.apply('max', [x, low]), '>', high);
  const isLow = pool.compare(x, '<', low);
  return [
    pool.select(pool.or([isHigh, isLow]), zero, one),
    pool.select(pool.and([pool.not(isHigh), isLow]), one, zero),
    pool.select(isHigh, one, zero),
  ];
}
