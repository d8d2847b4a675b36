import { InternalError } from '@nestml/diagnostics';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { AffineGroup, NumericSystem } from '../../../solved/solved-model.ts';
import type { Real } from '../ssa/lanes.ts';
import { COLUMN_BYTES } from './cells.ts';
import { type Coefficients, readCoefficients } from './driver-series.ts';
import { type Frame, type Scope, scopeOf, whereActive } from './frame.ts';
import { PAST_TERMS } from './past-storage.ts';
import { pastOf, slotAddress, slotOfStep } from './read-past.ts';
import { prepareRightHandSides } from './right-hand-sides.ts';
import { readVariable } from './variable-access.ts';

/** At the begin of a step: until something integrates the variables in it, they are as they were. */
export function beginPast(frame: Frame): void {
  for (const state of frame.setting.storage.past.keys()) {
    keepTerms(state, [readVariable(state, 0, scopeOf(frame))], scopeOf(frame));
  }
}

/** Before the start all variables had their initial values, in every slot. */
export function fillPast(scope: Scope): void {
  const { frame } = scope;
  const { builder, lanes } = frame;
  for (const [state, slots] of frame.setting.storage.past) {
    const value = readVariable(state, 0, scope);
    const slot = builder.variable(builder.i32(0));
    builder.loop(() => {
      const present = builder.read(slot);
      storeTerms([value], frame, slotAddress(frame, slots, present));
      const next = builder.operation('i32', 'i32.add', [present, builder.i32(1)]);
      builder.write(slot, next);
      return builder.operation('i32', 'i32.lt_u', [next, builder.i32(slots.steps)]);
    });
  }

  function storeTerms(
    terms: readonly Real[],
    { lanes: own }: Frame,
    address: Parameters<typeof own.store>[0],
  ): void {
    for (let term = 0; term < PAST_TERMS; term += 1) {
      own.store(address, term * COLUMN_BYTES, terms[term] ?? lanes.constant(0));
    }
  }
}

/** The course of a variable in this step, in the active lanes. */
function keepTerms(state: ModelVariable, terms: readonly Real[], scope: Scope): void {
  const { frame } = scope;
  const { builder, lanes, step } = frame;
  const slots = pastOf(frame, state);
  const slot = slotOfStep(frame, slots, lanes.splat(step));
  const index = builder.operation('i32', 'i32.trunc_sat_f64_u', [lanes.lane(slot, 0)]);
  const address = slotAddress(frame, slots, index);
  for (let term = 0; term < PAST_TERMS; term += 1) {
    const offset = term * COLUMN_BYTES;
    const value = whereActive(scope, terms[term] ?? lanes.constant(0), () => lanes.load(address, offset));
    lanes.store(address, offset, value);
  }
}

/** A variable at one place of the step, and its slope in units per step. */
interface Knot {
  readonly value: Real;
  readonly slope: Real;
}

/** Follows the numeric states that are read delayed; undefined if there are none. */
export interface Course {
  /** The states in the middle of the step; without it the course is a polynomial of degree 3. */
  readonly halfway: (states: readonly Real[]) => void;
  /** The states at the end of the step. */
  readonly end: (states: readonly Real[]) => void;
}

/** Begins to follow, at the begin of the step. */
export function followCourse(system: NumericSystem, scope: Scope): Course | undefined {
  const { frame } = scope;
  const { lanes, resolution, setting } = frame;
  const { equations } = system;
  const kept = equations.flatMap(({ state }, i) => (setting.storage.past.has(state) ? [{ state, i }] : []));
  if (kept.length === 0) return undefined;
  const sides = prepareRightHandSides(system, scope, [0, 1 / 2, 1]);
  sides.begin(resolution);
  const knotsAt = (place: number, states: readonly Real[]): readonly Knot[] => {
    sides.enter(place);
    const slopes = sides.slopes(lanes.mul(lanes.constant(place), resolution), states);
    return kept.map(({ i }) => {
      const [value, slope] = [states[i], slopes[i]];
      if (value === undefined || slope === undefined) throw new InternalError('a state without slope');
      return { value, slope: lanes.mul(slope, resolution) };
    });
  };
  const before = knotsAt(
    0,
    equations.map(({ state }) => readVariable(state, 0, scope)),
  );
  let middle: readonly Knot[] | undefined;
  return {
    halfway: (states) => {
      middle = knotsAt(1 / 2, states);
    },
    end: (states) => {
      const after = knotsAt(1, states);
      kept.forEach(({ state }, k) => {
        const knots = [before[k], middle?.[k], after[k]].filter((knot) => knot !== undefined);
        keepTerms(
          state,
          knots.length === 3 ? quinticThrough(frame, knots) : cubicThrough(frame, knots),
          scope,
        );
      });
    },
  };
}

