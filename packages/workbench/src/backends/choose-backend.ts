import type { SolverChoice } from '@nestml/compiler';
import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import type { Backend } from './backend.ts';
import { referenceBackend } from './reference-backend.ts';

/**
 * Which backend is wanted: the compiled engine where a model can be compiled, the reference interpreter, or the engine with a method for
 * equations that have no exact solution.
 */
export type BackendWish = 'engine' | 'reference' | { readonly solver: SolverChoice };

/** A backend for a model, with notes; or why the wish cannot be met. Only the wish for a method can be impossible. */
export type ChosenBackend =
  | { readonly ok: true; readonly backend: Backend; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** The backend for a model. The engine is compiled, and its code loaded, when it is first wanted. */
export async function chooseBackend(
  model: CheckedModel,
  wish: BackendWish = 'engine',
): Promise<ChosenBackend> {
  if (wish === 'reference' || model.kind !== 'neuron')
    return { ok: true, backend: referenceBackend, diagnostics: [] };
  const { createEngineBackend } = await import('./engine-backend.ts');
  const solver = wish === 'engine' ? 'auto' : wish.solver;
  const choice = createEngineBackend(model, { solver });
  const { diagnostics } = choice;
  if (choice.ok) return { ok: true, backend: choice.backend, diagnostics };
  return hasErrors(diagnostics)
    ? { ok: false, diagnostics }
    : { ok: true, backend: referenceBackend, diagnostics };
}
