import type { Span } from '@nestml/diagnostics';
import { deepestBlocks } from '../parse/parser-state.ts';
import type { OldComment, OldText, Word } from './old-words.ts';
import type { Line, Outline } from './outline.ts';

/** A line before its comments are known. `end` is the place of the word that closed it. */
export interface RawLine {
  readonly words: readonly Word[];
  readonly body?: readonly RawLine[];
  readonly end?: Span;
}

/**
 * How deep bodies are kept as such. It is more than the parser takes, which reports the first that is too deep; what lies below has no
 * meaning any more and becomes plain lines, so that the steps of the translation may call themselves for each level.
 */
export const deepestBodies = 2 * deepestBlocks;

/**
 * Gives every comment to a line: behind it if it stands on the same line of the text, else to the next one or to the end of the body.
 * A comment inside a statement goes above it. In texts with indentation, a comment at the end of a body that is indented less than
 * the body belongs to what follows.
 */
export function attachComments(raw: readonly RawLine[], { comments, words }: OldText, text: string): Outline {
  const state: State = { comments, words, text, next: 0, nextWord: 0, lastEnd: 0 };
  // A line of nothing but semicolons has no words.
  const lines = raw.filter((line) => line.words.length > 0).map((line) => attach(line, state, 0));
  return { lines, closing: comments.slice(state.next) };
}

interface State {
  readonly comments: readonly OldComment[];
  readonly words: readonly Word[];
  readonly text: string;
  /** The first word that may lie behind `lastEnd`. */
  nextWord: number;
  /** The first comment that belongs to nothing yet. */
  next: number;
  /** Where the last word ended. */
  lastEnd: number;
}

function attach({ words, body, end }: RawLine, state: State, depth: number): Line {
  const start = words[0]!.span.start;
  const isApart = /\n[ \t]*\r?\n/.test(state.text.slice(state.lastEnd, firstStart(state, start)));
  const last = words.at(-1)!.span.end;
  const before = takeBefore(state, last);
  state.lastEnd = last;
  const after = takeBehind(state);
  const withAfter = after === undefined ? {} : { after };
  if (body === undefined) return { words, before, ...withAfter, closing: [], isApart };
  // Where a word is missing, a line may have none.
  const kept = depth < deepestBodies ? body : withoutBodies(body);
  const inner = kept.filter((line) => line.words.length > 0).map((line) => attach(line, state, depth + 1));
  const closing = end === undefined ? takeIndented(state, body) : takeBefore(state, end.start);
  if (end === undefined) return { words, body: inner, before, ...withAfter, closing, isApart };
  state.lastEnd = end.end;
  const behindEnd = takeBehind(state);
  const all = behindEnd === undefined ? closing : [...closing, behindEnd];
  return { words, body: inner, before, ...withAfter, closing: all, isApart };
}

/** The lines and all that they contain, in the order of the text, as lines that contain nothing. */
function withoutBodies(lines: readonly RawLine[]): readonly RawLine[] {
  const flat: RawLine[] = [];
  const waiting = [...lines].reverse();
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    flat.push({ words: line.words });
    for (const inner of [...(line.body ?? [])].reverse()) waiting.push(inner);
  }
  return flat;
}

function firstStart({ comments, next }: State, start: number): number {
  const comment = comments[next];
  return comment === undefined ? start : Math.min(start, comment.span.start);
}

function takeBefore(state: State, offset: number): readonly OldComment[] {
  const from = state.next;
  while ((state.comments[state.next]?.span.start ?? Number.POSITIVE_INFINITY) < offset) state.next += 1;
  return state.comments.slice(from, state.next);
}

/** The comment behind the last word on its line; not if more words follow it there. */
function takeBehind(state: State): OldComment | undefined {
  const comment = state.comments[state.next];
  if (comment === undefined || comment.isOwnLine || !comment.isHash) return undefined;
  const between = state.text.slice(state.lastEnd, comment.span.start);
  if (!/^[ \t:;]*$/.test(between)) return undefined;
  state.next += 1;
  return comment;
}

/** Comments below a body that are indented as it is. */
function takeIndented(state: State, body: readonly RawLine[]): readonly OldComment[] {
  const first = body[0]?.words[0];
  if (first?.isFirst !== true) return [];
  const { column } = first;
  while ((state.words[state.nextWord]?.span.start ?? Number.POSITIVE_INFINITY) < state.lastEnd)
    state.nextWord += 1;
  // The colon of a head without body may be the next word.
  const upcoming = state.words.slice(state.nextWord, state.nextWord + 3).find(({ text }) => text !== ':');
  const from = state.next;
  for (;;) {
    const comment = state.comments[state.next];
    const isInBody = comment?.isOwnLine === true && columnOf(state.text, comment.span.start) >= column;
    if (!isInBody || comment.span.start > (upcoming?.span.start ?? Number.POSITIVE_INFINITY)) break;
    state.next += 1;
  }
  return state.comments.slice(from, state.next);
}

function columnOf(text: string, offset: number): number {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return text.slice(lineStart, offset).replaceAll('\t', '        ').length;
}
