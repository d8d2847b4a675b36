import { type Block, checkInstance } from '../block/block.ts';
import type { ReportedFailure } from '../block/failure.ts';
import { doubleBytes, type InputRow } from '../interface/index.ts';
import { createDevices, meanOf } from './devices.ts';
import { createInputRows, type InputRows } from './input-rows.ts';

/** Where an input goes. What names a port without a row in the layout has no effect, since the model does not read it. */
export interface InputAddress {
  /** Name of the port, `name[i]` for an element. */
  readonly port: string;
  /** Default: all instances. */
  readonly instance?: number;
}

/** A constant on a continuous port in the steps `firstStep` … `endStep` − 1, canonical; inputs that overlap add up in their order. */
export interface CurrentInput extends InputAddress {
  readonly firstStep: number;
  readonly endStep: number;
  readonly value: number;
}

/** A spike that arrives in step `step`, with the weight that the port hands to the model. */
export interface SpikeInput extends InputAddress {
  readonly step: number;
  readonly weight: number;
}

/** Poisson spikes, in each step a number with mean rate·h, drawn for each instance by itself (rule D14). */
export interface PoissonInput extends InputAddress {
  /** Number of the device in the order of creation, from 0: the site of its draws. */
  readonly device: number;
  /** In 1/ms. */
  readonly rate: number;
  readonly weight: number;
  /** Steps in which it is on; default: always. */
  readonly firstStep?: number;
  readonly endStep?: number;
}

/** All inputs of a block; steps count from the beginning of the block's time, so that all pieces of a run have the same inputs. */
export interface BlockInputs {
  readonly currents: readonly CurrentInput[];
  /** Summed in this order where several reach one port in one step. */
  readonly spikes: readonly SpikeInput[];
  /** Summed after `spikes`, in this order, which is the order of creation. */
  readonly poisson: readonly PoissonInput[];
}

/** Writes the rows of a block's inputs. */
export interface InputWriter {
  /**
   * Fills the rows of the steps `firstStep` … `firstStep + steps` − 1, and those of continuous ports for one step more. At `address`
   * there is a double per lane, row and step, in this order from the inside, and (steps + 1) of the latter.
   */
  readonly write: (address: number, firstStep: number, steps: number) => void;
}

/** Rows of one port; −1 where it has none. */
export interface PortRows {
  readonly current: number;
  readonly weight: number;
  readonly count: number;
}

/** Where rows begin in the doubles of a slice. */
interface Shape {
  /** Doubles in a row, and in all rows of a step. */
  readonly rowLength: number;
  readonly stepLength: number;
  readonly instances: number;
  readonly ports: ReadonlyMap<string, PortRows>;
  /** Which rows are not 0. */
  readonly rows: InputRows;
}

/**
 * Prepares inputs; they must be possible (see `impossibleInput`). Allocates memory.
 * @throws EngineError if an input names an instance that the block does not have.
 */
export function createInputWriter(block: Block, inputs: BlockInputs, rowBytes: number): InputWriter {
  const { rows } = block.module.layout;
  const rowLength = rowBytes / doubleBytes;
  const shape: Shape = {
    rowLength,
    stepLength: rowLength * rows.length,
    instances: block.instances,
    ports: portRows(rows),
    rows: createInputRows(rowLength),
  };
  for (const { instance } of [...inputs.currents, ...inputs.spikes, ...inputs.poisson]) {
    if (instance !== undefined) checkInstance(block, instance);
  }
  const spikes = inputs.spikes.toSorted((a, b) => a.step - b.step);
  const addDevices = createDevices(block, inputs.poisson, shape.ports, rowBytes);
  const devicePorts = new Set(inputs.poisson.map(({ port }) => port));
  return {
    write: (address, firstStep, steps) => {
      const target = block.engine.arena.doubles(address, (steps + 1) * shape.stepLength);
      shape.rows.clear(target);
      for (const current of inputs.currents) writeCurrent(shape, target, current, firstStep, steps);
      for (let i = firstAtOrAfter(spikes, firstStep); i < spikes.length; i += 1) {
        const spike = spikes[i]!;
        if (spike.step >= firstStep + steps) break;
        addSpike(shape, target, spike.step - firstStep, spike);
      }
      for (const port of devicePorts) touchPort(shape, port, steps);
      addDevices(address, firstStep, steps);
    },
  };
}

/** The first Poisson input whose mean is negative, infinite or NaN (rule D14). */
export function impossibleInput(block: Block, inputs: BlockInputs): ReportedFailure | undefined {
  for (const { port, rate, instance = 0 } of inputs.poisson) {
    const mean = meanOf(block, rate);
    if (mean >= 0 && Number.isFinite(mean)) continue;
    return { kind: 'random', variable: port, place: undefined, instance, value: mean };
  }
  return undefined;
}

function portRows(rows: readonly InputRow[]): ReadonlyMap<string, PortRows> {
  const find = (port: string, content: InputRow['content']): number =>
    rows.findIndex((row) => row.port === port && row.content === content);
  return new Map(
    rows.map(({ port }) => [
      port,
      { current: find(port, 'current'), weight: find(port, 'weight'), count: find(port, 'count') },
    ]),
  );
}

function writeCurrent(
  shape: Shape,
  target: Float64Array,
  input: CurrentInput,
  firstStep: number,
  steps: number,
): void {
  const row = shape.ports.get(input.port)?.current ?? -1;
  if (row < 0) return;
  const [first, end] = instanceRange(shape, input);
  const lastStep = Math.min(input.endStep - 1, firstStep + steps);
  for (let step = Math.max(input.firstStep, firstStep); step <= lastStep; step += 1) {
    const begin = (step - firstStep) * shape.stepLength + row * shape.rowLength;
    shape.rows.touch(begin / shape.rowLength);
    for (let instance = first; instance < end; instance += 1) target[begin + instance]! += input.value;
  }
}

function addSpike(shape: Shape, target: Float64Array, sliceStep: number, spike: SpikeInput): void {
  const rows = shape.ports.get(spike.port);
  if (rows === undefined) return;
  addToRow(shape, target, sliceStep, rows.weight, spike, spike.weight);
  addToRow(shape, target, sliceStep, rows.count, spike, 1);
}

function addToRow(
  shape: Shape,
  target: Float64Array,
  sliceStep: number,
  row: number,
  address: InputAddress,
  value: number,
): void {
  if (row < 0) return;
  const begin = sliceStep * shape.stepLength + row * shape.rowLength;
  shape.rows.touch(begin / shape.rowLength);
  const [first, end] = instanceRange(shape, address);
  for (let instance = first; instance < end; instance += 1) target[begin + instance]! += value;
}

/** Devices may write the rows of their ports in all steps. */
function touchPort({ ports, rows, stepLength, rowLength }: Shape, name: string, steps: number): void {
  const port = ports.get(name);
  if (port === undefined) return;
  for (const row of [port.weight, port.count]) {
    for (let step = 0; row >= 0 && step < steps; step += 1) rows.touch((step * stepLength) / rowLength + row);
  }
}

function instanceRange(
  { instances }: Shape,
  { instance }: InputAddress,
): readonly [first: number, end: number] {
  return instance === undefined ? [0, instances] : [instance, instance + 1];
}

/** Place of the first spike of that step or a later one in a list in the order of steps. */
function firstAtOrAfter(spikes: readonly SpikeInput[], step: number): number {
  let [low, high] = [0, spikes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spikes[middle]!.step < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
