import { poissonRequest } from '@nestml/engine/interface';
import {
  emitFourUniformWords,
  type FourStreams,
  type FourUniformWords,
  prepareFourStreams,
  takeWords,
} from '../random/philox-four.ts';
import { POISSON, REJECTION_FROM } from '../random/poisson.ts';
import { emitFirstUniform, emitSecondUniform } from '../random/uniform.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Lanes, Real } from '../ssa/lanes.ts';
import type { FunctionReference, SsaFunction } from '../ssa/ssa-function.ts';
import type { Value } from '../ssa/value.ts';
import { count } from './loops.ts';
import { FILL_TABLE, GUIDE_MASK, GUIDE_SHIFT, SEARCH, TABLE } from './poisson-table.ts';

const DOUBLE = 8;
/** Instances whose numbers lie in one vector. */
const GROUP = 4;
const LOW_WORD = 0xffff_ffffn;
/** The mask of the guide in both words of a lane. */
const GUIDE_MASKS = BigInt(GUIDE_MASK) | (BigInt(GUIDE_MASK) << 32n);

/** Finds the numbers of spikes that the guide does not know: from the words of four draws, what is negative in `TABLE.counts` is replaced. */
const RESOLVE: FunctionReference = Object.freeze({
  name: 'device.resolve',
  parameters: ['i32', 'v128', 'v128'],
  results: [],
} as const);

/** Adds k spikes of a weight to a double of weights and k to a double of counts (addresses, 0: none). */
const ADD_SPIKES: FunctionReference = Object.freeze({
  name: 'device.add-spikes',
  parameters: ['f64', 'f64', 'i32', 'i32'],
  results: [],
} as const);

/** What a request says. */
interface Request {
  readonly builder: FunctionBuilder;
  readonly instances: Value<'i32'>;
  readonly steps: Value<'i32'>;
  readonly keys: Value<'i32'>;
  readonly table: Value<'i32'>;
  readonly weights: Value<'i32'>;
  readonly counts: Value<'i32'>;
  readonly stepBytes: Value<'i32'>;
  readonly site: Value<'i32'>;
  readonly mean: Value<'f64'>;
  readonly weight: Value<'f64'>;
  /** The weight twice, and whether it is finite. */
  readonly weightPair: Value<'v128'>;
  readonly isFinite: Value<'i32'>;
  readonly stepLow: Value<'i64'>;
  readonly stepHigh: Value<'i64'>;
}

/** The functions of the device module; the first is exported. */
export function definePoissonSpikes(): readonly SsaFunction[] {
  return [defineAddPoissonSpikes(), defineResolve(), defineAddSpikes()];
}

function defineAddPoissonSpikes(): SsaFunction {
  const builder = new FunctionBuilder('addPoissonSpikes', { parameters: ['i32'], results: [] });
  const request = readRequest(builder);
  builder.branch(
    builder.operation('i32', 'f64.lt', [request.mean, builder.f64(REJECTION_FROM)]),
    () => addByInversion(request),
    () => addByRejection(request),
  );
  return builder.finish();
}

function readRequest(builder: FunctionBuilder): Request {
  const address = builder.parameter(0, 'i32');
  type Field = Exclude<keyof typeof poissonRequest, 'bytes'>;
  const integer = (field: Field): Value<'i32'> => ({
    id: builder.load('i32.load', address, poissonRequest[field]).id,
    type: 'i32',
  });
  const double = (field: Field): Value<'f64'> => ({
    id: builder.load('f64.load', address, poissonRequest[field]).id,
    type: 'f64',
  });
  const step = builder.operation('i64', 'i64.trunc_sat_f64_s', [double('firstStep')]);
  const weight = double('weight');
  const size = builder.operation('f64', 'f64.abs', [weight]);
  return {
    builder,
    instances: integer('instances'),
    steps: integer('steps'),
    keys: integer('keyAddress'),
    table: integer('tableAddress'),
    weights: integer('weightAddress'),
    counts: integer('countAddress'),
    stepBytes: integer('stepBytes'),
    site: integer('site'),
    mean: double('mean'),
    weight,
    weightPair: builder.operation('v128', 'f64x2.splat', [weight]),
    isFinite: builder.operation('i32', 'f64.lt', [size, builder.f64(Number.POSITIVE_INFINITY)]),
    stepLow: builder.operation('i64', 'i64.and', [step, builder.i64(LOW_WORD)]),
    stepHigh: builder.operation('i64', 'i64.shr_u', [step, builder.i64(32n)]),
  };
}

function sum(builder: FunctionBuilder, a: Value<'i32'>, b: Value<'i32'>): Value<'i32'> {
  return builder.operation('i32', 'i32.add', [a, b]);
}

function product(builder: FunctionBuilder, a: Value<'i32'>, b: Value<'i32'>): Value<'i32'> {
  return builder.operation('i32', 'i32.mul', [a, b]);
}

