import type { Diagnostic } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import type { Backend } from './backend.ts';
import { referenceBackend } from './reference-backend.ts';

/** Which backend is wanted: the compiled engine where a model can be compiled, or the reference interpreter. */
export type BackendWish = 'engine' | 'reference';

/** A backend for a model, and a note if it is not the one that was wanted. */
export interface ChosenBackend {
  readonly backend: Backend;
  readonly diagnostics: readonly Diagnostic[];
}

/** The backend for a model. The engine is compiled, and its code loaded, when it is first wanted. */
export async function chooseBackend(
  model: CheckedModel,
  wish: BackendWish = 'engine',
): Promise<ChosenBackend> {
  if (wish === 'reference' || model.kind !== 'neuron') return { backend: referenceBackend, diagnostics: [] };
  const { createEngineBackend } = await import('./engine-backend.ts');
  const choice = createEngineBackend(model);
  return choice.ok
    ? { backend: choice.backend, diagnostics: [] }
    : { backend: referenceBackend, diagnostics: choice.diagnostics };
}
