import { InternalError } from '@nestml/diagnostics';
import { effectsOf } from '../../../ir/effects.ts';
import type { ElementOf, FunctionDefinition, ModelFunction } from '../../../ir/functions.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { Real } from '../ssa/lanes.ts';
import type { FunctionReference } from '../ssa/ssa-function.ts';
import type { Label, Value, Variable } from '../ssa/value.ts';
import { readCell, startCell } from './emit-expression.ts';
import { asF64, failWhere } from './emit-failure.ts';
import { emitStatements } from './emit-statement.ts';
import {
  branchWhere,
  createMemo,
  type Exit,
  type Frame,
  type LaneValue,
  maskOf,
  type Place,
  realOf,
  type Scope,
} from './frame.ts';
import { functionBodies, rowOf, slotOf } from './storage.ts';
import { NS_PER_MS, SHARED_BYTES, sizeInPlan } from './variable-access.ts';

/** Calls inside each other that a step may have (rule D9). */
const DEEPEST_CALL = 250;

/** Calls a function of the model; nothing comes back from one without value. */
export function emitFunctionCall(
  callee: ModelFunction,
  values: readonly LaneValue[],
  scope: Scope,
): LaneValue | undefined {
  const { setting } = scope.frame;
  const reference = setting.recursive.get(callee);
  if (reference !== undefined) return callRecursive(callee, reference, values, scope);
  const definition = setting.functions.get(callee);
  if (definition === undefined) throw new InternalError(`${callee.name} has no body`);
  return expandFunction(definition, values, scope);
}

/** The body in place, with variables of its own for the parameters. */
export function expandFunction(
  { function: callee, body }: FunctionDefinition,
  values: readonly LaneValue[],
  scope: Scope,
): LaneValue | undefined {
  const { frame } = scope;
  const { lanes } = frame;
  callee.parameters.forEach((parameter, i) => {
    const value = values[i];
    if (value === undefined) throw new InternalError(`${callee.name} needs an argument ${i}`);
    frame.locals.set(parameter, startCell(scope, value, roleOf(parameter)));
  });
  const isTruth = callee.value === 'boolean';
  const start = isTruth ? lanes.truth(false) : lanes.constant(0);
  const result = startCell(scope, start, isTruth ? 'mask' : 'real');
  emitBody(scope, (exit) =>
    emitStatements(body, { ...scope, memo: createMemo(), exit: { ...exit, result } }),
  );
  return callee.hasValue ? readCell(scope, result) : undefined;
}

/** Whether a variable holds numbers or truth values. */
export function roleOf({ value }: Pick<ModelVariable, 'value'>): 'real' | 'mask' {
  return value === 'boolean' ? 'mask' : 'real';
}

/** A body that `return` leaves. */
export function emitBody({ frame }: Scope, emit: (exit: Exit) => void): void {
  const { builder, lanes } = frame;
  if (lanes.flavour === 'scalar') {
    builder.block((label: Label) => emit({ label, live: undefined, result: undefined }));
    return;
  }
  const live: Variable = builder.variable(lanes.truth(true).value);
  emit({ label: undefined, live, result: undefined });
}

function callRecursive(
  callee: ModelFunction,
  reference: FunctionReference,
  values: readonly LaneValue[],
  scope: Scope,
): LaneValue | undefined {
  const { frame } = scope;
  const { builder, lanes, depth } = frame;
  const isTooDeep = lanes.asMask(builder.operation('i32', 'i32.ge_u', [depth, builder.i32(DEEPEST_CALL)]));
  failWhere(scope, isTooDeep, 'recursion', scope.place, lanes.constant(DEEPEST_CALL));
  const result = builder.variable(builder.f64(0));
  branchWhere(scope, lanes.not(isTooDeep), () => {
    const operands = [...frameOperands(frame), ...values.map((value) => realOf(frame, value).value)];
    const restore = lendValues(callee, scope);
    const [returned] = builder.call(reference, operands);
    restore();
    if (returned !== undefined) builder.write(result, asF64(returned));
  });
  if (!callee.hasValue) return undefined;
  const value = lanes.asReal(builder.read(result));
  return callee.value === 'boolean' ? maskOf(frame, value) : value;
}

/**
 * A function of the module reads states where they are stored: those that have another value here, at a stage of an integration, are stored
 * with it during the call. Gives what puts the old ones back.
 */
