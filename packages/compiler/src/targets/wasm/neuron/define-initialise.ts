import type { ExpressionNode } from '@nestml/dynamics';
import { descriptor, failureKind, type Storage } from '@nestml/engine/interface';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { Initialisation } from '../../../solved/solved-model.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Real } from '../ssa/lanes.ts';
import type { SsaFunction } from '../ssa/ssa-function.ts';
import type { Label, Value } from '../ssa/value.ts';
import { COLUMN_BYTES, copyIn, copyOut, scratchCells } from './cells.ts';
import {
  type FunctionFrame,
  laneAddress,
  openFunction,
  product,
  readI32,
  resolutionOf,
  silentInputs,
  sum,
} from './create-frame.ts';
import { emitCondition, emitNumber } from './emit-expression.ts';
import { asI32, emitRefusal, failWhere, readFailure } from './emit-failure.ts';
import { type Frame, forgetful, type NeuronSetting, NOTHING_UNIFORM, type Scope, scopeOf } from './frame.ts';
import { fillPast } from './keep-past.ts';
import { slotOf, type VariableSlot } from './storage.ts';
import { readStorage, writeStorage, writeVariable } from './variable-access.ts';

/** Step number while nothing has been stepped. */
const BEFORE_START = -1;

/** A function under construction that visits the instances one by one. */
interface Visit {
  readonly open: FunctionFrame;
  readonly block: Value<'i32'>;
  readonly instances: Value<'i32'>;
  readonly tileAddress: Value<'i32'>;
  readonly tileBytes: Value<'i32'>;
}

function openVisit(name: string, setting: NeuronSetting, hasGiven: boolean): Visit {
  const parameters = hasGiven ? (['i32', 'i32'] as const) : (['i32'] as const);
  const builder = new FunctionBuilder(name, { parameters, results: ['i32'] });
  const block = builder.parameter(0, 'i32');
  const open = openFunction(setting, createLanes(builder, 'scalar'), block, true);
  builder.store('i32.store', block, descriptor.failureKind, builder.i32(failureKind.none));
  return {
    open,
    block,
    instances: readI32(builder, block, 'instances'),
    tileAddress: readI32(builder, block, 'tileAddress'),
    tileBytes: readI32(builder, block, 'tileBytes'),
  };
}

function finish({ open: { builder }, block }: Visit): SsaFunction {
  return builder.finish(readFailure(builder, block));
}

/** Calls the body for the values that all instances share, as part of the first instance. */
function visitShared(visit: Visit, body: (scope: Scope) => void): void {
  body(scopeOf(frameAt(visit, visit.open.builder.i32(0))));
}

/** Calls the body for each instance until one fails. */
function visitInstances(visit: Visit, body: (scope: Scope) => void): void {
  const { open, block, instances } = visit;
  const { builder } = open;
  const counter = builder.variable(builder.i32(0));
  builder.block((end: Label) => {
    builder.leave(end, readFailure(builder, block));
    builder.leave(end, builder.operation('i32', 'i32.eqz', [instances]));
    builder.loop(() => {
      const instance = builder.read(counter);
      const frame = frameAt(visit, instance);
      body(scopeOf(frame));
      builder.leave(end, readFailure(builder, block));
      copyOut(open.lanes, frame.tile, open.scratch, open.setting.storage);
      const next = sum(builder, instance, 1);
      builder.write(counter, next);
      return builder.operation('i32', 'i32.lt_u', [next, instances]);
    });
  });
}

function frameAt({ open, tileAddress, tileBytes }: Visit, instance: Value<'i32'>): Frame {
  const { builder, lanes, setting, scratch } = open;
  const tile = laneAddress(open, tileAddress, tileBytes, instance);
  copyIn(lanes, tile, scratch, setting.storage, setting.extras.count);
  return {
    ...open,
    tile,
    instance,
    valid: undefined,
    cells: scratchCells(lanes, tile, scratch, setting.storage),
    inputs: silentInputs(open),
    step: builder.f64(BEFORE_START),
    callStep: builder.i32(0),
    time: lanes.constant(0),
    resolution: resolutionOf(open),
    depth: builder.i32(0),
    locals: new Map(),
    uniform: NOTHING_UNIFORM,
  };
}

