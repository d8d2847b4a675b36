export { runSynapse } from './run-synapse.ts';
export type { ModulatoryInput, SignalInput, SynapseOutcome, SynapseRun } from './synapse-run.ts';
