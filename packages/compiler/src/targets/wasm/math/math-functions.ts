import type { ValueType } from '../encoder/value-type.ts';
import { createLanes, realType } from '../ssa/create-lanes.ts';
import { FunctionBuilder } from '../ssa/function-builder.ts';
import type { Flavour, Lanes, Real } from '../ssa/lanes.ts';
import type { FunctionReference, SsaFunction } from '../ssa/ssa-function.ts';
import { emitErf, emitErfc } from './error-function.ts';
import { emitExp, emitExpm1, emitExprelr } from './exponential.ts';
import { emitCosh, emitSinh, emitTanh } from './hyperbolic.ts';
import { emitLog, emitLog1p, emitLog10 } from './logarithm.ts';
import { emitPow } from './power.ts';
import { emitCos, emitSin, emitTan } from './trigonometric.ts';

/** Emits a function of one or two reals in place. */
export interface MathFunction {
  readonly arity: 1 | 2;
  readonly emit: (lanes: Lanes, ...operands: readonly Real[]) => Real;
}

function unary(emit: (lanes: Lanes, x: Real) => Real): MathFunction {
  return { arity: 1, emit: (lanes, x = lanes.constant(Number.NaN)) => emit(lanes, x) };
}

function binary(emit: (lanes: Lanes, x: Real, y: Real) => Real): MathFunction {
  return {
    arity: 2,
    emit: (lanes, x = lanes.constant(Number.NaN), y = lanes.constant(Number.NaN)) => emit(lanes, x, y),
  };
}

/** The mathematical functions by name; the accuracy of each is stated in this folder's accuracy test. */
export const MATH_FUNCTIONS = Object.freeze({
  exp: unary(emitExp),
  expm1: unary(emitExpm1),
  exprelr: unary(emitExprelr),
  log: unary(emitLog),
  log1p: unary(emitLog1p),
  log10: unary(emitLog10),
  pow: binary(emitPow),
  sinh: unary(emitSinh),
  cosh: unary(emitCosh),
  tanh: unary(emitTanh),
  sin: unary(emitSin),
  cos: unary(emitCos),
  tan: unary(emitTan),
  erf: unary(emitErf),
  erfc: unary(emitErfc),
});

/** Name of a mathematical function. */
export type MathName = keyof typeof MATH_FUNCTIONS;

/** How to call the internal function that `defineMathFunction` makes. */
export function mathReference(name: MathName, flavour: Flavour): FunctionReference {
  const type: ValueType = realType(flavour);
  return {
    name: `math.${name}.${type}`,
    parameters: new Array<ValueType>(MATH_FUNCTIONS[name].arity).fill(type),
    results: [type],
  };
}

/** A mathematical function as an internal function of a module, for use by `callPure`. */
export function defineMathFunction(name: MathName, flavour: Flavour): SsaFunction {
  const reference = mathReference(name, flavour);
  const builder = new FunctionBuilder(reference.name, reference);
  const lanes = createLanes(builder, flavour);
  const operands = reference.parameters.map((type, index) => lanes.asReal(builder.parameter(index, type)));
  return builder.finish(MATH_FUNCTIONS[name].emit(lanes, ...operands).value);
}

/** Emits the function in place. */
export function emitMath(lanes: Lanes, name: MathName, ...operands: readonly Real[]): Real {
  return MATH_FUNCTIONS[name].emit(lanes, ...operands);
}
