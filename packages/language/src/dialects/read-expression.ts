import { isUnitName } from '@nestml/units';
import type { Word } from './old-words.ts';
import type { WordReader } from './word-reader.ts';

const binary: ReadonlySet<string> = new Set([
  ...['+', '-', '*', '/', '//', '%', '**', '&', '|', '^', '<<', '>>', '<', '<=', '==', '!=', '<>', '>=', '>'],
  ...['and', 'or'],
]);

const prefixes: ReadonlySet<string> = new Set(['+', '-', '~', 'not']);

/** Words that no expression contains, so that one ends before them. */
const stops: ReadonlySet<string> = new Set([
  ...['end', 'if', 'elif', 'else', 'for', 'while', 'return', 'step'],
  ...['integer', 'real', 'string', 'boolean', 'void'],
]);

/** Words before the name of what they declare; some dialects have them as names. */
const modifiers: ReadonlySet<string> = new Set([
  ...['recordable', 'function', 'inline', 'kernel', 'shape', 'alias', 'suppress', 'log', 'record'],
]);

/** Whether no expression goes on here. */
function isStop(r: WordReader): boolean {
  if (!modifiers.has(r.word)) return stops.has(r.word);
  const next = r.peek(1);
  return next.kind === 'name' && !next.isFirst && !stops.has(next.text) && !binary.has(next.text);
}

const assignments: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '//=', '<-']);

/**
 * Moves behind an expression. Only its end is looked for; what it means is left to the parser of today. A line end outside brackets ends
 * it where nothing is unfinished, unless the next line begins with an operator and the dialect reads on. The value of a declaration ends
 * before the next one, also where that begins with the name of a unit: `tau ms = 2 C pF = 250`.
 */
export function skipExpression(r: WordReader, isDeclared = false): void {
  let openConditionals = 0;
  for (;;) {
    while (prefixes.has(r.word)) r.advance();
    if (!skipOperand(r, isDeclared)) return;
    const isBreak = r.isLineStart && !r.continuesLines;
    if (r.is('?') || (r.is(':') && openConditionals > 0)) {
      openConditionals += r.is('?') ? 1 : -1;
      r.advance();
    } else if (binary.has(r.word) && !isBreak) r.advance();
    else return;
  }
}

/** A number with its unit, a name with index, primes and arguments, or a bracket; with the `.get_sum()` of the first versions. */
function skipOperand(r: WordReader, isDeclared: boolean): boolean {
  if (r.kind === 'number') {
    r.advance();
    skipUnit(r, isDeclared);
  } else if (r.is('(')) r.skipBracket();
  else if (r.kind === 'string') r.advance();
  else if (r.kind === 'name' && !isStop(r)) {
    r.advance();
    if (r.is('(')) r.skipBracket();
    else if (r.is('[') && !r.isLineStart) r.skipBracket();
    while (r.is("'")) r.advance();
  } else return false;
  if (r.is('.') && r.peek(1).kind === 'name') {
    r.advance();
    r.advance();
    if (r.is('(')) r.skipBracket();
  }
  return true;
}

/**
 * The name behind a number is its unit, unless it is assigned or declared: `x = 1 ms = 2` are two statements where line ends mean nothing.
 */
function skipUnit(r: WordReader, isDeclared: boolean): void {
  if (r.is('[') && !r.isLineStart) {
    r.skipBracket();
    return;
  }
  if (r.kind !== 'name' || binary.has(r.word) || isStop(r)) return;
  const next = r.peek(1);
  if (assignments.has(next.text)) return;
  if (isDeclared && isType(next.text) && /^(=|\/|\*|\*\*)$/.test(r.peek(2).text)) return;
  if (r.isLineStart) {
    if (r.continuesLines && isUnitName(r.word) && !beginsDeclaration(next)) r.advance();
    return;
  }
  // Units are not called, have no primes, and no type behind them.
  if (next.text === '(' || next.text === "'" || (next.kind === 'number' && !next.isFirst)) return;
  if (isUnitName(r.word) || next.kind !== 'name') r.advance();
}

/** Whether a name at the beginning of a line is declared or called, as the word behind it shows: `g' 1/ms`, `g[2] nS`, `g, h nS`, `g nS`. */
function beginsDeclaration({ kind, text }: Word): boolean {
  return kind === 'name' || kind === 'number' || ["'", '[', ',', '('].includes(text);
}

function isType(name: string): boolean {
  return isUnitName(name) || primitives.has(name);
}

const primitives: ReadonlySet<string> = new Set(['integer', 'real', 'string', 'boolean', 'void']);

/** Moves behind a type: a word of the language, or a unit with products, quotients, powers and parentheses. */
export function skipType(r: WordReader): void {
  if (primitives.has(r.word)) {
    r.advance();
    return;
  }
  for (;;) {
    if (r.is('(')) r.skipBracket();
    else if ((r.kind === 'name' && !isStop(r)) || r.kind === 'number') r.advance();
    else return;
    while (r.is('**')) {
      r.advance();
      if (r.is('-') || r.is('+')) r.advance();
      if (r.is('(')) r.skipBracket();
      else r.advance();
    }
    if (!r.is('*') && !r.is('/')) return;
    r.advance();
  }
}
