import { deepestBodies, type RawLine } from './attach-comments.ts';
import type { Word } from './old-words.ts';
import { skipExpression, skipType } from './read-expression.ts';
import type { WordReader } from './word-reader.ts';

const modelWords: ReadonlySet<string> = new Set(['neuron', 'synapse', 'component', 'model']);

const blockWords: ReadonlySet<string> = new Set([
  ...['state', 'initial_values', 'parameter', 'parameters', 'internal', 'internals', 'equations', 'input'],
  ...['output', 'update', 'structure', 'onReceive', 'onCondition', 'preReceive', 'postReceive', 'function'],
]);

const signals: ReadonlySet<string> = new Set(['spike', 'current', 'continuous']);
const modifiers: ReadonlySet<string> = new Set([
  ...['recordable', 'function', 'inline', 'alias', 'suppress', 'log', 'record', 'shape', 'kernel'],
]);
const assignments: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '//=']);

/** Reads a file of a dialect that closes blocks with `end`: models, and lines that belong to none. */
export function readEnded(r: WordReader): RawLine[] {
  const lines: RawLine[] = [];
  while (!r.isDone) {
    if (modelWords.has(r.word) && r.peek(1).kind === 'name') lines.push(readModel(r));
    else lines.push(readWholeLine(r));
  }
  return lines;
}

/** The words up to the end of the line: what cannot be read, or `import`. */
function readWholeLine(r: WordReader): RawLine {
  const from = r.position;
  do r.advance();
  while (!r.isDone && !r.isLineStart);
  return { words: r.since(from) };
}

