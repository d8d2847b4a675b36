import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySmoothExpression } from '../test/arbitrary-expression.ts';
import { parseExpression } from '../test/parse-expression.ts';
import { differentiate } from './derivative.ts';
import {
  type ExpressionNode,
  ExpressionPool,
  type ExpressionSymbol,
  environmentOf,
  evaluate,
  nodesBelow,
  printExpression,
} from './expression/index.ts';

const x: ExpressionSymbol = { name: 'x', value: 'number' };
const y: ExpressionSymbol = { name: 'y', value: 'number' };

function slope(pool: ExpressionPool, node: ExpressionNode): ExpressionNode {
  const result = differentiate(pool, node, x);
  if (result.kind !== 'derivative') throw new Error(printExpression(result.because));
  return result.expression;
}

const at = (node: ExpressionNode, value: number) =>
  evaluate(
    node,
    environmentOf(
      new Map([
        [x, value],
        [y, 0.8],
      ]),
    ),
  );

/** Difference quotient of order 6. */
function quotient(node: ExpressionNode, value: number, step: number): number {
  const difference = (k: number) => at(node, value + k * step) - at(node, value - k * step);
  return (45 * difference(1) - 9 * difference(2) + difference(3)) / (60 * step);
}

describe('the derivative', () => {
  it.each([
    ['x', '1'],
    ['y', '0'],
    ['3 * x - y', '3'],
    ['x * y', 'y'],
    ['y / x', '-y / x / x'],
    ['exp(x / y)', 'exp(x / y) * (1 / y)'],
    ['x**3', '3 * x**2'],
    ['x < y ? x : y', 'x < y ? 1 : 0'],
    ['x // y', '0'],
    ['floor(x) * y', '0'],
    ['x % y', '1'],
    ['y % x', '-(y // x)'],
  ])('of %s is %s', (text, expected) => {
    const pool = new ExpressionPool();
    expect(printExpression(slope(pool, parseExpression(pool, text, [x, y])))).toBe(expected);
  });

  it.each([
    'exp(-x) * sin(3 * x) + cos(x)',
    'ln(1 + x**2) / log10(3 + x)',
    'tan(x / 2) - tanh(x) + sinh(x) * cosh(x / y)',
    'erf(x) * erfc(y * x) + expm1(x * x)',
    'exprelr(x) + exprelr(x / 200) * exprelr(-20 * x)',
    'abs(x - 2) + abs(x + 2)',
    'min(x, y) * max(x, 2 * y) + min(y, x * x)',
    'clip(x, y, 2) + clip(x * x, 0.1, x + 0.2) + clip(1, x, 2 * x)',
    '(1 + x**2)**(y * x) + 2**x',
    'x % 0.31 + 3 % (x + 2) + ceil(x) * x + round(x * 2) * x',
    '(x > 0.5 ? x**2 : -x) * (6 & 3)',
  ])('of %s agrees with difference quotients', (text) => {
    const pool = new ExpressionPool();
    const node = parseExpression(pool, text, [x, y]);
    const derivative = slope(pool, node);
    for (const value of [-1.13, -0.37, 0.123, 0.457, 0.61, 1.37]) {
      const expected = quotient(node, value, 1e-3);
      expect(Math.abs(at(derivative, value) - expected)).toBeLessThan(1e-9 * (1 + Math.abs(expected)));
    }
  });

  it('of any expression agrees with difference quotients where these settle', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        arbitrarySmoothExpression([x, y]),
        // Away from the round numbers at which the kinks lie.
        fc.integer({ min: -200, max: 200 }).map((i) => 0.00977 * i + 0.00423),
        (build, value) => {
          const pool = new ExpressionPool();
          const node = build(pool);
          const found = at(slope(pool, node), value);
          const [coarse, fine] = [quotient(node, value, 1e-3), quotient(node, value, 5e-4)];
          const tolerance = 1e-7 * (1 + Math.abs(fine) + Math.abs(at(node, value)));
          if (!(Math.abs(coarse - fine) < tolerance) || !Number.isFinite(fine)) return;
          compared += 1;
          expect(Math.abs(found - fine), printExpression(node)).toBeLessThan(3 * tolerance);
        },
      ),
      { seed: 6, numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('names the call in the way', () => {
    const pool = new ExpressionPool();
    const opaque = { name: 'f', value: 'number', isPure: true } as const;
    const call = pool.call(opaque, [pool.symbol(x)]);
    const result = differentiate(pool, pool.multiply(call, pool.symbol(y)), x);
    expect(result).toEqual({ kind: 'not-differentiable', because: call });
    const other = pool.call(opaque, [pool.symbol(y)]);
    expect(slope(pool, pool.multiply(other, pool.symbol(x)))).toBe(other);
  });

  it('grows with the nodes and not with the paths', () => {
    const pool = new ExpressionPool();
    let node = pool.symbol(x);
    for (let i = 0; i < 60; i += 1)
      node = pool.multiply(pool.apply('sin', [node]), pool.apply('cos', [node]));
    expect(nodesBelow([slope(pool, node)]).length).toBeLessThan(1000);
  });
});
