import { InternalError, type Span } from '@nestml/diagnostics';
import type { IntegrateStatement, VariableSymbol } from '@nestml/language';
import { endOfStep } from './clock.ts';
import { type Countdown, setCountdown } from './countdown.ts';
import type { Environment } from './environment.ts';
import type { NeuronOutcome, RunNotice } from './run.ts';
import { RunStop } from './run-stop.ts';
import type { SignalSources } from './signals.ts';
import { elementName, elementsOf, read, type Store } from './store.ts';
import type { OwnedValue, Value } from './values.ts';

/** A neuron in the middle of a run: everything that changes lies here. */
export interface Neuron extends SignalSources {
  readonly store: Store;
  readonly countdowns: ReadonlyMap<VariableSymbol, Countdown>;
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  /** For statements and conditions. */
  readonly environment: Environment;
  /** For right-hand sides inside a step; `stage.theta` says where in the step. */
  readonly stageEnvironment: Environment;
  readonly stage: { theta: number };
  /** For coefficients of pulses. */
  readonly coefficientEnvironment: Environment;
  /** Variables of order 0 that were integrated in the present step. */
  readonly integratedInStep: Set<VariableSymbol>;
  /** Where the error control stood at the end of the last integration of each statement, as length of a sub-step in ms. */
  readonly trialSteps: Map<IntegrateStatement, number>;
  readonly output: Output;
}

/** What integrations work on: a neuron, or a synapse between two of its events. */
export interface Integrated
  extends Pick<
    Neuron,
    | 'program'
    | 'store'
    | 'clock'
    | 'countdowns'
    | 'tolerance'
    | 'stage'
    | 'stageEnvironment'
    | 'coefficientEnvironment'
    | 'integratedInStep'
    | 'trialSteps'
    | 'past'
  > {
  readonly convolutions: Pick<Neuron['convolutions'], 'functions' | 'systems'>;
  readonly output: Pick<Output, 'notices'>;
}

/** What a neuron has put out so far. */
export interface Output {
  readonly spikeSteps: number[];
  readonly spikeWeights: number[];
  readonly printed: NeuronOutcome['printed'][number][];
  readonly notices: RunNotice[];
}

/**
 * Stores a state after checking that it is finite.
 * @throws RunStop otherwise; the state keeps its last value.
 */
export function storeState(
  { store, clock }: Pick<Neuron, 'store' | 'clock'>,
  symbol: VariableSymbol,
  value: OwnedValue,
  span: Span,
): void {
  for (const [element, single] of elementsOf(value).entries()) {
    if (typeof single === 'number' && !Number.isFinite(single)) {
      throw notFiniteStop(elementName(symbol, element, value), single, endOfStep(clock), span, store);
    }
  }
  store.set(symbol, value);
}

/**
 * As `storeState`, for one element of a vector, in place: the cost does not grow with the vector.
 * @throws RunStop if the value is not finite.
 */
export function storeElement(
  { store, clock }: Pick<Neuron, 'store' | 'clock'>,
  symbol: VariableSymbol,
  element: number,
  value: Value,
  span: Span,
): void {
  const elements = read(store, symbol);
  if (typeof elements !== 'object') throw new InternalError(`${symbol.writtenName} is not a vector`);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw notFiniteStop(elementName(symbol, element, elements), value, endOfStep(clock), span, store);
  }
  elements[element] = value;
}

/** As `storeState`, for an assignment: a countdown starts anew. */
export function assignState(
  neuron: Pick<Neuron, 'store' | 'clock' | 'countdowns'>,
  symbol: VariableSymbol,
  value: OwnedValue,
  span: Span,
): void {
  const countdown = neuron.countdowns.get(symbol);
  const held = countdown !== undefined && typeof value === 'number' ? setCountdown(countdown, value) : value;
  storeState(neuron, symbol, held, span);
}

/** The failure of a value that is not finite; what is in the store is the last good state. */
export function notFiniteStop(
  variable: string,
  value: number,
  time: number,
  span: Span,
  store: Store,
): RunStop {
  return new RunStop({ kind: 'not-finite', variable, value, time, span, lastGood: statesByName(store) });
}

/** The numbers that the states hold, by written name; booleans as 0 and 1. */
export function statesByName(store: Store): ReadonlyMap<string, number> {
  const states = [...store.keys()].filter((symbol) => symbol.role === 'state');
  return new Map(
    states.flatMap((symbol) => {
      const value = read(store, symbol);
      return elementsOf(value)
        .map((single, element) => [elementName(symbol, element, value), Number(single)] as const)
        .filter(([, number]) => !Number.isNaN(number));
    }),
  );
}

/** Adds a notice unless there is one of its kind for the same variable. */
export function notify({ output }: Pick<Integrated, 'output'>, notice: RunNotice): void {
  const isKnown = output.notices.some(
    (other) =>
      other.kind === notice.kind &&
      (other.kind !== 'integrated-twice' ||
        (notice.kind === 'integrated-twice' && other.variable === notice.variable)),
  );
  if (!isKnown) output.notices.push(notice);
}
