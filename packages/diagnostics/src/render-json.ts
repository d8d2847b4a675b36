import type { Diagnostic, MessageClass, Severity } from './diagnostic.ts';
import { countSeverities, sortDiagnostics } from './order.ts';
import { type Range, rangeOf, type SourceFile, type Span } from './source.ts';

/** One file with its findings. */
export interface CheckedFile {
  /** The path as messages name it. */
  readonly file: string;
  /** Names of the models in the file, in the order of the text. */
  readonly models: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A replacement: the text at `range` (lines and columns from 1, UTF-16 units, end exclusive) becomes `text`. */
export interface JsonEdit {
  readonly range: Range;
  readonly text: string;
}

/** A finding as JSON. `range` is absent if the finding has no place, `file` of a related place if it is the same file. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly class: MessageClass;
  readonly severity: Severity;
  readonly message: string;
  readonly range?: Range;
  readonly related: readonly { readonly message: string; readonly file?: string; readonly range: Range }[];
  readonly fixes: readonly { readonly title: string; readonly edits: readonly JsonEdit[] }[];
  /** The page of the code, relative to the root of the repository. */
  readonly help: string;
}

/** What `nestml check --json` prints. */
export interface CheckReport {
  readonly version: 1;
  readonly files: readonly {
    readonly file: string;
    readonly models: readonly string[];
    readonly diagnostics: readonly JsonDiagnostic[];
  }[];
  /** Findings that belong to no file, e.g. about an option; absent if there are none. */
  readonly diagnostics?: readonly JsonDiagnostic[];
  readonly errors: number;
  readonly warnings: number;
}

/** The page that explains a code, relative to the root of the repository. */
export function helpPage(code: string): string {
  return `docs/reference/diagnostics/${code}.md`;
}

/** The report of a check. Files keep their order, the findings of each are ordered by place. */
export function toJson(files: readonly CheckedFile[], general: readonly Diagnostic[] = []): CheckReport {
  const { errors, warnings } = countSeverities([...files.flatMap((file) => file.diagnostics), ...general]);
  return {
    version: 1,
    files: files.map(({ file, models, diagnostics }) => ({
      file,
      models,
      diagnostics: sortDiagnostics(diagnostics).map(toJsonDiagnostic),
    })),
    ...(general.length === 0 ? {} : { diagnostics: sortDiagnostics(general).map(toJsonDiagnostic) }),
    errors,
    warnings,
  };
}

/** One finding as JSON. */
export function toJsonDiagnostic(diagnostic: Diagnostic): JsonDiagnostic {
  const { source, span } = diagnostic;
  return {
    code: diagnostic.code,
    class: diagnostic.class,
    severity: diagnostic.severity,
    message: diagnostic.message,
    ...(source === undefined || span === undefined ? {} : { range: rangeOf(source, span) }),
    related: diagnostic.related.flatMap((place) => {
      const other = place.source ?? source;
      if (other === undefined) return [];
      const file = other === source ? {} : { file: other.name };
      return [{ message: place.message, ...file, range: rangeOf(other, place.span) }];
    }),
    fixes: diagnostic.fixes.map((fix) => ({
      title: fix.title,
      edits: source === undefined ? [] : fix.edits.map((edit) => toJsonEdit(source, edit)),
    })),
    help: helpPage(diagnostic.code),
  };
}

function toJsonEdit(source: SourceFile, edit: { readonly span: Span; readonly text: string }): JsonEdit {
  return { range: rangeOf(source, edit.span), text: edit.text };
}
