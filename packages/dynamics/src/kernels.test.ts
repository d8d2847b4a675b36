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
import { type Kernel, type SolvedKernel, type StateFactory, solveKernel } from './kernels.ts';

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

const createState: StateFactory = ({ rate, order, isQuadrature }) =>
  number(`${isQuadrature ? 'Q' : 'K'}${rate}_${order}`);

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
    'exp(-t / tau) * sin(k * t)',
    'sin(k * t + a) * exp(-(t - a) / tau)',
    'cos(a - 2 * t)',
    't**2 * sin(k * t) * cos(t / tau) * exp(-t)',
    '(t * sin(k * t) - cos(k * t) / tau)**3 * exp(-t)',
    'sin(k * t)**2 + cos(k * t)**2',
    'sin(t)**12 * 2**(-t)',
    'sin(t) * exp(a * t) / exp(k * t)',
    'sinh(t / tau) * exp(-t) + cosh(a * t)**3 * exp(-5 * t)',
    'expm1(-t / tau) + 1',
    '((exp(-t / tau)**2)**k + (1 + t)**2)**2 * exp(-t)',
    '(2**(t / tau))**a * cos(e * (t + k) / tau2)',
    'a < 0 ? sin(t) : cos(t)',
    'exp(-t) * (sin(k * t) - sin(t * k))',
    'sin(k * t) * sin(a * t) * sin(tau * t) * exp(-t / tau)',
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

  it.each([
    'exp(-t / tau) - exp(-t / tau)',
    'sin(k * t) + sin(-k * t)',
    'cos(k * t) - cos(-t * 0 - k * t)',
    'sin(t - t)',
  ])('%s vanishes, since nothing is left', (text) => {
    expect(show(system(solve(text).solved))).toEqual(['0']);
  });

  it('is two states that turn if it is a damped oscillation, with any phase', () => {
    expect(show(system(solve('exp(-t / tau) * sin(k * t + a)').solved))).toEqual([
      "K0_0' = -1 / tau * K0_0 + k * Q0_0, sin(a)",
      "Q0_0' = -1 / tau * Q0_0 - k * K0_0, cos(a)",
      'K0_0',
    ]);
  });

  it.each([
    ['sin(k * t) * cos(k * t)', 2],
    ['sin(k * t)**2', 3],
    ['sin(k * t)**4 + cos(k * t)**4', 3],
    ['sin(k * t) * sin(a * t)', 4],
    ['sin(k * t) * sin(a * t) + cos(a * t) * cos(k * t)', 2],
    ['t * sin(k * t) * exp(-t / tau)', 4],
    ['sinh(k * t) * cosh(k * t)', 2],
    ['cosh(k * t)**20 * exp(-t)', 21],
    ['sin(k * t)**2 + cos(k * t)**2', 1],
  ])('%s has as few states as it can: %d', (text, count) => {
    expect(system(solve(text).solved).equations).toHaveLength(count);
  });

  it('stays right where a frequency is 0', () => {
    const { pool, kernel, solved } = solve('(1 + t) * cos(k * t + a) - t * sin(k * t) + sin(e * t)');
    const still = environmentOf(
      new Map([
        [k, 0],
        [a, 0.3],
        [e, 0],
      ]),
    );
    expect(kernelMismatch(pool, kernel, system(solved), still, times)).toBeLessThan(1e-14);
  });

  it.each([
    ['exp(-t**2)', 'not-linear-in-time', 'exp(-t**2)'],
    ['exp(-t) * sin(t**2 / tau)', 'not-linear-in-time', 'sin(t**2 / tau)'],
    ['t**t', 'not-linear-in-time', 't**t'],
    ['sinh(exp(t))', 'not-linear-in-time', 'sinh(exp(t))'],
    ['1 / (1 + t)', 'divided-by-sum', '1 / (1 + t)'],
    ['a / t', 'divided-by-sum', 'a / t'],
    ['1 / cos(t)', 'divided-by-sum', '1 / cos(t)'],
    ['t**0.5 + 1', 'not-whole-power', 't**0.5'],
    ['sin(t)**a', 'not-whole-power', 'sin(t)**a'],
    ['(1 + t)**3 * t**70', 'not-whole-power', 't**70'],
    ['t < tau ? t : 0', 'condition-on-time', 't < tau'],
    ['max(t, 1)', 'function-of-time', 'max(t, 1)'],
    ['tan(t) * exp(-t)', 'function-of-time', 'tan(t)'],
    ['t**32 * t**32 * t', 'too-many-terms', 't**32 * t**32 * t'],
    [
      '(sin(t) + cos(tau * t) + exp(-t) + t)**30',
      'too-many-terms',
      '(sin(t) + cos(tau * t) + exp(-t) + t)**30',
    ],
  ])('%s is refused: %s because of %s', (text, reason, because) => {
    const { solved } = solve(text);
    expect(solved).toMatchObject({ kind: 'refused', reason });
    if (solved.kind === 'refused') expect(printExpression(solved.node)).toBe(because);
  });

  it('any sum of terms follows its equations', () => {
    const term = fc.record({
      coefficient: fc.double({ min: 0.1, max: 2, noNaN: true }),
      power: fc.integer({ min: 0, max: 4 }),
      rate: fc.constantFrom('-t / tau', '-t / tau2', '-0.4 * t', 'a * t', '-t'),
      wave: fc.constantFrom(
        '1',
        'sin(k * t)',
        'cos(3.7 * t + 1)',
        'sin(k * t)**2',
        'sin(t + a) * cos(k * t)',
      ),
    });
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
        const text = terms.map(
          ({ coefficient, power, rate, wave }) => `${coefficient} * t**${power} * exp(${rate}) * ${wave}`,
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
