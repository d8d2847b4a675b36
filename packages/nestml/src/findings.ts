import { type Diagnostic, renderDiagnostics } from '@nestml/diagnostics';
import { type Console, colorsFindings, type GlobalOptions } from './console.ts';

/** Prints findings on standard error with the source lines they point to; at most 100. */
export function showFindings(
  diagnostics: readonly Diagnostic[],
  options: GlobalOptions,
  console: Console,
): void {
  if (diagnostics.length === 0) return;
  console.error(renderDiagnostics(diagnostics, { color: colorsFindings(console, options), maximum: 100 }));
}
