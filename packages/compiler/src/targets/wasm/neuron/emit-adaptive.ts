import { InternalError } from '@nestml/diagnostics';
import { STEP_SIZE_CONTROL } from '@nestml/dynamics';
import { descriptor } from '@nestml/engine/interface';
import type { NumericSystem } from '../../../solved/solved-model.ts';
import { emitInverseRoot } from '../math/inverse-root.ts';
import type { Lanes, Mask, Real } from '../ssa/lanes.ts';
import type { Value, Variable } from '../ssa/value.ts';
import { asF64, asI32, failWhere } from './emit-failure.ts';
import type { AttemptStart } from './emit-stages.ts';
import { existingLanes, type Frame, type Scope } from './frame.ts';
import { limitFirstTrial } from './limit-first-trial.ts';
import { readVariable } from './variable-access.ts';

const { share, safety, smallestFactor, largestFactor, mostAttempts } = STEP_SIZE_CONTROL;

/** What makes attempts, of any length and in all lanes. */
export interface SubstepMethod {
  /** The error of a sub-step shrinks with its length to the power of this number + 1. */
  readonly errorOrder: number;
  /** Shortest sub-step, in units of the step. */
  readonly shortestStep: number;
  /** One attempt. `first` is 0 in the first one of a step, else 1; `atBegin` emits what is then done with the slopes at its begin. */
  readonly attempt: (
    start: AttemptStart,
    first: Value<'i32'>,
    atBegin: (slopes: readonly Real[]) => void,
  ) => AttemptEnd;
  /** After an attempt: the next one begins at its end in these lanes, and where it began in others. */
  readonly accept: (isGood: Mask) => void;
}

/** Where an attempt came to, and by how much it may be wrong. */
export interface AttemptEnd {
  readonly states: readonly Real[];
  /** Emits the error of a state. */
  readonly error: (component: number) => Real;
}

/** One integration over a step: what stays, and the variables that change from sub-step to sub-step. */
interface Integration {
  readonly scope: Scope;
  readonly system: NumericSystem;
  readonly method: SubstepMethod;
  /** The time to which the lanes go, after the begin of the step, ms. */
  readonly end: () => Real;
  /** What a sub-step may be wrong by. */
  readonly absolute: readonly Real[];
  readonly relative: Real;
  /** A shorter sub-step is a failure, ms; it shrinks with the tolerances, which demand shorter ones near kinks. */
  readonly shortest: Real;
  readonly states: readonly Variable[];
  /** What the method is told (i32): 0 in the first attempt, then 1. */
  readonly firstStage: Variable<'i32'>;
  readonly time: Variable;
  /** Length of the next attempt. */
  readonly trial: Variable;
  /** Lanes that have not come to the end. */
  readonly running: Variable;
  /** Lanes whose last attempt was rejected: the next sub-step must not be longer. */
  readonly rejected: Variable;
  /** Number of sub-steps, and of attempts. */
  readonly accepted: Variable;
  readonly attempts: Variable;
}

/**
 * The states at the end of the step, in sub-steps with a length of their own in each lane, whose last one is remembered. A lane that is at
 * the end, or fails, changes no more, so that its result does not depend on its neighbour.
 * @param index of the variant
 * @param prepare emits what the method needs once per step
 * @param halfway is given the states in the middle of the step; without it no sub-step ends there for this reason
 */
export function integrateAdaptively(
  index: number,
  system: NumericSystem,
  prepare: () => SubstepMethod,
  scope: Scope,
  halfway?: (states: readonly Real[]) => void,
): readonly Real[] {
  const { frame } = scope;
  const { builder, lanes, setting, cells } = frame;
  const trialColumn = setting.storage.trials.get(index);
  if (trialColumn === undefined) throw new InternalError(`integration ${index} has no step size`);
  const first = limitFirstTrial(system, cells.read(trialColumn), scope);
  const end = halfway === undefined ? undefined : builder.variable(frame.resolution.value);
  const integration = begin(system, first, prepare, scope, end);
  if (halfway !== undefined && end !== undefined) {
    builder.write(end, lanes.mul(lanes.constant(0.5), frame.resolution).value);
    builder.loop(() => lanes.any(emitAttempt(integration)));
    halfway(integration.states.map((variable) => read(integration, variable)));
    builder.write(end, frame.resolution.value);
    builder.write(integration.running, existingLanes(scope).value);
  }
  builder.loop(() => lanes.any(emitAttempt(integration)));
  const trial = read(integration, integration.trial);
  cells.write(
    trialColumn,
    scope.mask === undefined ? trial : lanes.select(scope.mask, trial, cells.read(trialColumn)),
  );
  recordSubsteps(frame, existingLanes(scope), read(integration, integration.accepted));
  return integration.states.map((variable) => read(integration, variable));
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new InternalError(`no item ${index}`);
  return item;
}

