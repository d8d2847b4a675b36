import { wasm } from '@nestml/compiler';
import {
  descriptor,
  doubleBytes,
  failureKind,
  interfaceVersion,
  type Layout,
  type NeuronArtefact,
  type Storage,
  type StoredVariable,
  spikeRecord,
} from '../src/index.ts';

type Value = wasm.Value;
type Builder = wasm.FunctionBuilder;

/**
 * A leaky membrane, written by hand against the binary interface:
 *
 *     V' = (E_L − V + R·I)/tau, jumps of V by the weights of `spikes`, a spike and V = E_L where V > theta.
 *
 * R = tau/C is an internal; tau > 0 is guarded. `age` counts up with the rate `speed` since the last spike, `left` is 2 ms at a spike and counts
 * down to 0, `received` counts spikes. `burst` spikes are emitted at once, and reported as so many sub-steps. NaN and infinity in V are failures.
 */
export interface LeakyOptions {
  /** Whether tau, and with it R and the propagator, is one per instance. */
  readonly perInstance: boolean;
  /** Whether the module says how many spikes a step can bring: the value of `burst` must then be at most this. */
  readonly mostSpikesPerStep?: number;
}

const VARIABLES = [
  'tau',
  'C',
  'E_L',
  'theta',
  'burst',
  'speed',
  'R',
  'V',
  'age',
  'left',
  'received',
] as const;
type Name = (typeof VARIABLES)[number];

const DEFAULTS = { tau: 10, C: 250, E_L: -70, theta: -55, burst: 1, speed: 1 } as const;
const ROLES = { R: 'internal', V: 'state', age: 'state', left: 'state', received: 'state' } as const;
const COLUMNS = { V: 0, age: 1, ageCount: 2, left: 3, received: 4, key: 5 } as const;
const SHARED = { milliseconds: 0, nanoseconds: 1, C: 2, E_L: 3, theta: 4, burst: 5, speed: 6 } as const;
/** What depends on tau, after the columns or after the shared doubles. */
const FIXED = { tau: 0, R: 1, coefficient: 2, increment: 3, response: 4 } as const;
/** 2 ms. */
const LEFT_NS = 2_000_000;

type Slot = keyof typeof COLUMNS | keyof typeof SHARED | keyof typeof FIXED;

function slotsOf({ perInstance }: LeakyOptions): (slot: Slot) => Storage {
  return (slot) => {
    if (slot in COLUMNS) return { kind: 'column', index: COLUMNS[slot as keyof typeof COLUMNS] };
    if (slot in SHARED) return { kind: 'shared', index: SHARED[slot as keyof typeof SHARED] };
    const index = FIXED[slot as keyof typeof FIXED];
    return perInstance
      ? { kind: 'column', index: Object.keys(COLUMNS).length + index }
      : { kind: 'shared', index: Object.keys(SHARED).length + index };
  };
}

function variablesOf(options: LeakyOptions): readonly StoredVariable[] {
  const slot = slotsOf(options);
  return VARIABLES.map((name): StoredVariable => {
    const role: StoredVariable['role'] = name in ROLES ? ROLES[name as keyof typeof ROLES] : 'parameter';
    const variable = { name, role, storage: slot(name) };
    if (name === 'left') return { ...variable, encoding: { kind: 'nanoseconds' } };
    if (name !== 'age') return { ...variable, encoding: { kind: 'plain' } };
    const encoding = { kind: 'counted', count: COLUMNS.ageCount, rate: slot('speed'), isTime: true } as const;
    return { ...variable, encoding };
  });
}

