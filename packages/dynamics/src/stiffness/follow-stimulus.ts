import type { AdaptiveResult, StepObserver } from '../methods/cover-interval.ts';
import type { ImplicitProblem } from '../methods/integrate-rosenbrock.ts';
import { STEP_SIZE_CONTROL, type StepSizeControl } from '../methods/step-size-control.ts';
import type { StepFigures, StiffnessProblem, StimulusInterval } from './stiffness-report.ts';

/** A method as the test runs it. */
export type Integrate = (
  problem: ImplicitProblem,
  control: StepSizeControl,
  observe: StepObserver,
) => AdaptiveResult;

/** A place on the trajectory. */
export interface TrajectoryPoint {
  readonly interval: StimulusInterval;
  /** After the begin of the interval. */
  readonly time: number;
  readonly states: Float64Array;
}

export interface Followed {
  readonly figures: StepFigures;
  /** Where the sub-steps began, in order. */
  readonly points: readonly TrajectoryPoint[];
}

/** What is summed up on the way. */
interface Tally {
  readonly points: TrajectoryPoint[];
  time: number;
  accepted: number;
  rejected: number;
  evaluations: number;
  /** Sub-steps, those that are too long counted as several. */
  useful: number;
  least: number;
}

/** Where the trajectory is. */
interface Position {
  /** After the begin of the interval. */
  time: number;
  states: Float64Array;
  nextStep: number;
}

/** Follows the stimulus with a method, until its end, a failure, or so many attempts. */
export function followStimulus(
  problem: StiffnessProblem,
  longestStep: number,
  mostAttempts: number,
  integrate: Integrate,
): Followed {
  const tally: Tally = {
    points: [],
    time: 0,
    accepted: 0,
    rejected: 0,
    evaluations: 0,
    useful: 0,
    least: Number.POSITIVE_INFINITY,
  };
  const position: Position = { time: 0, states: problem.start, nextStep: longestStep };
  for (const interval of problem.intervals) {
    if (interval.jumps !== undefined) {
      const { jumps } = interval;
      position.states = position.states.map((state, i) => state + jumps[i]!);
    }
    for (position.time = 0; position.time < interval.duration; ) {
      const attempts = mostAttempts - tally.accepted - tally.rejected;
      const failure = follow(problem, { interval, longestStep, attempts, integrate }, tally, position);
      if (failure !== undefined) return { figures: figuresOf(tally, failure), points: tally.points };
      position.states = withinBounds(problem, position.states);
    }
  }
  return { figures: figuresOf(tally), points: tally.points };
}

interface Piece {
  readonly interval: StimulusInterval;
  readonly longestStep: number;
  readonly attempts: number;
  readonly integrate: Integrate;
}

/** Goes on until the end of the interval or a bound. */
function follow(
  problem: StiffnessProblem,
  { interval, longestStep, attempts, integrate }: Piece,
  tally: Tally,
  position: Position,
): StepFigures['failure'] {
  if (attempts <= 0) return 'too-many-steps';
  const begin = position.time;
  const duration = interval.duration - begin;
  const result = integrate(
    {
      exactSize: problem.exactSize,
      exactStates: (time, exact) => interval.exactStates(begin + time, exact),
      derivative: (time, states, exact, slopes) => {
        tally.evaluations += 1;
        problem.derivative(begin + time, states, exact, slopes);
      },
      jacobian: (time, states, exact, matrix) => problem.jacobian(begin + time, states, exact, matrix),
      timeDerivative: (time, states, exact, slopes) =>
        problem.timeDerivative(begin + time, states, exact, slopes),
      start: position.states,
      interval: duration,
      absoluteTolerances: problem.absoluteTolerances,
      relativeTolerance: problem.relativeTolerance,
      firstStep: position.nextStep,
    },
    // A sub-step is too short where it would be in a simulation, whose intervals have the length of the resolution.
    {
      ...STEP_SIZE_CONTROL,
      mostAttempts: attempts,
      shortestStep: (STEP_SIZE_CONTROL.shortestStep * longestStep) / duration,
    },
    ({ time, length, before, after }) => {
      tally.points.push({ interval, time: begin + time, states: before });
      tally.time += length;
      tally.useful += Math.max(1, length / longestStep);
      // The last step of an interval is cut short by the event and says nothing about the method.
      if (time + length < duration) tally.least = Math.min(tally.least, length);
      return isOutside(problem, after);
    },
  );
  tally.accepted += result.accepted;
  tally.rejected += result.rejected;
  if (result.kind !== 'done') return result.kind;
  position.time = result.time < duration ? begin + result.time : interval.duration;
  position.states = result.states;
  position.nextStep = result.nextStep;
  return undefined;
}

function isOutside({ bounds }: StiffnessProblem, states: Float64Array): boolean {
  return (
    bounds !== undefined && states.some((state, i) => state < bounds.lower[i]! || state > bounds.upper[i]!)
  );
}

function withinBounds({ bounds, start }: StiffnessProblem, states: Float64Array): Float64Array {
  if (bounds === undefined) return states;
  return states.map((state, i) => (state < bounds.lower[i]! || state > bounds.upper[i]! ? start[i]! : state));
}

function figuresOf(
  { time, accepted, rejected, evaluations, useful, least }: Tally,
  failure?: StepFigures['failure'],
): StepFigures {
  const averageStep = time / accepted;
  return {
    averageStep,
    leastStep: Number.isFinite(least) ? least : averageStep,
    averageUsefulStep: time / useful,
    accepted,
    rejected,
    evaluations,
    ...(failure === undefined ? {} : { failure }),
    time,
  };
}
