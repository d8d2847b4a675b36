import type { Span } from '@nestml/diagnostics';
import type { RawLine } from './attach-comments.ts';
import { joinWords, spanOfWords, type Word } from './old-words.ts';
import type { WordReader } from './word-reader.ts';

/** An `end` that is missing, or one that closes nothing. */
export type EndProblem =
  | {
      readonly kind: 'missing';
      /** What is not closed: `parameters`, `if`, `neuron x`. */
      readonly name: string;
      /** The words that open it. */
      readonly head: Span;
      /** What follows instead of the `end`; an empty place at the end of the text. */
      readonly span: Span;
    }
  | { readonly kind: 'superfluous'; readonly span: Span };

/** A text whose blocks are closed by `end`, while it is read. */
export interface EndedReading {
  readonly r: WordReader;
  /** Whether columns show what belongs together where an `end` is missing. Where none is, they mean nothing. */
  readonly trustsColumns: boolean;
  /** The first words of what is open, outermost first. */
  readonly heads: Word[];
  readonly problems: EndProblem[];
}

/** Words that begin models in any version. */
export const modelWords: ReadonlySet<string> = new Set(['neuron', 'synapse', 'component', 'model']);

/** Words that begin blocks in any version. */
export const blockWords: ReadonlySet<string> = new Set([
  ...['state', 'initial_values', 'parameter', 'parameters', 'internal', 'internals', 'equations', 'input'],
  ...['output', 'update', 'structure', 'onReceive', 'onCondition', 'preReceive', 'postReceive', 'function'],
]);

/** Whether a model begins here: `neuron NAME`. */
export function isModelHead(r: WordReader): boolean {
  const [name, next] = [r.peek(1), r.peek(2)];
  return modelWords.has(r.word) && name.kind === 'name' && (/^(:|extends)$/.test(next.text) || next.isFirst);
}

/** Whether the word opens a block where blocks stand, with or without its colon. */
export function isBlockWord({ word }: WordReader): boolean {
  return blockWords.has(word);
}

/** Whether a block begins here, wherever that is: its colon shows that the word is no name. */
export function isBlockHead(r: WordReader): boolean {
  if (!blockWords.has(r.word)) return false;
  if (r.peek(1).text === ':') return true;
  const isFunction = r.word === 'function' && r.peek(1).kind === 'name' && r.peek(2).text === '(';
  if (!isFunction && !(/^on[RC]/.test(r.word) && r.peek(1).text === '(')) return false;
  for (let at = 1, depth = 0; at < 200; at += 1) {
    const { text, isFirst } = r.peek(at);
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0 && text === ':') return true;
    if (text === '' || (depth === 0 && (text === '=' || isFirst))) return false;
  }
  return false;
}

/** Whether no line of a block can stand here. */
export function isBlockOver({ r }: EndedReading): boolean {
  return r.isDone || r.is('end') || isBlockHead(r) || (r.isLineStart && isModelHead(r));
}

/** Whether no statement of the branch or loop that is open can stand here. */
export function isBranchOver(reading: EndedReading): boolean {
  const { r, trustsColumns, heads } = reading;
  if (isBlockOver(reading) || isBranch(r)) return true;
  const head = heads.at(-1);
  return trustsColumns && r.isLineStart && head?.isFirst === true && r.peek(0).column <= head.column;
}

/** Whether a further branch of an `if` begins here. */
export function isBranch({ word }: WordReader): boolean {
  return word === 'elif' || word === 'else';
}

/** Reads the lines of a head until they are over, and its `end`; a branch may end at the next one instead. */
export function readBody(
  reading: EndedReading,
  words: readonly Word[],
  isOver: (reading: EndedReading) => boolean,
  readLines: (reading: EndedReading) => readonly RawLine[],
): RawLine {
  const { r, heads } = reading;
  heads.push(words[0]!);
  const body: RawLine[] = [];
  while (!isOver(reading)) {
    const from = r.position;
    const lines = readLines(reading);
    if (r.position > from) body.push(...lines);
    else {
      r.advance();
      body.push({ words: r.since(from) });
    }
  }
  const end = readEnd(reading, words);
  heads.pop();
  const kept = body.filter((line) => line.words.length > 0);
  return end === undefined ? { words, body: kept } : { words, body: kept, end };
}

/** Moves behind the `end` of what is open, and gives its place; reports that it is missing, unless another branch follows. */
function readEnd(reading: EndedReading, words: readonly Word[]): Span | undefined {
  const { r, problems, heads } = reading;
  const { span } = r.peek(0);
  if (r.is('end') && !isEndOfOuter(reading)) {
    r.advance();
    return span;
  }
  if (isContinued(reading, heads.at(-1))) return undefined;
  const name = /^el(if|se)$/.test(words[0]!.text) ? 'if' : joinWords(nameWords(words));
  problems.push({ kind: 'missing', name, head: spanOfWords(words), span: r.isDone ? r.behind : span });
  return undefined;
}

/** Whether the branch that a head has opened is followed by another one of the same `if`. */
export function isContinued(reading: EndedReading, head: Word | undefined): boolean {
  return isBranch(reading.r) && /^(if|elif)$/.test(head?.text ?? '') && !isLeftOf(reading, head);
}

/** What a block is called in messages: without its arguments or condition. */
function nameWords(words: readonly Word[]): readonly Word[] {
  const hasName = modelWords.has(words[0]!.text) || words[0]!.text === 'function';
  return words.slice(0, hasName ? 2 : 1);
}

/** Whether the word begins a line further left than a head that begins one, if columns count. */
function isLeftOf({ r, trustsColumns }: EndedReading, head: Word | undefined): boolean {
  return trustsColumns && r.isLineStart && head?.isFirst === true && r.peek(0).column < head.column;
}

/** Whether an `end` stands in the column of an outer head, left of the one that is open. */
function isEndOfOuter(reading: EndedReading): boolean {
  const { r, heads } = reading;
  if (!isLeftOf(reading, heads.at(-1))) return false;
  const { column } = r.peek(0);
  return heads.some((head) => head.isFirst && head.column === column);
}
