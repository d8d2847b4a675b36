import type { OdeOptions } from '@nestml/compiler';
import {
  type AdaptiveResult,
  DORMAND_PRINCE,
  integrateAdaptive,
  integrateRosenbrock,
  ROSENBROCK,
  ROSENBROCK_CONTROL,
  STEP_SIZE_CONTROL,
} from '@nestml/dynamics';
import type { MixedSystem } from './mixed-system.ts';
import type { StimulusEvent } from './stimulus-events.ts';

/** The course of all states; `values[i]` belongs to the i-th of the exact, then the numeric states. */
export interface OdeCourse {
  readonly times: Float64Array;
  readonly values: readonly Float64Array[];
}

/** The course, or the numeric state that could not be followed. */
export type OdeIntegration =
  | { readonly ok: true; readonly course: OdeCourse }
  | {
      readonly ok: false;
      readonly state: string;
      readonly time: number;
      readonly value: number;
      readonly problem: 'not-finite' | 'step-too-small' | 'too-many-steps';
    };

/** More attempts than this, of all sub-steps together, mean failure. */
const MOST_ATTEMPTS = 500_000;
/** Number of equal intervals that a course is recorded at. */
const INTERVALS = 1000;

/**
 * Mixed integration over the stimulus: exact states by propagators from event to event, numeric states by an adaptive method that reads
 * the exact ones at its stages. An event adds initial values; a numeric state beyond its bounds goes back to its initial value.
 */
export function integrateOde(
  system: MixedSystem,
  events: readonly StimulusEvent[],
  options: OdeOptions,
  isStiff: boolean,
): OdeIntegration {
  const { simulationTime } = options;
  const grid = Array.from({ length: INTERVALS + 1 }, (_, i) => (simulationTime * i) / INTERVALS);
  const size = system.exact.length + system.numeric.length;
  const times: number[] = [];
  const values: readonly number[][] = Array.from({ length: size }, () => []);
  const run: Run = {
    system,
    options,
    isStiff,
    nextStep: simulationTime / INTERVALS,
    attempts: MOST_ATTEMPTS,
  };
  let position: Position = {
    begin: 0,
    time: 0,
    exactAtBegin: system.exactStart,
    numeric: system.numericStart,
  };
  const record = (): void => {
    const exact = new Float64Array(system.exact.length);
    system.follow(position.exactAtBegin, position.time - position.begin, exact);
    times.push(position.time);
    [...exact, ...position.numeric].forEach((value, i) => {
      values[i]!.push(value);
    });
  };
  const byTime = new Map(events.map((event) => [event.time, event]));
  const stops = [...new Set([...grid, ...byTime.keys()])].toSorted((a, b) => a - b);
  for (const stop of stops) {
    const next = advance(run, position, stop);
    if ('problem' in next) return { ok: false, ...next };
    position = next;
    record();
    const event = byTime.get(stop);
    if (event === undefined) continue;
    position = afterEvent(system, position, event);
    record();
  }
  return {
    ok: true,
    course: { times: Float64Array.from(times), values: values.map((column) => Float64Array.from(column)) },
  };
}

interface Run {
  readonly system: MixedSystem;
  readonly options: OdeOptions;
  readonly isStiff: boolean;
  /** Length of the next attempt. */
  nextStep: number;
  /** How many are left. */
  attempts: number;
}

/** Exact states are known at the last event, numeric ones now. */
interface Position {
  readonly begin: number;
  readonly time: number;
  readonly exactAtBegin: Float64Array;
  readonly numeric: Float64Array;
}

function afterEvent(
  system: MixedSystem,
  { begin, time, exactAtBegin, numeric }: Position,
  event: StimulusEvent,
): Position {
  const jumps = system.jumpsOf(event);
  const exact = new Float64Array(system.exact.length);
  system.follow(exactAtBegin, time - begin, exact);
  return {
    begin: time,
    time,
    exactAtBegin: exact.map((state, i) => state + jumps.exact[i]!),
    numeric: numeric.map((state, i) => state + jumps.numeric[i]!),
  };
}

type Failure = Omit<OdeIntegration & { ok: false }, 'ok'>;

function advance(run: Run, position: Position, stop: number): Position | Failure {
  const { system } = run;
  let { time, numeric } = position;
  while (system.numeric.length > 0 && time < stop) {
    const result = integratePiece(run, position, time, numeric, stop - time);
    run.attempts = Math.max(1, run.attempts - result.accepted - result.rejected);
    if (result.kind !== 'done') {
      const { component, kind: problem } = result;
      const state = system.numeric[component]!.name;
      return { state, time: time + result.time, value: result.states[component]!, problem };
    }
    run.nextStep = result.nextStep;
    const isAtEnd = result.time >= stop - time;
    time = isAtEnd ? stop : time + result.time;
    numeric = result.states.map((state, i) =>
      isOutside(system, state, i) ? system.numericStart[i]! : state,
    );
  }
  return { ...position, time: stop, numeric };
}

function isOutside({ lower, upper }: MixedSystem, state: number, i: number): boolean {
  return state < lower[i]! || state > upper[i]!;
}

/** Until the end of the piece or a bound. */
function integratePiece(
  { system, options, isStiff, nextStep, attempts: mostAttempts }: Run,
  { begin, exactAtBegin }: Position,
  time: number,
  start: Float64Array,
  interval: number,
): AdaptiveResult {
  const { derivatives } = system;
  const problem = {
    exactSize: system.exact.length,
    exactStates: (since: number, into: Float64Array) =>
      system.follow(exactAtBegin, time - begin + since, into),
    derivative: (_: number, states: Float64Array, exact: Float64Array, slopes: Float64Array) =>
      system.slopes(states, exact, slopes),
    start,
    interval,
    absoluteTolerances: system.numeric.map(() => options.absoluteTolerance),
    relativeTolerance: options.relativeTolerance,
    firstStep: Math.min(nextStep, options.longestStep),
  };
  const observe = ({ after }: { readonly after: Float64Array }) =>
    after.some((state, i) => isOutside(system, state, i));
  if (!isStiff || derivatives === undefined) {
    return integrateAdaptive(problem, DORMAND_PRINCE, { ...STEP_SIZE_CONTROL, mostAttempts }, observe);
  }
  return integrateRosenbrock(
    {
      ...problem,
      jacobian: (_time, states, exact, matrix) => derivatives.jacobian(states, exact, matrix),
      timeDerivative: (_time, states, exact, slopes) => derivatives.byExact(states, exact, slopes),
    },
    ROSENBROCK,
    { ...ROSENBROCK_CONTROL, mostAttempts },
    observe,
  );
}
