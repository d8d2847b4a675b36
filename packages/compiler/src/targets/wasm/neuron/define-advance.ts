import { descriptor, failureKind } from '@nestml/engine/interface';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Flavour, Mask, Real } from '../ssa/lanes.ts';
import type { SsaFunction } from '../ssa/ssa-function.ts';
import type { Label, Value } from '../ssa/value.ts';
import { copyIn, copyOut, loadCells, scratchCells } from './cells.ts';
import { checkFiniteStates, isIntegrated } from './check-states.ts';
import {
  type FunctionFrame,
  hoistRows,
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
import { readFailure } from './emit-failure.ts';
import { emitStep } from './emit-step.ts';
import { type Cells, type Frame, type NeuronSetting, scopeOf, type Uniform } from './frame.ts';
import { hoistUniform } from './hoist-uniform.ts';

/** What stays the same during a call of `advance`. */
interface Advance {
  readonly open: FunctionFrame;
  readonly uniform: Uniform;
  readonly mostSpikes: number | undefined;
  readonly instances: Value<'i32'>;
  readonly tileAddress: Value<'i32'>;
  readonly tileBytes: Value<'i32'>;
  readonly stepNs: Value<'f64'>;
  readonly resolution: Real;
}

/** What stays the same during a step. */
interface StepSetting {
  readonly advance: Advance;
  readonly step: Value<'f64'>;
  readonly callStep: Value<'i32'>;
  readonly time: Real;
  /** Address of row 0 of this step. */
  readonly rows: Value<'i32'>;
}

/**
 * `advance(block, steps)`: step by step, all tiles in a step. After a failure in a tile the tile is not stored, later tiles are not
 * reached, and the step is not counted.
 */
export function defineAdvance(
  setting: NeuronSetting,
  flavour: Flavour,
  mostSpikes: number | undefined,
): SsaFunction {
  const builder = new FunctionBuilder('advance', { parameters: ['i32', 'i32'], results: ['i32'] });
  const block = builder.parameter(0, 'i32');
  const steps = builder.parameter(1, 'i32');
  const open = openFunction(setting, createLanes(builder, flavour), block);
  builder.store('i32.store', block, descriptor.failureKind, builder.i32(failureKind.none));
  hoistRows(open);
  const advance: Advance = {
    open,
    uniform: hoistUniform(open),
    mostSpikes,
    instances: readI32(builder, block, 'instances'),
    tileAddress: readI32(builder, block, 'tileAddress'),
    tileBytes: readI32(builder, block, 'tileBytes'),
    stepNs: readF64(builder, block, 'stepNs'),
    resolution: resolutionOf(open),
  };
  builder.block((end) => {
    builder.leave(end, builder.operation('i32', 'i32.le_s', [steps, builder.i32(0)]));
    const callStep = builder.variable(builder.i32(0));
    builder.loop(() => {
      emitOneStep(advance, builder.read(callStep), end);
      const next = sum(builder, builder.read(callStep), 1);
      builder.write(callStep, next);
      return builder.operation('i32', 'i32.lt_s', [next, steps]);
    });
  });
  return builder.finish(readFailure(builder, block));
}

/** One step of all instances; goes to `end` after a failure. */
function emitOneStep(advance: Advance, callStep: Value<'i32'>, end: Label): void {
  const { open, stepNs } = advance;
  const { builder, block, lanes, rowBytes, setting } = open;
  askForSpikes(advance, end);
  const step = readF64(builder, block, 'step');
  const next = builder.operation('f64', 'f64.add', [step, builder.f64(1)]);
  const row = product(builder, callStep, setting.storage.rows.length);
  const rows = sum(builder, readI32(builder, block, 'inputAddress'), product(builder, row, rowBytes));
  const time = lanes.splat(timeOf(open, next, stepNs));
  const perStep: StepSetting = { advance, step, callStep, time, rows };
  builder.branch(advance.instances, () => {
    if (lanes.flavour === 'pair') forTiles(perStep, end);
    else forInstances(perStep, end);
  });
  builder.store('f64.store', block, descriptor.step, next);
}

/** Stops before a step for whose spikes there may not be room. */
function askForSpikes({ open, mostSpikes, instances }: Advance, end: Label): void {
  if (mostSpikes === undefined || mostSpikes === 0) return;
  const { builder, block } = open;
  const needed = sum(builder, readI32(builder, block, 'spikeCount'), product(builder, instances, mostSpikes));
  const isFull = builder.operation('i32', 'i32.gt_u', [needed, readI32(builder, block, 'spikeCapacity')]);
  builder.branch(isFull, () => {
    builder.store('i32.store', block, descriptor.failureKind, builder.i32(failureKind.spikesFull));
    builder.leave(end);
  });
}

function forTiles(perStep: StepSetting, end: Label): void {
  const { advance, rows } = perStep;
  const { open, instances, tileAddress, tileBytes } = advance;
  const { builder, lanes, setting } = open;
  const instance = builder.variable(builder.i32(0));
  const tile = builder.variable(tileAddress);
  builder.loop(() => {
    const first = builder.read(instance);
    const address = builder.read(tile);
    const cells = loadCells(lanes, address, setting.storage, setting.extras.count);
    const inputs = sum(builder, rows, product(builder, first, 8));
    const frame = frameOf(perStep, {
      tile: address,
      instance: first,
      cells,
      inputs,
      valid: validLanes(open, first, instances),
    });
    emitStep(frame);
    checkStates(frame);
    builder.leave(end, readFailure(builder, open.block));
    cells.store();
    const next = sum(builder, first, 2);
    builder.write(instance, next);
    builder.write(tile, sum(builder, address, tileBytes));
    return builder.operation('i32', 'i32.lt_u', [next, instances]);
  });
}

/** The second lane of the last tile has no instance if their number is odd. */
function validLanes({ builder, lanes }: FunctionFrame, first: Value<'i32'>, instances: Value<'i32'>): Mask {
  const isWhole = builder.operation('i32', 'i32.lt_u', [sum(builder, first, 1), instances]);
  const bits = builder.operation('i64', 'i64.sub', [
    builder.i64(0n),
    builder.operation('i64', 'i64.extend_i32_u', [isWhole]),
  ]);
  return lanes.asMask(lanes.gatherBits([builder.i64(-1n), bits]).value);
}

function forInstances(perStep: StepSetting, end: Label): void {
  const { advance, rows } = perStep;
  const { open, instances, tileAddress, tileBytes } = advance;
  const { builder, lanes, setting, scratch } = open;
  const { storage, extras } = setting;
  const counter = builder.variable(builder.i32(0));
  builder.loop(() => {
    const instance = builder.read(counter);
    const tile = laneAddress(open, tileAddress, tileBytes, instance);
    copyIn(lanes, tile, scratch, storage, extras.count);
    const cells = scratchCells(lanes, tile, scratch, storage);
    const inputs = sum(builder, rows, product(builder, instance, 8));
    const frame = frameOf(perStep, { tile, instance, cells, inputs, valid: undefined });
    emitStep(frame);
    checkStates(frame);
    builder.leave(end, readFailure(builder, open.block));
    copyOut(lanes, tile, scratch, storage);
    const next = sum(builder, instance, 1);
    builder.write(counter, next);
    return builder.operation('i32', 'i32.lt_u', [next, instances]);
  });
}

interface LanePlace {
  readonly tile: Value<'i32'>;
  readonly instance: Value<'i32'>;
  readonly cells: Cells;
  readonly inputs: Value<'i32'>;
  readonly valid: Mask | undefined;
}

function frameOf({ advance, step, callStep, time }: StepSetting, place: LanePlace): Frame {
  const { open, uniform, resolution } = advance;
  return {
    ...open,
    ...place,
    inputs: inputsAt(open, place.inputs, false),
    step,
    callStep,
    time,
    resolution,
    depth: open.builder.i32(0),
    locals: new Map(),
    uniform,
  };
}

/**
 * No state that was integrated and no convolution may have become infinite or NaN at the end of the step. What is assigned is checked there, and
 * so is what an assignment overwrites.
 */
function checkStates(frame: Frame): void {
  const { model } = frame.setting.plan;
  const checked = [...frame.setting.storage.slots.values()].filter(
    ({ variable }) => variable.role === 'convolution' || isIntegrated(variable, model),
  );
  checkFiniteStates(checked, scopeOf(frame));
}
