export { type CheckOptions, type CheckResult, check } from './check/check.ts';
export { type Dialect, type DialectId, dialectByName } from './dialects/dialect.ts';
export { recogniseDialect } from './dialects/recognise.ts';
export { languageMessages } from './messages/index.ts';
export { type PynestmlCode, pynestmlCodes } from './messages/pynestml-codes.ts';
export { syntaxMessages } from './messages/syntax.ts';
export type * from './model/checked-model.ts';
export * from './model/children.ts';
export type * from './model/expressions.ts';
export { applyFactor, compareValues } from './model/operators.ts';
export type * from './model/statements.ts';
export type * from './model/symbols.ts';
export type * from './model/types.ts';
export { closestName } from './parse/closest.ts';
export { tokenize } from './parse/lexer.ts';
export { parse, parseExpressionText } from './parse/parser.ts';
export * from './roles/index.ts';
export {
  childrenOfSyntax,
  isExpression,
  type SyntaxNode,
  visitChildren,
  visitExpressions,
} from './syntax/children.ts';
export type * from './syntax/expressions.ts';
export type * from './syntax/tokens.ts';
export type * from './syntax/tree.ts';
