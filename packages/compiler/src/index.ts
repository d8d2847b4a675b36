export type * from './ir/functions.ts';
export type * from './ir/model.ts';
export type * from './ir/statements.ts';
export type * from './ir/variables.ts';
export type * from './plan/plan.ts';
export type * from './solved/solved-model.ts';
