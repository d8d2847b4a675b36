// Accuracy and speed of the inlined mathematics.
// Errors in units of the last place (ulp) at the recorded points of packages/compiler; times in ns per value, median of
// repeats over an array that fits the cache, f64x2 and f64 against the functions of the JavaScript engine.
import { wasm } from '@nestml/compiler';
import { accuracyPoints, errorInUlp } from '../../packages/compiler/test/accuracy-points.ts';
import { defineMap, instantiate, runMap, type TestInstance } from '../../packages/compiler/test/wasm-run.ts';
import { formatNumber, median, type Report } from '../measure.ts';

const { emitMath, emitNormal, emitPhilox, MATH_FUNCTIONS } = wasm;

const LENGTH = 2048;
const REPEATS = 41;
const PASSES = 20;

/** Typical arguments: low and high end of the uniform operands. */
const OPERANDS: Readonly<Record<wasm.MathName, readonly (readonly [low: number, high: number])[]>> = {
  exp: [[-20, 5]],
  expm1: [[-5, 5]],
  exprelr: [[-5, 5]],
  log: [[0.01, 100]],
  log1p: [[-0.5, 5]],
  log10: [[0.01, 100]],
  pow: [
    [0.1, 10],
    [-3, 3],
  ],
  sinh: [[-5, 5]],
  cosh: [[-5, 5]],
  tanh: [[-5, 5]],
  sin: [[-10, 10]],
  cos: [[-10, 10]],
  tan: [[-10, 10]],
  erf: [[-4, 4]],
  erfc: [[-4, 8]],
};

const names = Object.keys(MATH_FUNCTIONS) as wasm.MathName[];
const instance = instantiate([
  ...names.flatMap((name) =>
    (['scalar', 'pair'] as const).map((flavour) =>
      defineMap(`${name}.${flavour}`, flavour, MATH_FUNCTIONS[name].arity, (lanes, operands) =>
        emitMath(lanes, name, ...operands),
      ),
    ),
  ),
  defineMap('philox', 'pair', 1, (lanes, [x]) => lanes.realOf(lanes.asBits(block(lanes, x).even))),
  defineMap('normal', 'pair', 1, (lanes, [x]) => emitNormal(lanes, block(lanes, x))),
]);

function block(lanes: wasm.Lanes, x: wasm.Real = lanes.constant(0)): ReturnType<typeof emitPhilox> {
  const zero = lanes.integer(0n);
  const bits = lanes.bitsOf(x);
  return emitPhilox(lanes, [bits, lanes.shiftRight(bits, 32), zero, zero], [zero, zero]);
}

function engineFunction(name: wasm.MathName): ((...operands: number[]) => number) | undefined {
  return name === 'erf' || name === 'erfc' || name === 'exprelr' ? undefined : Math[name];
}

function inputs(name: wasm.MathName): readonly (readonly number[])[] {
  return OPERANDS[name].map(([low, high], k) =>
    Array.from(
      { length: LENGTH },
      (_, i) => low + (high - low) * ((i * (k === 0 ? 0.6180339887 : 0.7548776662)) % 1),
    ),
  );
}

function medianTime(run: () => void): number {
  for (let i = 0; i < 40; i += 1) run();
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    for (let pass = 0; pass < PASSES; pass += 1) run();
    return ((performance.now() - start) * 1e6) / (PASSES * LENGTH);
  });
  return median(times);
}

function timeWasm({ call }: TestInstance, name: string, arity: number): number {
  return medianTime(() => void call(name, 0, 8 * LENGTH * arity, 8 * LENGTH));
}

function timeEngine(name: wasm.MathName): number {
  const f = engineFunction(name);
  if (f === undefined) return Number.NaN;
  const columns = inputs(name).map((column) => Float64Array.from(column));
  const [first = new Float64Array(), second] = columns;
  const output = new Float64Array(LENGTH);
  // One loop per function, so that the engine may inline the call.
  const run = second === undefined ? unaryLoop(name) : binaryLoop;
  return medianTime(() => run(first, second ?? first, output));
}

type Loop = (a: Float64Array, b: Float64Array, output: Float64Array) => void;

function unaryLoop(name: wasm.MathName): Loop {
  return new Function(
    'a',
    'b',
    'output',
    `for (let i = 0; i < a.length; i++) output[i] = Math.${name}(a[i]);`,
  ) as Loop;
}

const binaryLoop: Loop = (a, b, output) => {
  for (let i = 0; i < a.length; i += 1) output[i] = (a[i] ?? 0) ** (b[i] ?? 0);
};

function worstError(
  name: wasm.MathName,
  compute: (columns: readonly (readonly number[])[]) => readonly number[],
): number {
  const points = accuracyPoints(name);
  const columns = OPERANDS[name].map((_, k) => points.map(({ operands }) => operands[k] ?? 0));
  const computed = compute(columns);
  return Math.max(...points.map((point, i) => errorInUlp(computed[i] ?? 0, point)));
}

const HEAD = ['function', 'max ulp', 'Math ulp', 'f64x2 ns', 'f64 ns', 'Math ns'];

/** Largest error at the recorded points, and time per value, of every inlined function. */
export function measureMathematics(): Report {
  const figures: Record<string, number> = {};
  const rows = names.map((name) => {
    const { arity } = MATH_FUNCTIONS[name];
    const f = engineFunction(name);
    const own = worstError(name, (columns) => runMap(instance, `${name}.pair`, columns));
    const engine =
      f === undefined ? Number.NaN : worstError(name, ([a = [], b = []]) => a.map((x, i) => f(x, b[i] ?? 0)));
    runMap(instance, `${name}.pair`, inputs(name));
    const pair = timeWasm(instance, `${name}.pair`, arity);
    const scalar = timeWasm(instance, `${name}.scalar`, arity);
    figures[`${name}.ulp`] = own;
    figures[`${name}.pair.ns`] = pair;
    figures[`${name}.scalar.ns`] = scalar;
    return [name, ...[own, engine, pair, scalar, timeEngine(name)].map(formatNumber)];
  });
  runMap(instance, 'normal', [Array.from({ length: LENGTH }, (_, i) => i)]);
  const word = timeWasm(instance, 'philox', 1) / 4;
  const normal = timeWasm(instance, 'normal', 1);
  return {
    title: 'Inlined mathematics: largest error, time per value',
    head: HEAD,
    rows,
    notes: [
      `Philox4x32-10: ${formatNumber(word)} ns per 32-bit word; a normal number: ${formatNumber(normal)} ns`,
    ],
    figures: { ...figures, 'philox.word.ns': word, 'normal.ns': normal },
    problems: [],
  };
}
