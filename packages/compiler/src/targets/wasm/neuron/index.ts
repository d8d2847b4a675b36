export { recordableNames } from './define-record.ts';
export { canPair, type GenerateOptions, generateNeuron } from './generate-neuron.ts';
export { listPlaces, type Places } from './places.ts';
export { type Limitation, wasmTarget } from './wasm-target.ts';
