import { InternalError } from '@nestml/diagnostics';
import { descriptor, failureKind } from '@nestml/engine/interface';
import type { Recordable } from '../../../ir/model.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Real } from '../ssa/lanes.ts';
import type { SsaFunction } from '../ssa/ssa-function.ts';
import type { Value } from '../ssa/value.ts';
import { copyIn, scratchCells } from './cells.ts';
import {
  type FunctionFrame,
  inputsAt,
  laneAddress,
  openFunction,
  product,
  readF64,
  readI32,
  resolutionOf,
  sum,
  timeOf,
} from './create-frame.ts';
import { emitNumber } from './emit-expression.ts';
import { failWhere, readFailure } from './emit-failure.ts';
import { type Frame, type Inputs, type NeuronSetting, NOTHING_UNIFORM, scopeOf } from './frame.ts';
import { elementName, sizeOf } from './storage.ts';
import { readVariable } from './variable-access.ts';

/** One row of a recording. */
interface Row {
  readonly recordable: Recordable;
  readonly element: number;
}

/** `record(block, destination, inputStep)`: the values at the end of the last step; NaN ends the run. */
export function defineRecord(setting: NeuronSetting): SsaFunction {
  const builder = new FunctionBuilder('record', { parameters: ['i32', 'i32', 'i32'], results: ['i32'] });
  const block = builder.parameter(0, 'i32');
  const open = openFunction(setting, createLanes(builder, 'scalar'), block);
  builder.store('i32.store', block, descriptor.failureKind, builder.i32(failureKind.none));
  const instances = readI32(builder, block, 'instances');
  builder.branch(instances, () => recordInstances(open, instances));
  return builder.finish(readFailure(builder, block));
}

function recordInstances(open: FunctionFrame, instances: Value<'i32'>): void {
  const { builder, block, lanes, setting } = open;
  const step = readF64(builder, block, 'step');
  const common = {
    ...open,
    valid: undefined,
    step,
    callStep: builder.i32(0),
    time: lanes.splat(timeOf(open, step, readF64(builder, block, 'stepNs'))),
    resolution: resolutionOf(open),
    depth: builder.i32(0),
    uniform: NOTHING_UNIFORM,
  };
  const tileAddress = readI32(builder, block, 'tileAddress');
  const tileBytes = readI32(builder, block, 'tileBytes');
  const rows = setting.plan.usage.recorded.map((name) => rowNamed(name, setting));
  const counter = builder.variable(builder.i32(0));
  builder.loop(() => {
    const instance = builder.read(counter);
    const tile = laneAddress(open, tileAddress, tileBytes, instance);
    const offset = product(builder, instance, 8);
    copyIn(lanes, tile, open.scratch, setting.storage, setting.extras.count);
    const cells = scratchCells(lanes, tile, open.scratch, setting.storage);
    const inputs = recordedInputs(open, offset);
    const frame: Frame = { ...common, tile, instance, cells, inputs, locals: new Map() };
    const destination = sum(builder, builder.parameter(1, 'i32'), offset);
    rows.forEach((row, i) => {
      const address = sum(builder, destination, product(builder, open.rowBytes, i));
      lanes.store(address, 0, recordedValue(row, frame));
    });
    const next = sum(builder, instance, 1);
    builder.write(counter, next);
    return builder.operation('i32', 'i32.lt_u', [next, instances]);
  });
}

/** Continuous ports as in the step that comes, spike ports as in the one before it (rule D1). */
function recordedInputs(open: FunctionFrame, offset: Value<'i32'>): Inputs {
  const { builder, block, rowBytes, setting } = open;
  const { rows } = setting.storage;
  const next = builder.parameter(2, 'i32');
  const stepBytes = product(builder, rowBytes, rows.length);
  const base = sum(builder, readI32(builder, block, 'inputAddress'), offset);
  const coming = sum(builder, base, product(builder, stepBytes, next));
  const isFirst = builder.operation('i32', 'i32.le_s', [next, builder.i32(0)]);
  const before = builder.operation('i32', 'i32.sub', [coming, stepBytes]);
  const last = builder.operation('i32', 'i32.select', [coming, before, isFirst]);
  const [present, past] = [inputsAt(open, coming, false), inputsAt(open, last, false)];
  return {
    address: present.address,
    read: (row) => (rows[row]?.content === 'current' ? present : past).read(row),
    readAt: (row, content) => (content === 'current' ? present : past).readAt(row, content),
  };
}

function rowNamed(name: string, { plan: { model, usage } }: NeuronSetting): Row {
  for (const recordable of model.recordables) {
    if (!('vector' in recordable.value)) {
      if (recordable.name === name) return { recordable, element: 0 };
      continue;
    }
    const { vector } = recordable.value;
    for (let element = 0; element < sizeOf(vector, usage.sizes); element += 1) {
      if (elementName(vector, element) === name) return { recordable, element };
    }
  }
  throw new InternalError(`${model.name} has nothing named ${name} to record`);
}

function recordedValue({ recordable, element }: Row, frame: Frame): Real {
  const { lanes, setting } = frame;
  const { value, span } = recordable;
  const place = setting.places.ofSpan(span);
  const scope = scopeOf(frame, place);
  const recorded =
    'scalar' in value ? emitNumber(value.scalar, scope) : readVariable(value.vector, element, scope);
  failWhere(scope, lanes.ne(recorded, recorded), 'notFinite', place, recorded);
  return recorded;
}

/** Names of everything that the model can record, elements of vectors one by one. */
export function recordableNames(
  { recordables }: SolvedModel,
  sizes: Readonly<Record<string, number>>,
): readonly string[] {
  return recordables.flatMap(({ name, value }) => {
    if (!('vector' in value)) return [name];
    const { vector } = value;
    return Array.from({ length: sizeOf(vector, sizes) }, (_, element) => elementName(vector, element));
  });
}
