import type { SourceFile, Span } from './source.ts';

/**
 * What kind of finding a message is.
 * - `error`: the model or the input is wrong; nothing runs.
 * - `compat`: published models do it and it runs, yet it is doubtful; an error under `--strict`.
 * - `lint`: legal, but probably not what was meant, or read differently by another tool.
 * - `note`: worth knowing.
 */
export type MessageClass = 'error' | 'compat' | 'lint' | 'note';

/** Severity as reported to the outside. Classes `compat` and `lint` are warnings, `note` is info. */
export type Severity = 'error' | 'warning' | 'info';

/** A second place that belongs to a finding, e.g. where the other half was declared. */
export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
  /** The file, if it is not the file of the finding. */
  readonly source?: SourceFile;
}

/** One replacement in the text of the finding's file; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A cure that can be applied: all edits together, they do not overlap. */
export interface Fix {
  readonly title: string;
  /** Probable, but not certain: an editor can offer it, and no program applies it unasked. */
  readonly isGuess?: true;
  readonly edits: readonly Edit[];
}

/** One finding. Without `source` it concerns the invocation as a whole (an option, a missing file). */
export interface Diagnostic {
  readonly code: string;
  readonly class: MessageClass;
  readonly severity: Severity;
  readonly message: string;
  readonly source?: SourceFile;
  readonly span?: Span;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

/** The severity that a class has, with or without `--strict` (which promotes `compat` alone). */
export function severityOf(messageClass: MessageClass, strict = false): Severity {
  switch (messageClass) {
    case 'error':
      return 'error';
    case 'compat':
      return strict ? 'error' : 'warning';
    case 'lint':
      return 'warning';
    case 'note':
      return 'info';
    default:
      return messageClass satisfies never;
  }
}

/** The finding as `--strict` sees it. */
export function promote(diagnostic: Diagnostic, strict: boolean): Diagnostic {
  return { ...diagnostic, severity: severityOf(diagnostic.class, strict) };
}

/** Whether any finding is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
