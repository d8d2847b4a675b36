import type { Diagnostic } from '@nestml/diagnostics';
import { type BackendWish, readSolver } from '@nestml/workbench';
import { createPhraseReader } from './outputs.ts';

/** Options that say what runs a model, as typed. */
export interface BackendOptions {
  readonly reference?: boolean;
  readonly solver?: string;
}

/** Why the options contradict each other, as a sentence; undefined if they do not. */
export function findSolverContradiction({ reference, solver }: BackendOptions): string | undefined {
  if (!reference || solver === undefined) return undefined;
  return '--solver chooses a method of the engine; the reference interpreter of --reference has one of its own, Dormand–Prince with a tolerance of 1e-12: leave one of the two out';
}

/** What is to run the model; a name that is none goes to the findings. */
export function readBackendWish({ reference, solver }: BackendOptions, findings: Diagnostic[]): BackendWish {
  if (reference) return 'reference';
  if (solver === undefined) return 'engine';
  const [choice = 'auto'] = createPhraseReader(findings)(readSolver(solver));
  return { solver: choice };
}