/** `neuron NAME extends OTHER:` … `end`. */
function readModel(r: WordReader): RawLine {
  const words = readHead(r);
  const body: RawLine[] = [];
  while (!r.isDone && !r.is('end')) {
    if (modelWords.has(r.word) && r.peek(1).kind === 'name' && r.isLineStart) break;
    body.push(blockWords.has(r.word) ? readBlock(r) : readWholeLine(r));
  }
  return closed(r, words, body);
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

/** A head with its body; the `end` is left out. */
function closed(r: WordReader, words: readonly Word[], body: readonly RawLine[]): RawLine {
  const end = r.peek(0).span;
  if (!r.is('end')) return { words, body };
  r.advance();
  return { words, body, end };
}

function readBlock(r: WordReader): RawLine {
  const { word } = r;
  const words = readHead(r);
  if (word === 'output') {
    const from = r.position;
    if (signals.has(r.word)) r.advance();
    if (r.is('(')) r.skipBracket();
    const signal = { words: r.since(from) };
    return { words, body: [signal] };
  }
  const readLine = word === 'input' ? readPort : word === 'equations' ? readEquation : readerOf(word);
  const body: RawLine[] = [];
  while (!r.isDone && !r.is('end')) {
    const from = r.position;
    body.push(readLine(r));
    if (r.position === from) body.splice(-1, 1, readWholeLine(r));
  }
  return closed(
    r,
    words,
    body.filter(({ words: own }) => own.length > 0),
  );
}

function readerOf(word: string): (r: WordReader) => RawLine {
  const isStatements = ['update', 'function', 'preReceive', 'postReceive', 'onReceive', 'onCondition'];
  if (isStatements.includes(word)) return readStatement;
  return word === 'structure' ? readWholeLine : readDeclaration;
}

/** `p[n] TYPE <- inhibitory spike`. */
function readPort(r: WordReader): RawLine {
  const from = r.position;
  while (!r.isDone && !r.is('<-') && !r.is('end')) r.advance();
  r.advance();
  while (!r.isDone && !signals.has(r.word) && !r.isLineStart) r.advance();
  if (signals.has(r.word)) r.advance();
  return withoutSemicolon(r, from);
}

function withoutSemicolon(r: WordReader, from: number): RawLine {
  const words = r.since(from);
  while (r.is(';')) r.advance();
  return { words };
}

/** `recordable function x TYPE = …`, `shape a' = …`, several parts of a `kernel`, or an equation. */
function readEquation(r: WordReader): RawLine {
  const from = r.position;
  skipModifiers(r);
  for (;;) {
    skipTarget(r);
    if (r.is(',') && !r.isDone) {
      r.advance();
      continue;
    }
    if (!r.is('=')) skipType(r);
    if (!r.is('=')) break;
    r.advance();
    skipExpression(r);
    if (!r.is(',')) break;
    r.advance();
  }
  skipDecorators(r);
  return withoutSemicolon(r, from);
}

function skipModifiers(r: WordReader): void {
  while (modifiers.has(r.word) && r.peek(1).kind === 'name') r.advance();
}

/** A name with index or size and primes. */
function skipTarget(r: WordReader): void {
  if (r.kind === 'name') r.advance();
  if (r.is('[')) r.skipBracket();
  while (r.is("'")) r.advance();
}

/** `recordable a, b TYPE [n] = … [[ … ]] @decorator`. */
function readDeclaration(r: WordReader): RawLine {
  const from = r.position;
  if (r.is('[')) {
    // Invariants of the first versions stand on lines of their own.
    r.skipBracket();
    return withoutSemicolon(r, from);
  }
  skipModifiers(r);
  skipTarget(r);
  while (r.is(',')) {
    r.advance();
    skipTarget(r);
  }
  if (!r.is('=')) skipType(r);
  skipSize(r);
  if (r.is('=')) {
    r.advance();
    skipExpression(r);
  }
  if (r.is('[[')) r.skipBracket();
  skipDecorators(r);
  return withoutSemicolon(r, from);
}

/** `[n]` or `<n>` behind a type. */
function skipSize(r: WordReader): void {
  if (r.is('[') && !r.isLineStart) r.skipBracket();
  if (r.is('<')) for (let count = 0; count < 3; count += 1) r.advance();
}

function skipDecorators(r: WordReader): void {
  while (r.is('@')) {
    r.advance();
    r.advance();
    if (!r.is('::')) continue;
    r.advance();
    r.advance();
  }
}

/** One statement, in `depth` others; branches of an `if` are lines of their own. */
function readStatement(r: WordReader, depth = 0): RawLine {
  switch (r.word) {
    case 'if':
    case 'elif':
    case 'else':
      return readBranch(r, depth);
    case 'for':
    case 'while':
      return readLoop(r, depth);
    case 'return': {
      const from = r.position;
      r.advance();
      if (!r.isLineStart) skipExpression(r);
      return withoutSemicolon(r, from);
    }
    default:
      return readSimple(r);
  }
}

/** `if c: …` up to the next branch or `end`. */
function readBranch(r: WordReader, depth: number): RawLine {
  const from = r.position;
  r.advance();
  skipExpression(r);
  const words = r.since(from);
  if (r.is(':')) r.advance();
  const body: RawLine[] = [];
  while (!r.isDone && !['end', 'elif', 'else'].includes(r.word)) body.push(readInner(r, depth));
  return r.is('end') ? closed(r, words, body) : { words, body };
}

function readLoop(r: WordReader, depth: number): RawLine {
  const from = r.position;
  if (r.is('for')) {
    while (!r.isDone && !r.is(':')) r.advance();
  } else {
    r.advance();
    skipExpression(r);
  }
  const words = r.since(from);
  if (r.is(':')) r.advance();
  const body: RawLine[] = [];
  while (!r.isDone && !r.is('end')) body.push(readInner(r, depth));
  return closed(r, words, body);
}

/** A statement of a body; where bodies are too deep, all words up to the one that closes this body. */
function readInner(r: WordReader, depth: number): RawLine {
  if (depth < deepestBodies) return readStatement(r, depth + 1);
  const from = r.position;
  for (let open = 0; !r.isDone; r.advance()) {
    if (open === 0 && ['end', 'elif', 'else'].includes(r.word)) break;
    if (['if', 'for', 'while'].includes(r.word)) open += 1;
    if (r.is('end')) open -= 1;
  }
  return { words: r.since(from) };
}

/** An assignment, a call or a declaration; at least one word is read. */
function readSimple(r: WordReader): RawLine {
  const from = r.position;
  if (r.kind === 'name' && (r.peek(1).text === '(' || r.peek(1).text === '.')) {
    skipExpression(r);
    // A word of the language before a parenthesis is no expression.
    if (r.position === from) r.advance();
    return withoutSemicolon(r, from);
  }
  const start = r.position;
  skipTarget(r);
  if (assignments.has(r.word)) {
    r.advance();
    skipExpression(r);
    return withoutSemicolon(r, from);
  }
  if (r.position > start && (r.is(',') || !r.isLineStart)) {
    while (r.is(',')) {
      r.advance();
      skipTarget(r);
    }
    skipType(r);
    skipSize(r);
    if (r.is('=')) {
      r.advance();
      skipExpression(r);
    }
  }
  if (r.position === from) r.advance();
  return withoutSemicolon(r, from);
}
