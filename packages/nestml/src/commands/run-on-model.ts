import type { Diagnostic } from '@nestml/diagnostics';
import { type Backend, type CheckedModel, chooseBackend, type Dialect, loadModel } from '@nestml/workbench';
import type { Console } from '../console.ts';
import { type BackendOptions, findSolverContradiction, readBackendWish } from './backend-options.ts';
import { deliver, type Forms, type OutputOptions, refuseCall, refuseRun } from './outputs.ts';

/** A run that was made, with its own findings, or those that kept it from starting. */
export type RunOutcome<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** What a command does with one model. */
export interface ModelRun<Result> {
  /** What is wrong with the options; then nothing runs. */
  readonly phrases: readonly Diagnostic[];
  /** The version of the text; recognised if undefined. */
  readonly from?: Dialect | undefined;
  readonly run: (model: CheckedModel, backend: Backend) => RunOutcome<Result>;
  /** The forms of a result whose `diagnostics` are all findings: of the text, the backend and the run. */
  readonly forms: (result: Result) => Forms;
}

/** Loads a model, chooses its backend, runs it and delivers the result with all findings. Gives the exit status. */
export async function runOnModel<Result extends { readonly diagnostics: readonly Diagnostic[] }>(
  name: string,
  { phrases, from, run, forms }: ModelRun<Result>,
  options: OutputOptions & BackendOptions,
  console: Console,
): Promise<number> {
  const contradiction = findSolverContradiction(options);
  if (contradiction !== undefined) return refuseCall(contradiction, console);
  const unread = [...phrases];
  const wish = readBackendWish(options, unread);
  const loaded = await loadModel(console.host, name, from);
  const early = [...unread, ...loaded.diagnostics];
  if (!loaded.ok || unread.length > 0) return refuseRun(name, early, options, console);
  const chosen = await chooseBackend(loaded.model, wish);
  const known = [...early, ...chosen.diagnostics];
  if (!chosen.ok) return refuseRun(name, known, options, console);
  const outcome = run(loaded.model, chosen.backend);
  if (!outcome.ok) return refuseRun(name, [...known, ...outcome.diagnostics], options, console);
  const diagnostics = [...known, ...outcome.result.diagnostics];
  return await deliver(forms({ ...outcome.result, diagnostics }), diagnostics, options, console);
}
