import type { Diagnostic } from '@nestml/diagnostics';
import { type Dialect, loadModel, type PairModels } from '@nestml/workbench';
import type { Console } from '../console.ts';
import { deliver, type Forms, type OutputOptions, refuseRun } from './outputs.ts';
import type { RunOutcome } from './run-on-model.ts';

/** What a command does with a synapse and a neuron. */
export interface PairRun<Result> {
  readonly synapse: string;
  readonly neuron: string;
  /** What is wrong with the options; then nothing runs. */
  readonly phrases: readonly Diagnostic[];
  /** The version of the texts; recognised if undefined. */
  readonly from: Dialect | undefined;
  readonly run: (models: PairModels) => RunOutcome<Result>;
  /** The forms of a result whose `diagnostics` are all findings: of the texts and the run. */
  readonly forms: (result: Result) => Forms;
}

/** Loads a synapse and a neuron, runs them and delivers the result with all findings. Gives the exit status. */
export async function runOnPair<Result extends { readonly diagnostics: readonly Diagnostic[] }>(
  { synapse: name, neuron: neuronName, phrases, from, run, forms }: PairRun<Result>,
  options: OutputOptions,
  console: Console,
): Promise<number> {
  const synapse = await loadModel(console.host, name, from);
  const neuron = await loadModel(console.host, neuronName, from);
  const shared = name === neuronName ? [] : neuron.diagnostics;
  const known = [...phrases, ...synapse.diagnostics, ...shared];
  if (!synapse.ok || !neuron.ok || phrases.length > 0) return refuseRun(name, known, options, console);
  const outcome = run({ synapse: synapse.model, neuron: neuron.model });
  if (!outcome.ok) return refuseRun(name, [...known, ...outcome.diagnostics], options, console);
  const diagnostics = [...known, ...outcome.result.diagnostics];
  return await deliver(forms({ ...outcome.result, diagnostics }), diagnostics, options, console);
}
