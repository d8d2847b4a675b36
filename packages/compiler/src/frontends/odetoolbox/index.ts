export { evaluateCall, isKnownCallee } from './known-functions.ts';
export { type NameScope, type ParsedExpression, parseExpression } from './parse-expression.ts';
export type * from './problem.ts';
export { type ReadResult, readOdeProblem } from './read-problem.ts';
