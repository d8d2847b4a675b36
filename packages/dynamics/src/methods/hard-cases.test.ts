import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepare, WORK_PROBLEMS, type WorkProblem } from '../../test/work-problems.ts';
import type { AdaptiveResult } from './cover-interval.ts';
import { DORMAND_PRINCE } from './dormand-prince.ts';
import { stepExponentialEuler } from './exponential-euler.ts';
import { FORWARD_EULER } from './forward-euler.ts';
import { integrateAdaptive } from './integrate-adaptive.ts';
import { type ImplicitProblem, integrateRosenbrock } from './integrate-rosenbrock.ts';
import { ROSENBROCK } from './rosenbrock.ts';
import { RUNGE_KUTTA_FEHLBERG } from './runge-kutta-fehlberg.ts';
import { stepExplicit } from './single-step.ts';
import { STEP_SIZE_CONTROL } from './step-size-control.ts';

const file = new URL('../../test/reference/work-problems.json', import.meta.url);
const references: Readonly<Record<keyof typeof WORK_PROBLEMS, { readonly states: readonly number[] }>> =
  JSON.parse(readFileSync(file, 'utf8'));

type Run = (problem: ImplicitProblem, mostAttempts?: number) => AdaptiveResult;
const controlOf = (mostAttempts = STEP_SIZE_CONTROL.mostAttempts) => ({ ...STEP_SIZE_CONTROL, mostAttempts });
const methods: readonly (readonly [string, Run])[] = [
  ['Dormand–Prince', (problem, most) => integrateAdaptive(problem, DORMAND_PRINCE, controlOf(most))],
  [
    'Runge–Kutta–Fehlberg',
    (problem, most) => integrateAdaptive(problem, RUNGE_KUTTA_FEHLBERG, controlOf(most)),
  ],
  ['Rosenbrock', (problem, most) => integrateRosenbrock(problem, ROSENBROCK, controlOf(most))],
];

/** AdEx (Brette and Gerstner 2005) diverges in finite time once the exponential takes over: here at this time, ms. */
const DIVERGENCE = 17.71952193;

