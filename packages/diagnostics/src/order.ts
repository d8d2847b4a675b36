import type { Diagnostic, Severity } from './diagnostic.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** How many findings of each severity there are. */
export interface SeverityCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** Counts findings by severity. */
export function countSeverities(diagnostics: readonly Diagnostic[]): SeverityCounts {
  const count = (severity: Severity) => diagnostics.filter((finding) => finding.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), notes: count('info') };
}

/**
 * Findings in the order in which they are shown: those without a file first, then by file name, place, severity, code
 * and message. The order depends on nothing but the findings; names compare by UTF-16 units, not by locale.
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (first, second) =>
      compareText(first.source?.name ?? '', second.source?.name ?? '') ||
      (first.span?.start ?? -1) - (second.span?.start ?? -1) ||
      (first.span?.end ?? -1) - (second.span?.end ?? -1) ||
      RANK[first.severity] - RANK[second.severity] ||
      compareText(first.code, second.code) ||
      compareText(first.message, second.message),
  );
}

function compareText(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
