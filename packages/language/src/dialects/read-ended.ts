import { deepestBodies, type RawLine } from './attach-comments.ts';
import {
  type EndedReading,
  type EndProblem,
  isBlockHead,
  isBlockOver,
  isBlockWord,
  isBranch,
  isBranchOver,
  isContinued,
  isModelHead,
  readBody,
} from './ends.ts';
import type { Word } from './old-words.ts';
import { skipExpression } from './read-expression.ts';
import {
  readDeclaration,
  readEquation,
  readPort,
  readReturn,
  readSimple,
  readWholeLine,
  signals,
} from './read-lines.ts';
import type { WordReader } from './word-reader.ts';

/** The lines of a file, and each `end` that is missing or too many. */
export interface EndedLines {
  readonly lines: readonly RawLine[];
  readonly problems: readonly EndProblem[];
}

/**
 * Reads a file of a dialect that closes blocks with `end`: models, and lines that belong to none. Columns mean nothing, unless an `end` is
 * missing: then they show where, if that explains the text as well.
 */
export function readEnded(createReader: () => WordReader): EndedLines {
  const plain = readFile(createReader(), false);
  if (plain.problems.length === 0) return plain;
  const aligned = readFile(createReader(), true);
  return aligned.problems.length > plain.problems.length ? plain : aligned;
}

function readFile(r: WordReader, trustsColumns: boolean): EndedLines {
  const reading: EndedReading = { r, trustsColumns, heads: [], problems: [] };
  const lines: RawLine[] = [];
  while (!r.isDone) {
    const last = lines.at(-1);
    if (isModelHead(r)) lines.push(readModel(reading, readHead(r)));
    else if (r.is('end') && last?.body !== undefined) dropEnd(reading, r.peek(0));
    else if (isBlockHead(r) && last?.end !== undefined) lines.splice(-1, 1, reopened(reading, last));
    else lines.push(readWholeLine(r));
  }
  return { lines, problems: reading.problems };
}

/** An `end` behind the models. */
function dropEnd({ r, problems }: EndedReading, { span }: Word): void {
  problems.push({ kind: 'superfluous', span });
  r.advance();
}

/** A model that ended before its last block: one `end` was too many. */
function reopened(reading: EndedReading, { words, body = [], end }: RawLine): RawLine {
  if (end !== undefined) reading.problems.push({ kind: 'superfluous', span: end });
  const rest = readModel(reading, words);
  return { ...rest, body: [...body, ...(rest.body ?? [])] };
}

/** The blocks of `neuron NAME extends OTHER:` up to its `end`. */
function readModel(reading: EndedReading, words: readonly Word[]): RawLine {
  const isOver = ({ r }: EndedReading) => r.isDone || r.is('end') || (r.isLineStart && isModelHead(r));
  return readBody(reading, words, isOver, () => [readBlock(reading)]);
}

/** The words before a colon that ends a head; the colon is left out. */
function readHead(r: WordReader): readonly Word[] {
  const from = r.position;
  r.advance();
  while (!r.isDone && !r.is(':')) {
    if (r.is('(')) r.skipBracket();
    else if (r.isLineStart) break;
    else r.advance();
  }
  const words = r.since(from);
  if (r.is(':')) r.advance();
  return words;
}

function readBlock(reading: EndedReading): RawLine {
  const { r } = reading;
  // A colon may be missing behind a word that stands alone.
  if (!isBlockHead(r) && !(isBlockWord(r) && r.peek(1).isFirst)) return readWholeLine(r);
  const { word } = r;
  const words = readHead(r);
  if (word !== 'output') return readBody(reading, words, isBlockOver, readerOf(word));
  const from = r.position;
  if (signals.has(r.word)) r.advance();
  if (r.is('(')) r.skipBracket();
  return { words, body: [{ words: r.since(from) }] };
}

function readerOf(word: string): (reading: EndedReading) => readonly RawLine[] {
  switch (word) {
    case 'input':
      return ({ r }) => [readPort(r)];
    case 'equations':
      return ({ r }) => [readEquation(r)];
    case 'structure':
      return ({ r }) => [readWholeLine(r)];
    case 'update':
    case 'function':
    case 'preReceive':
    case 'postReceive':
    case 'onReceive':
    case 'onCondition':
      return (reading) => readStatement(reading, 0);
    default:
      return ({ r }) => [readDeclaration(r)];
  }
}

/** One statement, in `depth` others; the branches of an `if` are lines of their own. */
function readStatement(reading: EndedReading, depth: number): readonly RawLine[] {
  const { r } = reading;
  if (r.is('return')) return [readReturn(r)];
  if (!r.is('if') && !isBranch(r) && !r.is('for') && !r.is('while')) return [readSimple(r)];
  const lines: RawLine[] = [];
  do {
    const words = readCondition(r);
    lines.push(readBody(reading, words, isBranchOver, () => readInner(reading, depth)));
  } while (lines.at(-1)!.end === undefined && isContinued(reading, lines.at(-1)!.words[0]));
  return lines;
}

/** The words before the colon of a branch or a loop. */
function readCondition(r: WordReader): readonly Word[] {
  const from = r.position;
  if (r.is('for')) while (!r.isDone && !r.is(':')) r.advance();
  else {
    r.advance();
    skipExpression(r);
  }
  const words = r.since(from);
  if (r.is(':')) r.advance();
  return words;
}

/** A statement of a body; where bodies are too deep, all words up to the one that closes this body. */
function readInner(reading: EndedReading, depth: number): readonly RawLine[] {
  if (depth < deepestBodies) return readStatement(reading, depth + 1);
  const { r } = reading;
  const from = r.position;
  for (let open = 0; !r.isDone; r.advance()) {
    if (open === 0 && (r.is('end') || isBranch(r))) break;
    if (r.is('if') || r.is('for') || r.is('while')) open += 1;
    if (r.is('end')) open -= 1;
  }
  return [{ words: r.since(from) }];
}
