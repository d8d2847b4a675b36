import { createSourceFile, type Diagnostic, hasErrors } from '@nestml/diagnostics';
import { type Dialect, parse } from '@nestml/language';
import { readSource } from '@nestml/language/dialects';

/** A text in the syntax of today, and what is to be known about it. */
export interface Migration {
  /** The new text; the old one if it was current. */
  readonly text: string;
  /** How messages call the dialect of the old text. */
  readonly dialect: string;
  /** The warning that names the dialect, with the places in the old text that are approximate; none for a current text. */
  readonly warnings: readonly Diagnostic[];
  /** Whether the new text has no error of syntax. If it has, the old one was not of this dialect, or is damaged: it must be kept. */
  readonly isReadable: boolean;
}

/** Writes a text in the syntax of today; comments stay. The dialect is recognised unless it is stated. */
export function migrateText(name: string, text: string, from?: Dialect): Migration {
  const { tree, dialect, translation } = readSource(createSourceFile(name, text), from);
  if (translation === undefined) return { text, dialect: dialect.title, warnings: [], isReadable: true };
  const warnings = tree.diagnostics.filter(({ code }) => code === 'old-dialect');
  const { text: written } = translation.map;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const isReadable = !hasErrors(parse(createSourceFile(name, written)).diagnostics);
  return { text: written.replace(/\r\n|\r|\n/g, lineEnd), dialect: dialect.title, warnings, isReadable };
}
