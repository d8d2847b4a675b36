import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntryPoints } from './bundle.ts';
import type { WorkspaceEntries } from './declarations.ts';

/** What the build needs of a `package.json`. */
export interface SourceManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly keywords?: readonly string[];
  readonly repository?: unknown;
  readonly homepage?: string;
  /** Subpath → source file, e.g. `.` → `./src/index.ts`. */
  readonly exports: Readonly<Record<string, string>>;
}

/** Reads the `package.json` of a workspace package by the name of its folder. */
export async function readSourceManifest(root: string, folder: string): Promise<SourceManifest> {
  return JSON.parse(await readFile(join(root, 'packages', folder, 'package.json'), 'utf8'));
}

/** The public entries of the package: name of the output file → source file relative to the root. */
export function entryPoints(manifest: SourceManifest, folder: string): EntryPoints {
  return Object.fromEntries(
    Object.entries(manifest.exports)
      .filter(([, source]) => source.endsWith('.ts'))
      .map(([subpath, source]) => [entryName(subpath), join('packages', folder, source)]),
  );
}

/** The `package.json` of the built package: the same entries as bundles with types, and no dependency at all. */
export function builtManifest(manifest: SourceManifest, folder: string): object {
  const { name, version, description, license, engines, keywords, repository, homepage } = manifest;
  const entries = Object.entries(manifest.exports)
    .filter(([, source]) => source.endsWith('.ts'))
    .map(([subpath, source]) => {
      const types = `./types/${folder}/${source.replace(/^\.\//, '').replace(/\.ts$/, '.d.ts')}`;
      return [subpath, { types, default: `./${entryName(subpath)}.js` }] as const;
    });
  return {
    name,
    version,
    description,
    license,
    keywords,
    homepage,
    repository,
    type: 'module',
    engines,
    bin: { nestml: 'bin/nestml.mjs' },
    exports: { ...Object.fromEntries(entries), './package.json': './package.json' },
    sideEffects: false,
  };
}

/** Every name by which workspace packages import each other, with the source file that it stands for. */
export async function workspaceEntries(root: string): Promise<WorkspaceEntries> {
  const folders = (await readdir(join(root, 'packages'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const manifest = await readSourceManifest(root, folder);
      return Object.entries(manifest.exports).map(
        ([subpath, source]) =>
          [
            `${manifest.name}${subpath.slice(1)}`,
            `packages/${folder}/${source.replace(/^\.\//, '')}`,
          ] as const,
      );
    }),
  );
  return new Map(lists.flat());
}

function entryName(subpath: string): string {
  return subpath === '.' ? 'index' : subpath.replace(/^\.\//, '');
}
