import {
  type AdaptiveProblem,
  type AdaptiveResult,
  coverInterval,
  type StepMethod,
  type StepObserver,
} from './cover-interval.ts';
import {
  advance,
  denseWeights,
  type EmbeddedTableau,
  type RightHandSide,
  stageSlopes,
} from './explicit-runge-kutta.ts';
import type { StepSizeControl } from './step-size-control.ts';

/**
 * Integrates over the interval with an explicit method, in sub-steps whose errors stay below their share of the tolerances. `observe` is
 * called after each accepted sub-step and can end the integration there.
 */
export function integrateAdaptive(
  problem: AdaptiveProblem,
  tableau: EmbeddedTableau,
  control: StepSizeControl,
  observe?: StepObserver,
): AdaptiveResult {
  return coverInterval(problem, control, (derivative) => explicitMethod(tableau, derivative), observe);
}

function explicitMethod(tableau: EmbeddedTableau, derivative: RightHandSide): StepMethod {
  const { errorOrder, weights, errorWeights, isFirstSameAsLast } = tableau;
  return {
    errorOrder,
    attempt: ({ time, states, slopes: first }, step) => {
      const slopes = stageSlopes(tableau, derivative, time, step, states, first);
      return {
        after: advance(states, step, weights, slopes),
        error: advance(new Float64Array(states.length), step, errorWeights, slopes),
        ...(isFirstSameAsLast ? { slopesAtEnd: slopes.at(-1)! } : {}),
        inside: (theta, slopesAtEnd) =>
          advance(
            states,
            step,
            denseWeights(tableau, theta),
            isFirstSameAsLast ? slopes : [...slopes, slopesAtEnd],
          ),
      };
    },
  };
}
