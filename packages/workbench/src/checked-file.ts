import type { Diagnostic, SourceFile } from '@nestml/diagnostics';
import { type CheckedModel, check, type SyntaxTree } from '@nestml/language';

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

/** Checks what was read from a text. */
export function checkTree(tree: SyntaxTree): CheckedFile {
  const { source } = tree;
  const { models, diagnostics } = check(tree);
  return {
    source,
    name: source.name,
    models,
    modelNames: tree.models.map(({ name }) => name.text),
    diagnostics,
  };
}
