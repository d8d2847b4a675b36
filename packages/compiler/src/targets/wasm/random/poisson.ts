import type { Signature } from '../encoder/value-type.ts';
import { mathReference } from '../math/math-functions.ts';
import { createLanes } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Bits, Lanes, Real } from '../ssa/lanes.ts';
import type { FunctionReference, SsaFunction } from '../ssa/ssa-function.ts';
import type { Value, Variable } from '../ssa/value.ts';
import { type Counter, emitPhilox, type Key } from './philox.ts';
import { emitFirstUniform, emitSecondUniform } from './uniform.ts';

/** Counter, then key, as 64-bit integers with a word each. */
const STREAM_TYPES = Object.freeze(['i64', 'i64', 'i64', 'i64', 'i64', 'i64'] as const);
const UNIFORMS: FunctionReference = Object.freeze({
  name: 'random.uniforms',
  parameters: STREAM_TYPES,
  results: ['v128'],
} as const);
const LOG_FACTORIAL: FunctionReference = Object.freeze({
  name: 'random.log-factorial',
  parameters: ['f64'],
  results: ['f64'],
} as const);
/** The number and the counter of draws after it, from the mean, the counter and the key of one lane. */
export const POISSON: FunctionReference = Object.freeze({
  name: 'random.poisson',
  parameters: ['f64', ...STREAM_TYPES],
  results: ['f64', 'i64'],
} as const);

/** From this mean on the number is drawn by rejection instead of by inversion. */
export const REJECTION_FROM = 10;
/** Coefficients of Stirling's series for ln Γ: B_{2j} / (2j (2j − 1)). */
const STIRLING = Object.freeze([1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188] as const);
/** Below it ln k! is the logarithm of the product; from it on five terms of the series are exact to 1e-16. */
const STIRLING_FROM = 16;
/** ln(2π)/2. */
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** A random number per lane, and the counter of draws after it. */
export interface Draw {
  readonly value: Real;
  readonly nextDraw: Bits;
}

/**
 * Poisson-distributed integers with mean λ per lane, by a call of the internal function for each lane: below 10 by
 * inversion with one block, from 10 on by transformed rejection with a block per trial. NaN without a draw where λ is
 * negative, infinite or NaN. The module needs `POISSON_FUNCTIONS` and the scalar exp and log; `withLibrary` adds them.
 */
export function emitPoisson(lanes: Lanes, lambda: Real, counter: Counter, key: Key): Draw {
  const values: Value<'f64'>[] = [];
  const draws: Value<'i64'>[] = [];
  for (let lane = 0; lane < lanes.width; lane += 1) {
    const stream = [...counter, ...key].map((word) => lanes.bitsLane(word, lane));
    const [value, draw] = lanes.builder.call(POISSON, [lanes.lane(lambda, lane), ...stream]);
    if (value !== undefined) values.push({ id: value.id, type: 'f64' });
    if (draw !== undefined) draws.push({ id: draw.id, type: 'i64' });
  }
  return { value: lanes.gather(values), nextDraw: lanes.gatherBits(draws) };
}

/** The internal functions behind `emitPoisson`, by name. */
export const POISSON_FUNCTIONS: ReadonlyMap<string, () => SsaFunction> = new Map([
  [UNIFORMS.name, defineUniforms],
  [LOG_FACTORIAL.name, defineLogFactorial],
  [POISSON.name, definePoisson],
]);

interface Scalar {
  readonly builder: FunctionBuilder;
  readonly lanes: Lanes;
}

function begin(name: string, signature: Signature): Scalar {
  const builder = new FunctionBuilder(name, signature);
  return { builder, lanes: createLanes(builder, 'scalar') };
}

/** Both uniform numbers of a block, as f64x2. */
function defineUniforms(): SsaFunction {
  const { builder, lanes } = begin(UNIFORMS.name, UNIFORMS);
  const word = (index: number): Bits => lanes.asBits(builder.parameter(index, 'i64'));
  const block = emitPhilox(lanes, [word(0), word(1), word(2), word(3)], [word(4), word(5)]);
  const first = builder.operation('v128', 'f64x2.splat', [emitFirstUniform(lanes, block).value]);
  const second = emitSecondUniform(lanes, block).value;
  return builder.finish(builder.operation('v128', 'f64x2.replace_lane', [first, second], 1));
}

/** ln k! for an integer k ≥ 0. */
function defineLogFactorial(): SsaFunction {
  const { builder, lanes } = begin(LOG_FACTORIAL.name, LOG_FACTORIAL);
  const { add, sub, mul, div, constant } = lanes;
  const k = lanes.asReal(builder.parameter(0, 'f64'));
  const result = builder.variable(builder.f64(0));
  builder.branch(
    lanes.lt(k, constant(STIRLING_FROM)).value,
    () => {
      const factorial = builder.variable(builder.f64(1));
      const factor = builder.variable(builder.f64(1));
      builder.loop(() => {
        const present = readReal(lanes, factor);
        writeReal(lanes, factorial, mul(readReal(lanes, factorial), present));
        writeReal(lanes, factor, add(present, constant(1)));
        return lanes.le(readReal(lanes, factor), k).value;
      });
      writeReal(lanes, result, log(lanes, readReal(lanes, factorial)));
    },
    () => {
      const n = add(k, constant(1));
      const square = mul(n, n);
      const series = STIRLING.reduceRight((sum, c) => add(div(sum, square), constant(c)), constant(0));
      const leading = sub(mul(sub(n, constant(0.5)), log(lanes, n)), n);
      const halfLogTwoPi = constant(HALF_LOG_TWO_PI);
      writeReal(lanes, result, add(add(leading, halfLogTwoPi), div(series, n)));
    },
  );
  return builder.finish(builder.read(result));
}

