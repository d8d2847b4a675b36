export { type AffineForm, affineForm, type NotAffine } from './affine.ts';
export {
  type ClosedForm,
  closedForm,
  type KnownFactor,
  type KnownFactors,
} from './closed-form/closed-form.ts';
export type { ClosedFormCase, WrittenCases } from './closed-form/write-cases.ts';
export { type Derivative, differentiate } from './derivative.ts';
export { explainReason } from './explain-reason.ts';
export {
  type ExponentialTerm,
  type ExponentialTerms,
  exponentialTerms,
  type NotExponentialReason,
} from './exponential-terms.ts';
export * from './expression/index.ts';
export type {
  IntervalPreparation,
  IntervalPropagation,
  IntervalTable,
  TabulatedPropagator,
  Transfer,
} from './interval/interval-propagation.ts';
export { prepareIntervals } from './interval/prepare-intervals.ts';
export { propagateOver } from './interval/propagate-over.ts';
export {
  type Kernel,
  type KernelRefusal,
  type SolvedKernel,
  type StateFactory,
  solveKernel,
} from './kernels.ts';
export { eigenvalues } from './linear-algebra/eigenvalues.ts';
export { type Eigenvalue, realSchur, type SchurForm } from './linear-algebra/schur.ts';
export {
  type AffinePropagator,
  type AffineSolution,
  advanceAffine,
  solveAffine,
} from './matrix-exponential.ts';
export type {
  AcceptedStep,
  AdaptiveFailure,
  AdaptiveProblem,
  AdaptiveResult,
  AdaptiveStatistics,
  NumericProblem,
  StepObserver,
} from './methods/cover-interval.ts';
export { DORMAND_PRINCE } from './methods/dormand-prince.ts';
export type { EmbeddedTableau, ExplicitTableau, RightHandSide } from './methods/explicit-runge-kutta.ts';
export { type ExponentialProblem, stepExponentialEuler } from './methods/exponential-euler.ts';
export { FORWARD_EULER } from './methods/forward-euler.ts';
export { integrateAdaptive } from './methods/integrate-adaptive.ts';
export { type ImplicitProblem, integrateRosenbrock } from './methods/integrate-rosenbrock.ts';
export { NUMERIC_METHODS, type NumericMethod, type NumericMethodName } from './methods/numeric-method.ts';
export { ROSENBROCK, type RosenbrockTableau } from './methods/rosenbrock.ts';
export { RUNGE_KUTTA_4 } from './methods/runge-kutta-4.ts';
export { RUNGE_KUTTA_FEHLBERG } from './methods/runge-kutta-fehlberg.ts';
export { type SingleStepResult, stepExplicit } from './methods/single-step.ts';
export {
  ROSENBROCK_CONTROL,
  STEP_SIZE_CONTROL,
  type StepSizeControl,
  stepSizeFactor,
  type WorstError,
  worstError,
} from './methods/step-size-control.ts';
export {
  type AffineGroup,
  type Coefficient,
  type Constancy,
  type Countdown,
  type Partition,
  partitionSystem,
  type Reason,
} from './partition.ts';
export { type PropagatorErrorBound, propagatorErrorBound } from './propagator-error.ts';
export { recommendSolver } from './stiffness/recommend-solver.ts';
export {
  type EigenvalueFigures,
  STIFFNESS_SETTINGS,
  type StepFigures,
  type StiffnessProblem,
  type StiffnessReport,
  type StiffnessSettings,
  type StimulusInterval,
} from './stiffness/stiffness-report.ts';
export { type DifferentialEquation, type FirstOrderEquation, toFirstOrder } from './system.ts';