function read({ scope: { frame } }: Pick<Integration, 'scope'>, variable: Variable): Real {
  return frame.lanes.asReal(frame.builder.read(variable));
}

function begin(
  system: NumericSystem,
  trial: Real,
  prepare: () => SubstepMethod,
  scope: Scope,
  end: Variable | undefined,
): Integration {
  const { frame } = scope;
  const { builder, lanes, block } = frame;
  const factor = lanes.splat(asF64(builder.load('f64.load', block, descriptor.toleranceFactor)));
  const start = system.equations.map(({ state }) => readVariable(state, 0, scope));
  const variable = ({ value }: { readonly value: Value }): Variable => builder.variable(value);
  const zero = lanes.constant(0);
  const method = prepare();
  return {
    scope,
    system,
    method,
    end: () => (end === undefined ? frame.resolution : lanes.asReal(builder.read(end))),
    absolute: system.equations.map(({ absoluteTolerance }) =>
      lanes.mul(lanes.constant(share * absoluteTolerance), factor),
    ),
    relative: lanes.mul(lanes.constant(share * system.relativeTolerance), factor),
    shortest: lanes.mul(lanes.mul(frame.resolution, lanes.constant(method.shortestStep)), factor),
    states: start.map(variable),
    firstStage: builder.variable(builder.i32(0)),
    time: variable(zero),
    trial: variable(trial),
    running: variable(existingLanes(scope)),
    rejected: variable(lanes.truth(false)),
    accepted: variable(zero),
    attempts: variable(zero),
  };
}

function placeOf({ equations }: NumericSystem, i: number, { setting }: Frame): number {
  return setting.places.ofVariable(at(equations, i).state);
}

/** One attempt in every running lane; gives the lanes that go on. */
function emitAttempt(integration: Integration): Mask {
  const { scope, method } = integration;
  const { lanes, builder } = scope.frame;
  const end = integration.end();
  const time = read(integration, integration.time);
  const trial = read(integration, integration.trial);
  const remaining = lanes.sub(end, time);
  const isLast = lanes.ge(trial, remaining);
  const step = lanes.select(isLast, remaining, trial);
  const before = integration.states.map((variable) => read(integration, variable));
  const { states: after, error } = method.attempt(
    { time, length: step, states: before },
    builder.read(integration.firstStage),
    (slopes) => refuseUndefined(integration, slopes),
  );
  builder.write(integration.firstStage, builder.i32(1));
  const errors = before.map((_, i) => error(i));
  const ratios = errors.map((value, i) =>
    errorRatio(integration, i, { error: value, before: at(before, i), after: at(after, i) }),
  );
  const worst = worstOf(lanes, ratios);
  const running = lanes.asMask(builder.read(integration.running));
  return conclude(integration, { running, time, trial, step, isLast, after, ratios, worst });
}

/** Lanes whose right-hand sides are not finite at the begin of the step fail. */
function refuseUndefined(integration: Integration, slopes: readonly Real[]): void {
  const { scope, system } = integration;
  const { builder, lanes } = scope.frame;
  const running = slopes.reduce(
    (active, slope, i) => {
      const difference = lanes.sub(slope, slope);
      const isUndefined = lanes.ne(difference, difference);
      failWhere(scope, isUndefined, 'notFinite', placeOf(system, i, scope.frame), slope);
      return lanes.and(active, lanes.not(isUndefined));
    },
    lanes.asMask(builder.read(integration.running)),
  );
  builder.write(integration.running, running.value);
}

/** The error in units of its share of the tolerance. */
function errorRatio(
  { scope, absolute, relative }: Integration,
  i: number,
  { error, before, after }: { readonly error: Real; readonly before: Real; readonly after: Real },
): Real {
  const { lanes } = scope.frame;
  const size = lanes.greater(lanes.abs(before), lanes.abs(after));
  return lanes.div(lanes.abs(error), lanes.add(at(absolute, i), lanes.mul(relative, size)));
}

/** The largest, infinite if one is not finite: a slope or a solution of a linear system that is not makes the error so. */
function worstOf(lanes: Lanes, ratios: readonly Real[]): Real {
  const total = ratios.reduce((a, b) => lanes.add(a, b));
  const isUsable = lanes.lt(total, lanes.constant(Number.POSITIVE_INFINITY));
  const largest = ratios.reduce((a, b) => lanes.greater(a, b));
  return lanes.select(isUsable, largest, lanes.constant(Number.POSITIVE_INFINITY));
}

/** What an attempt gave. */
interface Attempt {
  readonly running: Mask;
  readonly time: Real;
  readonly trial: Real;
  readonly step: Real;
  readonly isLast: Mask;
  readonly after: readonly Real[];
  readonly ratios: readonly Real[];
  readonly worst: Real;
}

/** Ratios beyond these give the largest and the smallest factor. */
const SMALLEST_RATIO = 1e-30;
const LARGEST_RATIO = 1e30;