/** The course of exact states: of degree 5 through values, slopes and second derivatives at both ends. */
export function keepExact({ system, moved }: AffineGroup, after: readonly Real[], scope: Scope): void {
  const { past } = scope.frame.setting.storage;
  const kept = moved.flatMap((place) => {
    const state = system.states[place];
    return state !== undefined && past.has(state) ? [{ place, state }] : [];
  });
  if (kept.length === 0) return;
  const coefficients = readCoefficients(system, scope);
  const [begin, end] = [
    motionOf(coefficients, coefficients.states, scope),
    motionOf(coefficients, after, scope),
  ];
  for (const { place, state } of kept) {
    keepTerms(state, quinticBetween(scope.frame, begin[place], end[place]), scope);
  }
}

/** The course of a countdown, which begins at `before`; one that is infinite has none. */
export function keepCountdown(state: ModelVariable, before: Real, after: Real, scope: Scope): void {
  const { lanes } = scope.frame;
  const change = lanes.sub(after, before);
  keepTerms(state, [before, lanes.keep(lanes.eq(change, change), change)], scope);
}

/** Value, slope and second derivative, the step being the unit of time. */
interface Motion extends Knot {
  readonly curvature: Real;
}

/** x, (A x + b) h and A (A x + b) h². */
function motionOf(
  { entries, input }: Coefficients,
  states: readonly Real[],
  { frame }: Scope,
): readonly Motion[] {
  const { lanes, resolution } = frame;
  const times = (vector: readonly Real[], added: readonly (Real | undefined)[]): readonly Real[] =>
    vector.map((_, row) => {
      const products = entries.flatMap((entry) => {
        const factor = vector[entry.column];
        return entry.row === row && factor !== undefined ? [lanes.mul(entry.value, factor)] : [];
      });
      const first = added[row];
      const sum = [...(first === undefined ? [] : [first]), ...products];
      return lanes.mul(
        sum.reduce((a, b) => lanes.add(a, b), lanes.constant(0)),
        resolution,
      );
    });
  const slopes = times(states, input);
  const curvatures = times(slopes, []);
  return states.map((value, i) => ({
    value,
    slope: slopes[i] ?? lanes.constant(0),
    curvature: curvatures[i] ?? lanes.constant(0),
  }));
}

/** Σ factorᵢ·valueᵢ; factors of 0 are left out. */
function combine({ lanes }: Frame, factors: readonly number[], values: readonly Real[]): Real {
  return values
    .flatMap((value, i) => {
      const factor = factors[i] ?? 0;
      return factor === 0 ? [] : [lanes.mul(lanes.constant(factor), value)];
    })
    .reduce((a, b) => lanes.add(a, b), lanes.constant(0));
}

/** Coefficients of the polynomial of degree 3 through values and slopes at 0 and 1. */
function cubicThrough(frame: Frame, [begin, end]: readonly Knot[]): readonly Real[] {
  if (begin === undefined || end === undefined) throw new InternalError('a course without ends');
  const { lanes } = frame;
  const parts = [lanes.sub(end.value, begin.value), begin.slope, end.slope];
  return [begin.value, begin.slope, combine(frame, [3, -2, -1], parts), combine(frame, [-2, 1, 1], parts)];
}

/**
 * Coefficients c₂ … c₅ of the polynomial of degree 5 through values and slopes at 0, 1/2 and 1, from what the straight line at 0 lacks: of the value at 1/2,
 * of the slope at 1/2, of the value at 1, of the slope at 1.
 */
const THROUGH_MIDDLE: readonly (readonly number[])[] = [
  [16, -8, 7, -1],
  [-32, 32, -34, 5],
  [16, -40, 52, -8],
  [0, 16, -24, 4],
];

function quinticThrough(frame: Frame, [begin, middle, end]: readonly Knot[]): readonly Real[] {
  if (begin === undefined || middle === undefined || end === undefined) {
    throw new InternalError('a course without middle');
  }
  const { add, sub, mul, constant } = frame.lanes;
  const lacking = [
    sub(sub(middle.value, begin.value), mul(constant(0.5), begin.slope)),
    sub(middle.slope, begin.slope),
    sub(sub(end.value, begin.value), begin.slope),
    sub(end.slope, begin.slope),
  ];
  const higher = THROUGH_MIDDLE.map((factors) => combine(frame, factors, lacking));
  return [add(begin.value, constant(0)), begin.slope, ...higher];
}

/** Coefficients of the polynomial of degree 5 through values, slopes and second derivatives at 0 and 1. */
function quinticBetween(frame: Frame, begin: Motion | undefined, end: Motion | undefined): readonly Real[] {
  if (begin === undefined || end === undefined) throw new InternalError('a state outside of its system');
  const { lanes } = frame;
  const parts = [lanes.sub(end.value, begin.value), begin.slope, end.slope, begin.curvature, end.curvature];
  return [
    begin.value,
    begin.slope,
    lanes.mul(lanes.constant(0.5), begin.curvature),
    combine(frame, [10, -6, -4, -1.5, 0.5], parts),
    combine(frame, [-15, 8, 7, 1.5, -1], parts),
    combine(frame, [6, -3, -3, -0.5, 0.5], parts),
  ];
}