describe.each(methods)('hard cases with %s', (_, run) => {
  it('AdEx: fails by name where the membrane potential diverges, within 3000 attempts', () => {
    const problem = { ...prepare(WORK_PROBLEMS.adex, 1e-6), interval: 20, firstStep: 20 };
    const result = run(problem);
    expect(result).toMatchObject({ kind: 'step-too-small', component: 0 });
    if (result.kind === 'done') return;
    expect(Math.abs(result.time - DIVERGENCE)).toBeLessThan(1e-4);
    expect(result.states.every(Number.isFinite)).toBe(true);
    expect(result.states[0]!).toBeGreaterThan(-5);
    expect(result.accepted + result.rejected).toBeLessThan(3000);
  });

  it('AdEx: is right one step of 0.1 ms before the divergence', () => {
    const end = (tolerance: number) =>
      run({ ...prepare(WORK_PROBLEMS.adex, tolerance), interval: 17.7 }).states;
    const [reference, found] = [end(1e-11), end(1e-6)];
    expect(Math.abs(found[0]! - reference[0]!)).toBeLessThan(1e-2);
    expect(Math.abs(found[1]! - reference[1]!)).toBeLessThan(1e-5);
  });

  it('Hodgkin–Huxley: a pulse of 10 nA, which drives the membrane far beyond any potential of a cell, stays right', () => {
    const { V, ...gates } = WORK_PROBLEMS.hodgkinHuxley.equations;
    const withCurrent = (current: string): WorkProblem => ({
      ...WORK_PROBLEMS.hodgkinHuxley,
      equations: { V: [V[0].replace('650', current), V[1]], ...gates },
    });
    const afterPulse = (tolerance: number) => {
      const pulse = run({ ...prepare(withCurrent('10000'), tolerance), interval: 2, firstStep: 2 });
      expect(pulse.kind).toBe('done');
      const start = pulse.states;
      return run({ ...prepare(withCurrent('0'), tolerance), start, interval: 8, firstStep: 8 });
    };
    const reference = afterPulse(1e-9).states;
    const result = afterPulse(1e-6);
    expect(result.kind).toBe('done');
    expect(Math.abs(result.states[0]! - reference[0]!)).toBeLessThan(1e-3);
    for (const gate of [1, 2, 3])
      expect(Math.abs(result.states[gate]! - reference[gate]!)).toBeLessThan(1e-5);
  });

  it('Hodgkin–Huxley: one step of 1000 ms is done in bounded work', () => {
    const problem = { ...prepare(WORK_PROBLEMS.hodgkinHuxley, 1e-6), interval: 1000, firstStep: 1000 };
    const result = run(problem);
    expect(result.kind).toBe('done');
    expect(result.accepted + result.rejected).toBeLessThan(50_000);
  });

  it.each([
    ['hodgkinHuxley', 1],
    ['adex', 5],
    ['relaxed', 1],
  ] as const)('tolerances of 1e-12 are kept on %s', (name, growth) => {
    const result = run(prepare(WORK_PROBLEMS[name], 1e-12));
    expect(result.kind).toBe('done');
    references[name].states.forEach((state, i) => {
      expect(Math.abs(result.states[i]! - state)).toBeLessThan(growth * 1e-12 * (1 + Math.abs(state)));
    });
  });

  it('a tolerance that rounding does not allow ends in an error, not in a hang', () => {
    const problem = prepare(WORK_PROBLEMS.hodgkinHuxley, 1e-30);
    const result = run({ ...problem, interval: 1, firstStep: 1 }, 20_000);
    expect(['step-too-small', 'too-many-steps']).toContain(result.kind);
    expect(result.states.every(Number.isFinite)).toBe(true);
  });

  it('a jump in time is passed, an infinite right-hand side is an error with the state', () => {
    const start = Float64Array.of(0);
    const base = { ...prepare(WORK_PROBLEMS.relaxed, 1e-6), start, absoluteTolerances: [1e-6], interval: 1 };
    const zero = (_t: number, _x: Float64Array, _e: Float64Array, out: Float64Array) => {
      out[0] = 0;
    };
    const jump = run({
      ...base,
      derivative: (t, _x, _e, out) => {
        out[0] = t < 0.3 ? 0 : 1;
      },
      jacobian: zero,
      timeDerivative: zero,
    });
    expect(jump.kind).toBe('done');
    expect(Math.abs(jump.states[0]! - 0.7)).toBeLessThan(1e-5);
    const infinite = run({
      ...base,
      derivative: (_t, _x, _e, out) => {
        out[0] = Number.POSITIVE_INFINITY;
      },
    });
    expect(infinite).toMatchObject({ kind: 'not-finite', component: 0, time: 0, states: start });
  });
});

describe('hard cases without control of the error', () => {
  it('a step that ends at a number that is not finite is an error with the state and the last good states', () => {
    const problem = { ...prepare(WORK_PROBLEMS.adex, 1e-6), start: Float64Array.of(1600, 0), interval: 10 };
    const rates = (_t: number, _x: Float64Array, _e: Float64Array, out: Float64Array) => {
      out.fill(0);
    };
    for (const result of [stepExplicit(problem, FORWARD_EULER), stepExponentialEuler({ ...problem, rates })])
      expect(result).toEqual({ kind: 'not-finite', time: 0, component: 0, states: problem.start });
  });

  it('exponential Euler lets a gate of any rate approach its rest without overshoot', () => {
    for (const rate of [-1e-9, -1, -1e3, -1e12]) {
      const result = stepExponentialEuler({
        exactSize: 0,
        exactStates: () => {},
        start: Float64Array.of(1),
        interval: 1000,
        derivative: (_t, x, _e, out) => {
          out[0] = rate * (x[0]! - 0.25);
        },
        rates: (_t, _x, _e, out) => {
          out[0] = rate;
        },
      });
      const expected = 0.25 + 0.75 * Math.exp(rate * 1000);
      expect(Math.abs(result.states[0]! - expected)).toBeLessThan(1e-15);
    }
  });
});