/** safety · ratio^(−1/(errorOrder + 1)) to within 1e-3, within the limits. */
function stepFactor(lanes: Lanes, ratio: Real, { errorOrder }: SubstepMethod): Real {
  const bounded = lanes.lesser(
    lanes.greater(ratio, lanes.constant(SMALLEST_RATIO)),
    lanes.constant(LARGEST_RATIO),
  );
  const power = emitInverseRoot(lanes, bounded, errorOrder + 1);
  const factor = lanes.mul(lanes.constant(safety), power);
  return lanes.lesser(lanes.greater(factor, lanes.constant(smallestFactor)), lanes.constant(largestFactor));
}

/** Takes the attempt, or shortens the next one. */
function conclude(integration: Integration, attempt: Attempt): Mask {
  const { scope } = integration;
  const { lanes, builder } = scope.frame;
  const end = integration.end();
  const { constant, select, and, not } = lanes;
  const { running, time, trial, step, isLast, worst } = attempt;
  const isGood = and(running, lanes.le(worst, constant(1)));
  const isBad = and(running, not(lanes.le(worst, constant(1))));
  const factor = stepFactor(lanes, worst, integration.method);
  const wasRejected = lanes.asMask(builder.read(integration.rejected));
  const limited = select(wasRejected, lanes.lesser(factor, constant(1)), factor);
  const proposed = lanes.mul(step, limited);
  // A last sub-step that was cut short says nothing against the longer one that was planned.
  const grown = select(isLast, lanes.greater(proposed, trial), proposed);
  const shortened = lanes.mul(step, lanes.lesser(factor, constant(safety)));
  builder.write(integration.trial, select(isGood, grown, select(isBad, shortened, trial)).value);
  const reached = select(isLast, end, lanes.add(time, step));
  builder.write(integration.time, select(isGood, reached, time).value);
  keepGood(integration, integration.states, attempt.after, isGood);
  integration.method.accept(isGood);
  builder.write(integration.rejected, isBad.value);
  count(integration, integration.accepted, isGood);
  count(integration, integration.attempts, running);
  const failed = failSmallSteps(integration, attempt, isBad, shortened);
  const isOpen = and(running, lanes.lt(select(isGood, reached, time), end));
  const goesOn = and(isOpen, not(failed));
  builder.write(integration.running, goesOn.value);
  return goesOn;
}

function keepGood(
  integration: Integration,
  variables: readonly Variable[],
  values: readonly Real[],
  isGood: Mask,
): void {
  const { lanes, builder } = integration.scope.frame;
  variables.forEach((variable, i) => {
    builder.write(variable, lanes.select(isGood, at(values, i), read(integration, variable)).value);
  });
}

function count(integration: Integration, variable: Variable, where: Mask): void {
  const { lanes, builder } = integration.scope.frame;
  const counted = lanes.add(read(integration, variable), lanes.keep(where, lanes.constant(1)));
  builder.write(variable, counted.value);
}

/** Lanes in which no sub-step meets the tolerance, or too many were tried; the worst component is to blame. */
function failSmallSteps(integration: Integration, attempt: Attempt, isBad: Mask, shortened: Real): Mask {
  const { scope, shortest, system } = integration;
  const { lanes, builder, setting } = scope.frame;
  const { time, running, ratios, worst } = attempt;
  const isTooSmall = lanes.or(lanes.lt(shortened, shortest), lanes.eq(lanes.add(time, shortened), time));
  const isTooMany = lanes.ge(read(integration, integration.attempts), lanes.constant(mostAttempts));
  const failed = lanes.or(lanes.and(isBad, isTooSmall), lanes.and(running, isTooMany));
  builder.branch(lanes.any(failed), () => {
    // What is not finite is not below infinity.
    const isBlamed = (ratio: Real) => lanes.not(lanes.lt(ratio, worst));
    ratios.forEach((ratio, i) => {
      const isWorst = lanes.and(failed, isBlamed(ratio));
      const place = setting.places.ofVariable(at(system.equations, i).state);
      failWhere({ ...scope, mask: undefined }, isWorst, 'stepTooSmall', place, time);
    });
  });
  return failed;
}

/** Keeps the largest number of sub-steps of an instance, and when it was. */
function recordSubsteps({ builder, lanes, block, step }: Frame, active: Mask, accepted: Real): void {
  const counted = lanes.keep(active, accepted);
  const most = builder.operation('f64', 'f64.max', [
    lanes.lane(counted, 0),
    lanes.lane(counted, lanes.width - 1),
  ]);
  const substeps = builder.operation('i32', 'i32.trunc_sat_f64_s', [most]);
  const known = asI32(builder.load('i32.load', block, descriptor.mostSubsteps));
  builder.branch(builder.operation('i32', 'i32.gt_s', [substeps, known]), () => {
    builder.store('i32.store', block, descriptor.mostSubsteps, substeps);
    builder.store('f64.store', block, descriptor.mostSubstepsStep, step);
  });
}
