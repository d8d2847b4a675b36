import { createDiagnostic, createSourceFile, type Diagnostic, type SourceFile } from '@nestml/diagnostics';
import { type Dialect, parse, recogniseDialect } from '@nestml/language';
import { formatTree } from '@nestml/language/format';
import { expandPaths } from './check-files.ts';
import type { Host } from './host.ts';
import { workbenchMessages } from './messages/index.ts';
import { decodeSource } from './source-text.ts';

/** One formatted text. */
export interface FormattedFile {
  /** A path, or `<stdin>`. */
  readonly name: string;
  /** The text as it was, without a byte-order mark; empty if it could not be decoded. */
  readonly before: string;
  /** The text in the canonical layout; lines with errors stay as they are. */
  readonly after: string;
  /** Errors of syntax, or that the bytes are no text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Formats one text; one of a version before 8 is left as it is, with an error. `name` is what messages call it. */
export function formatText(name: string, text: string): FormattedFile {
  return formatDecoded(createSourceFile(name, text));
}

function formatDecoded(source: SourceFile): FormattedFile {
  const dialect = recogniseDialect(source.text);
  if (isOldLayout(dialect)) {
    const at = Math.max(0, source.text.search(/^[ \t]*(neuron|synapse|component)\b/m));
    const place = { source, span: { start: at, end: at + firstWord(source.text.slice(at)).length } };
    const finding = createDiagnostic(workbenchMessages, 'layout-of-old-text', place, {
      dialect: dialect.title,
    });
    return { name: source.name, before: source.text, after: source.text, diagnostics: [finding] };
  }
  const tree = parse(source);
  const diagnostics = tree.diagnostics.filter(({ severity }) => severity === 'error');
  return { name: source.name, before: source.text, after: formatTree(tree), diagnostics };
}

/** Whether the lines of a dialect are not those of today; since NESTML 8 they are. */
function isOldLayout({ id }: Dialect): boolean {
  return id !== 'current' && id !== 'C1' && id !== 'C2';
}

function firstWord(text: string): string {
  return /^\s*\w*/.exec(text)?.[0] ?? '';
}

/** Formats files, and all `*.nestml` below folders; `-` is the standard input. Writes nothing. Rejects with `HostError` if the machine refuses. */
export async function formatPaths(
  host: Host,
  paths: readonly string[],
): Promise<{ readonly files: readonly FormattedFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  const files: FormattedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of await expandPaths(host, paths, diagnostics)) {
    const bytes = path === '-' ? await host.readStandardInput() : await host.readFile(path);
    const name = path === '-' ? '<stdin>' : path;
    const source = decodeSource(name, bytes);
    files.push(
      'text' in source ? formatDecoded(source) : { name, before: '', after: '', diagnostics: [source] },
    );
  }
  return { files, diagnostics };
}
