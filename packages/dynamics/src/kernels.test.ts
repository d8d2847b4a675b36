import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelMismatch } from '../test/kernel-mismatch.ts';
import { parseExpression } from '../test/parse-expression.ts';
import {
  type ExpressionNode,
  ExpressionPool,
  type ExpressionSymbol,
  environmentOf,
  printExpression,
} from './expression/index.ts';
import { type Kernel, type SolvedKernel, solveKernel } from './kernels.ts';

const number = (name: string): ExpressionSymbol => ({ name, value: 'number' });
const [t, tau, tau2, a, e, k] = ['t', 'tau', 'tau2', 'a', 'e', 'k'].map(number) as [
  ExpressionSymbol,
  ExpressionSymbol,
  ExpressionSymbol,
  ExpressionSymbol,
  ExpressionSymbol,
  ExpressionSymbol,
];
const symbols = [t, tau, tau2, a, e, k];
const parameters = environmentOf(
  new Map([
    [tau, 2.3],
    [tau2, 0.7],
    [a, -1.4],
    [e, Math.E],
    [k, 3],
  ]),
);

function functionKernel(expression: ExpressionNode): Kernel & { kind: 'function' } {
  return { kind: 'function', expression, time: t };
}

const createState = ({ rate, order }: { rate: number; order: number }) => number(`K${rate}_${order}`);

function solve(text: string) {
  const pool = new ExpressionPool();
  const kernel = functionKernel(parseExpression(pool, text, symbols));
  return { pool, kernel, solved: solveKernel(pool, kernel, createState) };
}

function system(solved: ReturnType<typeof solveKernel>): SolvedKernel & { kind: 'system' } {
  if (solved.kind === 'refused') throw new Error(`${solved.reason}: ${printExpression(solved.node)}`);
  if (solved.kind === 'delta') throw new Error('delta');
  return solved;
}

const show = ({ equations, initial, value }: SolvedKernel & { kind: 'system' }) => [
  ...equations.map(
    ({ state, derivative }) =>
      `${state.name}' = ${printExpression(derivative)}, ${printExpression(initial.get(state)!)}`,
  ),
  printExpression(value),
];

const times = [0, 1e-3, 0.05, 0.31, 1.7, 4.2, 13.9];