/** `initialise(block, given)`: everything that is not given, shared values first (rule D11). */
export function defineInitialise(setting: NeuronSetting): SsaFunction {
  const visit = openVisit('initialise', setting, true);
  const { initialisation } = setting.plan.model;
  visitShared(visit, (scope) => {
    for (const entry of initialisation) {
      if (isShared(entry.variable, setting)) initialiseVariable(entry, scope);
    }
    deriveShared(scope);
  });
  visitInstances(visit, (scope) => {
    for (const { system } of setting.plan.model.convolutions) {
      for (const state of system.states) initialiseConvolution(state, scope);
    }
    for (const entry of initialisation) {
      if (!isShared(entry.variable, setting)) initialiseVariable(entry, scope);
    }
    for (const column of new Set(setting.storage.trials.values())) {
      scope.frame.cells.write(column, scope.frame.resolution);
    }
    deriveColumns(scope);
    fillPast(scope);
  });
  copyLastLane(visit, () => true);
  return finish(visit);
}

/**
 * `derive(block, given)`: parameters that depend on others, internals and coefficients. What depends on states keeps what it has, since
 * states have moved on from their initial values.
 */
export function defineDerive(setting: NeuronSetting): SsaFunction {
  const visit = openVisit('derive', setting, true);
  const frozen = derivedFromStates(setting);
  const derived = setting.plan.model.initialisation.filter(({ variable }) => !frozen.has(variable));
  visitShared(visit, (scope) => {
    for (const entry of derived) if (isShared(entry.variable, setting)) deriveVariable(entry, scope);
    deriveShared(scope);
  });
  visitInstances(visit, (scope) => {
    for (const entry of derived) if (!isShared(entry.variable, setting)) deriveVariable(entry, scope);
    deriveColumns(scope);
  });
  copyLastLane(visit, (column) => !setting.storage.mutable.has(column));
  return finish(visit);
}

/** `checkGuards(block)`: stops at the first instance of which a guard does not hold. */
export function defineCheckGuards(setting: NeuronSetting): SsaFunction {
  const visit = openVisit('checkGuards', setting, false);
  visitInstances(visit, (scope) => {
    for (const { variable, condition } of setting.plan.model.guards) {
      const here = forgetful(scope);
      const { lanes } = scope.frame;
      const holds = emitCondition(condition, here);
      const { storage } = slotOf(setting.storage, variable);
      const value = readStorage(scope.frame, storage);
      failWhere(here, lanes.not(holds), 'guard', setting.places.ofVariable(variable), value);
    }
  });
  return finish(visit);
}

function isShared(variable: ModelVariable, { storage }: NeuronSetting): boolean {
  return slotOf(storage, variable).storage.kind === 'shared';
}

function derivedFromStates({ plan: { model } }: NeuronSetting): ReadonlySet<ModelVariable> {
  const derived = new Set<ModelVariable>(model.states.map(({ variable }) => variable));
  for (const { variable } of model.initialisation) {
    const { on } = model.dependencies.find((entry) => entry.variable === variable) ?? { on: [] };
    if (on.some((other) => derived.has(other))) derived.add(variable);
  }
  return derived;
}

/** Anew; a number that does not depend on anything is there already. */
function deriveVariable(entry: Initialisation, scope: Scope): void {
  const { builder, setting } = scope.frame;
  const slot = slotOf(setting.storage, entry.variable);
  if (entry.value.kind !== 'constant') {
    initialiseVariable(entry, scope);
    return;
  }
  for (let element = 0; element < slot.size; element += 1) {
    builder.branch(givenBit(slot.first + element, scope.frame), () => acceptGiven(slot, element, scope));
  }
}

/** The declared value in all elements, except those that are given. NaN ends the run. */
function initialiseVariable({ variable, value }: Initialisation, scope: Scope): void {
  const { builder, setting } = scope.frame;
  const slot = slotOf(setting.storage, variable);
  if (slot.size !== 1) {
    initialiseVector(slot, value, scope);
    return;
  }
  const isNumber = value.kind === 'constant' && !Number.isNaN(value.value);
  builder.branch(
    givenBit(slot.first, scope.frame),
    () => (isNumber ? acceptGiven(slot, 0, scope) : normaliseGiven(slot, 0, scope)),
    () => writeVariable(variable, 0, emitNumber(value, forgetful(scope)), scope),
  );
  if (!isNumber) refuseNaN(slot, 0, scope);
}

function initialiseVector(slot: VariableSlot, value: ExpressionNode, scope: Scope): void {
  const { frame } = scope;
  const { builder } = frame;
  const bits = Array.from({ length: slot.size }, (_, element) => givenBit(slot.first + element, frame));
  const all = bits.reduce((a, b) => builder.operation('i32', 'i32.and', [a, b]));
  builder.branch(
    all,
    () => undefined,
    () => {
      const declared = emitNumber(value, forgetful(scope));
      bits.forEach((bit, element) => {
        builder.branch(
          bit,
          () => undefined,
          () => writeVariable(slot.variable, element, declared, scope),
        );
      });
    },
  );
  bits.forEach((bit, element) => {
    builder.branch(bit, () => normaliseGiven(slot, element, scope));
    refuseNaN(slot, element, scope);
  });
}

