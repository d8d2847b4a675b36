import { createDiagnostic, type Diagnostic, hasErrors } from '@nestml/diagnostics';
import { type CheckedModel, closestName, type Dialect } from '@nestml/language';
import { checkFile, suggestPath } from './check-files.ts';
import { checkText } from './check-text.ts';
import type { CheckedFile } from './checked-file.ts';
import type { Host } from './host.ts';
import { findLibraryFile, libraryNames } from './library.ts';
import { usageMessages } from './messages/usage.ts';

/** One model, ready to run, or the findings that say why not. `diagnostics` of a usable model are warnings and notes. */
export type LoadedModel =
  | { readonly ok: true; readonly model: CheckedModel; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The model that a specification names: a file, `file#model`, `-` for the standard input, or a name of the library with or
 * without `_neuron` / `_synapse`. Rejects with `HostError` if the machine refuses.
 */
export async function loadModel(host: Host, specification: string, from?: Dialect): Promise<LoadedModel> {
  const isWhole = (await host.kindOf(specification)) === 'file';
  const { path, name } = isWhole
    ? { path: specification, name: undefined }
    : splitSpecification(specification);
  if (path === '-' || (await host.kindOf(path)) === 'file')
    return pickModel(await checkFile(host, path, from), path, name);
  if ((await host.kindOf(path)) === 'folder')
    return {
      ok: false,
      diagnostics: [createDiagnostic(usageMessages, 'folder-as-model', undefined, { path })],
    };
  const looksLikePath = /[/\\]|\.nestml$/.test(path);
  const libraryFile = looksLikePath ? undefined : findLibraryFile(path);
  if (libraryFile !== undefined)
    return pickModel(checkText(libraryFile.file, libraryFile.text), libraryFile.file, name);
  return { ok: false, diagnostics: [await notFound(host, path, looksLikePath)] };
}

function splitSpecification(specification: string): { path: string; name: string | undefined } {
  const mark = specification.lastIndexOf('#');
  if (mark < 0) return { path: specification, name: undefined };
  const path = specification.slice(0, mark);
  const name = specification.slice(mark + 1);
  // Command lines write `-#name` so, lest it be taken for an option.
  return { path: path === '<stdin>' ? '-' : path, name: name === '' ? undefined : name };
}

async function notFound(host: Host, path: string, looksLikePath: boolean): Promise<Diagnostic> {
  if (looksLikePath) {
    const suggestion = await suggestPath(host, path);
    return createDiagnostic(usageMessages, 'file-not-found', undefined, { path, suggestion });
  }
  const suggestion = closestName(path, libraryNames());
  return createDiagnostic(usageMessages, 'unknown-model', undefined, { name: path, suggestion });
}

/** The model of a checked file that is meant by `name`, or its only one. `path` is how messages name the file. */
export function pickModel(file: CheckedFile, path: string, name: string | undefined): LoadedModel {
  const { modelNames, diagnostics } = file;
  if (name !== undefined && modelNames.length > 0 && !modelNames.includes(name)) {
    const parameters = { name, path, models: modelNames };
    return {
      ok: false,
      diagnostics: [createDiagnostic(usageMessages, 'model-not-in-file', undefined, parameters)],
    };
  }
  if (name === undefined && modelNames.length > 1) {
    const parameters = { path, models: modelNames };
    return {
      ok: false,
      diagnostics: [createDiagnostic(usageMessages, 'several-models', undefined, parameters)],
    };
  }
  const model = file.models.find((candidate) => name === undefined || candidate.name === name);
  if (model === undefined || (name === undefined && hasErrors(diagnostics)))
    return { ok: false, diagnostics };
  return { ok: true, model, diagnostics };
}
