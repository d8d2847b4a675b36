import { InternalError } from '@nestml/diagnostics';
import type { ExplicitTableau } from '@nestml/dynamics';
import type { NumericSystem } from '../../../solved/solved-model.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import type { Value, Variable } from '../ssa/value.ts';
import type { Frame, Scope } from './frame.ts';
import { bytesOfDrivers, prepareRightHandSides, type RightHandSides } from './right-hand-sides.ts';

/** Bytes of a slope of two lanes. */
export const SLOPE_BYTES = 16;

/** Where an attempt begins, and its length, ms. */
export interface AttemptStart {
  readonly time: Real;
  readonly length: Real;
  readonly states: readonly Real[];
}

/** The stages of attempts: straight on, or a loop with one copy of the right-hand sides and slopes in the scratch space. */
export interface Stages {
  /**
   * Runs the stages from `first` (0 or 1) on; `atBegin` emits what follows stage 0, given its slopes. Gives the states of the last stage.
   */
  readonly run: (
    start: AttemptStart,
    first: Value<'i32'>,
    atBegin: (slopes: readonly Real[]) => void,
  ) => readonly Real[];
  /** The slope of a state in a stage of the last run. */
  readonly slope: (stage: number, component: number) => Real;
  /** After a run: the next attempt begins at its end in these lanes, and where it began in others. */
  readonly accept: (isGood: Mask) => void;
}

/**
 * Up to this cost of the right-hand sides every stage has a copy of its own: their operations wait for each other, and what a loop adds,
 * slopes that go through memory and choices by number, is felt. Above, one copy for all keeps the code small.
 */
const MOST_COPIED = 200;

/** Whether each stage has a copy of the right-hand sides. */
export function hasCopies({ equations }: NumericSystem, { frame }: Scope): boolean {
  const { traits } = frame.setting;
  return equations.reduce((sum, { derivative }) => sum + traits(derivative).cost, 0) <= MOST_COPIED;
}

/** Prepares the stages of an explicit method once per step. */
export function prepareStages(system: NumericSystem, tableau: ExplicitTableau, scope: Scope): Stages {
  const rightHandSides = prepareRightHandSides(system, scope);
  const parts = { frame: scope.frame, system, tableau, rightHandSides };
  return hasCopies(system, scope) ? copiedStages(parts) : loopedStages(parts);
}

interface Parts {
  readonly frame: Frame;
  readonly system: NumericSystem;
  readonly tableau: ExplicitTableau;
  readonly rightHandSides: RightHandSides;
}

/** The slopes at the begin of the next attempt; the last stage lies at the end of this one. */
function acceptedSlopes(
  { frame, system, tableau, rightHandSides }: Parts,
  slope: Stages['slope'],
  isGood: Mask,
): readonly Real[] {
  rightHandSides.accept(isGood);
  const last = tableau.stages.length - 1;
  return system.equations.map((_, i) => frame.lanes.select(isGood, slope(last, i), slope(0, i)));
}

function copiedStages(parts: Parts): Stages {
  const { frame, system, tableau, rightHandSides } = parts;
  const { builder, lanes } = frame;
  const read = (variable: Variable): Real => lanes.asReal(builder.read(variable));
  const known = system.equations.map(() => builder.variable(lanes.constant(0).value));
  let slopes: (readonly Real[])[] = [];
  const slope = (stage: number, component: number): Real => {
    const value = slopes[stage]?.[component];
    if (value === undefined) throw new InternalError(`no slope ${component} of stage ${stage}`);
    return value;
  };
  const setFirst = (values: readonly Real[]): void => {
    known.forEach((variable, component) => {
      const value = values[component];
      if (value !== undefined) builder.write(variable, value.value);
    });
  };
  return {
    slope,
    accept: (isGood) => setFirst(acceptedSlopes(parts, slope, isGood)),
    run: (start, first, atBegin) => {
      rightHandSides.begin(start.length);
      builder.branch(builder.operation('i32', 'i32.eqz', [first]), () => {
        const begin = enterStage(0, { parts, start, slope });
        const values = rightHandSides.slopes(begin.time, begin.states);
        setFirst(values);
        atBegin(values);
      });
      slopes = [known.map(read)];
      let reached = start.states;
      for (let stage = 1; stage < tableau.stages.length; stage += 1) {
        const { time, states } = enterStage(stage, { parts, start, slope });
        slopes.push(rightHandSides.slopes(time, states));
        reached = states;
      }
      return reached;
    },
  };
}

