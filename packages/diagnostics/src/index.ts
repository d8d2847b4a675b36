export * from './diagnostic.ts';
export * from './internal-error.ts';
export * from './messages.ts';
export * from './source.ts';
