import type { RawLine } from './attach-comments.ts';
import { isBlockHead } from './ends.ts';
import { skipExpression, skipType } from './read-expression.ts';
import type { WordReader } from './word-reader.ts';

/** What a port may carry. */
export const signals: ReadonlySet<string> = new Set(['spike', 'current', 'continuous']);
const modifiers: ReadonlySet<string> = new Set([
  ...['recordable', 'function', 'inline', 'alias', 'suppress', 'log', 'record', 'shape', 'kernel'],
]);
const primitives: ReadonlySet<string> = new Set(['integer', 'real', 'string', 'boolean', 'void']);
const assignments: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '//=']);

/** The words up to the end of the line: what cannot be read, or `import`. */
export function readWholeLine(r: WordReader): RawLine {
  const from = r.position;
  do r.advance();
  while (!r.isDone && !r.isLineStart);
  return { words: r.since(from) };
}

/** `p[n] TYPE <- inhibitory spike`. */
export function readPort(r: WordReader): RawLine {
  const from = r.position;
  while (!r.isDone && !r.is('<-') && !r.is('end') && !isBlockHead(r)) r.advance();
  if (!r.is('<-')) return { words: r.since(from) };
  r.advance();
  while (!r.isDone && !signals.has(r.word) && !r.isLineStart) r.advance();
  if (signals.has(r.word)) r.advance();
  skipDecorators(r);
  return withoutSemicolon(r, from);
}

/** `recordable function x TYPE = …`, `shape a' = …`, several parts of a `kernel`, or an equation. */
export function readEquation(r: WordReader): RawLine {
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

/** `recordable a, b TYPE [n] = … [[ … ]] @decorator`. */
export function readDeclaration(r: WordReader): RawLine {
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
    skipExpression(r, true);
  }
  if (r.is('[[')) r.skipBracket();
  skipDecorators(r);
  return withoutSemicolon(r, from);
}

/** `return x`. */
export function readReturn(r: WordReader): RawLine {
  const from = r.position;
  r.advance();
  if (!r.isLineStart) skipExpression(r);
  return withoutSemicolon(r, from);
}

/** An assignment, a call or a declaration; at least one word is read. */
export function readSimple(r: WordReader): RawLine {
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

function withoutSemicolon(r: WordReader, from: number): RawLine {
  const words = r.since(from);
  while (r.is(';')) r.advance();
  return { words };
}

function skipModifiers(r: WordReader): void {
  while (modifiers.has(r.word) && r.peek(1).kind === 'name' && !primitives.has(r.peek(1).text)) r.advance();
}

/** A name with index or size and primes. */
function skipTarget(r: WordReader): void {
  if (r.kind === 'name') r.advance();
  if (r.is('[')) r.skipBracket();
  while (r.is("'")) r.advance();
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
