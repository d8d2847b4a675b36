export * from './interface/index.ts';