describe('a kernel given as a function', () => {
  it('is one state if it is an exponential', () => {
    expect(show(system(solve('exp(-t / tau)').solved))).toEqual(["K0_0' = -1 / tau * K0_0, 1", 'K0_0']);
  });

  it('is a chain of two if it is an alpha function', () => {
    expect(show(system(solve('(e / tau) * t * exp(-t / tau)').solved))).toEqual([
      "K0_0' = -1 / tau * K0_0 + K0_1, 0",
      "K0_1' = -1 / tau * K0_1, e / tau",
      'K0_0',
    ]);
  });

  it('is decoupled states if it is a difference of exponentials', () => {
    expect(show(system(solve('a * (exp(-t / tau) - exp(-t / tau2))').solved))).toEqual([
      "K0_0' = -1 / tau * K0_0, a",
      "K1_0' = -1 / tau2 * K1_0, -a",
      'K0_0 + K1_0',
    ]);
  });

  it.each([
    'exp(-t / tau)',
    '(e / tau) * t * exp(-t / tau)',
    '(2.718281828459045 / tau) * t * 2.718281828459045**(-t / tau)',
    't * exp(1 - t / tau) / tau',
    'exp(-t / tau) / tau2 - exp(-t / tau2) / tau',
    '1 / exp(t / tau) * (1 + t)**2 / (tau - tau2)',
    'exp(-t / tau) * (1 - exp(-t / tau2))**3',
    'exp(-t / tau)**2 + exp(-t / tau2)**0.5',
    '2**(-t / tau)',
    't**2',
    'a + t * 3 - (t + a)**2 / 7',
    'exp(-(t + a) / tau)',
    '-t * t * exp(a * t) * exp(-t / tau)',
    'a < 0 ? exp(-t / tau) : t',
    '(a < 0 ? 2 : 3) * t**5 * exp(-t)',
    'exp(-k * t) - exp(-t * k)',
    't * exp(-t / tau) + t * exp(-1 * t / tau)',
  ])('%s follows its equations', (text) => {
    const { pool, kernel, solved } = solve(text);
    expect(kernelMismatch(pool, kernel, system(solved), parameters, times)).toBeLessThan(1e-13);
  });

  it('notices a system that does not belong to it', () => {
    const { pool, solved } = solve('exp(-t / tau)');
    const other = functionKernel(parseExpression(pool, 'exp(-t / tau2)', symbols));
    expect(kernelMismatch(pool, other, system(solved), parameters, times)).toBeGreaterThan(0.1);
  });

  it('stays right where the time constants are equal', () => {
    const { pool, kernel, solved } = solve('t * exp(-t / tau) - exp(-t / tau2)');
    const equal = environmentOf(
      new Map([
        [tau, 2],
        [tau2, 2],
      ]),
    );
    expect(kernelMismatch(pool, kernel, system(solved), equal, times)).toBeLessThan(1e-14);
  });

  it('vanishes if nothing is left', () => {
    expect(show(system(solve('exp(-t / tau) - exp(-t / tau)').solved))).toEqual(['0']);
  });

  it.each([
    ['exp(-t**2)', 'exp(-t**2)'],
    ['1 / (1 + t)', '1 / (1 + t)'],
    ['sin(t) * exp(-t)', 'sin(t)'],
    ['t < tau ? t : 0', 't < tau'],
    ['t**0.5 + 1', 't**0.5'],
    ['t**t', 't**t'],
    ['max(t, 1)', 'max(t, 1)'],
    ['(1 + t)**3 * t**70', 't**70'],
  ])('%s is refused because of %s', (text, because) => {
    const { solved } = solve(text);
    expect(solved).toMatchObject({ kind: 'refused', reason: 'not-exponential' });
    if (solved.kind === 'refused') expect(printExpression(solved.node)).toBe(because);
  });

  it('any sum of terms follows its equations', () => {
    const term = fc.record({
      coefficient: fc.double({ min: 0.1, max: 2, noNaN: true }),
      power: fc.integer({ min: 0, max: 4 }),
      rate: fc.constantFrom('-t / tau', '-t / tau2', '-0.4 * t', 'a * t', '-t'),
    });
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
        const text = terms.map(
          ({ coefficient, power, rate }) => `${coefficient} * t**${power} * exp(${rate})`,
        );
        const { pool, kernel, solved } = solve(text.join(' + '));
        expect(kernelMismatch(pool, kernel, system(solved), parameters, times)).toBeLessThan(1e-12);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe('a kernel given otherwise', () => {
  const [g, h] = [number('g'), number('h')];
  const all = [...symbols, g, h];

  function fromEquations(first: string, second: string) {
    const pool = new ExpressionPool();
    const equations = [
      { states: [g], expression: parseExpression(pool, first, all) },
      { states: [h], expression: parseExpression(pool, second, all) },
    ];
    const initial = new Map([[h, pool.symbol(e)]]);
    return solveKernel(pool, { kind: 'equations', equations, initial, output: g, time: t }, createState);
  }

  it('passes through if it is a linear system', () => {
    expect(show(system(fromEquations('h - g / tau', '-h / tau2')))).toEqual([
      "g' = h - g / tau, 0",
      "h' = -h / tau2, e",
      'g',
    ]);
  });

  it.each([
    ['h * g', 'not-linear', 'h * g'],
    ['h - g + a', 'constant-term', 'a'],
    ['h - g * exp(-t)', 'depends-on-time', 't'],
  ])('%s is refused: %s because of %s', (text, reason, because) => {
    const result = fromEquations(text, '-h');
    expect(result).toMatchObject({ kind: 'refused', reason });
    if (result.kind === 'refused') expect(printExpression(result.node)).toBe(because);
  });

  it('is itself if it is a delta pulse, and refused if it is random', () => {
    const pool = new ExpressionPool();
    expect(solveKernel(pool, { kind: 'delta' }, createState)).toEqual({ kind: 'delta' });
    const draw = pool.draw('random_uniform', [pool.constant(0), pool.constant(1)], 0);
    expect(solveKernel(pool, functionKernel(draw), createState)).toMatchObject({
      reason: 'random',
      node: draw,
    });
  });
});
