import { describe, expect, it } from 'vitest';
import { KNOWN_SOLUTIONS } from '../../test/convergence.ts';
import type { AcceptedStep, AdaptiveResult, StepObserver } from './cover-interval.ts';
import { DORMAND_PRINCE } from './dormand-prince.ts';
import { integrateAdaptive } from './integrate-adaptive.ts';
import { type ImplicitProblem, integrateRosenbrock } from './integrate-rosenbrock.ts';
import { ROSENBROCK } from './rosenbrock.ts';
import { RUNGE_KUTTA_FEHLBERG } from './runge-kutta-fehlberg.ts';
import { STEP_SIZE_CONTROL } from './step-size-control.ts';

type Run = (problem: ImplicitProblem, observe?: StepObserver) => AdaptiveResult;
const methods: readonly (readonly [string, Run])[] = [
  [
    'Dormand–Prince',
    (problem, observe) => integrateAdaptive(problem, DORMAND_PRINCE, STEP_SIZE_CONTROL, observe),
  ],
  [
    'Runge–Kutta–Fehlberg',
    (problem, observe) => integrateAdaptive(problem, RUNGE_KUTTA_FEHLBERG, STEP_SIZE_CONTROL, observe),
  ],
  ['Rosenbrock', (problem, observe) => integrateRosenbrock(problem, ROSENBROCK, STEP_SIZE_CONTROL, observe)],
];
const DRIVEN = KNOWN_SOLUTIONS.at(-1)!;

describe.each(methods)('sub-steps of %s', (_, run) => {
  const problem = {
    ...DRIVEN.problem,
    absoluteTolerances: [1e-7, 1e-7],
    relativeTolerance: 1e-7,
    firstStep: 2,
  };

  it('join each other from the start of the interval to its end', () => {
    const steps: AcceptedStep[] = [];
    const result = run(problem, (step) => {
      steps.push(step);
      return false;
    });
    expect(result).toMatchObject({ kind: 'done', time: 2, accepted: steps.length });
    steps.forEach((step, i) => {
      const next = steps[i + 1];
      expect(step.time + step.length).toBeCloseTo(next?.time ?? 2, 14);
      expect(step.after).toBe(next?.before ?? result.states);
      step.before.forEach((state, j) => {
        expect(step.inside(0)[j]).toBeCloseTo(state, 13);
        expect(step.inside(1)[j]).toBeCloseTo(step.after[j]!, 13);
      });
    });
  });

  it('have values between their ends that keep the tolerance, with exact states that change', () => {
    let worst = 0;
    run(problem, ({ time, length, inside }) => {
      for (const theta of [0.1, 0.3, 0.5, 0.7, 0.9])
        inside(theta).forEach((state, i) => {
          worst = Math.max(worst, Math.abs(state - DRIVEN.solution(time + theta * length)[i]!));
        });
      return false;
    });
    expect(worst).toBeLessThan(2e-7);
  });

  it('end where an observer says so', () => {
    let count = 0;
    const result = run(problem, () => {
      count += 1;
      return count === 3;
    });
    expect(result).toMatchObject({ kind: 'done', accepted: 3 });
    expect(result.time).toBeGreaterThan(0);
    expect(result.time).toBeLessThan(2);
    DRIVEN.solution(result.time).forEach((state, i) => {
      expect(Math.abs(result.states[i]! - state)).toBeLessThan(1e-7);
    });
  });

  it('remember their length: an interval that begins with it needs fewer rejections', () => {
    const first = run({ ...problem, interval: 1, firstStep: 1 });
    expect(first.kind === 'done' && first.nextStep > 0).toBe(true);
    if (first.kind !== 'done') return;
    const again = run({ ...problem, interval: 1, firstStep: first.nextStep });
    expect(again.rejected).toBeLessThan(first.rejected);
  });
});

it('a Jacobian that is not finite is a failure that names its state', () => {
  const problem: ImplicitProblem = {
    ...KNOWN_SOLUTIONS[1]!.problem,
    absoluteTolerances: [1e-6, 1e-6],
    relativeTolerance: 1e-6,
    firstStep: 1,
    jacobian: (_, __, ___, out) => {
      out.set([0, 1, Number.POSITIVE_INFINITY, 0]);
    },
  };
  const result = integrateRosenbrock(problem, ROSENBROCK, STEP_SIZE_CONTROL);
  expect(result).toMatchObject({ kind: 'step-too-small', component: 1, time: 0, accepted: 0 });
  expect(result.rejected).toBeLessThan(30);
});
