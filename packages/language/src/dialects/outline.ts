import type { Span } from '@nestml/diagnostics';
import { joinWords, type OldComment, spanOfWords, type Word } from './old-words.ts';

/** A line of an old model, or a head with the lines that it opens. What the words mean is found by the steps of the translation. */
export interface Line {
  readonly words: readonly Word[];
  /** The lines below a head; undefined for a line that opens none. */
  readonly body?: readonly Line[];
  /** Comments above it, in the order of the text. */
  readonly before: readonly OldComment[];
  /** The comment behind it; behind the colon for a head. */
  readonly after?: OldComment;
  /** Comments at the end of the body. */
  readonly closing: readonly OldComment[];
  /** Whether a blank line stands above it. */
  readonly isApart: boolean;
}

/** An old file: models and what stands between them. */
export interface Outline {
  readonly lines: readonly Line[];
  /** Comments at the end of the file. */
  readonly closing: readonly OldComment[];
}

/** A line without comments. */
export function plainLine(words: readonly Word[], body?: readonly Line[]): Line {
  return { words, before: [], closing: [], isApart: false, ...(body === undefined ? {} : { body }) };
}

/** The first words, for comparisons: `head(line)` is `if`, `state`, … */
export function head({ words }: Line): string {
  return words[0]?.text ?? '';
}

/** All comments of a line and of what it contains. */
export function commentsOf(line: Line): readonly OldComment[] {
  return [
    ...line.before,
    ...(line.after === undefined ? [] : [line.after]),
    ...(line.body ?? []).flatMap(commentsOf),
    ...line.closing,
  ];
}

/**
 * Replaces lines; one that is left out hands its comments to the next, or to the end of the list.
 */
export function mapLines(
  lines: readonly Line[],
  change: (line: Line) => readonly Line[],
): { readonly lines: readonly Line[]; readonly left: readonly OldComment[] } {
  const result: Line[] = [];
  let waiting: readonly OldComment[] = [];
  for (const line of lines) {
    const changed = change(line);
    const [first, ...others] = changed;
    if (first === undefined) waiting = [...waiting, ...commentsOf(line)];
    else {
      result.push(waiting.length === 0 ? first : { ...first, before: [...waiting, ...first.before] });
      result.push(...others);
      waiting = [];
    }
  }
  return { lines: result, left: waiting };
}

/** A head with another body, which keeps the comments of lines that were left out. */
export function mapBody(line: Line, change: (line: Line) => readonly Line[]): Line {
  if (line.body === undefined) return line;
  const { lines, left } = mapLines(line.body, change);
  return { ...line, body: lines, closing: [...left, ...line.closing] };
}

/** Changes the words of a line and of all lines that it contains. */
export function mapWords(line: Line, change: (words: readonly Word[], line: Line) => readonly Word[]): Line {
  const words = change(line.words, line);
  if (line.body === undefined) return { ...line, words };
  return { ...line, words, body: line.body.map((inner) => mapWords(inner, change)) };
}

/** The place of a line, without the lines that it opens. */
export function placeOf({ words }: Line): Span {
  return spanOfWords(words);
}

/** The line as text, for messages. */
export function textOf({ words }: Line): string {
  return joinWords(words);
}