/** What both methods know. */
interface PoissonContext extends Scalar {
  readonly lambda: Real;
  readonly result: Variable<'f64'>;
  /** The first word of the counter: blocks taken so far. */
  readonly draw: Variable<'i64'>;
}

function definePoisson(): SsaFunction {
  const { builder, lanes } = begin(POISSON.name, POISSON);
  const { constant, lt, ge } = lanes;
  const context: PoissonContext = {
    builder,
    lanes,
    lambda: lanes.asReal(builder.parameter(0, 'f64')),
    result: builder.variable(builder.f64(Number.NaN)),
    draw: builder.variable(builder.parameter(1, 'i64')),
  };
  const { lambda } = context;
  const isMean = lanes.and(ge(lambda, constant(0)), lt(lambda, constant(Number.POSITIVE_INFINITY)));
  builder.branch(isMean.value, () => {
    builder.branch(
      lt(lambda, constant(REJECTION_FROM)).value,
      () => emitInversion(context),
      () => emitRejection(context),
    );
  });
  return builder.finish(builder.read(context.result), builder.read(context.draw));
}

/** The smallest k whose cumulated probability exceeds u; ends where rounding makes the next probability vanish. */
function emitInversion(context: PoissonContext): void {
  const { builder, lanes, lambda, result } = context;
  const { add, mul, div, constant } = lanes;
  const { first: u } = takeBlock(context);
  const exp = builder.callPure('f64', mathReference('exp', 'scalar'), [lanes.neg(lambda).value]);
  const probability = builder.variable(exp);
  const sum = builder.variable(exp);
  const k = builder.variable(builder.f64(0));
  builder.block((end) => {
    builder.loop(() => {
      builder.leave(end, lanes.lt(u, readReal(lanes, sum)).value);
      const next = add(readReal(lanes, k), constant(1));
      writeReal(lanes, k, next);
      writeReal(lanes, probability, mul(readReal(lanes, probability), div(lambda, next)));
      const before = readReal(lanes, sum);
      writeReal(lanes, sum, add(before, readReal(lanes, probability)));
      return lanes.ne(readReal(lanes, sum), before).value;
    });
  });
  builder.write(result, builder.read(k));
}

/**
 * Transformed rejection with squeeze.
 * Source: Hörmann (1993), The transformed rejection method for generating Poisson random variables,
 * Insurance: Mathematics and Economics 12:39–45, algorithm PTRS.
 */
function emitRejection(context: PoissonContext): void {
  const { builder, lanes, lambda, result } = context;
  const { add, sub, mul, div, constant, lt, gt, le, ge } = lanes;
  const b = add(constant(0.931), mul(constant(2.53), lanes.sqrt(lambda)));
  const a = add(constant(-0.059), mul(constant(0.02483), b));
  const inverseAlpha = add(constant(1.1239), div(constant(1.1328), sub(b, constant(3.4))));
  const vr = sub(constant(0.9277), div(constant(3.6224), sub(b, constant(2))));
  const logLambda = log(lanes, lambda);
  builder.block((end) => {
    builder.loop(() => {
      const { first, second: v } = takeBlock(context);
      const u = sub(first, constant(0.5));
      const us = sub(constant(0.5), lanes.abs(u));
      const spread = add(div(mul(constant(2), a), us), b);
      const k = lanes.floor(add(add(mul(spread, u), lambda), constant(0.43)));
      writeReal(lanes, result, k);
      builder.leave(end, lanes.and(ge(us, constant(0.07)), le(v, vr)).value);
      const isTail = lanes.and(lt(us, constant(0.013)), gt(v, us));
      const isRejected = lanes.or(lt(k, constant(0)), isTail);
      builder.branch(lanes.not(isRejected).value, () => {
        const left = log(lanes, div(mul(v, inverseAlpha), add(div(a, mul(us, us)), b)));
        const logFactorial = lanes.asReal(builder.callPure('f64', LOG_FACTORIAL, [k.value]));
        const right = sub(sub(mul(k, logLambda), lambda), logFactorial);
        builder.leave(end, le(left, right).value);
      });
      return builder.i32(1);
    });
  });
}

/** The two uniform numbers of the next block. */
function takeBlock({ builder, lanes, draw }: PoissonContext): {
  readonly first: Real;
  readonly second: Real;
} {
  const present = builder.read(draw);
  const rest = [2, 3, 4, 5, 6].map((index) => builder.parameter(index, 'i64'));
  const uniforms = builder.callPure('v128', UNIFORMS, [present, ...rest]);
  builder.write(draw, builder.operation('i64', 'i64.add', [present, builder.i64(1n)]));
  const lane = (index: number): Real =>
    lanes.asReal(builder.operation('f64', 'f64x2.extract_lane', [uniforms], index));
  return { first: lane(0), second: lane(1) };
}

function log(lanes: Lanes, x: Real): Real {
  return lanes.asReal(lanes.builder.callPure('f64', mathReference('log', 'scalar'), [x.value]));
}

function readReal(lanes: Lanes, variable: Variable<'f64'>): Real {
  return lanes.asReal(lanes.builder.read(variable));
}

function writeReal({ builder }: Lanes, variable: Variable<'f64'>, { value }: Real): void {
  builder.write(variable, { id: value.id, type: 'f64' });
}
