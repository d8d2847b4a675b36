export type * from './model/checked-model.ts';
export type * from './model/expressions.ts';
export type * from './model/statements.ts';
export type * from './model/symbols.ts';
export type * from './model/types.ts';
export type * from './syntax/expressions.ts';
export type * from './syntax/tokens.ts';
export type * from './syntax/tree.ts';
