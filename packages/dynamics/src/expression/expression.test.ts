import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryExpression } from '../../test/arbitrary-expression.ts';
import { parseExpression } from '../../test/parse-expression.ts';
import { dependsOn, symbolsIn } from '../../test/symbols-in.ts';
import {
  type ExpressionNode,
  ExpressionPool,
  type ExpressionSymbol,
  environmentOf,
  evaluate,
  evaluateAll,
  isPure,
  mapExpressions,
  nodesBelow,
  operandsOf,
  printExpression,
  substitute,
  type UserFunction,
  withOperands,
} from './index.ts';

const x: ExpressionSymbol = { name: 'x', value: 'number' };
const y: ExpressionSymbol = { name: 'y', value: 'number' };
const z: ExpressionSymbol = { name: 'z', value: 'number' };
const symbols = [x, y, z];
const point = new Map<ExpressionSymbol, number>([
  [x, 1.7],
  [y, -0.3],
  [z, 2.9],
]);
const twice: UserFunction = { name: 'twice', value: 'number', isPure: true };
const noisy: UserFunction = { name: 'noisy', value: 'number', isPure: false };

function setUp() {
  const pool = new ExpressionPool();
  return { pool, read: (text: string) => parseExpression(pool, text, symbols), print: printExpression };
}