function layoutOf(options: LeakyOptions): Layout {
  const slot = slotsOf(options);
  const entry = (storage: Storage) => [{ row: 0, column: 0, storage }];
  return {
    version: interfaceVersion,
    columns: Object.keys(COLUMNS).length + (options.perInstance ? Object.keys(FIXED).length : 0),
    shared: Object.keys(SHARED).length + (options.perInstance ? 0 : Object.keys(FIXED).length),
    scratchBytes: 0,
    variables: variablesOf(options),
    rows: [
      { port: 'I', content: 'current' },
      { port: 'spikes', content: 'weight' },
      { port: 'spikes', content: 'count' },
    ],
    affine: [
      {
        size: 1,
        states: ['V'],
        coefficients: entry(slot('coefficient')),
        targets: [
          {
            fraction: { kind: 'step' },
            increment: entry(slot('increment')),
            response: entry(slot('response')),
          },
        ],
      },
    ],
    recorded: ['V', 'next_I'],
    ...(options.mostSpikesPerStep === undefined ? {} : { mostSpikesPerStep: options.mostSpikesPerStep }),
    randomKeyColumn: COLUMNS.key,
    resolution: { milliseconds: SHARED.milliseconds, nanoseconds: SHARED.nanoseconds },
    places: [
      { name: 'V', start: 1, end: 2 },
      { name: 'tau', start: 3, end: 4 },
    ],
  };
}

/** The compiled neuron. */
export function leakyNeuron(options: LeakyOptions): NeuronArtefact {
  const functions = [
    defineInitialise(options),
    defineDerive(options),
    defineCheckGuards(options),
    defineAdvance(options),
    defineRecord(options),
  ].map((ssa) => wasm.lowerFunction(ssa));
  const bytes = wasm.buildModule({
    memory: { module: 'env', name: 'memory', minimumPages: 1 },
    imports: [],
    functions,
    exports: functions.map(({ name }) => ({ name, callee: name })),
  });
  return { key: `leaky ${JSON.stringify(options)}`, bytes, layout: layoutOf(options) };
}

/** What all functions need: integer arithmetic, the fields of the descriptor, the doubles of an instance. */
interface Code {
  readonly b: Builder;
  readonly block: Value;
  readonly i32: (name: wasm.OperationName, x: Value, y: Value) => Value;
  readonly f64: (name: wasm.OperationName, ...operands: readonly Value[]) => Value;
  readonly field: (name: keyof typeof descriptor) => Value;
  readonly addressOf: (slot: Slot, instance: Value) => Value;
  readonly get: (slot: Slot, instance: Value) => Value;
  readonly set: (slot: Slot, instance: Value, value: Value) => void;
}

function begin(name: string, parameters: readonly wasm.ValueType[], options: LeakyOptions): Code {
  const b = new wasm.FunctionBuilder(name, { parameters, results: ['i32'] });
  const block = b.parameter(0, 'i32');
  const i32: Code['i32'] = (operation, x, y) => b.operation('i32', operation, [x, y]);
  const field: Code['field'] = (at) => b.load('i32.load', block, descriptor[at]);
  const storageOf = slotsOf(options);
  const addressOf: Code['addressOf'] = (slot, instance) => {
    const { kind, index } = storageOf(slot);
    if (kind === 'shared') return i32('i32.add', field('sharedAddress'), b.i32(index * doubleBytes));
    const tile = i32('i32.mul', i32('i32.shr_u', instance, b.i32(1)), field('tileBytes'));
    const lane = i32('i32.mul', i32('i32.and', instance, b.i32(1)), b.i32(doubleBytes));
    const place = i32('i32.add', lane, b.i32(2 * doubleBytes * index));
    return i32('i32.add', field('tileAddress'), i32('i32.add', tile, place));
  };
  return {
    b,
    block,
    i32,
    f64: (operation, ...operands) => b.operation('f64', operation, operands),
    field,
    addressOf,
    get: (slot, instance) => b.load('f64.load', addressOf(slot, instance), 0),
    set: (slot, instance, value) => b.store('f64.store', addressOf(slot, instance), 0, value),
  };
}

/** Runs the body for 0 … count − 1. */
function repeat({ b, i32 }: Code, count: Value, body: (index: Value) => void): void {
  const index = b.variable(b.i32(0));
  b.branch(i32('i32.gt_s', count, b.i32(0)), () => {
    b.loop(() => {
      body(b.read(index));
      b.write(index, i32('i32.add', b.read(index), b.i32(1)));
      return i32('i32.lt_s', b.read(index), count);
    });
  });
}

