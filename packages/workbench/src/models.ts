import {
  createDiagnostic,
  createSourceFile,
  type Diagnostic,
  hasErrors,
  type SourceFile,
} from '@nestml/diagnostics';
import {
  type CheckedModel,
  type CheckResult,
  check,
  closestName,
  type Dialect,
  findingsOfOldText,
  readSource,
} from '@nestml/language';
import { type Host, HostError } from './host.ts';
import { findLibraryFile, libraryNames } from './library.ts';
import { workbenchMessages } from './messages/index.ts';
import { decodeSource } from './source-text.ts';

/** One checked text. */
export interface CheckedFile {
  readonly source: SourceFile | undefined;
  /** What was asked for: a path, or `<stdin>`. */
  readonly name: string;
  readonly models: readonly CheckedModel[];
  /** Names of all models that the text defines, the faulty ones included. */
  readonly modelNames: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** One model, ready to run, or the findings that say why not. `diagnostics` of a usable model are warnings and notes. */
export type LoadedModel =
  | { readonly ok: true; readonly model: CheckedModel; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads one text in the dialect that is stated, or else recognised, and checks it. */
export function checkSource(source: SourceFile, from?: Dialect): CheckedFile {
  const { tree, translation } = readSource(source, from);
  const result: CheckResult = check(tree);
  return {
    source,
    name: source.name,
    models: result.models,
    modelNames: tree.models.map((model) => model.name.text),
    diagnostics: findingsOfOldText(result.diagnostics, translation),
  };
}

/** Checks a text that is not in a file. `name` is what messages call it. */
export function checkText(name: string, text: string, from?: Dialect): CheckedFile {
  return checkSource(createSourceFile(name, text), from);
}

/** Reads and checks one file; `-` is the standard input. Rejects with `HostError` if the machine refuses. */
export async function checkFile(host: Host, path: string, from?: Dialect): Promise<CheckedFile> {
  const bytes = path === '-' ? await host.readStandardInput() : await host.readFile(path);
  const name = path === '-' ? '<stdin>' : path;
  const source = decodeSource(name, bytes);
  if ('text' in source) return checkSource(source, from);
  return { source: undefined, name, models: [], modelNames: [], diagnostics: [source] };
}

/** Checks files and folders (all `*.nestml` below them), and that no two files define a model of the same name. */
export async function checkPaths(
  host: Host,
  paths: readonly string[],
  from?: Dialect,
): Promise<{ readonly files: readonly CheckedFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  const files: CheckedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of await expandPaths(host, paths, diagnostics))
    files.push(await checkFile(host, path, from));
  return { files: withNameCollisions(files), diagnostics };
}

/** The files that paths stand for, those below folders included; findings about paths that stand for none go into `diagnostics`. */
export async function expandPaths(
  host: Host,
  paths: readonly string[],
  diagnostics: Diagnostic[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const kind = path === '-' ? 'file' : await host.kindOf(path);
    if (kind === 'file') found.push(path);
    else if (kind === 'missing') {
      const suggestion = await suggestPath(host, path);
      diagnostics.push(
        createDiagnostic(workbenchMessages, 'file-not-found', undefined, { path, suggestion }),
      );
    } else {
      const files = await host.listFiles(path, '.nestml');
      if (files.length === 0)
        diagnostics.push(createDiagnostic(workbenchMessages, 'no-model-files', undefined, { path }));
      found.push(...files);
    }
  }
  return [...new Set(found)];
}

/** A model file in the same folder with a name close to the one that is missing. */
async function suggestPath(host: Host, path: string): Promise<string | undefined> {
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? '.' : path.slice(0, slash) || '/';
  if ((await host.kindOf(folder)) !== 'folder') return undefined;
  const prefix = slash < 0 ? '' : path.slice(0, slash + 1);
  const siblings = await host.listFiles(folder, '.nestml').catch((error: unknown) => {
    if (error instanceof HostError) return [];
    throw error;
  });
  const names = siblings.map((file) => file.slice(file.lastIndexOf('/') + 1));
  const closest = closestName(path.slice(slash + 1), names);
  return closest === undefined ? undefined : `${prefix}${closest}`;
}

function withNameCollisions(files: readonly CheckedFile[]): readonly CheckedFile[] {
  const owner = new Map<string, CheckedFile>();
  return files.map((file) => {
    const added: Diagnostic[] = [];
    for (const model of file.models) {
      const other = owner.get(model.name);
      if (other === undefined) owner.set(model.name, file);
      else if (other !== file) {
        const place = { source: model.source, span: model.span };
        const parameters = { name: model.name, other: other.name };
        added.push(createDiagnostic(workbenchMessages, 'duplicate-model-name', place, parameters));
      }
    }
    return added.length === 0 ? file : { ...file, diagnostics: [...file.diagnostics, ...added] };
  });
}

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
      diagnostics: [createDiagnostic(workbenchMessages, 'folder-as-model', undefined, { path })],
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
    return createDiagnostic(workbenchMessages, 'file-not-found', undefined, { path, suggestion });
  }
  const suggestion = closestName(path, libraryNames());
  return createDiagnostic(workbenchMessages, 'unknown-model', undefined, { name: path, suggestion });
}

/** The model of a checked file that is meant by `name`, or its only one. `path` is how messages name the file. */
export function pickModel(file: CheckedFile, path: string, name: string | undefined): LoadedModel {
  const { modelNames, diagnostics } = file;
  if (name !== undefined && modelNames.length > 0 && !modelNames.includes(name)) {
    const parameters = { name, path, models: modelNames };
    return {
      ok: false,
      diagnostics: [createDiagnostic(workbenchMessages, 'model-not-in-file', undefined, parameters)],
    };
  }
  if (name === undefined && modelNames.length > 1) {
    const parameters = { path, models: modelNames };
    return {
      ok: false,
      diagnostics: [createDiagnostic(workbenchMessages, 'several-models', undefined, parameters)],
    };
  }
  const model = file.models.find((candidate) => name === undefined || candidate.name === name);
  if (model === undefined || (name === undefined && hasErrors(diagnostics)))
    return { ok: false, diagnostics };
  return { ok: true, model, diagnostics };
}
