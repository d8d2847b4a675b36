import { createSourceFile, type Diagnostic } from '@nestml/diagnostics';
import type { Dialect } from '@nestml/language';
import { readSource } from '@nestml/language/dialects';
import { formatSource } from '@nestml/language/format';

/** A text in the syntax of today, and what is to be known about it. */
export interface Migration {
  /** The new text; the old one if it was current. */
  readonly text: string;
  /** How messages call the dialect of the old text. */
  readonly dialect: string;
  /** The warning that names the dialect, with the places in the old text that are approximate; none for a current text. */
  readonly warnings: readonly Diagnostic[];
  /**
   * Errors of syntax, at their places in the old text; none for a current one. If there are any, the text is not of this dialect, or is
   * damaged: it must be kept.
   */
  readonly errors: readonly Diagnostic[];
}

/**
 * Writes a text in the syntax of today, in its canonical layout; comments stay. The dialect is recognised unless it is stated. A current text is
 * given back as it is.
 */
export function migrateText(name: string, text: string, from?: Dialect): Migration {
  const { tree, dialect, translation } = readSource(createSourceFile(name, text), from);
  if (translation === undefined) return { text, dialect: dialect.title, warnings: [], errors: [] };
  return {
    text: layOut(name, translation.migrated, text),
    dialect: dialect.title,
    warnings: tree.diagnostics.filter(({ code }) => code === 'old-dialect'),
    errors: tree.diagnostics.filter(({ severity }) => severity === 'error'),
  };
}

/** A text of today in the canonical layout, with the line ends of another text. */
export function layOut(name: string, text: string, other: string): string {
  const formatted = formatSource(createSourceFile(name, text)).replace(/\r\n|\r|\n/g, '\n');
  return other.includes('\r\n') ? formatted.replaceAll('\n', '\r\n') : formatted;
}
