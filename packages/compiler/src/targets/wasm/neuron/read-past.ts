import { InternalError } from '@nestml/diagnostics';
import type { Delay } from '../../../ir/model.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { Real } from '../ssa/lanes.ts';
import type { Value } from '../ssa/value.ts';
import { COLUMN_BYTES } from './cells.ts';
import { horner, slopeTerms } from './driver-series.ts';
import type { PreparedDriver } from './emit-driver.ts';
import { emitNumber } from './emit-expression.ts';
import { asF64, failWhere } from './emit-failure.ts';
import type { Frame, Scope } from './frame.ts';
import { PAST_TERMS, type PastSlots } from './past-storage.ts';
import { roundToNs } from './variable-access.ts';

/** Part of a step around a jump of a delayed value that belongs to its left side. */
const HALF_BREAK = 2 ** -41;

/** The ring of a variable that is read delayed. */
export function pastOf({ setting }: Frame, state: ModelVariable): PastSlots {
  const slots = setting.storage.past.get(state);
  if (slots === undefined) throw new InternalError(`the past of ${state.writtenName} is not kept`);
  return slots;
}

/** Delayed values as known functions of the time within the step (rule D16). A delay below the step, or longer than the ring, ends the run. */
export function prepareDelays(delays: readonly Delay[], scope: Scope): PreparedDriver {
  const looks = delays.map((delay) => ({ variable: delay.variable, look: lookBack(delay, scope) }));
  return {
    begin: () => undefined,
    enter: () => undefined,
    accept: () => undefined,
    at: (time) => looks.map(({ variable, look }) => [variable, look(time).value()] as const),
    drift: (time) => looks.map(({ variable, look }) => [variable, look(time).slope()] as const),
  };
}

/** A delayed value at the end of the step. */
export function readDelayed(variable: ModelVariable, scope: Scope): Real {
  const delay = scope.frame.setting.plan.model.delays.find((entry) => entry.variable === variable);
  if (delay === undefined) throw new InternalError(`${variable.name} is no delayed value`);
  return lookBack(delay, scope)(scope.frame.resolution).value();
}

/** What was at a time within the step, ms, and how fast it changed, per ms. */
type Look = (time: Real) => { readonly value: () => Real; readonly slope: () => Real };

function lookBack({ state, delay }: Delay, scope: Scope): Look {
  const { frame } = scope;
  const { lanes, setting, resolution, step } = frame;
  const { add, sub, div, constant, floor } = lanes;
  const slots = pastOf(frame, state);
  const ms = emitNumber(delay, scope);
  const stepsBack = div(roundToNs(frame, ms), frame.shared(setting.storage.resolution.nanoseconds));
  refuseDelay(slots, stepsBack, ms, state, scope);
  const whole = floor(stepsBack);
  const fraction = sub(stepsBack, whole);
  const newest = sub(lanes.splat(step), whole);
  return (time) => {
    const theta = div(time, resolution);
    const isLeft = lanes.and(
      lanes.gt(fraction, constant(0)),
      lanes.lt(theta, add(fraction, constant(HALF_BREAK))),
    );
    const one = lanes.keep(isLeft, constant(1));
    const terms = loadTerms(frame, slots, sub(newest, one));
    const place = lanes.lesser(lanes.greater(add(sub(theta, fraction), one), constant(0)), constant(1));
    return {
      value: () => horner(frame, terms, place),
      slope: () => div(horner(frame, slopeTerms(frame, terms), place), resolution),
    };
  };
}

/** Where the delay is no number of at least one step that the ring reaches back. */
function refuseDelay(
  { steps }: PastSlots,
  stepsBack: Real,
  ms: Real,
  state: ModelVariable,
  scope: Scope,
): void {
  const { lanes, setting } = scope.frame;
  const isKept = lanes.and(
    lanes.ge(stepsBack, lanes.constant(1)),
    lanes.le(lanes.ceil(stepsBack), lanes.constant(steps - 1)),
  );
  failWhere(scope, lanes.not(isKept), 'delay', setting.places.ofVariable(state), ms);
}

/** The coefficients of a step, per lane. */
function loadTerms(frame: Frame, slots: PastSlots, step: Real): readonly Real[] {
  const { lanes, builder } = frame;
  const slot = slotOfStep(frame, slots, step);
  const addresses = Array.from({ length: lanes.width }, (_, lane) => {
    const index = builder.operation('i32', 'i32.trunc_sat_f64_u', [lanes.lane(slot, lane)]);
    return slotAddress(frame, slots, index);
  });
  return Array.from({ length: PAST_TERMS }, (_, term) =>
    lanes.gather(
      addresses.map((address, lane) =>
        asF64(builder.load('f64.load', address, term * COLUMN_BYTES + lane * 8)),
      ),
    ),
  );
}

/** The number of a step modulo the length of the ring. */
export function slotOfStep({ lanes }: Frame, { steps }: PastSlots, step: Real): Real {
  const length = lanes.constant(steps);
  return lanes.sub(step, lanes.mul(lanes.floor(lanes.div(step, length)), length));
}

/** Where a slot of the ring begins. */
export function slotAddress(
  { builder, tile }: Frame,
  { column }: PastSlots,
  slot: Value<'i32'>,
): Value<'i32'> {
  const distance = builder.operation('i32', 'i32.mul', [slot, builder.i32(PAST_TERMS * COLUMN_BYTES)]);
  const first = builder.operation('i32', 'i32.add', [tile, builder.i32(column * COLUMN_BYTES)]);
  return builder.operation('i32', 'i32.add', [first, distance]);
}
