export { type Dialect, type DialectId, dialectByName, dialects } from './dialect.ts';
export { findingsOfOldText, type ReadSource, readSource } from './read-source.ts';
export { recogniseDialect } from './recognise.ts';
export { type Translation, translate } from './translate.ts';
export type { Approximation } from './translation.ts';
