import { createSourceFile, type Diagnostic, type SourceFile } from '@nestml/diagnostics';
import { parse } from '@nestml/language';
import { formatTree } from '@nestml/language/format';
import { expandPaths } from './check-files.ts';
import type { Host } from './host.ts';
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

/** Formats one text. `name` is what messages call it. */
export function formatText(name: string, text: string): FormattedFile {
  return formatDecoded(createSourceFile(name, text));
}

function formatDecoded(source: SourceFile): FormattedFile {
  const tree = parse(source);
  const diagnostics = tree.diagnostics.filter(({ severity }) => severity === 'error');
  return { name: source.name, before: source.text, after: formatTree(tree), diagnostics };
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
