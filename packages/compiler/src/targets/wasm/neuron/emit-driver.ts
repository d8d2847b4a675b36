import { InternalError } from '@nestml/diagnostics';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { AffineSystem, NumericDriver } from '../../../solved/solved-model.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import type { Value } from '../ssa/value.ts';
import { driverForm } from './driver-form.ts';
import { type Coefficients, expand, horner, readCoefficients, slopeTerms, stateAt } from './driver-series.ts';
import { prepareClosed } from './emit-closed-driver.ts';
import { asF64, failWhere } from './emit-failure.ts';
import { emitMove } from './emit-integration.ts';
import { branchWhere, type Frame, type Scope } from './frame.ts';
import { MOST_ANCHORS } from './system-slots.ts';
import { readStorage } from './variable-access.ts';

/** Last power of the Taylor series around an anchor; with ‖A‖ s ≤ 1/2 the rest is below 0.5^13/13! = 2e-14. */
const DEGREE = 12;
const TERMS = DEGREE + 1;
/** Bytes of the expansion of one state at one point, for two lanes. */
const LANE_BYTES = 16;
const STATE_BYTES = TERMS * LANE_BYTES;

/** A driver that knows its states inside the step. */
export interface PreparedDriver {
  /** Computes what an attempt of a length, ms, needs. */
  readonly begin: (length: Real) => void;
  /** Computes what a stage of the attempt needs, given its node between 0 and 1. */
  readonly enter: (node: number) => void;
  /** After an attempt: the next begins at its end in these lanes, and where it began in others. */
  readonly accept: (isGood: Mask) => void;
  /** The states that equations read, with their values at the time of the stage, after the begin of the step, ms. */
  readonly at: (time: Real) => readonly (readonly [ModelVariable, Real])[];
  /** How fast these states change at that time, per ms. */
  readonly drift: (time: Real) => readonly (readonly [ModelVariable, Real])[];
}

/** Where a driver keeps what it knows, and when it is asked. */
export interface DriverUse {
  /** Its place in the scratch space. */
  readonly offset: number;
  /** Times of the stages in units of the sub-step. */
  readonly nodes: readonly number[];
}

/** Bytes of scratch space that a driver needs. */
export function driverBytes({ system, read }: NumericDriver): number {
  return driverForm(system).kind === 'closed' ? 0 : MOST_ANCHORS * read.length * STATE_BYTES;
}

/** Computes what the driver needs once per step. */
export function prepareDriver(driver: NumericDriver, use: DriverUse, scope: Scope): PreparedDriver {
  const form = driverForm(driver.system);
  return form.kind === 'closed'
    ? prepareClosed(driver, form.rate === undefined ? undefined : use.nodes, scope)
    : prepareAnchored(driver, use.offset, scope);
}

/** Expansions around m points inside the step, in the scratch space: point by point, state by state, term by term. */
function prepareAnchored(driver: NumericDriver, offset: number, scope: Scope): PreparedDriver {
  const { frame } = scope;
  const { lanes, builder, scratch } = frame;
  const { system, read } = driver;
  const anchors = frame.setting.storage.systems.get(system)?.anchors;
  if (anchors === undefined) throw new InternalError('a driver without anchors');
  const count = lanes.lesser(
    lanes.greater(readStorage(frame, anchors.count), lanes.constant(1)),
    lanes.constant(MOST_ANCHORS),
  );
  const pointBytes = read.length * STATE_BYTES;
  const coefficients = readCoefficients(system, scope);
  refuseFastSystem(system, coefficients, count, scope);
  const base = builder.operation('i32', 'i32.add', [scratch, builder.i32(offset)]);
  const states = coefficients.states.map(({ value }) => builder.variable(value));
  const point = builder.variable(builder.i32(0));
  const last = mostPoints(frame, count);
  builder.loop(() => {
    const present = states.map((variable) => lanes.asReal(builder.read(variable)));
    const terms = expand(frame, { ...coefficients, states: present }, DEGREE);
    const distance = builder.operation('i32', 'i32.mul', [builder.read(point), builder.i32(pointBytes)]);
    const address = builder.operation('i32', 'i32.add', [base, distance]);
    read.forEach((place, i) => {
      for (let term = 0; term < TERMS; term += 1) {
        const value = terms[term]?.[place] ?? lanes.constant(0);
        lanes.store(address, i * STATE_BYTES + term * LANE_BYTES, value);
      }
    });
    const moved = emitMove(anchors, present, coefficients.input, scope);
    states.forEach((variable, i) => {
      const value = moved[i];
      if (value !== undefined) builder.write(variable, value.value);
    });
    const next = builder.operation('i32', 'i32.add', [builder.read(point), builder.i32(1)]);
    builder.write(point, next);
    return builder.operation('i32', 'i32.lt_s', [next, last]);
  });
  const anchored = { frame, driver, base, count, pointBytes };
  return {
    begin: () => undefined,
    enter: () => undefined,
    accept: () => undefined,
    at: (time) => evaluateAnchored(anchored, time, (terms, since) => horner(frame, terms, since)),
    drift: (time) =>
      evaluateAnchored(anchored, time, (terms, since) => horner(frame, slopeTerms(frame, terms), since)),
  };
}

