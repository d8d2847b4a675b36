import { InternalError } from '@nestml/diagnostics';
import { DORMAND_PRINCE } from '@nestml/dynamics';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { NumericSystem } from '../../../solved/solved-model.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import type { Value, Variable } from '../ssa/value.ts';
import { driverBytes, type PreparedDriver, prepareDriver } from './emit-driver.ts';
import { emitNumber } from './emit-expression.ts';
import type { Frame, Scope } from './frame.ts';
import { keepStepConstants } from './step-constants.ts';

const { nodes, stages: rows } = DORMAND_PRINCE;
/** Bytes of a slope of two lanes. */
const SLOPE_BYTES = 16;

/** Bytes of scratch space that a system needs for its drivers and slopes. */
export function systemBytes({ equations, drivers }: NumericSystem): number {
  return bytesOfDrivers(drivers) + rows.length * equations.length * SLOPE_BYTES;
}

function bytesOfDrivers(drivers: NumericSystem['drivers']): number {
  return drivers.reduce((sum, driver) => sum + driverBytes(driver), 0);
}

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

/** Prepares the stages once per step. */
export function prepareStages(system: NumericSystem, scope: Scope): Stages {
  const drivers = prepareDrivers(system, scope);
  const rightHandSides = prepareRightHandSides(system, scope);
  const cost = system.equations.reduce(
    (sum, { derivative }) => sum + scope.frame.setting.traits(derivative).cost,
    0,
  );
  const parts = { frame: scope.frame, system, drivers, rightHandSides };
  return cost <= MOST_COPIED ? copiedStages(parts) : loopedStages(parts);
}

interface Parts {
  readonly frame: Frame;
  readonly system: NumericSystem;
  readonly drivers: readonly PreparedDriver[];
  readonly rightHandSides: RightHandSides;
}

/** The slopes at the begin of the next attempt; the last stage lies at the end of this one. */
function acceptedSlopes(
  { frame, system, drivers }: Parts,
  slope: Stages['slope'],
  isGood: Mask,
): readonly Real[] {
  for (const driver of drivers) driver.accept(isGood);
  const last = rows.length - 1;
  return system.equations.map((_, i) => frame.lanes.select(isGood, slope(last, i), slope(0, i)));
}

/** Right-hand sides at a time that the drivers have entered. */
function slopesAt({ drivers, rightHandSides }: Parts, time: Real, states: readonly Real[]): readonly Real[] {
  const driven = drivers.flatMap((driver) => driver.at(time));
  return rightHandSides(states, driven);
}

function copiedStages(parts: Parts): Stages {
  const { builder, lanes } = parts.frame;
  const read = (variable: Variable): Real => lanes.asReal(builder.read(variable));
  const known = parts.system.equations.map(() => builder.variable(lanes.constant(0).value));
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
      for (const driver of parts.drivers) driver.begin(start.length);
      builder.branch(builder.operation('i32', 'i32.eqz', [first]), () => {
        const begin = enterStage(0, { parts, start, slope });
        const values = slopesAt(parts, begin.time, begin.states);
        setFirst(values);
        atBegin(values);
      });
      slopes = [known.map(read)];
      let reached = start.states;
      for (let stage = 1; stage < rows.length; stage += 1) {
        const { time, states } = enterStage(stage, { parts, start, slope });
        slopes.push(slopesAt(parts, time, states));
        reached = states;
      }
      return reached;
    },
  };
}

function loopedStages(parts: Parts): Stages {
  const { frame, system } = parts;
  const { builder, lanes, scratch, setting } = frame;
  const stageBytes = system.equations.length * SLOPE_BYTES;
  const offset = setting.driverScratch + bytesOfDrivers(system.drivers);
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
      for (const driver of parts.drivers) driver.begin(start.length);
      const time = builder.variable(start.time.value);
      const states = start.states.map(({ value }) => builder.variable(value));
      const stage = builder.variable(first);
      const read = (variable: Variable): Real => lanes.asReal(builder.read(variable));
      builder.loop(() => {
        const number = builder.read(stage);
        forStage(frame, number, (known) => {
          const entered = enterStage(known, { parts, start, slope });
          builder.write(time, entered.time.value);
          states.forEach((variable, i) => {
            const value = entered.states[i];
            if (value !== undefined) builder.write(variable, value.value);
          });
        });
        const slopes = slopesAt(parts, read(time), states.map(read));
        const distance = builder.operation('i32', 'i32.mul', [number, builder.i32(stageBytes)]);
        store(builder.operation('i32', 'i32.add', [scratch, distance]), slopes);
        builder.branch(builder.operation('i32', 'i32.eqz', [number]), () => atBegin(slopes));
        const next = builder.operation('i32', 'i32.add', [number, builder.i32(1)]);
        builder.write(stage, next);
        return builder.operation('i32', 'i32.lt_u', [next, builder.i32(rows.length)]);
      });
      return states.map(read);
    },
  };
}

function prepareDrivers(system: NumericSystem, scope: Scope): readonly PreparedDriver[] {
  let offset = scope.frame.setting.driverScratch;
  return system.drivers.map((driver) => {
    const place = offset;
    offset += driverBytes(driver);
    return prepareDriver(driver, place, scope);
  });
}

type RightHandSides = (
  states: readonly Real[],
  driven: readonly (readonly [ModelVariable, Real])[],
) => readonly Real[];

/** What does not change during the step is computed before its stages. */
function prepareRightHandSides({ equations, drivers }: NumericSystem, scope: Scope): RightHandSides {
  const changing = new Set([
    ...equations.map(({ state }) => state),
    ...drivers.flatMap(({ system, read }) => read.flatMap((place) => system.states[place] ?? [])),
  ]);
  const outside = { ...scope, memo: scope.memo.nested(), isRightHandSide: true };
  const derivatives = equations.map(({ derivative }) => derivative);
  keepStepConstants(derivatives, changing, outside);
  return (states, driven) => {
    const own = equations.flatMap(({ state }, i) => {
      const value = states[i];
      return value === undefined ? [] : [[state, value] as const];
    });
    const values = new Map<ModelVariable, Real>([...driven, ...own]);
    const inner = { ...outside, values, memo: outside.memo.nested() };
    return derivatives.map((derivative) => emitNumber(derivative, inner));
  };
}

/** Emits something for each stage, of which the code runs one, found by halving. */
function forStage({ builder }: Frame, number: Value<'i32'>, emit: (stage: number) => void): void {
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
  choose(0, rows.length);
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
  const { lanes } = parts.frame;
  const node = nodes[stage] ?? 0;
  for (const driver of parts.drivers) driver.enter(node);
  const states = start.states.map((state, component) => {
    // The latest slope is multiplied once and added last, since the stage waits for it.
    const weights = rows[stage] ?? [];
    return weights.reduce((sum, weight, earlier) => {
      if (weight === 0) return sum;
      const factor = lanes.mul(lanes.constant(weight), start.length);
      return lanes.add(sum, lanes.mul(factor, slope(earlier, component)));
    }, state);
  });
  return { time: lanes.add(start.time, lanes.mul(lanes.constant(node), start.length)), states };
}
