import { advance, type EmbeddedTableau, type RightHandSide, stageSlopes } from './explicit-runge-kutta.ts';
import { type StepSizeControl, stepSizeFactor, type WorstError, worstError } from './step-size-control.ts';

/** An initial value problem over one interval, whose linear part is solved elsewhere. */
export interface AdaptiveProblem {
  /** Number of states that are solved exactly. */
  readonly exactSize: number;
  /** Writes the exact states at `time` after the start of the interval; called once per time in an attempt. */
  exactStates(time: number, exact: Float64Array): void;
  /** Writes the slopes of the numeric states at `time` after the start of the interval. */
  derivative(time: number, states: Float64Array, exact: Float64Array, slopes: Float64Array): void;
  /** Numeric states at the start; not changed. */
  readonly start: Float64Array;
  /** Length of the interval, > 0. */
  readonly interval: number;
  /**
   * Tolerances: the solution should be wrong by no more than absoluteᵢ + relative·|xᵢ|, a sub-step by the share of it that the control
   * grants. One absolute tolerance per numeric state, > 0.
   */
  readonly absoluteTolerances: ArrayLike<number>;
  readonly relativeTolerance: number;
  /** Length of the first attempt: what the last call returned as `nextStep`; the interval if nothing is known. */
  readonly firstStep: number;
}

/** How the work went. */
export interface AdaptiveStatistics {
  /** Number of sub-steps that the interval was covered with. */
  readonly accepted: number;
  /** Number of attempts that were repeated with a shorter step. */
  readonly rejected: number;
}

/**
 * The states at the end, or why there are none. `component` is the numeric state to blame; `time` and `states` are the last that were
 * reached, `time` after the start of the interval.
 */
export type AdaptiveResult = AdaptiveStatistics &
  ({ readonly kind: 'done'; readonly states: Float64Array; readonly nextStep: number } | AdaptiveFailure);

export interface AdaptiveFailure {
  /**
   * `not-finite`: the slope is not a number where the solution is; `step-too-small`: no sub-step meets the tolerance, as at a pole or a
   * jump; `too-many-steps`: the equations are too stiff for the method.
   */
  readonly kind: 'not-finite' | 'step-too-small' | 'too-many-steps';
  readonly time: number;
  readonly component: number;
  readonly states: Float64Array;
}

/** What changes from sub-step to sub-step. */
interface Progress {
  time: number;
  states: Float64Array;
  /** Slopes at `time`. */
  slopes: Float64Array;
  /** Length of the next attempt, if the interval is long enough. */
  trial: number;
  /** After a rejection the next step must not grow. */
  wasRejected: boolean;
  accepted: number;
  rejected: number;
}

/** Integrates over the interval in sub-steps whose errors stay below their share of the tolerances. */
export function integrateAdaptive(
  problem: AdaptiveProblem,
  tableau: EmbeddedTableau,
  control: StepSizeControl,
): AdaptiveResult {
  const derivative = withExactStates(problem);
  const slopes = new Float64Array(problem.start.length);
  derivative(0, problem.start, slopes);
  const isUsable = problem.firstStep > 0 && Number.isFinite(problem.firstStep);
  const progress: Progress = {
    time: 0,
    states: problem.start,
    slopes,
    trial: isUsable ? problem.firstStep : problem.interval,
    wasRejected: false,
    accepted: 0,
    rejected: 0,
  };
  const undefinedAt = slopes.findIndex((slope) => !Number.isFinite(slope));
  if (undefinedAt >= 0) return fail('not-finite', progress, undefinedAt);
  while (progress.time < problem.interval) {
    const failure = attempt(problem, derivative, tableau, control, progress);
    if (failure !== undefined) return failure;
  }
  const { states, trial, accepted, rejected } = progress;
  return { kind: 'done', states, nextStep: trial, accepted, rejected };
}

/** The right-hand side with the exact states filled in; stages at the same time share them. */
function withExactStates(problem: AdaptiveProblem): RightHandSide {
  const exact = new Float64Array(problem.exactSize);
  let exactTime = Number.NaN;
  return (time, states, slopes) => {
    if (time !== exactTime) problem.exactStates(time, exact);
    exactTime = time;
    problem.derivative(time, states, exact, slopes);
  };
}

/** One attempt, accepted or not; a failure ends the integration. */
function attempt(
  problem: AdaptiveProblem,
  derivative: RightHandSide,
  tableau: EmbeddedTableau,
  control: StepSizeControl,
  progress: Progress,
): AdaptiveResult | undefined {
  const { time, states, trial } = progress;
  const remaining = problem.interval - time;
  const isLast = trial >= remaining;
  const step = isLast ? remaining : trial;
  const slopes = stageSlopes(tableau, derivative, time, step, states, progress.slopes);
  const after = advance(states, step, tableau.weights, slopes);
  const error = advance(new Float64Array(states.length), step, tableau.errorWeights, slopes);
  const worst = worstError(
    control,
    error,
    states,
    after,
    problem.absoluteTolerances,
    problem.relativeTolerance,
  );
  const factor = stepSizeFactor(control, tableau.errorOrder, worst.ratio);
  if (!(worst.ratio <= 1))
    return reject(problem, control, progress, step * Math.min(factor, control.safety), worst);
  const proposed = step * (progress.wasRejected ? Math.min(factor, 1) : factor);
  // A last step that was cut short says nothing against the longer one that was planned.
  progress.trial = isLast ? Math.max(trial, proposed) : proposed;
  progress.time = isLast ? problem.interval : time + step;
  progress.states = after;
  progress.slopes = slopesAtEnd(tableau, derivative, progress, slopes);
  progress.wasRejected = false;
  progress.accepted += 1;
  const isTooMany = progress.accepted + progress.rejected >= control.mostAttempts;
  return isTooMany && !isLast ? fail('too-many-steps', progress, worst.component) : undefined;
}

function slopesAtEnd(
  { isFirstSameAsLast }: EmbeddedTableau,
  derivative: RightHandSide,
  { time, states }: Progress,
  slopes: readonly Float64Array[],
): Float64Array {
  if (isFirstSameAsLast) return slopes.at(-1)!;
  const result = new Float64Array(states.length);
  derivative(time, states, result);
  return result;
}

function reject(
  { interval }: AdaptiveProblem,
  { shortestStep, mostAttempts }: StepSizeControl,
  progress: Progress,
  trial: number,
  { component }: WorstError,
): AdaptiveResult | undefined {
  progress.trial = trial;
  progress.wasRejected = true;
  progress.rejected += 1;
  const isTooSmall = trial < interval * shortestStep || progress.time + trial === progress.time;
  if (isTooSmall) return fail('step-too-small', progress, component);
  const isTooMany = progress.accepted + progress.rejected >= mostAttempts;
  return isTooMany ? fail('too-many-steps', progress, component) : undefined;
}

function fail(kind: AdaptiveFailure['kind'], progress: Progress, component: number): AdaptiveResult {
  const { time, states, accepted, rejected } = progress;
  return { kind, time, component, states, accepted, rejected };
}
