export * from './descriptor.ts';
export * from './device.ts';
export type * from './layout.ts';
export type * from './module.ts';
