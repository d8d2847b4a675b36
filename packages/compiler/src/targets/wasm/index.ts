export {
  buildModule,
  type FunctionCode,
  type FunctionImport,
  type MemoryImport,
  type ModuleDescription,
} from './encoder/build-module.ts';
export type { LoadName, StoreName } from './encoder/instruction.ts';
export type { OperationName } from './encoder/operations.table.ts';
export type { Signature, ValueType } from './encoder/value-type.ts';
export { withLibrary } from './library.ts';
export { emitFlush } from './math/flush.ts';
export {
  defineMathFunction,
  emitMath,
  MATH_FUNCTIONS,
  type MathFunction,
  type MathName,
  mathReference,
} from './math/math-functions.ts';
export { emitNormal } from './random/normal.ts';
export { blockWord, type Counter, emitPhilox, type Key, type RandomBlock } from './random/philox.ts';
export { type Draw, emitPoisson } from './random/poisson.ts';
export { emitFirstUniform, emitSecondUniform } from './random/uniform.ts';
export { bitsType, createLanes, realType } from './ssa/create-lanes.ts';
export { FunctionBuilder } from './ssa/function-builder.ts';
export type { Bits, Flavour, Lanes, Mask, Real } from './ssa/lanes.ts';
export { lowerFunction } from './ssa/lower-function.ts';
export type { FunctionReference, SsaFunction } from './ssa/ssa-function.ts';
export type { Label, Value, Variable } from './ssa/value.ts';
