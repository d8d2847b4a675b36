import { isUnitName } from '@nestml/units';
import type { TypeSyntax, UnitSyntax } from '../syntax/expressions.ts';
import { deepestNesting, type ParserState } from './parser-state.ts';
import { closeBracket, describeNext, nextSpan, spanOf } from './recovery.ts';
import { isUnitInBrackets, parseUnitInBrackets } from './unit-brackets.ts';

type PrimitiveName = (TypeSyntax & { readonly kind: 'primitive' })['name'];

const primitives: ReadonlyMap<string, PrimitiveName> = new Map([
  ['integer', 'integer'],
  ['real', 'real'],
  ['string', 'string'],
  ['boolean', 'boolean'],
  ['void', 'void'],
]);

/** Whether a type can begin at the token `distance` places ahead. */
export function startsType(p: ParserState, distance = 0): boolean {
  const { kind } = p.peek(distance);
  const word = p.peekWord(distance);
  return kind === 'name' || kind === 'integer' || word === '(' || primitives.has(word);
}

/** Whether a word is a type, or a unit that is rarely a name. */
export function isTypeWord(word: string): boolean {
  return primitives.has(word) || (word.length > 1 && isUnitName(word));
}

/** Whether a declaration begins here with the type before the name: `mV x = …`, `real x`. */
export function isTypeFirst(p: ParserState): boolean {
  const isType = isTypeWord(p.word) && (primitives.has(p.word) || p.kind === 'name');
  if (!isType || p.peek(1).kind !== 'name' || isUnitName(p.peekWord(1))) return false;
  return ['=', '', '[['].includes(p.peekWord(2));
}

/** A type; `owner` is what it belongs to, for the message if there is none. */
export function parseType(p: ParserState, owner: string): TypeSyntax {
  const primitive = primitives.get(p.word);
  if (primitive !== undefined) return { kind: 'primitive', span: spanOf(p.advance()), name: primitive };
  if (isUnitInBrackets(p, 0)) {
    const unit = parseUnitInBrackets(p);
    return { kind: 'unit', span: unit.span, unit };
  }
  if (!startsType(p)) {
    const span = p.here;
    p.fail('missing-type', span, { owner, found: describeNext(p) });
    return { kind: 'missing', span };
  }
  const from = p.position;
  readUnitChain(p);
  const unit = unitSince(p, from);
  return { kind: 'unit', span: unit.span, unit };
}

/** `factor * factor / factor …` */
function readUnitChain(p: ParserState): void {
  readUnitFactor(p);
  while (p.accept('*') || p.accept('/')) readUnitFactor(p);
}

/** A name, `1` before a `/`, or a chain in parentheses; each with powers. */
function readUnitFactor(p: ParserState): void {
  const { token } = p;
  if (token.kind === 'name' || (token.kind === 'integer' && p.peekWord(1) === '/')) p.advance();
  else if (p.is('(') && p.depth < deepestNesting) {
    p.advance();
    p.depth += 1;
    readUnitChain(p);
    p.depth -= 1;
    closeBracket(p, token, ')', '`)` behind the unit');
  } else {
    p.fail('unexpected-token', nextSpan(p), { found: describeNext(p), expected: 'the name of a unit' });
    return;
  }
  if (p.is('^')) failCaret(p);
  while (readUnitPower(p));
}

/** `cm^2`: reported, and read as the power. */
function failCaret(p: ParserState): void {
  const span = spanOf(p.token);
  if (p.peek(1).kind !== 'integer' && p.peekWord(1) !== '-') return;
  const fixes = [{ title: 'Write `**`', edits: [{ span, text: '**' }] }];
  p.fail('foreign-notation', span, { what: '`^` for a power', instead: '`**`' }, { fixes });
  while (p.is('^') || p.is('-')) p.advance();
  if (p.kind === 'integer') p.advance();
}

/** `**2`, `**-1`, `**0.5`, `**(3/2)`, `**-(1/2)`; nothing is read if something else follows the `**`. */
function readUnitPower(p: ParserState): boolean {
  if (!p.is('**')) return false;
  const hasSign = p.peekWord(1) === '-' || p.peekWord(1) === '+';
  const first = hasSign ? 2 : 1;
  const { kind } = p.peek(first);
  let count = 0;
  if (kind === 'integer' || kind === 'float') count = first + 1;
  else if (isFraction(p, first)) count = first + 5;
  for (let step = 0; step < count; step += 1) p.advance();
  return count > 0;
}

function isFraction(p: ParserState, first: number): boolean {
  return (
    p.peekWord(first) === '(' &&
    p.peek(first + 1).kind === 'integer' &&
    p.peekWord(first + 2) === '/' &&
    p.peek(first + 3).kind === 'integer' &&
    p.peekWord(first + 4) === ')'
  );
}

/**
 * The unit directly behind a number: a name with powers, `1/` and one such factor, or a unit in parentheses. A longer
 * chain is left to the checker, which knows the variables. A name directly before `(` is a function.
 */
export function parseUnitAfterNumber(p: ParserState): UnitSyntax | undefined {
  const from = p.position;
  if (p.kind === 'name') {
    if (p.peekWord(1) === '(' && p.peek(1).start === p.token.end) return undefined;
    readUnitFactor(p);
  } else if (p.is('(')) {
    if (!isUnitInParentheses(p, 0)) return undefined;
    readUnitFactor(p);
  } else if (p.is('1') && p.peekWord(1) === '/') {
    if (p.peek(2).kind !== 'name' && !isUnitInParentheses(p, 2)) return undefined;
    p.advance();
    p.advance();
    readUnitFactor(p);
  } else return undefined;
  return unitSince(p, from);
}

/** Whether the parentheses that open `distance` tokens ahead hold nothing but names, numbers of powers, `*`, `/`, `**`. */
function isUnitInParentheses(p: ParserState, distance: number): boolean {
  if (p.peekWord(distance) !== '(') return false;
  let level = 0;
  let hasName = false;
  for (let ahead = distance; ; ahead += 1) {
    const word = p.peekWord(ahead);
    const { kind } = p.peek(ahead);
    if (word === '(') level += 1;
    else if (word === ')') level -= 1;
    else if (kind === 'name') hasName = true;
    else if (!isUnitPart(p, ahead)) return false;
    if (level === 0) return hasName;
  }
}

function isUnitPart(p: ParserState, ahead: number): boolean {
  const word = p.peekWord(ahead);
  const previous = p.peekWord(ahead - 1);
  if (word === '*' || word === '/' || word === '**') return true;
  if (word === '-' || word === '+') return previous === '**';
  const isNumber = p.peek(ahead).kind === 'integer' || p.peek(ahead).kind === 'float';
  return isNumber && (p.peekWord(ahead + 1) === '/' || ['**', '-', '+', '/'].includes(previous));
}

/** The unit from token `from` to the current one; line breaks, comments and stray characters are left out of its text. */
function unitSince(p: ParserState, from: number): UnitSyntax {
  const words: string[] = [];
  for (let distance = from - p.position; distance < 0; distance += 1) words.push(p.peekWord(distance));
  const span = p.spanFrom(p.peek(from - p.position).start);
  const slice = p.textOf(span);
  return { span, text: /^[\w$ ()*/+\-.]*$/.test(slice) ? slice : words.join('') };
}
