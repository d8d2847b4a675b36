import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import type { EntryPoints } from './bundle.ts';

/** The entries of the workspace packages: `@nestml/units` → `packages/units/src/index.ts`. */
export type WorkspaceEntries = ReadonlyMap<string, string>;

/**
 * Writes the type declarations of the entries and of all they mention. The tree below `folder` is that of `packages/`, and
 * imports between packages become relative paths, so that no workspace package is needed to read them.
 */
export async function writeDeclarations(
  root: string,
  entries: EntryPoints,
  workspace: WorkspaceEntries,
  folder: string,
): Promise<void> {
  const cache = join(root, '.cache', 'build');
  await mkdir(cache, { recursive: true });
  const configuration = {
    extends: '../../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      noEmitOnError: true,
      rootDir: '../../packages',
      outDir: folder,
      // Found by way of node_modules the packages would count as foreign and get no declarations.
      paths: Object.fromEntries([...workspace].map(([name, file]) => [name, [join(root, file)]])),
    },
    include: [],
    files: [...Object.values(entries), 'types/webassembly.d.ts'].map((file) => join(root, file)),
  };
  const project = join(cache, 'tsconfig.types.json');
  await writeFile(project, JSON.stringify(configuration, undefined, 2));
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const run = spawnSync(process.execPath, [compiler, '-p', project], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (run.status !== 0) throw new Error('the type declarations could not be made');
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(folder, name);
    const text = await readFile(path, 'utf8');
    await writeFile(path, relocateImports(text, relative(folder, path).replaceAll('\\', '/'), workspace));
  }
}

/**
 * A declaration file whose imports do not leave the package.
 * @param file path of the file below the folder of declarations, e.g. `units/src/unit.d.ts`
 * @throws Error if the types of a third party are mentioned, which users would not have
 */
export function relocateImports(text: string, file: string, workspace: WorkspaceEntries): string {
  return text.replace(
    /^(.*?\b(?:from|import)\s*\(?\s*)(['"])([^'"]+)\2/gm,
    (whole, before: string, quote: string, specifier: string) => {
      if (/^\s*(?:\*|\/)/.test(before) || specifier.startsWith('node:')) return whole;
      return `${before}${quote}${relocated(specifier, file, workspace)}${quote}`;
    },
  );
}

function relocated(specifier: string, file: string, workspace: WorkspaceEntries): string {
  if (specifier.startsWith('.')) return specifier.replace(/\.ts$/, '.js');
  const entry = workspace.get(specifier);
  if (entry === undefined) throw new Error(`${file}: the public types mention ${specifier}`);
  const target = entry.replace(/^packages\//, '').replace(/\.ts$/, '.js');
  const path = posix.relative(posix.dirname(file), target);
  return path.startsWith('.') ? path : `./${path}`;
}
