import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryExpression } from '../../test/arbitrary-expression.ts';
import { compileEvaluator } from './compile-evaluator.ts';
import { environmentOf, evaluateAll } from './evaluate.ts';
import type { ExpressionNode, ExpressionSymbol } from './nodes.ts';
import { ExpressionPool } from './pool.ts';

const x: ExpressionSymbol = { name: 'x', value: 'number' };
const y: ExpressionSymbol = { name: 'y', value: 'number' };

function valuesOf(roots: readonly ExpressionNode[], inputs: readonly number[]): readonly number[] {
  const results = new Float64Array(roots.length);
  compileEvaluator(roots, [x, y])(Float64Array.from(inputs), results);
  return [...results];
}

describe('a compiled evaluator', () => {
  it('gives the values of evaluateAll, bit by bit, for any expressions', () => {
    const number = fc.double({ min: -20, max: 20, noNaN: true });
    const expressions = fc.array(arbitraryExpression([x, y]), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(expressions, number, number, (builders, a, b) => {
        const pool = new ExpressionPool();
        const roots = builders.map((build) => build(pool));
        const environment = environmentOf(
          new Map([
            [x, a],
            [y, b],
          ]),
        );
        expect(valuesOf(roots, [a, b])).toEqual(evaluateAll(roots, environment).map(Number));
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it('can be run again with other inputs', () => {
    const pool = new ExpressionPool();
    const run = compileEvaluator([pool.subtract(pool.symbol(x), pool.symbol(y))], [x, y]);
    const results = new Float64Array(1);
    run(Float64Array.of(5, 3), results);
    expect(results[0]).toBe(2);
    run(Float64Array.of(1, 3), results);
    expect(results[0]).toBe(-2);
  });

  it('writes truth values as 1 and 0', () => {
    const pool = new ExpressionPool();
    const less = pool.compare(pool.symbol(x), '<', pool.symbol(y));
    expect(valuesOf([less, pool.not(less)], [1, 2])).toEqual([1, 0]);
  });

  it('refuses what has no value: other symbols, calls, draws', () => {
    const pool = new ExpressionPool();
    const other: ExpressionSymbol = { name: 'other', value: 'number' };
    const call = pool.call({ name: 'f', value: 'number', isPure: true }, [pool.symbol(x)]);
    const draw = pool.draw('random_normal', [pool.constant(0), pool.constant(1)], 0);
    for (const [root, message] of [
      [pool.symbol(other), 'other has no value'],
      [call, 'f cannot be called here'],
      [draw, 'random_normal cannot be drawn here'],
    ] as const)
      expect(() => compileEvaluator([root], [x, y])).toThrow(new RangeError(message));
  });
});
