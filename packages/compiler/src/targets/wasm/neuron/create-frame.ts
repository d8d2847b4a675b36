import { descriptor } from '@nestml/engine/interface';
import type { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { Value } from '../ssa/value.ts';
import { asF64, asI32 } from './emit-failure.ts';
import type { Frame, Inputs, NeuronSetting } from './frame.ts';
import { NS_PER_MS, SHARED_BYTES } from './variable-access.ts';

/** A field of the descriptor of 32 bits. */
export function readI32(
  builder: FunctionBuilder,
  block: Value<'i32'>,
  field:
    | 'instances'
    | 'tiles'
    | 'tileAddress'
    | 'tileBytes'
    | 'sharedAddress'
    | 'inputAddress'
    | 'rowBytes'
    | 'spikeCapacity'
    | 'spikeCount'
    | 'scratchAddress',
): Value<'i32'> {
  return asI32(builder.load('i32.load', block, descriptor[field]));
}

/** A field of the descriptor that is a double. */
export function readF64(
  builder: FunctionBuilder,
  block: Value<'i32'>,
  field: 'step' | 'stepNs',
): Value<'f64'> {
  return asF64(builder.load('f64.load', block, descriptor[field]));
}

/** What all frames of a function share: read once at its beginning. */
export interface FunctionFrame {
  readonly setting: NeuronSetting;
  readonly builder: FunctionBuilder;
  readonly lanes: Lanes;
  readonly block: Value<'i32'>;
  readonly sharedAddress: Value<'i32'>;
  readonly scratch: Value<'i32'>;
  readonly shared: Frame['shared'];
  readonly rowBytes: Value<'i32'>;
}

/** Reads the descriptor. With `isStored` the shared doubles are read at each use, since the function changes them; else once. */
export function openFunction(
  setting: NeuronSetting,
  lanes: Lanes,
  block: Value<'i32'>,
  isStored = false,
): FunctionFrame {
  const { builder } = lanes;
  const sharedAddress = readI32(builder, block, 'sharedAddress');
  const load = (index: number): Real =>
    lanes.splat(asF64(builder.load('f64.load', sharedAddress, index * SHARED_BYTES)));
  const values = isStored ? [] : Array.from({ length: setting.storage.shared }, (_, index) => load(index));
  return {
    setting,
    builder,
    lanes,
    block,
    sharedAddress,
    scratch: readI32(builder, block, 'scratchAddress'),
    shared: (index) => values[index] ?? load(index),
    rowBytes: readI32(builder, block, 'rowBytes'),
  };
}

/** Emits the distances of the rows, where this is emitted once for all instances and steps. */
export function hoistRows({ setting, builder, rowBytes }: FunctionFrame): void {
  setting.storage.rows.forEach((_, row) => {
    product(builder, rowBytes, builder.i32(row));
  });
}

/** Rows at an address; with address 0 every input is 0. */
export function inputsAt(
  { builder, lanes, rowBytes }: FunctionFrame,
  address: Value<'i32'>,
  mayBeSilent: boolean,
): Inputs {
  const load = (row: Value<'i32'>): Real => {
    const distance = product(builder, rowBytes, row);
    return lanes.load(builder.operation('i32', 'i32.add', [address, distance]), 0);
  };
  const readAt = (row: Value<'i32'>): Real => {
    if (!mayBeSilent) return load(row);
    const result = builder.variable(lanes.constant(0).value);
    builder.branch(address, () => builder.write(result, load(row).value));
    return lanes.asReal(builder.read(result));
  };
  return { address, readAt, read: (row) => readAt(builder.i32(row)) };
}

/** Inputs before the first step. */
export function silentInputs({ builder, lanes }: FunctionFrame): Inputs {
  const zero = (): Real => lanes.constant(0);
  return { address: builder.i32(0), read: zero, readAt: zero };
}

/** steps · h in ms, h being whole nanoseconds: the nearest double. */
export function timeOf({ builder }: FunctionFrame, steps: Value<'f64'>, stepNs: Value<'f64'>): Value<'f64'> {
  const elapsed = builder.operation('f64', 'f64.mul', [steps, stepNs]);
  return builder.operation('f64', 'f64.div', [elapsed, builder.f64(NS_PER_MS)]);
}

/** h in ms. */
export function resolutionOf({ shared, setting }: FunctionFrame): Real {
  return shared(setting.storage.resolution.milliseconds);
}

/** a + b on addresses and counts. */
export function sum(builder: FunctionBuilder, a: Value, b: Value | number): Value<'i32'> {
  return builder.operation('i32', 'i32.add', [a, typeof b === 'number' ? builder.i32(b) : b]);
}

/** a · b on addresses and counts. */
export function product(builder: FunctionBuilder, a: Value, b: Value | number): Value<'i32'> {
  return builder.operation('i32', 'i32.mul', [a, typeof b === 'number' ? builder.i32(b) : b]);
}

/** The address of the first column of an instance. */
export function laneAddress(
  { builder }: FunctionFrame,
  tileAddress: Value<'i32'>,
  tileBytes: Value<'i32'>,
  instance: Value<'i32'>,
): Value<'i32'> {
  const tile = builder.operation('i32', 'i32.shr_u', [instance, builder.i32(1)]);
  const lane = builder.operation('i32', 'i32.and', [instance, builder.i32(1)]);
  return sum(
    builder,
    sum(builder, tileAddress, product(builder, tile, tileBytes)),
    product(builder, lane, 8),
  );
}
