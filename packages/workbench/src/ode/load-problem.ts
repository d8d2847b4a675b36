import { createDiagnostic, type Diagnostic, type SourceFile } from '@nestml/diagnostics';
import { suggestPath } from '../check-files.ts';
import type { Host } from '../host.ts';
import { usageMessages } from '../messages/usage.ts';
import { decodeSource } from '../source-text.ts';

/** The text of a problem, or why it cannot be read. */
export type LoadedProblem =
  | { readonly ok: true; readonly source: SourceFile }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads a JSON file with equations; `-` is the standard input. Rejects with `HostError` if the machine refuses. */
export async function loadProblem(host: Host, path: string): Promise<LoadedProblem> {
  if (path !== '-' && (await host.kindOf(path)) === 'missing') {
    const suggestion = await suggestPath(host, path);
    const missing = createDiagnostic(usageMessages, 'file-not-found', undefined, { path, suggestion });
    return { ok: false, diagnostics: [missing] };
  }
  const bytes = path === '-' ? await host.readStandardInput() : await host.readFile(path);
  const source = decodeSource(path === '-' ? '<stdin>' : path, bytes);
  return 'text' in source ? { ok: true, source } : { ok: false, diagnostics: [source] };
}