function loopedStages(parts: Parts): Stages {
  const { frame, system, tableau, rightHandSides } = parts;
  const { builder, lanes, scratch, setting } = frame;
  const stageBytes = system.equations.length * SLOPE_BYTES;
  const offset = setting.driverScratch + bytesOfDrivers(system);
  const slope = (stage: number, component: number): Real =>
    lanes.load(scratch, offset + stage * stageBytes + component * SLOPE_BYTES);
  const store = (address: Value<'i32'>, slopes: readonly Real[]): void => {
    slopes.forEach((value, component) => {
      lanes.store(address, offset + component * SLOPE_BYTES, value);
    });
  };
  return {
    slope,
    accept: (isGood) => store(scratch, acceptedSlopes(parts, slope, isGood)),
    run: (start, first, atBegin) => {
      rightHandSides.begin(start.length);
      const time = builder.variable(start.time.value);
      const states = start.states.map(({ value }) => builder.variable(value));
      const stage = builder.variable(first);
      const read = (variable: Variable): Real => lanes.asReal(builder.read(variable));
      builder.loop(() => {
        const number = builder.read(stage);
        forStage(frame, number, [0, tableau.stages.length], (known) => {
          const entered = enterStage(known, { parts, start, slope });
          builder.write(time, entered.time.value);
          states.forEach((variable, i) => {
            const value = entered.states[i];
            if (value !== undefined) builder.write(variable, value.value);
          });
        });
        const slopes = rightHandSides.slopes(read(time), states.map(read));
        const distance = builder.operation('i32', 'i32.mul', [number, builder.i32(stageBytes)]);
        store(builder.operation('i32', 'i32.add', [scratch, distance]), slopes);
        builder.branch(builder.operation('i32', 'i32.eqz', [number]), () => atBegin(slopes));
        const next = builder.operation('i32', 'i32.add', [number, builder.i32(1)]);
        builder.write(stage, next);
        return builder.operation('i32', 'i32.lt_u', [next, builder.i32(tableau.stages.length)]);
      });
      return states.map(read);
    },
  };
}

/** Emits something for each stage from a first one up to an end, of which the code runs one, found by halving. */
export function forStage(
  { builder }: Frame,
  number: Value<'i32'>,
  [from, to]: readonly [number, number],
  emit: (stage: number) => void,
): void {
  const choose = (first: number, end: number): void => {
    if (end - first === 1) {
      emit(first);
      return;
    }
    const middle = (first + end) >> 1;
    builder.branch(
      builder.operation('i32', 'i32.lt_u', [number, builder.i32(middle)]),
      () => choose(first, middle),
      () => choose(middle, end),
    );
  };
  choose(from, to);
}

interface Entry {
  readonly parts: Parts;
  readonly start: AttemptStart;
  readonly slope: Stages['slope'];
}

/** The time t + c h and the states x + Σ (aᵢ h)·slopeᵢ of a stage; the drivers enter it. */
function enterStage(
  stage: number,
  { parts, start, slope }: Entry,
): { readonly time: Real; readonly states: readonly Real[] } {
  const { frame, tableau, rightHandSides } = parts;
  const { lanes } = frame;
  const node = tableau.nodes[stage] ?? 0;
  rightHandSides.enter(node);
  const states = advanceBy(start, tableau.stages[stage] ?? [], slope, parts);
  return { time: lanes.add(start.time, lanes.mul(lanes.constant(node), start.length)), states };
}

/** x + Σ (weightᵢ h)·slopeᵢ. The latest slope is multiplied once and added last, since the stage waits for it. */
export function advanceBy(
  { states, length }: AttemptStart,
  weights: readonly number[],
  slope: Stages['slope'],
  { frame: { lanes } }: { readonly frame: Frame },
): readonly Real[] {
  return states.map((state, component) =>
    weights.reduce((sum, weight, earlier) => {
      if (weight === 0) return sum;
      const factor = lanes.mul(lanes.constant(weight), length);
      return lanes.add(sum, lanes.mul(factor, slope(earlier, component)));
    }, state),
  );
}