/** All lanes, the mirror included. */
function forLanes(code: Code, body: (lane: Value) => void): void {
  repeat(code, code.i32('i32.mul', code.field('tiles'), code.b.i32(2)), body);
}

/** Stores the value unless the variable was given. */
function setUnlessGiven(code: Code, name: Name, lane: Value, value: () => Value): void {
  const { b, i32 } = code;
  const place = VARIABLES.indexOf(name);
  const byte = b.load('i32.load8_u', b.parameter(1, 'i32'), place >> 3);
  const bit = i32('i32.and', byte, b.i32(1 << (place & 7)));
  b.branch(i32('i32.eq', bit, b.i32(0)), () => code.set(name, lane, value()));
}

function deriveLane(code: Code, lane: Value): void {
  const { b, f64, get } = code;
  setUnlessGiven(code, 'R', lane, () => f64('f64.div', get('tau', lane), get('C', lane)));
  code.set('coefficient', lane, f64('f64.div', b.f64(-1), get('tau', lane)));
}

function defineInitialise(options: LeakyOptions): ReturnType<Builder['finish']> {
  const code = begin('initialise', ['i32', 'i32'], options);
  const { b } = code;
  forLanes(code, (lane) => {
    for (const [name, value] of Object.entries(DEFAULTS)) {
      setUnlessGiven(code, name as Name, lane, () => b.f64(value));
    }
    setUnlessGiven(code, 'V', lane, () => code.get('E_L', lane));
    for (const name of ['age', 'left', 'received'] as const) setUnlessGiven(code, name, lane, () => b.f64(0));
    deriveLane(code, lane);
  });
  return b.finish(b.i32(0));
}

function defineDerive(options: LeakyOptions): ReturnType<Builder['finish']> {
  const code = begin('derive', ['i32', 'i32'], options);
  forLanes(code, (lane) => deriveLane(code, lane));
  return code.b.finish(code.b.i32(0));
}

/** Notes a failure in the descriptor. */
function fail({ b, block }: Code, kind: number, instance: Value, place: number, value: Value): void {
  b.store('i32.store', block, descriptor.failureKind, b.i32(kind));
  b.store('i32.store', block, descriptor.failureInstance, instance);
  b.store('i32.store', block, descriptor.failurePlace, b.i32(place));
  b.store('f64.store', block, descriptor.failureValue, value);
}

function defineCheckGuards(options: LeakyOptions): ReturnType<Builder['finish']> {
  const code = begin('checkGuards', ['i32'], options);
  const { b } = code;
  b.block((end) => {
    repeat(code, code.field('instances'), (instance) => {
      const tau = code.get('tau', instance);
      b.branch(b.operation('i32', 'f64.le', [tau, b.f64(0)]), () => {
        fail(code, failureKind.guard, instance, 1, tau);
        b.leave(end);
      });
    });
  });
  return b.finish(code.field('failureKind'));
}

/** The double of an input row. */
function input(code: Code, step: Value, row: number, instance: Value): Value {
  const { b, i32, field } = code;
  const rowIndex = i32('i32.add', i32('i32.mul', step, b.i32(3)), b.i32(row));
  const begin = i32('i32.add', field('inputAddress'), i32('i32.mul', rowIndex, field('rowBytes')));
  return b.load('f64.load', i32('i32.add', begin, i32('i32.mul', instance, b.i32(doubleBytes))), 0);
}

function emitSpikes(code: Code, step: Value, instance: Value, end: wasm.Label, isBounded: boolean): void {
  const { b, i32, field, block } = code;
  const burst = b.operation('i32', 'i32.trunc_sat_f64_s', [code.get('burst', instance)]);
  b.store('i32.store', block, descriptor.mostSubsteps, burst);
  b.store('f64.store', block, descriptor.mostSubstepsStep, b.load('f64.load', block, descriptor.step));
  repeat(code, burst, () => {
    const count = field('spikeCount');
    if (!isBounded) {
      b.branch(i32('i32.ge_u', count, field('spikeCapacity')), () => {
        fail(code, failureKind.spikesFull, instance, 0, b.f64(0));
        b.leave(end);
      });
    }
    const address = i32('i32.add', field('spikeAddress'), i32('i32.mul', count, b.i32(spikeRecord.bytes)));
    b.store('i32.store', address, spikeRecord.instance, instance);
    b.store('i32.store', address, spikeRecord.step, step);
    b.store('f64.store', address, spikeRecord.weight, b.f64(0.5));
    b.store('i32.store', block, descriptor.spikeCount, i32('i32.add', count, b.i32(1)));
  });
}

