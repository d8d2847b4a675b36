import type { Span } from '@nestml/diagnostics';
import { blockWords } from './ends.ts';
import type { Word } from './old-words.ts';

const nothing: Word = {
  kind: 'operator',
  text: '',
  span: { start: 0, end: 0 },
  gap: '',
  isFirst: true,
  column: 0,
};

/** A position in a list of words. Behind the end all words are empty. */
export interface WordReader {
  readonly word: string;
  readonly kind: Word['kind'];
  readonly position: number;
  /** Whether the word begins a line of the text. */
  readonly isLineStart: boolean;
  /** Whether line ends are white space in this dialect. */
  readonly continuesLines: boolean;
  readonly isDone: boolean;
  /** The empty place behind the last word. */
  readonly behind: Span;
  is(text: string): boolean;
  peek(distance: number): Word;
  advance(): void;
  /** Moves behind the bracket that closes this one; if none does, to where the next block or the end of this one shows it. */
  skipBracket(): void;
  /** The words from a position to here. */
  since(position: number): readonly Word[];
}

const openings: ReadonlySet<string> = new Set(['(', '[', '[[']);
const closings: ReadonlySet<string> = new Set([')', ']', ']]']);

/** Whether a word cannot stand in brackets, so that one was not closed: `update:`, or an `end` alone on its line. */
function isBehindBracket({ isFirst, text }: Word, next: Word): boolean {
  return isFirst && ((blockWords.has(text) && next.text === ':') || (text === 'end' && next.isFirst));
}

export function createWordReader(words: readonly Word[], continuesLines: boolean): WordReader {
  let position = 0;
  const peek = (distance: number): Word => words[position + distance] ?? nothing;
  return {
    continuesLines,
    get word() {
      return peek(0).text;
    },
    get kind() {
      return peek(0).kind;
    },
    get position() {
      return position;
    },
    get isLineStart() {
      return peek(0).isFirst;
    },
    get isDone() {
      return position >= words.length;
    },
    get behind() {
      const end = words.at(-1)?.span.end ?? 0;
      return { start: end, end };
    },
    is: (text) => peek(0).text === text,
    peek,
    advance: () => {
      position = Math.min(position + 1, words.length);
    },
    skipBracket: () => {
      let depth = 0;
      do {
        const { text } = peek(0);
        if (depth > 0 && isBehindBracket(peek(0), peek(1))) break;
        if (openings.has(text)) depth += 1;
        if (closings.has(text)) depth -= 1;
        position += 1;
      } while (depth > 0 && position < words.length);
    },
    since: (from) => words.slice(from, position),
  };
}
