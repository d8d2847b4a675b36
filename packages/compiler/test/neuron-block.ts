import { solveAffine } from '@nestml/dynamics';
import {
  type AffineSlots,
  descriptor,
  failureKind,
  type Layout,
  type Storage,
  spikeRecord,
} from '@nestml/engine/interface';
import type { Plan } from '../src/plan/plan.ts';
import type { SolvedModel } from '../src/solved/solved-model.ts';
import { type GenerateOptions, generateNeuron, recordableNames } from '../src/targets/wasm/neuron/index.ts';
import { neuronKey } from './philox.ts';

/** How a test makes a block. */
export interface BlockOptions {
  readonly instances?: number;
  /** Step in ns, default 0.1 ms. */
  readonly stepNs?: number;
  /** Values by written name, canonical; an array has one per instance. */
  readonly set?: Readonly<Record<string, number | readonly number[]>>;
  readonly perInstance?: readonly string[];
  readonly record?: readonly string[];
  readonly sizes?: Readonly<Record<string, number>>;
  readonly pastSteps?: Readonly<Record<string, number>>;
  readonly flavour?: GenerateOptions['flavour'];
  readonly toleranceFactor?: number;
  /** Numbers in the population, for random numbers; default 0, 1, … */
  readonly indices?: readonly number[];
  readonly spikeCapacity?: number;
}

/** An input of one instance in one step. */
export interface Arrival {
  readonly instance?: number;
  readonly port: string;
  readonly step: number;
  readonly weight: number;
}

/** A current of all instances, or of one, in the steps from `first` to `end` − 1. */
export interface Current {
  readonly instance?: number;
  readonly port: string;
  readonly first: number;
  readonly end: number;
  readonly value: number;
}

export interface RunInput {
  readonly steps: number;
  readonly spikes?: readonly Arrival[];
  readonly currents?: readonly Current[];
  /** Steps per call of `advance`. */
  readonly slice?: number;
}

/** What a run gave. */
export interface RunResult {
  /** By recorded name and instance: one value per step. */
  readonly trace: (name: string, instance?: number) => readonly number[];
  /** Steps (1-based: the end of the step) and weights of the spikes of an instance. */
  readonly spikes: (instance?: number) => readonly { readonly step: number; readonly weight: number }[];
  readonly failure:
    | { readonly kind: string; readonly instance: number; readonly place: string; readonly value: number }
    | undefined;
  /** Number of whole steps made. */
  readonly steps: number;
}

/** A plan that records everything. */
export function planOf(model: SolvedModel, options: BlockOptions = {}): Plan {
  const sizes = options.sizes ?? {};
  const recorded = options.record ?? recordableNames(model, sizes);
  return {
    model,
    usage: { perInstance: options.perInstance ?? [], recorded, sizes, pastSteps: options.pastSteps ?? {} },
    key: 'test',
  };
}

const PAGE = 65_536;
const DOUBLE = 8;

/** A block of instances of a compiled neuron in a memory of its own. */
export interface TestBlock {
  readonly layout: Layout;
  readonly bytes: Uint8Array;
  readonly run: (input: RunInput) => RunResult;
  readonly call: (name: string, ...operands: readonly number[]) => number;
  readonly read: (name: string, instance?: number) => number;
  readonly write: (name: string, value: number, instance?: number) => void;
  readonly descriptorF64: (field: number) => number;
  readonly descriptorI32: (field: number) => number;
  readonly failure: () => RunResult['failure'];
  readonly solve: () => void;
  readonly reset: () => void;
}

interface Addresses {
  readonly block: number;
  readonly given: number;
  readonly shared: number;
  readonly tiles: number;
  readonly scratch: number;
  readonly spikes: number;
  readonly record: number;
  readonly input: number;
}

