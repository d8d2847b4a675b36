import { type Diagnostic, type Fix, type MessageClass, type RelatedPlace, severityOf } from './diagnostic.ts';
import type { SourceFile, Span } from './source.ts';

/**
 * An example that a test executes: the text of a model file, and the command line that shows the finding.
 * In `command` the words `MODEL` and `PROBLEM` stand for the files; without a command the model is checked.
 */
export interface Example {
  readonly model?: string;
  /** The text of a JSON file with equations, for `nestml ode PROBLEM`. */
  readonly problem?: string;
  /** Words after `nestml`, e.g. `simulate MODEL --for "10 ms"`; quoting as in a shell. */
  readonly command?: string;
}

/** The explanation of a code: source of `nestml check --explain`, of the page in `docs/`, and of the fixtures of the tests. */
export interface ExplanationPage {
  /** One line without a full stop: what is wrong. */
  readonly title: string;
  /** Markdown: why it is wrong and how it is cured. */
  readonly explanation: string;
  /** Gives the finding with this code, and no other error. */
  readonly failing: Example;
  /** The same, repaired: gives no finding with this code and no error. */
  readonly repaired: Example;
}

/** One entry of a message table. `P` are the parameters that the text needs. */
export interface MessageDefinition<P> {
  readonly class: MessageClass;
  readonly text: (parameters: P) => string;
  readonly page: ExplanationPage;
}

/** A table of messages by code (kebab-case). Each package that reports has one; codes are unique over all tables. */
export type MessageTable = Readonly<Record<string, MessageDefinition<never>>>;

/** The parameters of one code of a table. */
export type MessageParameters<T extends MessageTable, C extends keyof T> = Parameters<T[C]['text']>[0];

/** Declares a message table and keeps the exact type of every entry. */
export function defineMessages<const T extends MessageTable>(table: T): T {
  return table;
}

/** What a report may add to code, place and parameters. */
export interface ReportExtras {
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** Makes one finding from a table. `place` is undefined if the finding has no place in a text. */
export function createDiagnostic<T extends MessageTable, C extends keyof T & string>(
  table: T,
  code: C,
  place: { readonly source: SourceFile; readonly span: Span } | undefined,
  parameters: MessageParameters<T, C>,
  extras: ReportExtras = {},
): Diagnostic {
  const definition = table[code]!;
  return {
    code,
    class: definition.class,
    severity: severityOf(definition.class),
    message: definition.text(parameters as never),
    ...(place === undefined ? {} : { source: place.source, span: place.span }),
    related: extras.related ?? [],
    fixes: extras.fixes ?? [],
  };
}

/** Reports a finding of a table at a place of one source file. */
export type Report<T extends MessageTable> = <C extends keyof T & string>(
  code: C,
  span: Span,
  parameters: MessageParameters<T, C>,
  extras?: ReportExtras,
) => void;

/** A report function that appends to `sink`. */
export function createReport<T extends MessageTable>(
  table: T,
  source: SourceFile,
  sink: Diagnostic[],
): Report<T> {
  return (code, span, parameters, extras) => {
    sink.push(createDiagnostic(table, code, { source, span }, parameters, extras));
  };
}
