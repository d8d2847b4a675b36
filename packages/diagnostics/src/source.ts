/**
 * A half-open interval of UTF-16 offsets into a source text: `start` is the first unit, `end` the one after the last.
 * An empty span (`start === end`) marks a place between two characters.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place as people count it: line and column from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Two positions; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A decoded text with its line index. `name` is what messages call it: a path, or a label such as `<stdin>`. */
export interface SourceFile {
  readonly name: string;
  /** The text without a byte-order mark; line ends are kept as they are. */
  readonly text: string;
  /** Offsets at which lines begin; `lineStarts[0]` is 0. */
  readonly lineStarts: readonly number[];
}

/** Makes a source file from decoded text. A leading byte-order mark is dropped; `\n`, `\r\n` and `\r` end a line. */
export function createSourceFile(name: string, text: string): SourceFile {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lineStarts = [0];
  const lineEnd = /\r\n|\n|\r/g;
  while (lineEnd.test(body)) lineStarts.push(lineEnd.lastIndex);
  return { name, text: body, lineStarts };
}

/** The position of an offset. Offsets outside the text are clamped to it. */
export function positionAt(source: SourceFile, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (source.lineStarts[middle]! <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: clamped - source.lineStarts[low]! + 1 };
}

/** The offset of a position; lines and columns outside the text are clamped to it. */
export function offsetAt(source: SourceFile, position: Position): number {
  const line = Math.max(1, Math.min(position.line, source.lineStarts.length));
  const start = source.lineStarts[line - 1]!;
  return Math.min(start + Math.max(0, position.column - 1), source.text.length);
}

/** The range of a span. */
export function rangeOf(source: SourceFile, span: Span): Range {
  return { start: positionAt(source, span.start), end: positionAt(source, span.end) };
}

/** The text of line `line` (from 1) without its line end; empty for a line that does not exist. */
export function lineText(source: SourceFile, line: number): string {
  const start = source.lineStarts[line - 1];
  if (start === undefined) return '';
  const { text } = source;
  let end = source.lineStarts[line] ?? text.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  return text.slice(start, end);
}

/** The smallest span that contains both. */
export function joinSpans(first: Span, second: Span): Span {
  return { start: Math.min(first.start, second.start), end: Math.max(first.end, second.end) };
}