/** Compiles the model and initialises the block. */
export function createBlock(model: SolvedModel, options: BlockOptions = {}): TestBlock {
  const plan = planOf(model, options);
  const artefact = generateNeuron(plan, options.flavour === undefined ? {} : { flavour: options.flavour });
  const { layout, bytes } = artefact;
  const instances = options.instances ?? 1;
  const stepNs = options.stepNs ?? 100_000;
  const tiles = Math.ceil(instances / 2);
  const rowBytes = tiles * 16;
  const tileBytes = layout.columns * 16;
  const capacity = options.spikeCapacity ?? 1000 + 64 * instances;
  let next = 64;
  const take = (size: number): number => {
    const address = next;
    next += Math.ceil(size / 16) * 16 + 16;
    return address;
  };
  const at: Addresses = {
    block: take(descriptor.bytes),
    given: take(layout.variables.length / 8 + 1),
    shared: take(layout.shared * DOUBLE),
    tiles: take(tiles * tileBytes),
    scratch: take(layout.scratchBytes),
    spikes: take(capacity * spikeRecord.bytes),
    record: take(layout.recorded.length * rowBytes),
    input: take(0),
  };
  const memory = new WebAssembly.Memory({ initial: Math.ceil(next / PAGE) + 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const view = () => new DataView(memory.buffer);
  const fieldI32 = (field: number, value: number) => view().setInt32(at.block + field, value, true);
  const fieldF64 = (field: number, value: number) => view().setFloat64(at.block + field, value, true);
  const call = (name: string, ...operands: readonly number[]): number => {
    const exported = instance.exports[name];
    if (typeof exported !== 'function') throw new Error(`no function ${name}`);
    return Number(exported(...operands));
  };
  const addressOf = ({ kind, index }: Storage, lane: number): number =>
    kind === 'shared'
      ? at.shared + DOUBLE * index
      : at.tiles + (lane >> 1) * tileBytes + 16 * index + DOUBLE * (lane & 1);
  const readStorage = (storage: Storage, lane: number) => view().getFloat64(addressOf(storage, lane), true);
  const writeStorage = (storage: Storage, lane: number, value: number) =>
    view().setFloat64(addressOf(storage, lane), value, true);
  const fields: readonly (readonly [number, number])[] = [
    [descriptor.version, layout.version],
    [descriptor.instances, instances],
    [descriptor.tiles, tiles],
    [descriptor.tileAddress, at.tiles],
    [descriptor.tileBytes, tileBytes],
    [descriptor.sharedAddress, at.shared],
    [descriptor.inputAddress, at.input],
    [descriptor.rowBytes, rowBytes],
    [descriptor.spikeAddress, at.spikes],
    [descriptor.spikeCapacity, capacity],
    [descriptor.scratchAddress, at.scratch],
  ];
  for (const [field, value] of fields) fieldI32(field, value);
  fieldF64(descriptor.step, -1);
  fieldF64(descriptor.stepNs, stepNs);
  fieldF64(descriptor.toleranceFactor, options.toleranceFactor ?? 1);
  writeStorage({ kind: 'shared', index: layout.resolution.milliseconds }, 0, stepNs / 1e6);
  writeStorage({ kind: 'shared', index: layout.resolution.nanoseconds }, 0, stepNs);
  if (layout.randomKeyColumn !== undefined) {
    for (let lane = 0; lane < instances; lane += 1) {
      const key = neuronKey(1, 'test', options.indices?.[lane] ?? lane);
      const address = addressOf({ kind: 'column', index: layout.randomKeyColumn }, lane);
      view().setUint32(address, key[0], true);
      view().setUint32(address + 4, key[1], true);
    }
  }
  const variableNamed = (name: string) => {
    const found = layout.variables.find((variable) => variable.name === name);
    if (found === undefined) throw new Error(`no variable ${name}`);
    return found;
  };
  const write = (name: string, value: number, lane = 0): void => {
    const { storage, encoding } = variableNamed(name);
    writeStorage(storage, lane, encoding.kind === 'nanoseconds' ? Math.round(value * 1e6) : value);
  };
  const read = (name: string, lane = 0): number => {
    const { storage, encoding } = variableNamed(name);
    const stored = readStorage(storage, lane);
    return encoding.kind === 'nanoseconds' ? stored / 1e6 : stored;
  };
  for (const [name, value] of Object.entries(options.set ?? {})) {
    const number = layout.variables.findIndex((variable) => variable.name === name);
    if (number < 0) throw new Error(`no variable ${name}`);
    const byte = at.given + (number >> 3);
    view().setUint8(byte, view().getUint8(byte) | (1 << (number & 7)));
    for (let lane = 0; lane < instances; lane += 1) {
      write(name, typeof value === 'number' ? value : (value[lane] ?? 0), lane);
    }
  }
  const failure = (): RunResult['failure'] => {
    const kind = view().getInt32(at.block + descriptor.failureKind, true);
    if (kind === failureKind.none) return undefined;
    const name = Object.entries(failureKind).find(([, number]) => number === kind)?.[0] ?? 'unknown';
    const place = view().getInt32(at.block + descriptor.failurePlace, true);
    return {
      kind: name,
      instance: view().getInt32(at.block + descriptor.failureInstance, true),
      place: layout.places[place]?.name ?? '',
      value: view().getFloat64(at.block + descriptor.failureValue, true),
    };
  };
  const solve = (): void => {
    for (const slots of layout.affine) {
      for (let lane = 0; lane < 2 * tiles; lane += 1)
        solveSlots(slots, lane, stepNs / 1e6, readStorage, writeStorage);
    }
  };
  call('initialise', at.block, at.given);
  solve();
  fieldF64(descriptor.step, 0);
  const run = (input: RunInput): RunResult => {
    const { steps } = input;
    const slice = input.slice ?? steps;
    const rows = layout.rows.length;
    const needed = at.input + (slice + 1) * rows * rowBytes + 64;
    if (needed > memory.buffer.byteLength) memory.grow(Math.ceil((needed - memory.buffer.byteLength) / PAGE));
    const recorded = layout.recorded.map(() => Array.from({ length: instances }, (): number[] => []));
    const spikes = Array.from({ length: instances }, (): { step: number; weight: number }[] => []);
    let done = 0;
    let failed: RunResult['failure'];
    const start = view().getFloat64(at.block + descriptor.step, true);
    const isRecording = layout.recorded.length > 0;
    while (done < steps && failed === undefined) {
      const length = isRecording ? 1 : Math.min(slice, steps - done);
      fillInputs(start + done, length + 1, input);
      fieldI32(descriptor.spikeCount, 0);
      call('advance', at.block, length);
      failed = failure();
      const made = view().getFloat64(at.block + descriptor.step, true) - start;
      const count = view().getInt32(at.block + descriptor.spikeCount, true);
      for (let i = 0; i < count; i += 1) {
        const address = at.spikes + i * spikeRecord.bytes;
        const step = start + done + view().getInt32(address + spikeRecord.step, true) + 1;
        if (step > start + made) continue;
        spikes[view().getInt32(address + spikeRecord.instance, true)]!.push({
          step,
          weight: view().getFloat64(address + spikeRecord.weight, true),
        });
      }
      done = made;
      if (!isRecording || failed !== undefined) continue;
      call('record', at.block, at.record, length);
      failed = failure();
      recorded.forEach((lanes, row) => {
        lanes.forEach((values, lane) => {
          values.push(view().getFloat64(at.record + row * rowBytes + lane * DOUBLE, true));
        });
      });
    }
    return {
      trace: (name, lane = 0) => {
        const values = recorded[layout.recorded.indexOf(name)]?.[lane];
        if (values === undefined) throw new Error(`${name} was not recorded`);
        return values;
      },
      spikes: (lane = 0) => spikes[lane] ?? [],
      failure: failed,
      steps: done,
    };
  };
  const fillInputs = (start: number, count: number, { spikes = [], currents = [] }: RunInput): void => {
    const rows = layout.rows.length;
    new Float64Array(memory.buffer, at.input, (count * rows * rowBytes) / DOUBLE).fill(0);
    const add = (step: number, row: number, lane: number | undefined, value: number): void => {
      if (row < 0 || step < start || step >= start + count) return;
      for (const target of lane === undefined ? Array.from({ length: instances }, (_, i) => i) : [lane]) {
        const address = at.input + ((step - start) * rows + row) * rowBytes + target * DOUBLE;
        view().setFloat64(address, view().getFloat64(address, true) + value, true);
      }
    };
    const rowOf = (port: string, content: string) =>
      layout.rows.findIndex((row) => row.port === port && row.content === content);
    for (const { port, instance: lane, step, weight } of spikes) {
      add(step, rowOf(port, 'weight'), lane, weight);
      add(step, rowOf(port, 'count'), lane, 1);
    }
    for (const { port, instance: lane, first, end, value } of currents) {
      const row = rowOf(port, 'current');
      for (let step = Math.max(first, start); step < Math.min(end, start + count); step += 1) {
        add(step, row, lane, value);
      }
    }
  };
  return {
    layout,
    bytes,
    run,
    call: (name, ...operands) => call(name, at.block, ...(operands.length > 0 ? operands : [at.given])),
    read,
    write,
    failure,
    solve,
    reset: () => fieldI32(descriptor.mostSubsteps, 0),
    descriptorF64: (field) => view().getFloat64(at.block + field, true),
    descriptorI32: (field) => view().getInt32(at.block + field, true),
  };
}

function solveSlots(
  { size, coefficients, targets }: AffineSlots,
  lane: number,
  step: number,
  read: (storage: Storage, lane: number) => number,
  write: (storage: Storage, lane: number, value: number) => void,
): void {
  const matrix = new Float64Array(size * size);
  for (const { row, column, storage } of coefficients) matrix[row * size + column] = read(storage, lane);
  const norm = Math.max(
    ...Array.from({ length: size }, (_, column) =>
      Array.from({ length: size }, (_r, row) => Math.abs(matrix[row * size + column]!)).reduce(
        (a, b) => a + b,
      ),
    ),
  );
  for (const { fraction, increment, response } of targets) {
    const parts =
      fraction.kind === 'step' ? 1 : Math.min(fraction.limit, Math.max(1, Math.ceil((norm * step) / 0.5)));
    if (fraction.kind === 'anchors') write(fraction.count, lane, parts);
    const solved = solveAffine(matrix, size, step / parts);
    if (solved.kind !== 'solved') throw new Error('no propagator');
    for (const { row, column, storage } of increment) {
      write(storage, lane, solved.propagator.increment[row * size + column]!);
    }
    for (const { row, column, storage } of response) {
      write(storage, lane, solved.propagator.response[row * size + column]!);
    }
  }
}