/** The address at an offset, or 0 for the address 0. */
function movedBy(builder: FunctionBuilder, address: Value<'i32'>, offset: Value<'i32'>): Value<'i32'> {
  const isGiven = builder.operation('i32', 'i32.ne', [address, builder.i32(0)]);
  const mask = builder.operation('i32', 'i32.sub', [builder.i32(0), isGiven]);
  return sum(builder, address, builder.operation('i32', 'i32.and', [mask, offset]));
}

function stepAt({ builder, stepLow }: Request, step: Value<'i32'>): Value<'i64'> {
  const offset = builder.operation('i64', 'i64.extend_i32_u', [step]);
  return builder.operation('i64', 'i64.add', [stepLow, offset]);
}

/** Below a mean of 10: two groups of instances at a time over all steps, so that what only keys decide is computed once. */
function addByInversion(request: Request): void {
  const { builder, instances, keys, table, mean, stepHigh } = request;
  builder.call(FILL_TABLE, [table, mean]);
  const high = builder.operation('i32', 'i32.wrap_i64', [stepHigh]);
  const prepare = (instance: Value<'i32'>): FourStreams => {
    const address = sum(builder, keys, product(builder, instance, builder.i32(DOUBLE)));
    const below = builder.load('v128.load', address, 0);
    const above = builder.load('v128.load', address, 16);
    const key = (words: 'even' | 'odd'): Value<'v128'> => takeWords(builder, below, above, words);
    return prepareFourStreams(builder, [key('even'), key('odd')], high);
  };
  count(
    builder,
    instances,
    (instance) => {
      const groups = [instance, sum(builder, instance, builder.i32(GROUP))];
      const streams = groups.map(prepare);
      count(builder, request.steps, (step) => {
        const words = emitFourUniformWords(builder, streams, request.site, stepAt(request, step));
        groups.forEach((first, group) => {
          const drawn = words[group];
          if (drawn === undefined) return;
          const exists = builder.operation('i32', 'i32.lt_s', [first, instances]);
          builder.branch(exists, () => addGroup(request, drawn, first, step));
        });
      });
    },
    2 * GROUP,
  );
}

/** Adds what four draws of a step bring to the instances that exist. */
function addGroup(
  request: Request,
  words: FourUniformWords,
  instance: Value<'i32'>,
  step: Value<'i32'>,
): void {
  const { builder, instances, table, stepBytes } = request;
  const lanes = createLanes(builder, 'pair');
  const guide = (offset: number): Value<'v128'> => guidePair(builder, table, words.first, offset);
  const low = builder.variable(guide(0));
  const high = builder.variable(guide(2));
  const signs = builder.operation('v128', 'v128.or', [builder.read(low), builder.read(high)]);
  const storeCounts = (): void => {
    builder.store('v128.store', table, TABLE.counts, builder.read(low));
    builder.store('v128.store', table, TABLE.counts + 2 * DOUBLE, builder.read(high));
  };
  builder.branch(builder.operation('i32', 'i64x2.bitmask', [signs]), () => {
    storeCounts();
    builder.call(RESOLVE, [table, words.first, words.second]);
    const counts = (offset: number): Value<'v128'> => ({
      id: builder.load('v128.load', table, TABLE.counts + offset).id,
      type: 'v128',
    });
    builder.write(low, counts(0));
    builder.write(high, counts(2 * DOUBLE));
  });
  const left = builder.operation('i32', 'i32.sub', [instances, instance]);
  const offset = sum(
    builder,
    product(builder, step, stepBytes),
    product(builder, instance, builder.i32(DOUBLE)),
  );
  const isWhole = builder.operation('i32', 'i32.ge_s', [left, builder.i32(GROUP)]);
  builder.branch(
    builder.operation('i32', 'i32.and', [isWhole, request.isFinite]),
    () => {
      const pairs = [low, high].map((counts) => lanes.asReal(builder.read(counts)));
      for (const [pair, spikes] of pairs.entries()) {
        addPair(request, lanes, spikes, offset, 2 * DOUBLE * pair);
      }
    },
    () => {
      storeCounts();
      const present = builder.operation('i32', 'i32.select', [builder.i32(GROUP), left, isWhole]);
      count(builder, present, (lane) => {
        const place = product(builder, lane, builder.i32(DOUBLE));
        const spikes = builder.load('f64.load', sum(builder, table, place), TABLE.counts);
        addSpikes(request, spikes, sum(builder, offset, place));
      });
    },
  );
}

