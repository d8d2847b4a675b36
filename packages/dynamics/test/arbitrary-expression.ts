import fc from 'fast-check';
import type { ExpressionNode, ExpressionPool, ExpressionSymbol } from '../src/index.ts';

/** Makes a node in a pool. */
export type Builder = (pool: ExpressionPool) => ExpressionNode;

/** Numbers in which rounding does not hide the rest. */
const moderateNumbers = fc.oneof(
  fc.integer({ min: -3, max: 4 }),
  fc.double({ min: -2.5, max: 2.5, noNaN: true }),
  fc.constantFrom(0.1, 1e-7, -0.25),
);

/** With some whose text has an exponent. */
const numbers = fc.oneof(moderateNumbers, fc.constantFrom(1e21, 1e-300, Number.POSITIVE_INFINITY));

const comparisons = fc.constantFrom('<', '<=', '==', '!=', '>', '>=');

/** Any numeric expression over the symbols, of a depth up to six or so. */
export function arbitraryExpression(symbols: readonly ExpressionSymbol[]): fc.Arbitrary<Builder> {
  const { number } = fc.letrec<{ number: Builder; truth: Builder }>((tie) => {
    const leaf = fc.oneof(
      fc.constantFrom(...symbols).map(
        (symbol): Builder =>
          (pool) =>
            pool.symbol(symbol),
      ),
      numbers.map(
        (value): Builder =>
          (pool) =>
            pool.constant(value),
      ),
    );
    const one = tie('number');
    const two = fc.tuple(one, one);
    return {
      number: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        { arbitrary: leaf, weight: 3 },
        { arbitrary: smooth(one), weight: 5 },
        two.map(
          ([a, b]): Builder =>
            (pool) =>
              pool.integerQuotient(a(pool), b(pool)),
        ),
        two.map(
          ([a, b]): Builder =>
            (pool) =>
              pool.remainder(a(pool), b(pool)),
        ),
        fc.tuple(fc.constantFrom('&', '|', '^', '<<', '>>'), one, one).map(
          ([operator, a, b]): Builder =>
            (pool) =>
              pool.bit(a(pool), operator, b(pool)),
        ),
        one.map(
          (a): Builder =>
            (pool) =>
              pool.bitNot(a(pool)),
        ),
        fc.tuple(tie('truth'), one, one).map(
          ([c, a, b]): Builder =>
            (pool) =>
              pool.select(c(pool), a(pool), b(pool)),
        ),
      ),
      truth: fc.oneof(
        { depthSize: 'small' },
        fc.tuple(comparisons, one, one).map(
          ([operator, a, b]): Builder =>
            (pool) =>
              pool.compare(a(pool), operator, b(pool)),
        ),
        tie('truth').map(
          (a): Builder =>
            (pool) =>
              pool.not(a(pool)),
        ),
        fc.array(tie('truth'), { minLength: 2, maxLength: 3 }).map(
          (list): Builder =>
            (pool) =>
              pool.and(list.map((a) => a(pool))),
        ),
        fc.array(tie('truth'), { minLength: 2, maxLength: 3 }).map(
          (list): Builder =>
            (pool) =>
              pool.or(list.map((a) => a(pool))),
        ),
      ),
    };
  });
  return number;
}

/** Expressions that are smooth almost everywhere. */
export function arbitrarySmoothExpression(symbols: readonly ExpressionSymbol[]): fc.Arbitrary<Builder> {
  const { number } = fc.letrec<{ number: Builder }>((tie) => ({
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...symbols).map(
        (symbol): Builder =>
          (pool) =>
            pool.symbol(symbol),
      ),
      moderateNumbers.map(
        (value): Builder =>
          (pool) =>
            pool.constant(value),
      ),
      smooth(tie('number')),
    ),
  }));
  return number;
}

function smooth(one: fc.Arbitrary<Builder>): fc.Arbitrary<Builder> {
  const signs = fc.constantFrom<(1 | -1)[]>(1, -1);
  const operators = fc.constantFrom<('*' | '/')[]>('*', '/');
  return fc.oneof(
    one.map(
      (a): Builder =>
        (pool) =>
          pool.negate(a(pool)),
    ),
    fc.array(fc.tuple(signs, one), { minLength: 2, maxLength: 4 }).map(
      (terms): Builder =>
        (pool) =>
          pool.sum(terms.map(([sign, a]) => ({ sign, operand: a(pool) }))),
    ),
    fc.array(fc.tuple(operators, one), { minLength: 2, maxLength: 4 }).map(
      (factors): Builder =>
        (pool) =>
          pool.product(factors.map(([operator, a]) => ({ operator, operand: a(pool) }))),
    ),
    fc.tuple(one, one).map(
      ([a, b]): Builder =>
        (pool) =>
          pool.power(a(pool), b(pool)),
    ),
    fc.tuple(fc.constantFrom('exp', 'ln', 'sin', 'cos', 'tanh', 'erf', 'abs'), one).map(
      ([name, a]): Builder =>
        (pool) =>
          pool.apply(name, [a(pool)]),
    ),
    fc.tuple(fc.constantFrom('min', 'max'), one, one).map(
      ([name, a, b]): Builder =>
        (pool) =>
          pool.apply(name, [a(pool), b(pool)]),
    ),
    fc.tuple(one, one, one).map(
      ([a, b, c]): Builder =>
        (pool) =>
          pool.apply('clip', [a(pool), b(pool), c(pool)]),
    ),
  );
}
