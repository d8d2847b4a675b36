import { mathReference } from '../math/math-functions.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { FunctionReference, SsaFunction } from '../ssa/ssa-function.ts';
import type { Value, Variable } from '../ssa/value.ts';
import { count } from './loops.ts';

/** Intervals of equal length into which [0, 1) is divided. */
const BUCKETS = 1024;
const DOUBLE = 8;

/**
 * What draws with one mean below 10 have in common, by byte offset. The guide has a double per bucket: the number of spikes if all uniform
 * numbers in the bucket mean the same, else `UNKNOWN`. The sums are the cumulated probabilities, and infinity behind the last. Zeros are the
 * table of the mean 0.
 */
export const TABLE = Object.freeze({
  mean: 0,
  /** Room for four uniform numbers and for four numbers of spikes. */
  uniforms: 16,
  counts: 48,
  guide: 80,
  /** There are less than 64 of them. */
  sums: 80 + BUCKETS * DOUBLE,
  bytes: 80 + BUCKETS * DOUBLE + 64 * DOUBLE,
} as const);

/** A negative number, so that its sign tells it. */
const UNKNOWN = -1;

/** Words, shifted by this to the right and masked, are offsets in the guide. */
export const GUIDE_SHIFT = 32 - Math.log2(BUCKETS) - Math.log2(DOUBLE);
export const GUIDE_MASK = (BUCKETS - 1) * DOUBLE;

/** Fills a table for a mean below 10, unless it is the table of this mean. */
export const FILL_TABLE: FunctionReference = Object.freeze({
  name: 'device.fill-table',
  parameters: ['i32', 'f64'],
  results: [],
} as const);

/** The number of spikes that a uniform number means: the first whose sum exceeds it. */
export const SEARCH: FunctionReference = Object.freeze({
  name: 'device.search',
  parameters: ['i32', 'f64'],
  results: ['f64'],
} as const);

/** Defines `FILL_TABLE`. */
export function defineFillTable(): SsaFunction {
  const builder = new FunctionBuilder(FILL_TABLE.name, FILL_TABLE);
  const table = builder.parameter(0, 'i32');
  const mean = builder.parameter(1, 'f64');
  const present = builder.load('f64.load', table, TABLE.mean);
  builder.branch(builder.operation('i32', 'f64.ne', [present, mean]), () => {
    builder.store('f64.store', table, TABLE.mean, mean);
    forgetGuide(builder, table);
    fillSums(builder, table, mean);
  });
  return builder.finish();
}

function forgetGuide(builder: FunctionBuilder, table: Value<'i32'>): void {
  const nothing = builder.f64x2(UNKNOWN, UNKNOWN);
  count(builder, builder.i32(BUCKETS / 2), (pair) => {
    const offset = builder.operation('i32', 'i32.mul', [pair, builder.i32(2 * DOUBLE)]);
    const address = builder.operation('i32', 'i32.add', [table, offset]);
    builder.store('v128.store', address, TABLE.guide, nothing);
  });
}

/** p_0 = exp(−λ), p_k = p_{k−1} · (λ/k), summed in this order, up to the first k that no longer changes the sum. */
function fillSums(builder: FunctionBuilder, table: Value<'i32'>, mean: Value<'f64'>): void {
  const lanes = createLanes(builder, 'scalar');
  const negative = builder.operation('f64', 'f64.neg', [mean]);
  const none = builder.callPure('f64', mathReference('exp', 'scalar'), [negative]);
  const spikes = builder.variable(builder.f64(0));
  const probability = builder.variable(none);
  const below = builder.variable(builder.f64(0));
  const sum = builder.variable(none);
  const entry = builder.variable(table);
  const store = (value: Value<'f64'>): void => {
    builder.store('f64.store', builder.read(entry), TABLE.sums, value);
    fillBuckets(builder, table, builder.read(spikes), builder.read(below), value);
  };
  builder.loop(() => {
    store(builder.read(sum));
    const next = builder.operation('f64', 'f64.add', [builder.read(spikes), builder.f64(1)]);
    const ratio = builder.operation('f64', 'f64.div', [mean, next]);
    const following = builder.operation('f64', 'f64.mul', [builder.read(probability), ratio]);
    const present = builder.read(sum);
    builder.write(spikes, next);
    builder.write(probability, following);
    builder.write(below, present);
    builder.write(sum, builder.operation('f64', 'f64.add', [present, following]));
    builder.write(entry, builder.operation('i32', 'i32.add', [builder.read(entry), builder.i32(DOUBLE)]));
    return lanes.ne(lanes.asReal(builder.read(sum)), lanes.asReal(present)).value;
  });
  store(builder.f64(Number.POSITIVE_INFINITY));
}

/** Enters a number of spikes in the buckets that lie between two sums as a whole. */
function fillBuckets(
  builder: FunctionBuilder,
  table: Value<'i32'>,
  spikes: Value<'f64'>,
  below: Value<'f64'>,
  sum: Value<'f64'>,
): void {
  const bucketOf = (bound: Value<'f64'>, rounding: 'f64.ceil' | 'f64.floor'): Value<'i32'> => {
    const capped = builder.operation('f64', 'f64.min', [bound, builder.f64(1)]);
    const scaled = builder.operation('f64', 'f64.mul', [capped, builder.f64(BUCKETS)]);
    return builder.operation('i32', 'i32.trunc_sat_f64_s', [builder.operation('f64', rounding, [scaled])]);
  };
  const first = bucketOf(below, 'f64.ceil');
  const end = bucketOf(sum, 'f64.floor');
  count(builder, builder.operation('i32', 'i32.sub', [end, first]), (place) => {
    const bucket = builder.operation('i32', 'i32.add', [first, place]);
    const offset = builder.operation('i32', 'i32.mul', [bucket, builder.i32(DOUBLE)]);
    builder.store('f64.store', builder.operation('i32', 'i32.add', [table, offset]), TABLE.guide, spikes);
  });
}

/** Defines `SEARCH`. */
export function defineSearch(): SsaFunction {
  const builder = new FunctionBuilder(SEARCH.name, SEARCH);
  const uniform = builder.parameter(1, 'f64');
  const entry: Variable<'i32'> = builder.variable(builder.parameter(0, 'i32'));
  const spikes = builder.variable(builder.f64(-1));
  builder.loop(() => {
    const sum = builder.load('f64.load', builder.read(entry), TABLE.sums);
    builder.write(entry, builder.operation('i32', 'i32.add', [builder.read(entry), builder.i32(DOUBLE)]));
    builder.write(spikes, builder.operation('f64', 'f64.add', [builder.read(spikes), builder.f64(1)]));
    return builder.operation('i32', 'f64.ge', [uniform, sum]);
  });
  return builder.finish(builder.read(spikes));
}
