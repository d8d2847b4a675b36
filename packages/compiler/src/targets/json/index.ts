export {
  type OdeSolverEntry,
  type OdeUpdate,
  printOdeResult,
  type SolverRecommendation,
  type TextMap,
} from './ode-result.ts';
export { type PythonSetting, printForPython } from './print-expression.ts';