function advanceInstance(
  code: Code,
  step: Value,
  instance: Value,
  end: wasm.Label,
  isBounded: boolean,
): void {
  const { b, f64, get, set } = code;
  const [V, E_L] = [get('V', instance), get('E_L', instance)];
  const drive = f64('f64.add', E_L, f64('f64.mul', get('R', instance), input(code, step, 0, instance)));
  const affine = f64('f64.div', drive, get('tau', instance));
  const moved = f64('f64.add', V, f64('f64.mul', get('increment', instance), V));
  const driven = f64('f64.add', moved, f64('f64.mul', get('response', instance), affine));
  const next = b.variable({ id: f64('f64.add', driven, input(code, step, 1, instance)).id, type: 'f64' });
  const size = f64('f64.abs', b.read(next));
  b.branch(
    b.operation('i32', 'f64.lt', [size, b.f64(Number.POSITIVE_INFINITY)]),
    () => {},
    () => {
      fail(code, failureKind.notFinite, instance, 0, b.read(next));
      b.leave(end);
    },
  );
  set('received', instance, f64('f64.add', get('received', instance), input(code, step, 2, instance)));
  set('ageCount', instance, f64('f64.add', get('ageCount', instance), b.f64(1)));
  const left = f64('f64.sub', get('left', instance), get('nanoseconds', instance));
  set('left', instance, f64('f64.max', left, b.f64(0)));
  b.branch(b.operation('i32', 'f64.gt', [b.read(next), get('theta', instance)]), () => {
    emitSpikes(code, step, instance, end, isBounded);
    b.write(next, { id: get('E_L', instance).id, type: 'f64' });
    set('age', instance, b.f64(0));
    set('ageCount', instance, b.f64(0));
    set('left', instance, b.f64(LEFT_NS));
  });
  set('V', instance, b.read(next));
}

function defineAdvance(options: LeakyOptions): ReturnType<Builder['finish']> {
  const code = begin('advance', ['i32', 'i32'], options);
  const { b, i32, field, block } = code;
  const bound = options.mostSpikesPerStep;
  b.block((end) => {
    repeat(code, b.parameter(1, 'i32'), (step) => {
      if (bound !== undefined) {
        const needed = i32('i32.add', field('spikeCount'), i32('i32.mul', field('instances'), b.i32(bound)));
        b.branch(i32('i32.gt_u', needed, field('spikeCapacity')), () => {
          fail(code, failureKind.spikesFull, b.i32(0), 0, b.f64(0));
          b.leave(end);
        });
      }
      repeat(code, field('instances'), (instance) => {
        advanceInstance(code, step, instance, end, bound !== undefined);
      });
      const done = code.f64('f64.add', b.load('f64.load', block, descriptor.step), b.f64(1));
      b.store('f64.store', block, descriptor.step, done);
    });
  });
  return b.finish(field('failureKind'));
}

function defineRecord(options: LeakyOptions): ReturnType<Builder['finish']> {
  const code = begin('record', ['i32', 'i32', 'i32'], options);
  const { b, i32, field } = code;
  repeat(code, field('instances'), (instance) => {
    const offset = i32('i32.mul', instance, b.i32(doubleBytes));
    const voltage = i32('i32.add', b.parameter(1, 'i32'), offset);
    b.store('f64.store', voltage, 0, code.get('V', instance));
    const current = i32('i32.add', voltage, field('rowBytes'));
    b.store('f64.store', current, 0, input(code, b.parameter(2, 'i32'), 0, instance));
  });
  return b.finish(b.i32(0));
}