/** The numbers of spikes of the draws `draw` and `draw` + 1 by the guide, negative where it does not know. */
function guidePair(
  builder: FunctionBuilder,
  table: Value<'i32'>,
  words: Value<'v128'>,
  draw: number,
): Value<'v128'> {
  const shifted = builder.operation('v128', 'i32x4.shr_u', [words, builder.i32(GUIDE_SHIFT)]);
  const mask = builder.v128(GUIDE_MASKS, GUIDE_MASKS);
  const offsets = builder.operation('v128', 'v128.and', [shifted, mask]);
  const pair = builder.operation('i64', 'i64x2.extract_lane', [offsets], draw / 2);
  const entry = (offset: Value<'i64'>): Value<'i32'> =>
    sum(builder, table, builder.operation('i32', 'i32.wrap_i64', [offset]));
  const second = builder.operation('i64', 'i64.shr_u', [pair, builder.i64(32n)]);
  const firstCount = builder.load('v128.load64_splat', entry(pair), TABLE.guide);
  const secondCount = builder.load('f64.load', entry(second), TABLE.guide);
  return builder.operation('v128', 'f64x2.replace_lane', [firstCount, secondCount], 1);
}

/** Adds the spikes of two neighbours; the weight must be finite, so that no spikes add 0. */
function addPair(request: Request, lanes: Lanes, spikes: Real, offset: Value<'i32'>, more: number): void {
  const { builder, weights, counts, weightPair } = request;
  const add = (rows: Value<'i32'>, amount: () => Real): void => {
    builder.branch(rows, () => {
      const address = sum(builder, rows, offset);
      lanes.store(address, more, lanes.add(lanes.load(address, more), amount()));
    });
  };
  add(weights, () => lanes.mul(spikes, lanes.asReal(weightPair)));
  add(counts, () => spikes);
}

function addSpikes({ builder, weights, counts, weight }: Request, spikes: Value, offset: Value<'i32'>): void {
  builder.call(ADD_SPIKES, [
    spikes,
    weight,
    movedBy(builder, weights, offset),
    movedBy(builder, counts, offset),
  ]);
}

/** From a mean of 10 on: a number of blocks for each draw. */
function addByRejection(request: Request): void {
  const { builder, instances, steps, keys, stepBytes, site, mean, stepHigh } = request;
  const extended = builder.operation('i64', 'i64.extend_i32_u', [site]);
  const high = builder.operation('i64', 'i64.and', [stepHigh, builder.i64(LOW_WORD)]);
  count(builder, instances, (instance) => {
    const place = product(builder, instance, builder.i32(DOUBLE));
    const key = builder.load('i64.load', sum(builder, keys, place), 0);
    const keyLow = builder.operation('i64', 'i64.and', [key, builder.i64(LOW_WORD)]);
    const keyHigh = builder.operation('i64', 'i64.shr_u', [key, builder.i64(32n)]);
    count(builder, steps, (step) => {
      const counter = [builder.i64(0n), extended, stepAt(request, step), high];
      const [spikes] = builder.call(POISSON, [mean, ...counter, keyLow, keyHigh]);
      if (spikes !== undefined)
        addSpikes(request, spikes, sum(builder, place, product(builder, step, stepBytes)));
    });
  });
}

function defineResolve(): SsaFunction {
  const builder = new FunctionBuilder(RESOLVE.name, RESOLVE);
  const lanes = createLanes(builder, 'pair');
  const table = builder.parameter(0, 'i32');
  const block = { even: builder.parameter(1, 'v128'), odd: builder.parameter(2, 'v128') };
  lanes.store(table, TABLE.uniforms, emitFirstUniform(lanes, block));
  lanes.store(table, TABLE.uniforms + 2 * DOUBLE, emitSecondUniform(lanes, block));
  count(builder, builder.i32(GROUP), (lane) => {
    const entry = sum(builder, table, product(builder, lane, builder.i32(DOUBLE)));
    const known = builder.load('f64.load', entry, TABLE.counts);
    builder.branch(builder.operation('i32', 'f64.lt', [known, builder.f64(0)]), () => {
      const uniform = builder.load('f64.load', entry, TABLE.uniforms);
      builder.store('f64.store', entry, TABLE.counts, builder.callPure('f64', SEARCH, [table, uniform]));
    });
  });
  return builder.finish();
}

function defineAddSpikes(): SsaFunction {
  const builder = new FunctionBuilder(ADD_SPIKES.name, ADD_SPIKES);
  const spikes = builder.parameter(0, 'f64');
  const weight = builder.parameter(1, 'f64');
  const add = (address: Value<'i32'>, amount: () => Value<'f64'>): void => {
    builder.branch(address, () => {
      const present = builder.load('f64.load', address, 0);
      builder.store('f64.store', address, 0, builder.operation('f64', 'f64.add', [present, amount()]));
    });
  };
  builder.branch(builder.operation('i32', 'f64.ne', [spikes, builder.f64(0)]), () => {
    add(builder.parameter(2, 'i32'), () => builder.operation('f64', 'f64.mul', [spikes, weight]));
    add(builder.parameter(3, 'i32'), () => spikes);
  });
  return builder.finish();
}
