import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { prepare, WORK_PROBLEMS, type WorkProblem } from '../../test/work-problems.ts';
import type { AdaptiveResult } from './cover-interval.ts';
import { DORMAND_PRINCE } from './dormand-prince.ts';
import { integrateAdaptive } from './integrate-adaptive.ts';
import { type ImplicitProblem, integrateRosenbrock } from './integrate-rosenbrock.ts';
import { ROSENBROCK } from './rosenbrock.ts';
import { RUNGE_KUTTA_FEHLBERG } from './runge-kutta-fehlberg.ts';
import { STEP_SIZE_CONTROL } from './step-size-control.ts';

type Name = keyof typeof WORK_PROBLEMS;

interface Reference {
  readonly states: readonly number[];
  readonly difference: number;
}

const file = new URL('../../test/reference/work-problems.json', import.meta.url);
const references: Readonly<Record<Name, Reference>> = JSON.parse(readFileSync(file, 'utf8'));

type Run = (problem: ImplicitProblem) => AdaptiveResult;
const methods: Readonly<Record<string, Run>> = {
  'Dormand–Prince': (problem) => integrateAdaptive(problem, DORMAND_PRINCE, STEP_SIZE_CONTROL),
  'Runge–Kutta–Fehlberg': (problem) => integrateAdaptive(problem, RUNGE_KUTTA_FEHLBERG, STEP_SIZE_CONTROL),
  Rosenbrock: (problem) => integrateRosenbrock(problem, ROSENBROCK, STEP_SIZE_CONTROL),
};

/** The largest error of a state at the end in units of its tolerance. */
function errorInTolerances(name: Name, tolerance: number, run: Run): number {
  const problem: WorkProblem = WORK_PROBLEMS[name];
  const result = run(prepare(problem, tolerance));
  expect(result.kind).toBe('done');
  const errors = references[name].states.map(
    (state, i) => Math.abs(result.states[i]! - state) / (tolerance * (problem.sizes[i]! + Math.abs(state))),
  );
  return Math.max(...errors);
}

/** How many tolerances the error at the end may have; shortly before a divergence errors grow as fast as the potential. */
const GROWTH: Readonly<Record<Name, number>> = {
  hodgkinHuxley: 3,
  adex: 5,
  izhikevich: 50,
  relaxed: 1,
  vanDerPol: 1,
  robertson: 1,
  oregonator: 1,
  linearStiff: 1,
};

describe.each(Object.entries(methods))('%s', (title, run) => {
  const isImplicit = title === 'Rosenbrock';
  const names = (Object.keys(WORK_PROBLEMS) as Name[]).filter(
    (name) => isImplicit || !['vanDerPol', 'robertson', 'oregonator'].includes(name),
  );

  it.each(names)('keeps the tolerance on %s', (name) => {
    for (const tolerance of isImplicit ? [1e-4, 1e-6] : [1e-4, 1e-6, 1e-8])
      expect(errorInTolerances(name, tolerance, run)).toBeLessThan(GROWTH[name]);
  });
});

it('Rosenbrock needs fewer sub-steps than an explicit method by orders of magnitude where a problem is stiff', () => {
  const problem = prepare(WORK_PROBLEMS.robertson, 1e-4);
  const implicit = methods['Rosenbrock']!(problem);
  const explicit = methods['Dormand–Prince']!({ ...problem, interval: 4 });
  expect(implicit.accepted).toBeLessThan(100);
  expect(explicit.accepted).toBeGreaterThan(2000);
});
