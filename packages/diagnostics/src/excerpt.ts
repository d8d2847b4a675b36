import { type DisplayLine, harmlessLine, layOutLine, sliceColumns } from './display-line.ts';
import type { Paint, Style } from './paint.ts';
import { lineText, positionAt, type SourceFile, type Span } from './source.ts';

/** Columns of source text that an excerpt shows at most; a longer line is cut around its first mark. */
const EXCERPT_WIDTH = 120;
/** Columns kept before the first mark of a line that is cut. */
const LEAD = 30;

/** Shorter lines are laid out anew each time: that costs less than to keep them. */
const LONG_LINE = 500;

/** Lays out the lines of sources; a long line once, however many findings it has. */
export interface LineLayouts {
  readonly of: (source: SourceFile, line: number) => DisplayLine;
}

/** Layouts for one run of the renderer. */
export function createLineLayouts(): LineLayouts {
  const known = new Map<SourceFile, Map<number, DisplayLine>>();
  return {
    of: (source, number) => {
      const text = lineText(source, number);
      if (text.length < LONG_LINE) return layOutLine(text);
      const lines = known.get(source) ?? new Map<number, DisplayLine>();
      known.set(source, lines);
      const line = lines.get(number) ?? layOutLine(text);
      lines.set(number, line);
      return line;
    },
  };
}

/** A place to underline. The primary mark (`^`) is the place of the finding, others (`-`) belong to it. */
export interface Mark {
  readonly span: Span;
  readonly isPrimary: boolean;
  /** The style of the underline and its label. */
  readonly style: Style;
  readonly label?: string;
}

/** The part of a mark that lies on one line; columns from 0, end exclusive, at least one column wide. */
interface LineMark {
  readonly from: number;
  readonly to: number;
  readonly isPrimary: boolean;
  readonly style: Style;
  readonly label?: string;
}

/** The span inside the text, start not after end. */
export function clampSpan(source: SourceFile, span: Span): Span {
  const clamp = (offset: number) =>
    Number.isNaN(offset) ? 0 : Math.trunc(Math.max(0, Math.min(offset, source.text.length)));
  const start = clamp(span.start);
  return { start, end: Math.max(start, clamp(span.end)) };
}

/** How the parts of one output are drawn. */
export interface Drawing {
  readonly paint: Paint;
  readonly layouts: LineLayouts;
}

/** The lines of the marks with their underlines. `gutter` is the width of the line numbers. */
export function renderExcerpt(
  source: SourceFile,
  marks: readonly Mark[],
  gutter: number,
  { paint, layouts }: Drawing,
): readonly string[] {
  const byLine = marksByLine(source, marks, layouts);
  const numbers = [...byLine.keys()].sort((first, second) => first - second);
  const output: string[] = [];
  let previous: number | undefined;
  for (const number of numbers) {
    if (previous !== undefined && number === previous + 2) {
      output.push(...renderLine(source, number - 1, [], gutter, { paint, layouts }));
    } else if (previous !== undefined && number > previous + 2) {
      output.push(paint('gutter', '...'));
    }
    output.push(...renderLine(source, number, byLine.get(number)!, gutter, { paint, layouts }));
    previous = number;
  }
  return output;
}

/** The number of the last line that the marks touch: it decides the width of the gutter. */
export function lastLineOf(source: SourceFile, marks: readonly Mark[]): number {
  return Math.max(1, ...marks.map((mark) => positionAt(source, clampSpan(source, mark.span).end).line));
}

