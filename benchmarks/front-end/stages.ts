// What is timed: each stage over all models.
import { createSourceFile, hasErrors } from '@nestml/diagnostics';
import { check, parse } from '@nestml/language';
import { formatSource } from '@nestml/language/format';
import type { ModelText } from './library-texts.ts';

/** From texts to syntax trees, their line indices and tokens included. */
export function parseAll(texts: readonly ModelText[]): void {
  for (const { path, text } of texts) parse(createSourceFile(path, text));
}

/**
 * From texts to checked models.
 * @throws Error if a model of the library has an error
 */
export function checkAll(texts: readonly ModelText[]): void {
  for (const { path, text } of texts) {
    const { diagnostics } = check(parse(createSourceFile(path, text)));
    if (hasErrors(diagnostics)) throw new Error(`${path} has errors`);
  }
}

/** From texts to texts in canonical layout. */
export function formatAll(texts: readonly ModelText[]): void {
  for (const { path, text } of texts) formatSource(createSourceFile(path, text));
}