function lendValues(callee: ModelFunction, scope: Scope): () => void {
  const { frame, values } = scope;
  const { cells, setting } = frame;
  if (values.size === 0) return () => undefined;
  const { model } = setting.plan;
  const body = setting.functions.get(callee)?.body ?? [];
  const read = new Set(effectsOf(body, [], functionBodies(model)).reads);
  const lent = [...values].filter(([variable]) => read.has(variable));
  const places = lent.flatMap(([variable]) => {
    const { storage, encoding } = slotOf(setting.storage, variable);
    return encoding.kind === 'counted' ? [storage.index, encoding.count] : [storage.index];
  });
  const before = places.map((place) => cells.read(place));
  for (const [variable, value] of lent) lendValue(variable, value, frame);
  return () => {
    places.forEach((place, i) => {
      const value = before[i];
      if (value !== undefined) cells.write(place, value);
    });
  };
}

/** As `writeVariable`, but inside a step a countdown is not rounded to nanoseconds. */
function lendValue(variable: ModelVariable, value: Real, { cells, lanes, setting }: Frame): void {
  const { storage, encoding } = slotOf(setting.storage, variable);
  const isNanoseconds = encoding.kind === 'nanoseconds';
  cells.write(storage.index, isNanoseconds ? lanes.mul(value, lanes.constant(NS_PER_MS)) : value);
  if (encoding.kind === 'counted') cells.write(encoding.count, lanes.constant(0));
}

/** What a function of the module is told besides its arguments, see `defineFunction`. */
function frameOperands({
  builder,
  block,
  tile,
  instance,
  inputs,
  callStep,
  step,
  depth,
}: Frame): readonly Value[] {
  const deeper = builder.operation('i32', 'i32.add', [depth, builder.i32(1)]);
  return [block, tile, instance, inputs.address, callStep, step, deeper];
}

/** The element of a vector that a number selects; one lane only. */
export function emitElementOf(callee: ElementOf, index: Real, scope: Scope): LaneValue {
  const { frame } = scope;
  const { builder, lanes } = frame;
  const { vector } = callee;
  const size = sizeInPlan(vector, frame);
  const place = frame.setting.places.ofSpan(callee.span);
  const whole = checkedIndex(index, size, place, scope);
  const result = builder.variable(builder.f64(0));
  builder.branch(whole.isInside, () =>
    builder.write(result, asF64(readAt(vector, whole.index, frame).value)),
  );
  const value = lanes.asReal(builder.read(result));
  return vector.value === 'boolean' ? maskOf(frame, value) : value;
}

/** Fails where the index is no element. */
export function checkedIndex(
  index: Real,
  size: number,
  place: number,
  scope: Scope,
): { readonly index: Value<'i32'>; readonly isInside: Value<'i32'> } {
  const { builder, lanes } = scope.frame;
  const isInside = lanes.and(
    lanes.eq(lanes.trunc(index), index),
    lanes.and(lanes.ge(index, lanes.constant(0)), lanes.lt(index, lanes.constant(size))),
  );
  failWhere(scope, lanes.not(isInside), 'index', place, index);
  return {
    index: builder.operation('i32', 'i32.trunc_sat_f64_s', [lanes.lane(index, 0)]),
    isInside: lanes.any(isInside),
  };
}

function readAt(vector: ModelVariable, index: Value<'i32'>, frame: Frame): Real {
  const { builder, lanes, inputs, setting } = frame;
  if (vector.role === 'continuousPort' || vector.role === 'spikePort') {
    const content = vector.role === 'spikePort' ? 'weight' : 'current';
    const first = builder.i32(rowOf(setting.storage, vector, 0, content));
    return inputs.readAt(builder.operation('i32', 'i32.add', [index, first]), content);
  }
  const { address, offset } = addressOf(placeOfVector(vector, frame), index, frame);
  return lanes.load(address, offset);
}

/** Where the first element of a vector lies. */
export function placeOfVector(vector: ModelVariable, { setting, cells, sharedAddress }: Frame): Place {
  const { storage } = slotOf(setting.storage, vector);
  if (storage.kind === 'shared') {
    return { address: sharedAddress, offset: storage.index * SHARED_BYTES, stride: SHARED_BYTES };
  }
  if (cells.placeOf === undefined) throw new InternalError(`${vector.name} is not in memory`);
  return cells.placeOf(storage.index);
}

/** The address of an element. */
export function addressOf(
  { address, offset, stride }: Place,
  index: Value<'i32'>,
  { builder }: Frame,
): { readonly address: Value<'i32'>; readonly offset: number } {
  const distance = builder.operation('i32', 'i32.mul', [index, builder.i32(stride)]);
  return { address: builder.operation('i32', 'i32.add', [address, distance]), offset };
}
