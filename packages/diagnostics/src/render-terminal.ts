import type { Diagnostic, RelatedPlace, Severity } from './diagnostic.ts';
import { harmless, harmlessLine } from './display-line.ts';
import {
  clampSpan,
  createLineLayouts,
  type Drawing,
  lastLineOf,
  type Mark,
  renderExcerpt,
} from './excerpt.ts';
import { countSeverities, sortDiagnostics } from './order.ts';
import { createPaint, type Paint } from './paint.ts';
import { renderFix } from './render-fix.ts';
import { positionAt, type SourceFile, type Span } from './source.ts';

/** How findings are shown as text. */
export interface TerminalOptions {
  /** Whether ANSI colours are written. */
  readonly color: boolean;
  /** How many findings are shown; the rest is counted in a last line. Absent: all. */
  readonly maximum?: number;
}

const WORD: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * Findings as text for people: head line, place, the marked lines, related places, and each fix as lines before and
 * after. Ordered by file and place, whatever the order of the input. The text ends with a line end; it is empty if
 * there is no finding. Never throws: places outside a text are moved to its border.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: TerminalOptions): string {
  const paint = createPaint(options.color);
  const drawing: Drawing = { paint, layouts: createLineLayouts() };
  const sorted = sortDiagnostics(diagnostics);
  const shown = sorted.slice(0, Math.max(0, options.maximum ?? sorted.length));
  const blocks = shown.map((diagnostic) => renderDiagnostic(diagnostic, drawing).join('\n'));
  const rest = sorted.slice(shown.length);
  if (rest.length > 0) blocks.push(paint('strong', `... and ${rest.length} more: ${summarise(rest)}`));
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`;
}

/** `2 errors, 1 warning`; severities that do not occur are left out; without any finding `no findings`. */
export function summarise(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings, notes } = countSeverities(diagnostics);
  const parts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')];
  return parts.filter((part) => part !== '').join(', ') || 'no findings';
}

function counted(count: number, noun: string): string {
  if (count === 0) return '';
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function renderDiagnostic(diagnostic: Diagnostic, drawing: Drawing): readonly string[] {
  const { paint } = drawing;
  const word = WORD[diagnostic.severity];
  const head = `${paint(word, `${word}[${diagnostic.code}]`)}${paint('strong', `: ${harmless(diagnostic.message)}`)}`;
  const { source } = diagnostic;
  const marks = marksOf(diagnostic);
  const elsewhere = diagnostic.related.filter((place) => !isHere(place, source));
  const gutter = gutterOf(diagnostic, marks, elsewhere);
  const output = [head];
  if (source !== undefined) {
    output.push(placeLine('-->', source, diagnostic.span, gutter, paint));
    if (marks.length > 0) output.push(bar(gutter, paint), ...renderExcerpt(source, marks, gutter, drawing));
  }
  for (const place of elsewhere) output.push(...renderElsewhere(place, gutter, drawing));
  diagnostic.fixes.forEach((fix, index) => {
    if (index === 0 && source !== undefined) output.push(bar(gutter, paint));
    output.push(...renderFix(source, fix, gutter, paint));
  });
  return output;
}

/** The marks in the file of the finding: its own place, and related places of the same file with their messages. */
function marksOf(diagnostic: Diagnostic): readonly Mark[] {
  const { source, span } = diagnostic;
  if (source === undefined) return [];
  const primary: readonly Mark[] =
    span === undefined ? [] : [{ span, isPrimary: true, style: WORD[diagnostic.severity] }];
  const related = diagnostic.related
    .filter((place) => isHere(place, source))
    .map((place): Mark => ({ span: place.span, isPrimary: false, style: 'secondary', label: place.message }));
  return [...primary, ...related];
}

function isHere(place: RelatedPlace, source: SourceFile | undefined): boolean {
  return source !== undefined && (place.source === undefined || place.source === source);
}

function renderElsewhere(place: RelatedPlace, gutter: number, drawing: Drawing): readonly string[] {
  const { paint } = drawing;
  if (place.source === undefined) return [`${paint('note', 'note')}: ${harmless(place.message)}`];
  return [
    bar(gutter, paint),
    placeLine(':::', place.source, place.span, gutter, paint),
    bar(gutter, paint),
    ...renderExcerpt(place.source, [markOf(place)], gutter, drawing),
  ];
}

function markOf(place: RelatedPlace): Mark {
  return { span: place.span, isPrimary: false, style: 'secondary', label: place.message };
}

function placeLine(
  arrow: '-->' | ':::',
  source: SourceFile,
  span: Span | undefined,
  gutter: number,
  paint: Paint,
): string {
  const name = harmlessLine(source.name);
  const start = span === undefined ? undefined : positionAt(source, clampSpan(source, span).start);
  const place = start === undefined ? name : `${name}:${start.line}:${start.column}`;
  return `${' '.repeat(gutter)}${paint('gutter', arrow)} ${place}`;
}

function bar(gutter: number, paint: Paint): string {
  return paint('gutter', `${' '.repeat(gutter)} |`);
}

/** Digits of the largest line number of a finding, so that all its excerpts and fixes stand in one column. */
function gutterOf(
  diagnostic: Diagnostic,
  marks: readonly Mark[],
  elsewhere: readonly RelatedPlace[],
): number {
  const { source } = diagnostic;
  const lines = elsewhere.map((place) =>
    place.source === undefined ? 1 : lastLineOf(place.source, [markOf(place)]),
  );
  if (source !== undefined) {
    const edits = diagnostic.fixes.flatMap((fix) => fix.edits);
    lines.push(lastLineOf(source, marks), ...edits.map((edit) => positionAt(source, edit.span.end).line));
  }
  return String(lines.reduce((last, line) => Math.max(last, line), 1)).length;
}
