import { createSourceFile, type SourceFile } from '@nestml/diagnostics';
import type { Dialect } from '@nestml/language';
import { findingsOfOldText, readSource } from '@nestml/language/dialects';
import { type CheckedFile, checkTree } from './checked-file.ts';

/** Reads one text in the dialect that is stated, or else recognised, and checks it. */
export function checkSource(source: SourceFile, from?: Dialect): CheckedFile {
  const { tree, translation } = readSource(source, from);
  const file = checkTree(tree);
  return { ...file, diagnostics: findingsOfOldText(file.diagnostics, translation) };
}

/** Checks a text that is not in a file. `name` is what messages call it. */
export function checkText(name: string, text: string, from?: Dialect): CheckedFile {
  return checkSource(createSourceFile(name, text), from);
}
