import type { Diagnostic, Severity } from './diagnostic.ts';
import { countSeverities, sortDiagnostics } from './order.ts';
import { helpPage } from './render-json.ts';
import { rangeOf, type SourceFile, type Span } from './source.ts';

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * Findings as a SARIF 2.1.0 log (OASIS standard, section 3), which code hosts and editors display. Columns are UTF-16
 * units from 1, ends exclusive. File names become relative URI references.
 * @param toolVersion version of the toolchain, e.g. `0.1.0`.
 */
export function toSarif(diagnostics: readonly Diagnostic[], toolVersion: string) {
  const sorted = sortDiagnostics(diagnostics);
  const rules = [...new Set(sorted.map((diagnostic) => diagnostic.code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nestml',
            version: toolVersion,
            rules: rules.map((id) => ({ id, help: { text: helpPage(id) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: countSeverities(sorted).errors === 0 }],
        results: sorted.map((diagnostic) => toResult(diagnostic, rules.indexOf(diagnostic.code))),
      },
    ],
  } as const;
}

function toResult(diagnostic: Diagnostic, ruleIndex: number) {
  const { source, span } = diagnostic;
  return {
    ruleId: diagnostic.code,
    ruleIndex,
    level: LEVEL[diagnostic.severity],
    message: { text: diagnostic.message },
    locations: source === undefined ? [] : [toLocation(source, span)],
    relatedLocations: diagnostic.related.flatMap((place, id) => {
      const other = place.source ?? source;
      if (other === undefined) return [];
      return [{ id, message: { text: place.message }, ...toLocation(other, place.span) }];
    }),
    fixes:
      source === undefined
        ? []
        : diagnostic.fixes.map((fix) => ({
            description: { text: fix.title },
            artifactChanges: [
              {
                artifactLocation: { uri: toUri(source.name) },
                replacements: fix.edits.map((edit) => ({
                  deletedRegion: toRegion(source, edit.span),
                  insertedContent: { text: edit.text },
                })),
              },
            ],
          })),
  };
}

function toLocation(source: SourceFile, span: Span | undefined) {
  const region = span === undefined ? {} : { region: toRegion(source, span) };
  return { physicalLocation: { artifactLocation: { uri: toUri(source.name) }, ...region } };
}

function toRegion(source: SourceFile, span: Span) {
  const { start, end } = rangeOf(source, span);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as URI reference (RFC 3986): forward slashes, other characters percent-encoded. */
function toUri(name: string): string {
  return name.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