/** Largest ‖A‖₁ Δτ for which the series is used, with room for the rounding of the norm. */
const LARGEST_NORM = 0.5001;

/** With as many points as there can be the series may still be too short: then the step is too long for the system. */
function refuseFastSystem(system: AffineSystem, { entries }: Coefficients, count: Real, scope: Scope): void {
  const { frame } = scope;
  const { lanes, resolution, setting } = frame;
  const isLimit = lanes.ge(count, lanes.constant(MOST_ANCHORS));
  branchWhere(scope, isLimit, (inner) => {
    const largest = lanes.div(lanes.mul(lanes.constant(LARGEST_NORM), count), resolution);
    system.states.forEach((state, place) => {
      const norm = entries
        .filter(({ column }) => column === place)
        .reduce((sum, { value }) => lanes.add(sum, lanes.abs(value)), lanes.constant(0));
      failWhere(inner, lanes.gt(norm, largest), 'tooFast', setting.places.ofVariable(state), norm);
    });
  });
}

/** The largest number of points of a lane. */
function mostPoints({ builder, lanes }: Frame, count: Real): Value<'i32'> {
  const most = builder.operation('f64', 'f64.max', [
    lanes.lane(count, 0),
    lanes.lane(count, lanes.width - 1),
  ]);
  return builder.operation('i32', 'i32.trunc_sat_f64_s', [most]);
}

interface Anchored {
  readonly frame: Frame;
  readonly driver: NumericDriver;
  readonly base: Value<'i32'>;
  readonly count: Real;
  readonly pointBytes: number;
}

/** What follows from the expansion around the last point that is not later than the time, per lane, and from the time since then. */
function evaluateAnchored(
  { frame, driver: { system, read }, base, count, pointBytes }: Anchored,
  time: Real,
  evaluate: (terms: readonly Real[], since: Real) => Real,
): readonly (readonly [ModelVariable, Real])[] {
  const { lanes, builder, resolution } = frame;
  const { sub, mul, div, constant } = lanes;
  const interval = div(resolution, count);
  const latest = sub(count, constant(1));
  const point = lanes.lesser(lanes.greater(lanes.floor(div(time, interval)), constant(0)), latest);
  const since = sub(time, mul(point, interval));
  const addresses = Array.from({ length: lanes.width }, (_, lane) => {
    const index = builder.operation('i32', 'i32.trunc_sat_f64_u', [lanes.lane(point, lane)]);
    const distance = builder.operation('i32', 'i32.mul', [index, builder.i32(pointBytes)]);
    return builder.operation('i32', 'i32.add', [base, distance]);
  });
  return read.map((place, i) => {
    const terms = Array.from({ length: TERMS }, (_, term) => {
      const offset = i * STATE_BYTES + term * LANE_BYTES;
      return lanes.gather(
        addresses.map((address, lane) => asF64(builder.load('f64.load', address, offset + lane * 8))),
      );
    });
    return [stateAt(system, place), evaluate(terms, since)] as const;
  });
}
