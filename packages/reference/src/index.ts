export { type InitialValues, initialValues } from './initial-values.ts';
export { type PastSteps, pastSteps } from './past-steps.ts';
export type * from './run.ts';
export { runNeuron } from './run-neuron.ts';
export * from './synapse/index.ts';
export type { StoredValue, Value } from './values.ts';