/** Splits marks by line: a mark over several lines shows at its first line and, with its label, at its last. */
function marksByLine(
  source: SourceFile,
  marks: readonly Mark[],
  layouts: LineLayouts,
): ReadonlyMap<number, readonly LineMark[]> {
  const result = new Map<number, LineMark[]>();
  const add = (line: number, mark: LineMark) => {
    const list = result.get(line);
    if (list === undefined) result.set(line, [mark]);
    else list.push(mark);
  };
  for (const mark of marks) {
    const span = clampSpan(source, mark.span);
    const start = positionAt(source, span.start);
    const end = endOfMark(source, span);
    const first = layouts.of(source, start.line);
    const from = first.columnAt(start.column - 1);
    if (start.line === end.line) {
      add(start.line, lineMark(mark, from, first.columnAt(end.column - 1)));
      continue;
    }
    const lastText = lineText(source, end.line);
    const last = layouts.of(source, end.line);
    const { label: _label, ...unlabelled } = mark;
    add(start.line, lineMark(unlabelled, from, first.width));
    add(end.line, lineMark(mark, last.columnAt(lastText.search(/\S|$/)), last.columnAt(end.column - 1)));
  }
  return result;
}

/** The end of a mark; one that ends right after a line end belongs to the line before. */
function endOfMark(source: SourceFile, span: Span): { readonly line: number; readonly column: number } {
  const end = positionAt(source, span.end);
  if (span.end === span.start || end.column > 1) return end;
  return { line: end.line - 1, column: lineText(source, end.line - 1).length + 1 };
}

function lineMark(mark: Mark, from: number, to: number): LineMark {
  const { span: _span, ...rest } = mark;
  return { ...rest, from, to: Math.max(to, from + 1) };
}

function renderLine(
  source: SourceFile,
  number: number,
  marks: readonly LineMark[],
  gutter: number,
  { paint, layouts }: Drawing,
): readonly string[] {
  const line = layouts.of(source, number);
  const window = windowOf(line, marks);
  const text = `${window.before}${sliceColumns(line, window.from, window.to)}${window.after}`.trimEnd();
  const head = `${paint('gutter', `${String(number).padStart(gutter)} |`)}${text === '' ? '' : ` ${text}`}`;
  const shift = window.before.length - window.from;
  const bar = paint('gutter', `${' '.repeat(gutter)} |`);
  const visibleMarks = marks.map((mark) => {
    const from = Math.max(0, Math.min(mark.from, window.to) + shift);
    return { ...mark, from, to: Math.max(from + 1, Math.min(mark.to, window.to) + shift) };
  });
  return [head, ...renderUnderlines(visibleMarks, paint).map((row) => `${bar} ${row}`)];
}

/** The part of a line that is shown, and the ellipses at its ends. */
interface Window {
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly after: string;
}

function windowOf(line: DisplayLine, marks: readonly LineMark[]): Window {
  if (line.width <= EXCERPT_WIDTH) return { from: 0, to: line.width, before: '', after: '' };
  const first = Math.min(line.width, ...marks.map((mark) => mark.from));
  const start = first < EXCERPT_WIDTH - LEAD || marks.length === 0 ? 0 : first - LEAD;
  const to = Math.min(line.width, start + EXCERPT_WIDTH);
  return { from: start, to, before: start > 0 ? '…' : '', after: to < line.width ? '…' : '' };
}

/** Rows of underlines: marks share a row where they do not touch; a label ends its row. */
function renderUnderlines(marks: readonly LineMark[], paint: Paint): readonly string[] {
  const rows: { text: string; width: number; isClosed: boolean }[] = [];
  const sorted = marks.toSorted(
    (first, second) => Number(second.isPrimary) - Number(first.isPrimary) || first.from - second.from,
  );
  for (const mark of sorted) {
    let row = rows.find((candidate) => !candidate.isClosed && candidate.width < mark.from);
    if (row === undefined) {
      row = { text: '', width: 0, isClosed: false };
      rows.push(row);
    }
    const underline = (mark.isPrimary ? '^' : '-').repeat(mark.to - mark.from);
    const label = mark.label === undefined ? '' : ` ${harmlessLine(mark.label)}`;
    row.text += ' '.repeat(mark.from - row.width) + paint(mark.style, underline + label);
    row.width = mark.to;
    row.isClosed = label !== '';
  }
  return rows.map((row) => row.text);
}
