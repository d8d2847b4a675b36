import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../test/parse-expression.ts';
import { ExpressionPool, type ExpressionSymbol, printExpression } from '../expression/index.ts';
import { cannotVanish, equalLaurent, type Laurent, laurentRoot, signOf } from './laurent.ts';
import { differenceNode, toLaurent, toNode } from './laurent-nodes.ts';
import { rational, rationalOf, rationalRoot, toNumber } from './rational.ts';

const pool = new ExpressionPool();
const symbols = ['a', 'b', 'c'].map((name): ExpressionSymbol => ({ name, value: 'number' }));
const read = (text: string): Laurent => toLaurent(pool, parseExpression(pool, text, symbols));
const print = (value: Laurent): string => printExpression(toNode(pool, value));

describe('a quotient of integers', () => {
  it.each([0, 0.1, -2.5, 1e21, 1.5e-7, -1e-300, 123456789.125])('is what the text of %d says', (value) => {
    expect(toNumber(rationalOf(value))).toBe(value);
  });

  it('is in lowest terms', () => {
    expect(rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(rationalOf(0.75)).toEqual({ numerator: 3n, denominator: 4n });
  });

  it('has a root if both parts are squares', () => {
    expect(rationalRoot(rationalOf(0.25))).toEqual({ numerator: 1n, denominator: 2n });
    expect(rationalRoot(rational(10n ** 40n))).toEqual({ numerator: 10n ** 20n, denominator: 1n });
    expect([2, -1, 0.5].map((value) => rationalRoot(rationalOf(value)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is refused for what is not finite', () => {
    expect(() => rationalOf(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});

describe('the normal form', () => {
  it.each([
    ['(a + b)**2', 'a**2 + 2*a*b + b**2'],
    ['1/(a*b) - 1/(b*a)', '0*c'],
    ['a/(2*b) + a/(3*b)', '5*a/(6*b)'],
    ['0.1*a + 0.2*a', '0.3*a'],
    ['1/(2*a + 2*b)', '0.5/(b + a)'],
    ['a*b/a', 'b'],
  ])('of %s is that of %s', (first, second) => {
    expect(equalLaurent(read(first), read(second))).toBe(true);
  });

  it('of different values differs', () => {
    expect(equalLaurent(read('a + b'), read('a - b'))).toBe(false);
    expect(equalLaurent(read('exp(a)'), read('exp(b)'))).toBe(false);
  });

  it('is written as a sum of quotients, a positive one first', () => {
    expect(print(read('(b - a)/(a*b*2)'))).toBe('1 / (2 * a) - 1 / (2 * b)');
    expect(print(read('-a + b'))).toBe('b - a');
  });

  it('of a difference is 0 in floating point only if its sides compare equal', () => {
    const { value, isZero, isNotZero } = differenceNode(pool, read('1/b - 1/a'));
    expect([value, isZero, isNotZero].map((node) => printExpression(node))).toEqual([
      '(a - b) / (a * b)',
      'a == b',
      'a != b',
    ]);
  });
});

describe('what is known of a value', () => {
  it('is its sign, if all terms have even powers', () => {
    expect(
      ['a**2 + 1/b**2', '-a**2', 'a - a', 'a', 'a**2 - b**2', 'exp(a)'].map((text) => signOf(read(text))),
    ).toEqual([1, -1, 0, undefined, undefined, 1]);
  });

  it('is that it is not 0', () => {
    expect(['-1/a', '2', 'a**2 + 1', 'exp(a)/b'].map((text) => cannotVanish(read(text)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['a', 'a - b', '1/a - 1/b', 'a**2 + b**2', 'a - a'].map((text) => cannotVanish(read(text))),
    ).toEqual([false, false, false, false, false]);
  });

  it('is its root, if that is a sum', () => {
    const root = laurentRoot(read('1/a**2 - 2/(a*b) + 1/b**2'));
    expect(root !== undefined && equalLaurent(read('(1/a - 1/b)**2'), read(`(${print(root)})**2`))).toBe(
      true,
    );
    expect(laurentRoot(read('a**2 + b**2'))).toBeUndefined();
    expect(laurentRoot(read('-a**2'))).toBeUndefined();
  });
});
