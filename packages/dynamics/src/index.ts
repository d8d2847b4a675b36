export { type AffineForm, affineForm, type NotAffine } from './affine.ts';
export { type Derivative, differentiate } from './derivative.ts';
export * from './expression/index.ts';
