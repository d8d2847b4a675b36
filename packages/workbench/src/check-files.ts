import { createDiagnostic, type Diagnostic, type SourceFile } from '@nestml/diagnostics';
import { closestName, type Dialect, parse, recogniseDialect } from '@nestml/language';
import { type CheckedFile, checkTree } from './checked-file.ts';
import { type Host, HostError } from './host.ts';
import { fileMessages } from './messages/files.ts';
import { usageMessages } from './messages/usage.ts';
import { decodeSource } from './source-text.ts';

/** Reads and checks one file; `-` is the standard input. Rejects with `HostError` if the machine refuses. */
export async function checkFile(host: Host, path: string, from?: Dialect): Promise<CheckedFile> {
  const bytes = path === '-' ? await host.readStandardInput() : await host.readFile(path);
  const name = path === '-' ? '<stdin>' : path;
  const source = decodeSource(name, bytes);
  if ('text' in source) return await checkInDialect(source, from);
  return { source: undefined, name, models: [], modelNames: [], diagnostics: [source] };
}

/** Few texts are old; what reads those is loaded for the first. */
async function checkInDialect(source: SourceFile, from: Dialect | undefined): Promise<CheckedFile> {
  const dialect = from ?? recogniseDialect(source.text);
  if (dialect.id === 'current') return checkTree(parse(source));
  const { checkSource } = await import('./check-text.ts');
  return checkSource(source, dialect);
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
      diagnostics.push(createDiagnostic(usageMessages, 'file-not-found', undefined, { path, suggestion }));
    } else {
      const files = await host.listFiles(path, '.nestml');
      if (files.length === 0)
        diagnostics.push(createDiagnostic(usageMessages, 'no-model-files', undefined, { path }));
      found.push(...files);
    }
  }
  return [...new Set(found)];
}

/** A model file in the same folder with a name close to the one that is missing. */
export async function suggestPath(host: Host, path: string): Promise<string | undefined> {
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
        added.push(createDiagnostic(fileMessages, 'duplicate-model-name', place, parameters));
      }
    }
    return added.length === 0 ? file : { ...file, diagnostics: [...file.diagnostics, ...added] };
  });
}