describe('sharing', () => {
  it('makes equal expressions the same node', () => {
    const { read } = setUp();
    expect(read('x * (y - 1) / exp(z)')).toBe(read('x * (y - 1) / exp(z)'));
    expect(read('x * y')).not.toBe(read('y * x'));
    expect(read('x - y')).not.toBe(read('x / y'));
  });

  it('tells symbols of the same name apart', () => {
    const { pool } = setUp();
    expect(pool.symbol(x)).not.toBe(pool.symbol({ name: 'x', value: 'number' }));
  });

  it('keeps every draw and every call of an impure function apart', () => {
    const { pool, read } = setUp();
    const draw = () => pool.draw('random_normal', [read('0'), read('x')], 1);
    expect(draw()).not.toBe(draw());
    expect(pool.call(noisy, [])).not.toBe(pool.call(noisy, []));
    expect(pool.call(twice, [read('x')])).toBe(pool.call(twice, [read('x')]));
    expect([isPure(pool.add(draw(), read('1'))), isPure(read('x + 1'))]).toEqual([false, true]);
  });

  it('makes whatever is built twice the same node', () => {
    fc.assert(
      fc.property(arbitraryExpression(symbols), (build) => {
        const pool = new ExpressionPool();
        const first = build(pool);
        const { size } = pool;
        expect(build(pool)).toBe(first);
        expect(pool.size).toBe(size);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('gives operands smaller ids', () => {
    fc.assert(
      fc.property(arbitraryExpression(symbols), (build) => {
        for (const node of nodesBelow([build(new ExpressionPool())])) {
          for (const operand of operandsOf(node)) expect(operand.id).toBeLessThan(node.id);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });
});

describe('the normal form', () => {
  it.each([
    ['x * 1', 'x'],
    ['1 * x / 1', 'x'],
    ['0 + x - 0', 'x'],
    ['--x', 'x'],
    ['2 + 3 + x', '5 + x'],
    ['2 * 3 * x', '6 * x'],
    ['0.5 * 2 * x', 'x'],
    ['x + 2 + 3', 'x + 2 + 3'],
    ['x + -y', 'x - y'],
    ['x - -3 * y', 'x + 3 * y'],
    ['-x * -y', 'x * y'],
    ['-(2 * x)', '-2 * x'],
    ['-1 * x', '-x'],
    ['-1 / x', '-1 / x'],
    ['0 * x', '0 * x'],
    ['1 / 0', '1 / 0'],
    ['(x + y) + z', 'x + y + z'],
    ['x + (y + z)', 'x + (y + z)'],
    ['x**1 + y**0', 'x + 1'],
    ['2**10', '1024'],
    ['exp(1)', 'exp(1)'],
    ['max(1, 2) + floor(2.5)', '4'],
    ['7 // 2 + -7 % 4', '0'],
    ['true and x < y', 'x < y'],
    ['x < y or true or y < z', 'x < y or true'],
    ['not not x < y', 'x < y'],
    ['1 < 2 ? x : y', 'x'],
    ['x < y ? z : z', 'z'],
  ])('of %s is %s', (text, expected) => {
    const { read, print } = setUp();
    expect(print(read(text))).toBe(expected);
  });

  it('refuses NaN and a wrong number of arguments', () => {
    const { pool, read } = setUp();
    expect(() => pool.constant(Number.NaN)).toThrow(RangeError);
    expect(() => pool.apply('min', [read('x')])).toThrow(RangeError);
  });

  it('keeps a draw that decides between equal branches', () => {
    const { pool, read } = setUp();
    const draw = pool.draw('random_uniform', [read('0'), read('1')], 1);
    expect(pool.select(pool.compare(draw, '<', read('0.5')), read('x'), read('x')).kind).toBe('select');
    expect(pool.power(draw, read('0')).kind).toBe('power');
  });
});

describe('printing', () => {
  it.each([
    '(-x)**2',
    '-x**2',
    'x**(-y)',
    '(x**y)**z',
    'x / (y * z)',
    'x / y * z',
    '(x + y) * (x - y)',
    '-(x + y) / z',
    '-(x // y) + z',
    '(-x) // y',
    'x - (y - z)',
    '(x & 3) == 1 ? x : y',
    'x < y and (x < z or y < z)',
    '(x < y and x < z) or y < z',
    'not (x < y)',
    '(x < y ? x : y) * z',
    'x < y ? x : (y < z ? y : z)',
    '~x + 1e-7',
    'clip(x, -inf, 1e+21)',
    '~(-x)',
  ])('reads %s back as the same node', (text) => {
    const { read, print } = setUp();
    const node = read(text);
    expect(read(print(node))).toBe(node);
  });

  it('writes no parentheses that are not needed', () => {
    const { read, print } = setUp();
    for (const text of [
      'x * y + z',
      '-x * y / z',
      'x**2 * y',
      '-x**2',
      'x - y * z',
      '-(x + y) * z',
      'x * -2',
    ]) {
      expect(print(read(text))).toBe(text);
    }
  });

  it('reads any expression back as the same node', () => {
    fc.assert(
      fc.property(arbitraryExpression(symbols), (build) => {
        const pool = new ExpressionPool();
        const node = build(pool);
        const again = parseExpression(pool, printExpression(node), symbols);
        expect(printExpression(again)).toBe(printExpression(node));
        expect(again === node).toBe(true);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('abbreviates long operands, so that shared ones do not explode', () => {
    const { pool, read } = setUp();
    let node = read('x');
    for (let i = 0; i < 100; i += 1) node = pool.multiply(pool.apply('sin', [node]), node);
    expect(printExpression(pool.add(read('y'), node), { longest: 20 })).toBe('y + …');
    expect(printExpression(node, { longest: 20 }).length).toBeLessThan(60);
  });

  it('writes symbols as it is told', () => {
    const { read } = setUp();
    expect(printExpression(read('x + y'), { write: (symbol) => `<${symbol.name}>` })).toBe('<x> + <y>');
  });
});

describe('evaluation', () => {
  const at = (text: string) => evaluate(setUp().read(text), environmentOf(point));

  it('computes what the operators say, from the left', () => {
    expect(at('0.1 + 0.2 + x - x')).toBe(0.1 + 0.2 + 1.7 - 1.7);
    expect(at('x / 3 * 3')).toBe((1.7 / 3) * 3);
    expect(at('-7.5 // 2')).toBe(-3);
    expect(at('-7.5 % 2')).toBe(-1.5);
    expect(at('round(-2.5) + round(0.49999999999999994)')).toBe(-3);
    expect(at('6 & 3 | 8')).toBe(10);
    expect(at('x > y and not (y > z) ? clip(x, 0, 1) : y')).toBe(1);
  });

  it('leaves branches alone that are not taken', () => {
    const { pool, read } = setUp();
    const forbidden = pool.call(twice, [read('x')]);
    const isBelow = pool.compare(forbidden, '<', read('0'));
    expect(evaluate(pool.select(read('x > 0'), read('y'), forbidden), environmentOf(point))).toBe(-0.3);
    const decided = pool.or([read('x > 0'), isBelow]);
    expect(evaluateAll([decided, pool.and([read('x < 0'), isBelow])], environmentOf(point))).toEqual([
      true,
      false,
    ]);
    expect(() => evaluate(forbidden, environmentOf(point))).toThrow('twice');
  });

  it('draws a shared node once, and from the left', () => {
    const { pool, read } = setUp();
    const sites: number[] = [];
    const environment = {
      ...environmentOf(point),
      draw: (_: string, __: readonly number[], site: number) => sites.push(site),
    };
    const later = pool.draw('random_uniform', [read('0'), read('1')], 7);
    const earlier = pool.draw('random_uniform', [read('0'), read('1')], 8);
    const [a, b] = evaluateAll([pool.add(earlier, later), pool.multiply(later, read('10'))], environment);
    expect([a, b, sites]).toEqual([3, 20, [8, 7]]);
  });

  it('refuses to mix numbers and truth values', () => {
    const { read } = setUp();
    expect(() => evaluate(read('x < y'), environmentOf(point))).toThrow(TypeError);
    expect(() => evaluate(read('x ? y : z'), environmentOf(point))).toThrow(TypeError);
  });
});

describe('rebuilding', () => {
  it('replaces symbols all at once', () => {
    const { read, pool } = setUp();
    const values = new Map<ExpressionSymbol, ExpressionNode>([
      [x, read('y')],
      [y, read('x + 1')],
    ]);
    expect(substitute(pool, [read('x * y'), read('z')], values)).toEqual([read('y * (x + 1)'), read('z')]);
  });

  it('keeps a draw that several roots share one draw', () => {
    const { read, pool } = setUp();
    const draw = pool.draw('random_uniform', [read('x'), read('1')], 1);
    const roots = [pool.add(draw, read('1')), pool.multiply(draw, read('2'))];
    const changed = substitute(pool, roots, new Map([[x, read('y')]]));
    expect(nodesBelow(changed).filter((node) => node.kind === 'draw')).toHaveLength(1);
  });

  it('gives back any expression from its operands', () => {
    fc.assert(
      fc.property(arbitraryExpression(symbols), (build) => {
        const pool = new ExpressionPool();
        const node = build(pool);
        expect(mapExpressions(pool, [node], (rebuilt) => rebuilt)).toEqual([node]);
        expect(withOperands(pool, node, operandsOf(node))).toBe(node);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('has the value of the expression at the values put in', () => {
    fc.assert(
      fc.property(arbitraryExpression(symbols), (build) => {
        const pool = new ExpressionPool();
        const values = new Map([...point].map(([symbol, value]) => [symbol, pool.constant(value)]));
        const node = build(pool);
        const [closed] = substitute(pool, [node], values);
        const difference = evaluate(closed!, environmentOf(new Map())) - evaluate(node, environmentOf(point));
        expect(Number.isNaN(difference) || difference === 0).toBe(true);
        expect(symbolsIn(closed!).size).toBe(0);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('works on sums of 20,000 terms and on 20,000 levels', () => {
    const { read, pool } = setUp();
    const terms = Array.from({ length: 20_000 }, (_, i) => ({
      sign: 1 as const,
      operand: pool.multiply(pool.constant(i), read('x')),
    }));
    let deep = read('x');
    for (let i = 0; i < 20_000; i += 1) deep = pool.subtract(read('1'), deep);
    const roots = [pool.sum(terms), deep];
    const [sum, chain] = substitute(pool, roots, new Map([[x, read('y')]]));
    const values = environmentOf(new Map([[y, 1]]));
    expect([evaluate(sum!, values), evaluate(chain!, values)]).toEqual([199_990_000, 1]);
    expect(dependsOn(chain!, new Set([x]))).toBe(false);
    expect(printExpression(chain!)).toContain('1 - (1 - (1');
  });
});
