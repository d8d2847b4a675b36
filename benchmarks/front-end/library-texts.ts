// The model files of the repository, as text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder from which paths of models count. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One model file. */
export interface ModelText {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** All files below models/, by path. */
export function readModelTexts(): readonly ModelText[] {
  return readdirSync(join(ROOT, 'models'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.nestml'))
    .sort()
    .map((name) => join('models', name))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** Lines of all texts, comments and empty ones included. */
export function countLines(texts: readonly ModelText[]): number {
  return texts.reduce((sum, { text }) => sum + text.split('\n').length - (text.endsWith('\n') ? 1 : 0), 0);
}
