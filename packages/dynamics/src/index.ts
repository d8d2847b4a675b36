export { type AffineForm, affineForm, type NotAffine } from './affine.ts';
export { type Derivative, differentiate } from './derivative.ts';
export { explainReason } from './explain-reason.ts';
export { type ExponentialTerm, type ExponentialTerms, exponentialTerms } from './exponential-terms.ts';
export * from './expression/index.ts';
export {
  type Kernel,
  type KernelRefusal,
  kernelMismatch,
  type SolvedKernel,
  type StateFactory,
  solveKernel,
} from './kernels.ts';
export {
  type AffinePropagator,
  type AffineSolution,
  advanceAffine,
  solveAffine,
} from './matrix-exponential.ts';
export {
  type AffineGroup,
  type Coefficient,
  type Constancy,
  type Countdown,
  type Partition,
  partitionSystem,
  type Reason,
} from './partition.ts';
export { type DifferentialEquation, type FirstOrderEquation, toFirstOrder } from './system.ts';
