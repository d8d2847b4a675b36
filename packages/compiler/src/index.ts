export {
  evaluateCall,
  isKnownCallee,
  type OdeOptions,
  type OdeProblem,
  type OdeStimulus,
  type OdeSymbol,
  type OdeVariable,
  readOdeProblem,
} from './frontends/odetoolbox/index.ts';
export { effectsOf } from './ir/effects.ts';
export type * from './ir/functions.ts';
export type * from './ir/model.ts';
export type * from './ir/statements.ts';
export { calleeOf, symbolOf, variableOf } from './ir/symbol-of.ts';
export { bodiesOf, expressionsOf, mapStatement, statementsIn } from './ir/traverse.ts';
export type * from './ir/variables.ts';
export { type LoweringResult, lowerModel } from './lower/lower-model.ts';
export { compilerMessages } from './messages/index.ts';
export { odeProblemMessages } from './messages/ode-problem.ts';
export type { SolverChoice } from './passes/choose-method.ts';
export { type SolveOptions, type SolveResult, solveModel } from './passes/compile-model.ts';
export { passes } from './passes/index.ts';
export type { Pass } from './passes/pass.ts';
export {
  type ExactGroup,
  type OdeSolution,
  type OdeSolveOptions,
  solveOdeProblem,
} from './passes/solve-ode-problem.ts';
export {
  createPlan,
  type PlanProblem,
  type PlanResult,
  type UsageRequest,
  vectorsOf,
} from './plan/create-plan.ts';
export type * from './plan/plan.ts';
export { printModel } from './print/print-model.ts';
export { printSolvedModel } from './print/print-solved-model.ts';
export { expressionsOfModel } from './solved/expressions-of-model.ts';
export type * from './solved/solved-model.ts';
export {
  type OdeSolverEntry,
  printForPython,
  printOdeResult,
  type SolverRecommendation,
} from './targets/json/index.ts';
export { generateDevices } from './targets/wasm/device/index.ts';
export * as wasm from './targets/wasm/index.ts';
export {
  type GenerateOptions,
  generateNeuron,
  type Limitation,
  listPlaces,
  wasmTarget,
} from './targets/wasm/neuron/index.ts';
