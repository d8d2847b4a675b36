import { createReport, type Diagnostic } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import type { Model } from '../ir/model.ts';
import { lowerModel } from '../lower/lower-model.ts';
import { compilerMessages } from '../messages/index.ts';
import type { SolvedModel } from '../solved/solved-model.ts';
import type { SolverChoice } from './choose-method.ts';
import { passes } from './index.ts';
import type { Pass } from './pass.ts';
import { solve } from './solve.ts';

/** A solved model, or why there is none: then at least one diagnostic. */
export interface SolveResult {
  readonly model?: SolvedModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** How equations are to be solved. */
export interface SolveOptions {
  /** What integrates equations without exact solution; default `auto`. */
  readonly solver?: SolverChoice;
}

/**
 * From a checked neuron to its solved form: lowering, all passes, solvers.
 * @throws InternalError for a synapse; the caller refuses it.
 */
export function solveModel(checked: CheckedModel, { solver = 'auto' }: SolveOptions = {}): SolveResult {
  const lowered = lowerModel(checked);
  if (lowered.model === undefined) return { diagnostics: lowered.diagnostics };
  const diagnostics: Diagnostic[] = [];
  const model = runPasses(lowered.model, diagnostics);
  if (diagnostics.length > 0) return { diagnostics };
  const solved = solve(model, solver, createReport(compilerMessages, model.source, diagnostics));
  return diagnostics.length > 0 ? { diagnostics } : { model: solved, diagnostics };
}

/** Runs the passes in order, all if none are named, up to the first that reports. */
export function runPasses(
  lowered: Model,
  diagnostics: Diagnostic[],
  chosen: readonly Pass[] = passes,
): Model {
  const report = createReport(compilerMessages, lowered.source, diagnostics);
  let model = lowered;
  for (const pass of chosen) {
    model = pass.run(model, report);
    if (diagnostics.length > 0) break;
  }
  return model;
}
