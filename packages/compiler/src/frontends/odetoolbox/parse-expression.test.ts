import {
  type ExpressionNode,
  ExpressionPool,
  type ExpressionSymbol,
  environmentOf,
  evaluate,
} from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import { evaluateCall } from './known-functions.ts';
import { parseExpression } from './parse-expression.ts';

const VALUES: Readonly<Record<string, number>> = { x: 0.75, y: -2, "x'": 3, e: Math.E };

/** Parses with a few names. */
function parse(text: string) {
  const pool = new ExpressionPool();
  const symbols = new Map<string, ExpressionSymbol>(
    Object.keys(VALUES).map((name) => [name, { name, value: 'number' }]),
  );
  const parsed = parseExpression(text, {
    pool,
    valueOf: (name): ExpressionNode | undefined => {
      if (name === 'e') return pool.constant(Math.E);
      const symbol = symbols.get(name);
      return symbol === undefined ? undefined : pool.symbol(symbol);
    },
    call: () => undefined,
  });
  return { parsed, symbols };
}

function valueOfText(text: string): number {
  const { parsed, symbols } = parse(text);
  if (parsed.kind !== 'expression') throw new Error(JSON.stringify(parsed));
  const values = new Map([...symbols].map(([name, symbol]) => [symbol, VALUES[name]!]));
  return evaluate(parsed.node, { ...environmentOf(values), call: evaluateCall });
}

describe('expressions as Python writes them', () => {
  it.each([
    ['1 - 2 - 3', -4],
    ['8 / 4 / 2', 1],
    ['-x**2', -(0.75 ** 2)],
    ['2**-1', 0.5],
    ['2**3**2', 512],
    ['-2**2', -4],
    ["x' * .5e1", 15],
    ['1.e-1', 0.1],
    ['+x - -y', -1.25],
    ['min(x, y, 1)', -2],
    ['Max(x, y)', 0.75],
    ['power(x, 2)', 0.5625],
    ['log(8, 2)', 3],
    ['e**x', Math.exp(0.75)],
    ['Heaviside(0)', 0.5],
    ['Heaviside(0, 1)', 1],
    ['Heaviside(-y)', 1],
    ['asin(x) + atanh(x) + acosh(2)', Math.asin(0.75) + Math.atanh(0.75) + Math.acosh(2)],
    ['1 if x > 0 and not y > 0 else 2', 1],
    ['x < 0 || (y < 0) & (x > 0) ? 5 : 6', 5],
    ['Piecewise((1, x < 0), (2, Or(x > 1, y > 1)), (3, True))', 3],
    ['1 if Eq(x, 0.75) else 0', 1],
    ['1 if x > 1 else 2 if x > 0.5 else 3', 2],
  ])('reads %s', (text, expected) => {
    expect(valueOfText(text)).toBeCloseTo(expected, 14);
  });

  it.each([
    ['x +', 3, 'ends'],
    ['x y', 2, 'operator'],
    ['(x', 2, '`)`'],
    ['x ^ 2', 2, 'operator'],
    ['x * ^', 4, '`**`'],
    ['x + (y > 1)', 5, 'truth value'],
    ['x if y else 1', 5, 'condition'],
    ['1 < x < 2', 6, 'chained'],
    ['exp(x, y)', 0, '1 argument'],
    ['Piecewise((x, y > 0))', 0, 'True'],
    ['x > 0', 0, 'number'],
    ['', 0, 'ends'],
    ['x # 2', 2, 'operator'],
  ])('refuses %s at its place', (text, start, problem) => {
    const { parsed } = parse(text);
    expect(parsed).toMatchObject({ kind: 'mistake', extent: { start } });
    expect(parsed.kind === 'mistake' ? parsed.problem : '').toContain(problem);
  });

  it('refuses what is nested too deeply instead of overflowing', () => {
    for (const text of ['('.repeat(100_000), '-'.repeat(100_000), 'exp('.repeat(100_000)]) {
      expect(parse(text).parsed).toMatchObject({ kind: 'mistake' });
    }
  });

  it('knows the place of each part', () => {
    const { parsed } = parse("2*x + exp(-x'/2)");
    if (parsed.kind !== 'expression') throw new Error('not read');
    const texts = [...parsed.places.values()].map(({ start, end }) => "2*x + exp(-x'/2)".slice(start, end));
    expect(texts).toEqual(expect.arrayContaining(['2*x', "exp(-x'/2)", "-x'/2", "2*x + exp(-x'/2)"]));
  });
});
