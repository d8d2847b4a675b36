export type * from './syntax/expressions.ts';
export type * from './syntax/tokens.ts';
export type * from './syntax/tree.ts';