/** An i32 that is not 0 if the variable holds its value already. */
function givenBit(variable: number, { builder }: Frame): Value<'i32'> {
  const byte = asI32(builder.load('i32.load8_u', builder.parameter(1, 'i32'), variable >> 3));
  const shifted = builder.operation('i32', 'i32.shr_u', [byte, builder.i32(variable & 7)]);
  return builder.operation('i32', 'i32.and', [shifted, builder.i32(1)]);
}

/** What is given to an integer is truncated; a given countdown starts its count, a time is rounded to 1 ns. */
function normaliseGiven({ variable, storage, encoding }: VariableSlot, element: number, scope: Scope): void {
  const { frame } = scope;
  const { lanes } = frame;
  const place: Storage = { kind: storage.kind, index: storage.index + element };
  const given = readStorage(frame, place);
  if (encoding.kind === 'counted') writeVariable(variable, element, given, scope);
  else if (encoding.kind === 'nanoseconds') writeStorage(scope, place, lanes.nearest(given));
  else if (variable.isInteger) writeStorage(scope, place, lanes.trunc(given));
}

function acceptGiven(slot: VariableSlot, element: number, scope: Scope): void {
  normaliseGiven(slot, element, scope);
  refuseNaN(slot, element, scope);
}

function refuseNaN({ variable, storage }: VariableSlot, element: number, scope: Scope): void {
  const { frame } = scope;
  const place = frame.setting.places.ofVariable(variable, element);
  emitRefusal(scope, readStorage(frame, storage, element), place);
}

function initialiseConvolution(state: ModelVariable, scope: Scope): void {
  const { builder, lanes, setting } = scope.frame;
  const slot = slotOf(setting.storage, state);
  builder.branch(
    givenBit(slot.first, scope.frame),
    () => undefined,
    () => writeVariable(state, 0, lanes.constant(0), scope),
  );
}

/** An expression of fixed values, and where its value is kept. */
interface Derived {
  readonly storage: Storage;
  readonly value: ExpressionNode;
}

/** Coefficients of affine systems, increments of convolutions and rates of countdowns. */
function derivedValues({ plan: { model }, storage }: NeuronSetting): readonly Derived[] {
  const coefficients = [...storage.systems].flatMap(([system, slots]) =>
    slots.coefficients.flatMap((slot, i): readonly Derived[] => {
      const coefficient = system.coefficients[i];
      return coefficient === undefined ? [] : [{ storage: slot.storage, value: coefficient.value }];
    }),
  );
  const increments = [...storage.increments].flatMap(([{ increments: values }, places]) =>
    places.flatMap((place, i): readonly Derived[] => {
      const value = values[i];
      return value === undefined ? [] : [{ storage: place, value }];
    }),
  );
  const rates = model.countdowns.flatMap(({ state, rate }): readonly Derived[] => {
    const { encoding } = slotOf(storage, state);
    return encoding.kind === 'counted' ? [{ storage: encoding.rate, value: rate }] : [];
  });
  return [...coefficients, ...increments, ...rates];
}

function deriveShared(scope: Scope): void {
  deriveValues('shared', scope);
}

function deriveColumns(scope: Scope): void {
  deriveValues('column', scope);
}

function deriveValues(kind: Storage['kind'], scope: Scope): void {
  for (const { storage, value } of derivedValues(scope.frame.setting)) {
    if (storage.kind !== kind) continue;
    const derived: Real = emitNumber(value, forgetful(scope));
    writeStorage(scope, storage, derived);
  }
}

/** An odd number of instances: the last lane gets the values of the one before. */
function copyLastLane(
  { open, instances, tileAddress, tileBytes }: Visit,
  isCopied: (column: number) => boolean,
): void {
  const { builder, setting } = open;
  const isOdd = builder.operation('i32', 'i32.and', [instances, builder.i32(1)]);
  builder.branch(isOdd, () => {
    const tile = builder.operation('i32', 'i32.shr_u', [instances, builder.i32(1)]);
    const address = sum(builder, tileAddress, product(builder, tile, tileBytes));
    for (let column = 0; column < setting.storage.columns; column += 1) {
      if (!isCopied(column)) continue;
      const offset = column * COLUMN_BYTES;
      builder.store('i64.store', address, offset + 8, builder.load('i64.load', address, offset));
    }
  });
}
