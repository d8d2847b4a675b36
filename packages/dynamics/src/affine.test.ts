import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySmoothExpression } from '../test/arbitrary-expression.ts';
import { parseExpression } from '../test/parse-expression.ts';
import { dependsOn } from '../test/symbols-in.ts';
import { affineForm } from './affine.ts';
import {
  type ExpressionNode,
  ExpressionPool,
  type ExpressionSymbol,
  environmentOf,
  evaluate,
  printExpression,
} from './expression/index.ts';

const [x, y, a, b] = ['x', 'y', 'a', 'b'].map((name): ExpressionSymbol => ({ name, value: 'number' })) as [
  ExpressionSymbol,
  ExpressionSymbol,
  ExpressionSymbol,
  ExpressionSymbol,
];
const chosen = new Set([x, y]);

function decompose(text: string) {
  const pool = new ExpressionPool();
  return affineForm(pool, parseExpression(pool, text, [x, y, a, b]), chosen);
}

function show(text: string): string {
  const form = decompose(text);
  if (form.kind === 'not-affine') return `not affine: ${printExpression(form.because)}`;
  const parts = [...form.coefficients].map(([symbol, node]) => `${symbol.name}: ${printExpression(node)}`);
  return [...parts, printExpression(form.rest)].join('; ');
}

describe('the affine form', () => {
  it.each([
    ['-(x - a) / b', 'x: -1 / b; a / b'],
    ['(a * x + y) / b + exp(a)', 'x: a / b; y: 1 / b; exp(a)'],
    ['x - x + a', 'a'],
    ['a > b ? x : 2 * y', 'x: a > b ? 1 : 0; y: a > b ? 0 : 2; 0'],
    ['a * (b * (x + y) + a)', 'x: a * b; y: a * b; a * a'],
    ['a', 'a'],
    ['exp(x) + a', 'not affine: exp(x)'],
    ['a * x * (b - y)', 'not affine: a * x * (b - y)'],
    ['a / x', 'not affine: a / x'],
    ['x**2', 'not affine: x**2'],
    ['x > a ? x : y', 'not affine: x > a'],
    ['1 + min(x, a) * exp(a)', 'not affine: min(x, a)'],
  ])('of %s is %s', (text, expected) => {
    expect(show(text)).toBe(expected);
  });

  it('gives the value of the expression when put together again', () => {
    let affine = 0;
    const numbers = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(arbitraryLinear(), numbers, (build, values) => {
        const pool = new ExpressionPool();
        const node = build(pool);
        const form = affineForm(pool, node, chosen);
        if (form.kind === 'not-affine') return;
        for (const part of [...form.coefficients.values(), form.rest]) {
          expect(dependsOn(part, chosen)).toBe(false);
        }
        const environment = environmentOf(new Map([x, y, a, b].map((symbol, i) => [symbol, values[i]!])));
        const at = (part: ExpressionNode) => evaluate(part, environment);
        const parts = [...form.coefficients].map(([symbol, part]) => at(part) * at(pool.symbol(symbol)));
        const total = parts.reduce((sum, part) => sum + part, at(form.rest));
        const scale = parts.reduce((sum, part) => sum + Math.abs(part), Math.abs(at(form.rest)));
        if (!Number.isFinite(scale)) return;
        if (form.coefficients.size > 0) affine += 1;
        expect(Math.abs(total - at(node))).toBeLessThanOrEqual(1e-11 * (1 + scale));
      }),
      { seed: 7, numRuns: 2000 },
    );
    expect(affine).toBeGreaterThan(300);
  });

  it('takes sums of 20,000 terms and deeply shared products', () => {
    const pool = new ExpressionPool();
    const operand = pool.symbol(x);
    const terms = Array.from({ length: 20_000 }, (_, i) => ({
      sign: 1 as const,
      operand: pool.multiply(pool.constant(i), operand),
    }));
    const long = affineForm(pool, pool.sum(terms), chosen);
    expect(long.kind === 'affine' && printExpression(long.coefficients.get(x)!)).toBe('199990000');
    let shared = operand;
    for (let i = 0; i < 60; i += 1)
      shared = pool.add(pool.multiply(pool.symbol(a), shared), pool.multiply(pool.symbol(b), shared));
    expect(affineForm(pool, shared, chosen).kind).toBe('affine');
    expect(pool.size).toBeLessThan(70_000);
  });
});

/** Sums of products with at most a few arbitrary parts free of x and y, often affine. */
function arbitraryLinear() {
  const free = arbitrarySmoothExpression([a, b]);
  const any = arbitrarySmoothExpression([x, a]);
  const leaf = fc.constantFrom(x, y).map((symbol) => (pool: ExpressionPool) => pool.symbol(symbol));
  return fc
    .array(
      fc.tuple(
        free,
        fc.oneof({ weight: 6, arbitrary: leaf }, { weight: 1, arbitrary: any }),
        free,
        fc.boolean(),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map(
      (list) => (pool: ExpressionPool) =>
        pool.sum(
          list.map(([factor, inner, other, isNegative]) => ({
            sign: isNegative ? (-1 as const) : (1 as const),
            operand: pool.multiply(pool.subtract(inner(pool), other(pool)), factor(pool)),
          })),
        ),
    );
}
