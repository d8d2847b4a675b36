import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createSourceModule,
  type PackageManifest,
  type Project,
  type SourceModule,
} from './source-module.ts';

/** Reads the sources and manifests of all packages, and the TypeScript of `scripts/`, below a root. */
export async function readProject(root: string): Promise<Project> {
  const folders = (await readdir(join(root, 'packages'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
  const sources = folders.map((folder) => `packages/${folder}/src`);
  const modules = await Promise.all([...sources, 'scripts'].map((folder) => readModules(root, folder)));
  const packages = await Promise.all(folders.map((folder) => readManifest(root, folder)));
  return { modules: modules.flat(), packages };
}

async function readModules(root: string, folder: string): Promise<readonly SourceModule[]> {
  const entries = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.endsWith('.ts') && !entry.endsWith('.d.ts'))
    .map((entry) => `${folder}/${entry.replaceAll('\\', '/')}`)
    .toSorted();
  return Promise.all(
    paths.map(async (path) => createSourceModule(path, await readFile(join(root, path), 'utf8'))),
  );
}

async function readManifest(root: string, folder: string): Promise<PackageManifest> {
  const text = await readFile(join(root, 'packages', folder, 'package.json'), 'utf8');
  const manifest: {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  } = JSON.parse(text);
  return { folder, dependencies: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }) };
}
