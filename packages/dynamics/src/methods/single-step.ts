import { type NumericProblem, withExactStates } from './cover-interval.ts';
import { advance, type ExplicitTableau, stageSlopes } from './explicit-runge-kutta.ts';

/** The states after one step, or the first that is not finite there; `states` are then those at the start, `time` is 0. */
export type SingleStepResult =
  | { readonly kind: 'done'; readonly states: Float64Array }
  | {
      readonly kind: 'not-finite';
      readonly time: number;
      readonly component: number;
      readonly states: Float64Array;
    };

/** One step over the whole interval with an explicit Runge–Kutta method, without control of its error. */
export function stepExplicit(problem: NumericProblem, tableau: ExplicitTableau): SingleStepResult {
  const { start, interval } = problem;
  const slopes = stageSlopes(tableau, withExactStates(problem), 0, interval, start);
  return checked(start, advance(start, interval, tableau.weights, slopes));
}

/** The result, unless it is not finite. */
export function checked(start: Float64Array, after: Float64Array): SingleStepResult {
  const component = after.findIndex((state) => !Number.isFinite(state));
  if (component < 0) return { kind: 'done', states: after };
  return { kind: 'not-finite', time: 0, component, states: start };
}
