import { descriptor, failureKind, spikeRecord } from '@nestml/engine/interface';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Mask, Real } from '../ssa/lanes.ts';
import type { FunctionReference, SsaFunction } from '../ssa/ssa-function.ts';
import type { Value } from '../ssa/value.ts';
import { activeWhere, type Scope } from './frame.ts';

/** What a failure can be. */
export type FailureName = Exclude<keyof typeof failureKind, 'none'>;

const FAIL: FunctionReference = Object.freeze({
  name: 'neuron.fail',
  parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'f64', 'f64'],
  results: [],
} as const);

const REFUSE: FunctionReference = Object.freeze({
  name: 'neuron.refuse',
  parameters: ['i32', 'i32', 'i32', 'f64'],
  results: [],
} as const);

const EMIT: FunctionReference = Object.freeze({
  name: 'neuron.emit',
  parameters: ['i32', 'i32', 'i32', 'i32', 'f64', 'f64'],
  results: [],
} as const);

const NOTE: FunctionReference = Object.freeze({
  name: 'neuron.note',
  parameters: ['i32', 'i32', 'i32', 'i32'],
  results: [],
} as const);

/** A failure in the active lanes in which the condition holds. The lanes go on; the tile is not stored. */
export function failWhere(
  scope: Scope,
  condition: Mask,
  kind: FailureName,
  place: number,
  value: Real,
): void {
  const { builder, lanes } = scope.frame;
  const failing = activeWhere(scope, condition);
  builder.branch(lanes.any(failing), () => fail(scope, failing, kind, place, value));
}

function fail({ frame }: Scope, failing: Mask, kind: FailureName, place: number, value: Real): void {
  const { builder, lanes, block, instance } = frame;
  builder.call(FAIL, [
    block,
    instance,
    lanes.laneMask(failing),
    builder.i32(failureKind[kind]),
    builder.i32(place),
    lanes.lane(value, 0),
    lanes.lane(value, lanes.width - 1),
  ]);
}

/** A failure if the value is NaN: short, for the many variables of the functions with one lane that are not called in steps. */
export function emitRefusal({ frame }: Scope, value: Real, place: number): void {
  const { builder, lanes, block, instance } = frame;
  builder.call(REFUSE, [block, instance, builder.i32(place), lanes.lane(value, 0)]);
}

/** Whether something has failed in this call: an i32 that is not 0. */
export function readFailure(builder: FunctionBuilder, block: Value<'i32'>): Value<'i32'> {
  return asI32(builder.load('i32.load', block, descriptor.failureKind));
}

/** Appends a spike of each active lane. */
export function emitSpike({ frame, mask }: Scope, weight: Real): void {
  const { builder, lanes, block, instance, callStep } = frame;
  const bits = lanes.laneMask(mask ?? lanes.truth(true));
  const weights = [lanes.lane(weight, 0), lanes.lane(weight, lanes.width - 1)];
  builder.call(EMIT, [block, instance, bits, callStep, ...weights]);
}

/** Notes the step as one that integrates state number `number` of `Layout.repeated` again, where the condition holds in an active lane. */
export function noteRepetition(scope: Scope, condition: Mask, number: number): void {
  const { builder, lanes, block, instance } = scope.frame;
  const repeating = activeWhere(scope, condition);
  builder.branch(lanes.any(repeating), () => {
    builder.call(NOTE, [block, instance, lanes.laneMask(repeating), builder.i32(number)]);
  });
}

/** The functions behind failures, notices and spikes. */
export function defineEvents(): readonly SsaFunction[] {
  return [defineFail(), defineRefuse(), defineNote(), defineEmit()];
}

/** Calls the body for each lane of the mask that belongs to an instance. */
function forLanes(
  builder: FunctionBuilder,
  bits: Value,
  first: Value,
  block: Value,
  body: (instance: Value<'i32'>, lane: 0 | 1) => void,
): void {
  const instances = builder.load('i32.load', block, descriptor.instances);
  for (const lane of [0, 1] as const) {
    const instance = builder.operation('i32', 'i32.add', [first, builder.i32(lane)]);
    const bit = builder.operation('i32', 'i32.and', [bits, builder.i32(1 << lane)]);
    const exists = builder.operation('i32', 'i32.lt_u', [instance, instances]);
    const isSet = builder.operation('i32', 'i32.ne', [bit, builder.i32(0)]);
    builder.branch(builder.operation('i32', 'i32.and', [isSet, exists]), () => body(instance, lane));
  }
}

