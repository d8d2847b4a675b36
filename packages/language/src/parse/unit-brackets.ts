import type { Edit } from '@nestml/diagnostics';
import { isUnitName } from '@nestml/units';
import type { UnitSyntax } from '../syntax/expressions.ts';
import type { ParserState } from './parser-state.ts';

/**
 * Whether `[ms]`, `[mV / ms]`, a unit in brackets as tables of papers have it, begins `distance` tokens ahead. Behind a name it must be
 * followed by what stands behind a type; `x[m] real` has a size.
 */
export function isUnitInBrackets(p: ParserState, distance: number): boolean {
  const length = lengthInBrackets(p, distance);
  if (length === 0) return false;
  const before = p.peek(distance - 1).kind;
  if (before === 'integer' || before === 'float') return true;
  const { kind } = p.peek(distance + length);
  return kind === 'newline' || kind === 'end' || p.peekWord(distance + length) === '=';
}

/** The number of tokens of a unit with its brackets; 0 if there is none. */
function lengthInBrackets(p: ParserState, distance: number): number {
  if (p.peekWord(distance) !== '[') return 0;
  let hasName = false;
  for (let ahead = 1; ; ahead += 1) {
    const word = p.peekWord(distance + ahead);
    const { kind } = p.peek(distance + ahead);
    if (word === ']') return hasName ? ahead + 1 : 0;
    if (kind === 'name' && isUnitName(word)) hasName = true;
    else if (kind !== 'integer' && !['*', '/', '**', '-', '(', ')'].includes(word)) return 0;
  }
}

/** Reports the brackets around units from here to the end of the line, and reads the first as the unit. */
export function parseUnitInBrackets(p: ParserState): UnitSyntax {
  const length = lengthInBrackets(p, 0);
  const inner = innerText(p, 0, length);
  const { start } = p.token;
  const span = { start, end: p.peek(length - 1).end };
  const edits: Edit[] = [];
  for (let ahead = 0; ahead < p.tokensToLineEnd(); ahead += 1)
    if (isUnitInBrackets(p, ahead)) edits.push(withoutBrackets(p, ahead));
  // A single letter may be the number of elements of a vector that lacks its type.
  const isGuess = inner.length === 1 && edits.length === 1;
  const fixes = [{ title: 'Remove the brackets', ...(isGuess ? { isGuess: true as const } : {}), edits }];
  const what = `brackets around a unit: \`${p.textOf(span)}\``;
  p.fail('foreign-notation', span, { what, instead: `\`${inner}\`` }, { fixes });
  for (let step = 0; step < length; step += 1) p.advance();
  return { span, text: inner };
}

function innerText(p: ParserState, distance: number, length: number): string {
  const [first, last] = [p.peek(distance + 1), p.peek(distance + length - 2)];
  return p.textOf({ start: first.start, end: last.end });
}

/** Behind a number a unit of several parts goes into parentheses, so that what is before or behind it does not join it. */
function withoutBrackets(p: ParserState, distance: number): Edit {
  const length = lengthInBrackets(p, distance);
  const [before, opening] = [p.peek(distance - 1), p.peek(distance)];
  const inner = innerText(p, distance, length);
  const isChain = before.kind !== 'name' && /[*/]/.test(inner.replaceAll('**', ''));
  const blank = before.end === opening.start ? ' ' : '';
  const span = { start: opening.start, end: p.peek(distance + length - 1).end };
  return { span, text: blank + (isChain ? `(${inner})` : inner) };
}
