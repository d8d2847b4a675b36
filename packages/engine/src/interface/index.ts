export * from './descriptor.ts';
export type * from './layout.ts';
export type * from './module.ts';