/** The first failure of a call stays. */
function defineFail(): SsaFunction {
  const builder = new FunctionBuilder(FAIL.name, FAIL);
  const [block, first, bits, kind, place] = i32Parameters(builder, 5);
  forLanes(builder, bits, first, block, (instance, lane) => {
    const present = readFailure(builder, block);
    builder.branch(builder.operation('i32', 'i32.eqz', [present]), () => {
      builder.store('i32.store', block, descriptor.failureKind, kind);
      builder.store('i32.store', block, descriptor.failureInstance, instance);
      builder.store('i32.store', block, descriptor.failurePlace, place);
      builder.store('f64.store', block, descriptor.failureValue, builder.parameter(5 + lane, 'f64'));
    });
  });
  return builder.finish();
}

function defineRefuse(): SsaFunction {
  const builder = new FunctionBuilder(REFUSE.name, REFUSE);
  const [block, instance, place] = i32Parameters(builder, 3);
  const value = builder.parameter(3, 'f64');
  builder.branch(builder.operation('i32', 'f64.ne', [value, value]), () => {
    const kind = builder.i32(failureKind.notFinite);
    builder.call(FAIL, [block, instance, builder.i32(1), kind, place, value, value]);
  });
  return builder.finish();
}

/** The earliest step stays. */
function defineNote(): SsaFunction {
  const builder = new FunctionBuilder(NOTE.name, NOTE);
  const [block, first, bits, number] = i32Parameters(builder, 4);
  forLanes(builder, bits, first, block, () => {
    const list = builder.load('i32.load', block, descriptor.repeatedAddress);
    const offset = builder.operation('i32', 'i32.mul', [number, builder.i32(8)]);
    const entry = builder.operation('i32', 'i32.add', [list, offset]);
    const step = builder.load('f64.load', block, descriptor.step);
    const noted = builder.load('f64.load', entry, 0);
    const isNone = builder.operation('i32', 'f64.lt', [noted, builder.f64(0)]);
    const isLater = builder.operation('i32', 'f64.lt', [step, noted]);
    builder.branch(builder.operation('i32', 'i32.or', [isNone, isLater]), () =>
      builder.store('f64.store', entry, 0, step),
    );
  });
  return builder.finish();
}

function defineEmit(): SsaFunction {
  const builder = new FunctionBuilder(EMIT.name, EMIT);
  const [block, first, bits, step] = i32Parameters(builder, 4);
  forLanes(builder, bits, first, block, (instance, lane) => {
    const count = builder.load('i32.load', block, descriptor.spikeCount);
    const capacity = builder.load('i32.load', block, descriptor.spikeCapacity);
    builder.branch(
      builder.operation('i32', 'i32.lt_u', [count, capacity]),
      () => {
        const offset = builder.operation('i32', 'i32.mul', [count, builder.i32(spikeRecord.bytes)]);
        const list = builder.load('i32.load', block, descriptor.spikeAddress);
        const record = builder.operation('i32', 'i32.add', [list, offset]);
        builder.store('i32.store', record, spikeRecord.instance, instance);
        builder.store('i32.store', record, spikeRecord.step, step);
        builder.store('f64.store', record, spikeRecord.weight, builder.parameter(4 + lane, 'f64'));
        const next = builder.operation('i32', 'i32.add', [count, builder.i32(1)]);
        builder.store('i32.store', block, descriptor.spikeCount, next);
      },
      () => failFull(builder, block, instance),
    );
  });
  return builder.finish();
}

/** Only where a loop emits: otherwise the space was asked for before the step. */
function failFull(builder: FunctionBuilder, block: Value<'i32'>, instance: Value<'i32'>): void {
  const zero = builder.f64(0);
  const kind = builder.i32(failureKind.spikesFull);
  builder.call(FAIL, [block, instance, builder.i32(1), kind, builder.i32(0), zero, zero]);
}

function i32Parameters(builder: FunctionBuilder, count: 3 | 4 | 5): readonly [I32, I32, I32, I32, I32] {
  const at = (index: number): I32 => builder.parameter(Math.min(index, count - 1), 'i32');
  return [at(0), at(1), at(2), at(3), at(4)];
}

type I32 = Value<'i32'>;

/** A loaded value whose type is known. */
export function asI32({ id }: Value): Value<'i32'> {
  return { id, type: 'i32' };
}

/** A loaded value whose type is known. */
export function asF64({ id }: Value): Value<'f64'> {
  return { id, type: 'f64' };
}
