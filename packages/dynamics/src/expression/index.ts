export { compileEvaluator, type Evaluator } from './compile-evaluator.ts';
export { type Environment, environmentOf, evaluate, evaluateAll, type Value } from './evaluate.ts';
export { ARITY, applyMathFunction, type MathFunction } from './math-functions.ts';
export type * from './nodes.ts';
export { ExpressionPool } from './pool.ts';
export { type PrintOptions, printExpression, type SymbolWriter } from './print.ts';
export { mapExpressions, substitute, withOperands } from './rebuild.ts';
export {
  dependentNodes,
  isImpure,
  isPure,
  nodesBelow,
  operandsOf,
} from './traverse.ts';
