import { factorize, solveFactorized } from '../linear-algebra/lu.ts';
import {
  type AdaptiveProblem,
  type AdaptiveResult,
  type Attempt,
  coverInterval,
  type StepMethod,
  type StepObserver,
  type StepStart,
} from './cover-interval.ts';
import type { RightHandSide } from './explicit-runge-kutta.ts';
import type { RosenbrockTableau } from './rosenbrock.ts';
import type { StepSizeControl } from './step-size-control.ts';

/** A problem with the derivatives of its right-hand side. */
export interface ImplicitProblem extends AdaptiveProblem {
  /** Writes ∂fᵢ/∂xⱼ to matrix[i·n + j], n numeric states. */
  jacobian(time: number, states: Float64Array, exact: Float64Array, matrix: Float64Array): void;
  /**
   * Writes df/dt with the numeric states fixed: what comes from the time itself, and from exact states y that change, Σ ∂f/∂yₖ·yₖ′.
   * It tells the method what happens during the step; without it (all 0) the order falls to 2.
   */
  timeDerivative(time: number, states: Float64Array, exact: Float64Array, slopes: Float64Array): void;
}

/**
 * Integrates over the interval with a Rosenbrock method, in sub-steps whose errors stay below their share of the tolerances. `observe` is
 * called after each accepted sub-step and can end the integration there.
 */
export function integrateRosenbrock(
  problem: ImplicitProblem,
  tableau: RosenbrockTableau,
  control: StepSizeControl,
  observe?: StepObserver,
): AdaptiveResult {
  const create = (derivative: RightHandSide) => rosenbrockMethod(problem, tableau, derivative);
  return coverInterval(problem, control, create, observe);
}

/** Derivatives of the right-hand side at the start of a sub-step; repeated attempts share them. */
interface Linearization {
  readonly start: StepStart;
  readonly jacobian: Float64Array;
  readonly timeDerivative: Float64Array;
}

function rosenbrockMethod(
  problem: ImplicitProblem,
  tableau: RosenbrockTableau,
  derivative: RightHandSide,
): StepMethod {
  let last: Linearization | undefined;
  return {
    errorOrder: tableau.errorOrder,
    attempt: (start, step) => {
      last = last?.start === start ? last : linearize(problem, start);
      const undefinedState = firstUndefined(last);
      if (undefinedState >= 0) return failedAttempt(start, undefinedState);
      const stages = stagesOf(tableau, derivative, last, step);
      return attemptFrom(tableau, start, stages);
    },
  };
}

function linearize(problem: ImplicitProblem, start: StepStart): Linearization {
  const { time, states } = start;
  const exact = new Float64Array(problem.exactSize);
  const jacobian = new Float64Array(states.length ** 2);
  const timeDerivative = new Float64Array(states.length);
  problem.exactStates(time, exact);
  problem.jacobian(time, states, exact, jacobian);
  problem.timeDerivative(time, states, exact, timeDerivative);
  return { start, jacobian, timeDerivative };
}

/** The first state whose derivatives are not all finite; −1 if there is none. */
function firstUndefined({ jacobian, timeDerivative }: Linearization): number {
  const size = timeDerivative.length;
  return timeDerivative.findIndex(
    (slope, i) =>
      !Number.isFinite(slope) || !jacobian.subarray(i * size, (i + 1) * size).every(Number.isFinite),
  );
}

/** Will be rejected because of this state. */
function failedAttempt({ states }: StepStart, component: number): Attempt {
  const after = states.with(component, Number.NaN);
  return { after, error: new Float64Array(states.length), inside: () => after };
}

/** The uᵢ of `RosenbrockTableau`. */
function stagesOf(
  { gamma, nodes, timeWeights, stages: rows, couplings }: RosenbrockTableau,
  derivative: RightHandSide,
  { start, jacobian, timeDerivative }: Linearization,
  step: number,
): readonly Float64Array[] {
  const size = start.states.length;
  const matrix = jacobian.map((entry) => -entry);
  for (let i = 0; i < size; i += 1) matrix[i * size + i]! += 1 / (step * gamma);
  const factors = factorize(matrix, size);
  const stages: Float64Array[] = [];
  rows.forEach((row, stage) => {
    const right = stage === 0 ? start.slopes.slice() : new Float64Array(size);
    if (stage > 0) derivative(start.time + nodes[stage]! * step, combine(start.states, row, stages), right);
    const coupling = combine(new Float64Array(size), couplings[stage]!, stages);
    for (let i = 0; i < size; i += 1)
      right[i]! += coupling[i]! / step + timeWeights[stage]! * step * timeDerivative[i]!;
    stages.push(solveFactorized(factors, right));
  });
  return stages;
}

function attemptFrom(
  { weights, errorWeights, dense }: RosenbrockTableau,
  { states }: StepStart,
  stages: readonly Float64Array[],
): Attempt {
  const after = combine(states, weights, stages);
  return {
    after,
    error: combine(new Float64Array(states.length), errorWeights, stages),
    inside: (theta) => {
      const [first, second] = dense.map((row) => combine(new Float64Array(states.length), row, stages));
      return states.map((before, i) => {
        const bulge = first![i]! + theta * second![i]!;
        return (1 - theta) * before + theta * (after[i]! + (1 - theta) * bulge);
      });
    },
  };
}

/** x + Σ weightᵢ·uᵢ. */
function combine(
  states: Float64Array,
  weights: readonly number[],
  stages: readonly Float64Array[],
): Float64Array {
  const result = states.slice();
  for (let stage = 0; stage < weights.length; stage += 1) {
    const weight = weights[stage]!;
    if (weight === 0) continue;
    const values = stages[stage]!;
    for (let i = 0; i < result.length; i += 1) result[i]! += weight * values[i]!;
  }
  return result;
}
