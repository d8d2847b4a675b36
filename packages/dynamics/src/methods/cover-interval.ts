import type { RightHandSide } from './explicit-runge-kutta.ts';
import { type StepSizeControl, stepSizeFactor, type WorstError, worstError } from './step-size-control.ts';

/** An initial value problem over one interval, whose linear part is solved elsewhere. */
export interface NumericProblem {
  /** Number of states that are solved exactly. */
  readonly exactSize: number;
  /**
   * Writes the exact states at `time` after the start of the interval; called once per time in an attempt, once more at its begin by methods
   * with a Jacobian.
   */
  exactStates(time: number, exact: Float64Array): void;
  /** Writes the slopes of the numeric states at `time` after the start of the interval. */
  derivative(time: number, states: Float64Array, exact: Float64Array, slopes: Float64Array): void;
  /** Numeric states at the start; not changed. */
  readonly start: Float64Array;
  /** Length of the interval, > 0. */
  readonly interval: number;
}

/** A problem with what the control of the error needs. */
export interface AdaptiveProblem extends NumericProblem {
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
 * The states at the end, or why there are none; `done` has an earlier `time` where an observer has ended it. `component` is the numeric state to blame; `time` and `states` are the last that were
 * reached, `time` after the start of the interval.
 */
export type AdaptiveResult = AdaptiveStatistics &
  (
    | {
        readonly kind: 'done';
        readonly time: number;
        readonly states: Float64Array;
        readonly nextStep: number;
      }
    | AdaptiveFailure
  );

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

/** A sub-step that met the tolerance. */
export interface AcceptedStep {
  /** Its begin, after the start of the interval. */
  readonly time: number;
  readonly length: number;
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** The states at time + θ·length, 0 ≤ θ ≤ 1, by the dense output of the method. */
  inside(theta: number): Float64Array;
}

/** Is told of each accepted sub-step; ends the integration there by returning true. */
export type StepObserver = (step: AcceptedStep) => boolean | undefined;

/** Where an attempt begins. */
export interface StepStart {
  readonly time: number;
  readonly states: Float64Array;
  /** Slopes at `time`. */
  readonly slopes: Float64Array;
}

/** What a method made of one sub-step. */
export interface Attempt {
  readonly after: Float64Array;
  /** The estimated error of each state, with any sign. */
  readonly error: Float64Array;
  /** The slopes at the end, if the method has them. */
  readonly slopesAtEnd?: Float64Array;
  /** The states inside the sub-step; the slopes at the end are those of the equations. */
  inside(theta: number, slopesAtEnd: Float64Array): Float64Array;
}

/** A method with an error estimate, as the control of the step sees it. Repeated attempts get the same start object. */
export interface StepMethod {
  /** Order of the less accurate of the two solutions that the estimate compares. */
  readonly errorOrder: number;
  attempt(start: StepStart, step: number): Attempt;
}

/** What changes from sub-step to sub-step. */
interface Progress {
  start: StepStart;
  /** Length of the next attempt, if the interval is long enough. */
  trial: number;
  /** After a rejection the next step must not grow. */
  wasRejected: boolean;
  isEnded: boolean;
  accepted: number;
  rejected: number;
}

/** What stays. */
interface Setting {
  readonly problem: AdaptiveProblem;
  readonly control: StepSizeControl;
  readonly derivative: RightHandSide;
  readonly method: StepMethod;
  readonly observe: StepObserver | undefined;
}

/** Covers the interval with sub-steps of a method whose errors stay below their share of the tolerances. */
export function coverInterval(
  problem: AdaptiveProblem,
  control: StepSizeControl,
  createMethod: (derivative: RightHandSide) => StepMethod,
  observe?: StepObserver,
): AdaptiveResult {
  const derivative = withExactStates(problem);
  const setting = { problem, control, derivative, method: createMethod(derivative), observe };
  const slopes = new Float64Array(problem.start.length);
  derivative(0, problem.start, slopes);
  const isUsable = problem.firstStep > 0 && Number.isFinite(problem.firstStep);
  const progress: Progress = {
    start: { time: 0, states: problem.start, slopes },
    trial: isUsable ? problem.firstStep : problem.interval,
    wasRejected: false,
    isEnded: false,
    accepted: 0,
    rejected: 0,
  };
  const undefinedAt = slopes.findIndex((slope) => !Number.isFinite(slope));
  if (undefinedAt >= 0) return fail('not-finite', progress, undefinedAt);
  while (progress.start.time < problem.interval && !progress.isEnded) {
    const failure = attempt(setting, progress);
    if (failure !== undefined) return failure;
  }
  const { start, trial, accepted, rejected } = progress;
  return { kind: 'done', time: start.time, states: start.states, nextStep: trial, accepted, rejected };
}

/** The right-hand side with the exact states filled in; stages at the same time share them. */
export function withExactStates(problem: NumericProblem): RightHandSide {
  const exact = new Float64Array(problem.exactSize);
  let exactTime = Number.NaN;
  return (time, states, slopes) => {
    if (time !== exactTime) problem.exactStates(time, exact);
    exactTime = time;
    problem.derivative(time, states, exact, slopes);
  };
}

/** One attempt, accepted or not; a failure ends the integration. */
function attempt(setting: Setting, progress: Progress): AdaptiveResult | undefined {
  const { problem, control, method } = setting;
  const { start, trial } = progress;
  const remaining = problem.interval - start.time;
  const isLast = trial >= remaining;
  const step = isLast ? remaining : trial;
  const made = method.attempt(start, step);
  const worst = worstError(
    control,
    made.error,
    start.states,
    made.after,
    problem.absoluteTolerances,
    problem.relativeTolerance,
  );
  const factor = stepSizeFactor(control, method.errorOrder, worst.ratio);
  if (!(worst.ratio <= 1))
    return reject(problem, control, progress, step * Math.min(factor, control.safety), worst);
  const proposed = step * (progress.wasRejected ? Math.min(factor, 1) : factor);
  // A last step that was cut short says nothing against the longer one that was planned.
  progress.trial = isLast ? Math.max(trial, proposed) : proposed;
  progress.wasRejected = false;
  progress.accepted += 1;
  accept(setting, progress, made, step, isLast ? problem.interval : start.time + step);
  const isTooMany = progress.accepted + progress.rejected >= control.mostAttempts;
  return isTooMany && !isLast && !progress.isEnded
    ? fail('too-many-steps', progress, worst.component)
    : undefined;
}

function accept(
  { derivative, observe }: Setting,
  progress: Progress,
  made: Attempt,
  length: number,
  end: number,
): void {
  const { time, states: before } = progress.start;
  const { after } = made;
  const slopes = made.slopesAtEnd ?? new Float64Array(after.length);
  if (made.slopesAtEnd === undefined) derivative(end, after, slopes);
  progress.start = { time: end, states: after, slopes };
  const step = { time, length, before, after, inside: (theta: number) => made.inside(theta, slopes) };
  progress.isEnded = observe?.(step) === true;
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
  const { time } = progress.start;
  if (trial < interval * shortestStep || time + trial === time)
    return fail('step-too-small', progress, component);
  const isTooMany = progress.accepted + progress.rejected >= mostAttempts;
  return isTooMany ? fail('too-many-steps', progress, component) : undefined;
}

function fail(kind: AdaptiveFailure['kind'], progress: Progress, component: number): AdaptiveResult {
  const { start, accepted, rejected } = progress;
  return { kind, time: start.time, component, states: start.states, accepted, rejected };
}
