import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrarySmoothExpression } from '../test/arbitrary-expression.ts';
import { parseExpression } from '../test/parse-expression.ts';
import { dependsOn, symbolsIn } from '../test/symbols-in.ts';
import { affineForm } from './affine.ts';
import { explainReason } from './explain-reason.ts';
import { ExpressionPool, type ExpressionSymbol, printExpression } from './expression/index.ts';
import { type Constancy, type Partition, partitionSystem } from './partition.ts';
import { toFirstOrder } from './system.ts';

const held = ['I_stim', 'u'];
const varying = ['t'];

/** From lines such as "V'' = -V", with every name that is no state a parameter but for those in `held` and `varying`. */
function setUp(lines: readonly string[]) {
  const pool = new ExpressionPool();
  const names = new Set(lines.join(' ').match(/[A-Za-z_]\w*'*/g));
  for (const line of lines) {
    const [, name, primes] = /^(\w+)('*)/.exec(line)!;
    for (let order = 0; order < primes!.length; order += 1) names.add(name! + "'".repeat(order));
  }
  const symbols = [...names].map((name): ExpressionSymbol => ({ name, value: 'number' }));
  const find = (name: string) => symbols.find((symbol) => symbol.name === name)!;
  const equations = lines.map((line) => {
    const [, name, primes, text] = /^(\w+)('+) = (.*)$/.exec(line)!;
    const states = Array.from(primes!, (_, order) => find(name! + "'".repeat(order)));
    return { states, expression: parseExpression(pool, text!, symbols) };
  });
  return { pool, equations: toFirstOrder(pool, equations) };
}

const constancy = ({ name }: ExpressionSymbol): Constancy =>
  held.includes(name) ? 'held' : varying.includes(name) ? 'varying' : 'fixed';

function partition(...lines: readonly string[]): Partition {
  const { pool, equations } = setUp(lines);
  return partitionSystem(pool, equations, constancy);
}

/** Groups by their blocks, as in "I I' | V; x". */
function groups({ affine }: Partition): string {
  return affine
    .map(({ states, blocks }) => {
      let next = 0;
      const names = blocks.map((size) => {
        next += size;
        return states
          .slice(next - size, next)
          .map((state) => state.name)
          .join(' ');
      });
      return names.join(' | ');
    })
    .join('; ');
}

const explained = ({ reasons }: Partition) =>
  [...reasons].map(([state, reason]) => `${state.name} ${explainReason(reason)}`);

describe('the partition of a system', () => {
  it('solves an integrate-and-fire neuron with alpha currents exactly, in block-triangular order', () => {
    const result = partition(
      "V' = -(V - E_L) / tau_m + (I + I_e + I_stim) / C_m",
      "I'' = -I / tau_s**2 - 2 * I' / tau_s",
      "r' = -1",
    );
    expect(groups(result)).toBe("I I' | V");
    const [group] = result.affine;
    const entries = group!.coefficients.map(
      ({ row, column, value }) => `${row} ${column}: ${printExpression(value)}`,
    );
    expect(entries).toEqual([
      '0 1: 1',
      '1 0: -1 / tau_s**2',
      '1 1: -2 / tau_s',
      '2 0: 1 / C_m',
      '2 2: -1 / tau_m',
    ]);
    expect(group!.input.map((node) => printExpression(node))).toEqual([
      '0',
      '0',
      'E_L / tau_m + (I_e + I_stim) / C_m',
    ]);
    expect(group!.couples).toEqual([true, true, false, true, true, false, true, true, true]);
    expect(result.countdowns.map(({ state, rate }) => [state.name, printExpression(rate)])).toEqual([
      ['r', '-1'],
    ]);
    expect(result.numeric).toEqual([]);
  });

  it('keeps systems apart that do not meet, and knows lone states', () => {
    const result = partition("a' = -a / tau", "b' = c", "c' = -b", "d' = -d + a");
    expect(groups(result)).toBe('a | d; b c');
    expect(groups(partition("a' = -a / tau", "b' = -b + I_stim"))).toBe('a; b');
    expect(explained(partition("a' = -a / tau + I_stim"))).toEqual([
      'a is solved exactly by a scalar exponential: its equation is linear and contains no other state',
    ]);
  });

  it('integrates a conductance-based membrane numerically and its conductance exactly', () => {
    const result = partition(
      "V' = -g_L * (V - E_L) / C_m - g * (V - E) / C_m",
      "g' = -g / tau",
      "w' = a * V - w",
    );
    expect(groups(result)).toBe('g');
    expect(result.numeric.map(({ state }) => state.name)).toEqual(['V', 'w']);
    expect(explained(result)).toEqual([
      'V is integrated numerically: g * (V - E) / C_m is not linear in the states',
      'g is solved exactly by a scalar exponential: its equation is linear and contains no other state',
      'w is integrated numerically: it depends on V, which is',
    ]);
  });

  it('says why a linear equation is integrated numerically all the same', () => {
    expect(explained(partition("x' = -x + exp(-t)"))).toEqual([
      'x is integrated numerically: t changes within a step',
    ]);
    expect(explained(partition("x' = -u * x"))).toEqual([
      'x is integrated numerically: the coefficient of x contains u, which can change at every step',
    ]);
  });

  it('counts a state at a constant rate only if nothing else reads it and the rate stays', () => {
    expect(groups(partition("r' = -k", "x' = -x + r"))).toBe('r | x');
    expect(groups(partition("r' = I_stim"))).toBe('r');
    expect(partition("r' = -k", "x' = -x * r").countdowns).toHaveLength(1);
  });

  it('does not solve an equation exactly that draws random numbers', () => {
    const { pool, equations } = setUp(["x' = -x"]);
    const [{ state, derivative }] = equations as [(typeof equations)[0]];
    const noise = pool.draw('random_normal', [pool.constant(0), pool.constant(1)], 0);
    const noisy = { state, derivative: pool.add(derivative, noise) };
    expect(partitionSystem(pool, [noisy], constancy).reasons.get(state)).toEqual({
      kind: 'changes-within-step',
      node: noise,
    });
  });

  it('holds each state once, closes the affine part, and leaves nothing out that belongs to it', () => {
    const states = ['a', 'b', 'c', 'd', 'e'].map((name): ExpressionSymbol => ({ name, value: 'number' }));
    const p: ExpressionSymbol = { name: 'p', value: 'number' };
    const small = arbitrarySmoothExpression([p]);
    const linear = fc
      .array(fc.tuple(small, fc.constantFrom(...states)), { maxLength: 2 })
      .map(
        (list) => (pool: ExpressionPool) =>
          pool.sum(
            list.map(([c, x]) => ({ sign: 1 as const, operand: pool.multiply(c(pool), pool.symbol(x)) })),
          ),
      );
    const side = fc.oneof(
      { weight: 4, arbitrary: linear },
      { weight: 1, arbitrary: arbitrarySmoothExpression([...states, p]) },
    );
    fc.assert(
      fc.property(fc.array(side, { minLength: 5, maxLength: 5 }), (sides) => {
        const pool = new ExpressionPool();
        const equations = states.map((state, i) => ({ state, derivative: sides[i]!(pool) }));
        const { affine, countdowns, numeric, reasons } = partitionSystem(pool, equations, () => 'fixed');
        const solved = affine.flatMap((group) => group.states);
        const all = [...solved, ...[...countdowns, ...numeric].map(({ state }) => state)];
        expect(all.toSorted((x, y) => (x.name < y.name ? -1 : 1))).toEqual(states);
        expect([...reasons.keys()]).toEqual(states);
        for (const group of affine) checkGroup(group, new Set(states));
        const exact = new Set([...solved, ...countdowns.map(({ state }) => state)]);
        for (const { derivative } of numeric) {
          const form = affineForm(pool, derivative, new Set(states));
          const isClosed =
            form.kind === 'affine' && [...form.coefficients.keys()].every((read) => exact.has(read));
          expect(isClosed).toBe(false);
        }
      }),
      { seed: 10, numRuns: 300 },
    );
  });
});

function checkGroup(
  { states, blocks, coefficients, input, couples }: Partition['affine'][number],
  all: ReadonlySet<ExpressionSymbol>,
): void {
  expect(blocks.reduce((sum, size) => sum + size, 0)).toBe(states.length);
  const blockOf = blocks.flatMap((size, block) => Array.from({ length: size }, () => block));
  for (const { row, column, value } of coefficients) {
    expect(blockOf[column]).toBeLessThanOrEqual(blockOf[row]!);
    expect(couples[row * states.length + column]).toBe(true);
    expect(dependsOn(value, all)).toBe(false);
  }
  for (const node of input) expect([...symbolsIn(node)].some((symbol) => all.has(symbol))).toBe(false);
}
