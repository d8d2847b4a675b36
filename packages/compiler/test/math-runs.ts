import { emitMath, MATH_FUNCTIONS, type MathName } from '../src/targets/wasm/math/math-functions.ts';
import type { Flavour } from '../src/targets/wasm/ssa/lanes.ts';
import { defineMap, instantiate, runMap } from './wasm-run.ts';

/** The values of an inlined function at points given by their operands. */
export function runMathFunction(
  name: MathName,
  flavour: Flavour,
  points: readonly (readonly number[])[],
): readonly number[] {
  const { arity } = MATH_FUNCTIONS[name];
  const code = defineMap(name, flavour, arity, (lanes, operands) => emitMath(lanes, name, ...operands));
  const columns = Array.from({ length: arity }, (_, i) => points.map((point) => point[i] ?? 0));
  return runMap(instantiate([code]), name, columns);
}
