import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Generator } from './generated-file.ts';

/** A generated file that differs from what its generator makes now. */
export interface StaleFile {
  readonly path: string;
  readonly problem: 'missing' | 'out of date' | 'no longer generated';
  /** What it is made from. */
  readonly source: string;
}

/** Compares the generated files below `root` with what the generators make; changes nothing. */
export async function findStaleFiles(
  root: string,
  generators: readonly Generator[],
): Promise<readonly StaleFile[]> {
  const stale: StaleFile[] = [];
  for (const generator of generators) {
    const files = await generator.generate(root);
    for (const { path, text } of files) {
      const current = await readFile(join(root, path), 'utf8').catch(() => undefined);
      if (current === text) continue;
      const problem = current === undefined ? 'missing' : 'out of date';
      stale.push({ path, problem, source: generator.source });
    }
    for (const path of await strayFiles(
      root,
      generator,
      files.map((file) => file.path),
    )) {
      stale.push({ path, problem: 'no longer generated', source: generator.source });
    }
  }
  return stale;
}

/**
 * Writes every generated file that is not up to date and removes those that nothing generates any more, one generator
 * after the other: a later one may import what an earlier one wrote.
 */
export async function bringUpToDate(
  root: string,
  generators: readonly Generator[],
): Promise<readonly StaleFile[]> {
  const changed: StaleFile[] = [];
  for (const generator of generators) {
    const stale = await findStaleFiles(root, [generator]);
    const paths = stale.map((file) => file.path);
    for (const { path, text } of await generator.generate(root)) {
      if (!paths.includes(path)) continue;
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    for (const file of stale) {
      if (file.problem === 'no longer generated') await rm(join(root, file.path));
    }
    changed.push(...stale);
  }
  return changed;
}

async function strayFiles(
  root: string,
  generator: Generator,
  expected: readonly string[],
): Promise<readonly string[]> {
  const { ownFolder } = generator;
  if (ownFolder === undefined) return [];
  const names = await readdir(join(root, ownFolder)).catch(() => []);
  return names.map((name) => `${ownFolder}/${name}`).filter((path) => !expected.includes(path));
}
