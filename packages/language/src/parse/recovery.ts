import type { Fix, Span } from '@nestml/diagnostics';
import type { Token } from '../syntax/tokens.ts';
import { isElement } from './block-columns.ts';
import type { ParserState } from './parser-state.ts';

export function spanOf(token: Token): Span {
  return { start: token.start, end: token.end };
}

/** The place of the next token; at the end of a line the place behind the last one. */
export function nextSpan(p: ParserState): Span {
  return p.atLineEnd() ? p.here : spanOf(p.token);
}

/** The next token, as a message calls it. */
export function describeNext(p: ParserState): string {
  if (p.atLineEnd()) return 'the end of the line';
  return p.kind === 'string' ? 'a string' : `\`${p.word}\``;
}

/** Reports a line that is indented although no block begins; a single one that can stand by itself is moved back. */
export function failIndentation(p: ParserState): void {
  const { text } = p.source;
  const { start } = p.token;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indentation = text.slice(lineStart, start);
  const column = indentationBefore(p);
  const isSingle = p.peek(p.tokensToLineEnd() + 1).kind === 'dedent';
  const edits = [{ span: { start: lineStart, end: start }, text: column ?? '' }];
  const isMovable = isSingle && column !== undefined && isElement(text.slice(start, start + longestLine));
  const fixes = isMovable ? [{ title: 'Indent as the lines before', edits }] : [];
  p.fail('unexpected-indentation', nextSpan(p), { hasTab: indentation.includes('\t') }, { fixes });
}

const longestLine = 200;

/** The indentation of the logical line before the current token. */
function indentationBefore(p: ParserState): string | undefined {
  let distance = -1;
  while (distance > -longestLine && isLayoutAt(p, distance)) distance -= 1;
  while (distance > -longestLine && p.position + distance > 0 && !isLayoutAt(p, distance - 1)) distance -= 1;
  const { start } = p.peek(distance);
  const lineStart = p.source.text.lastIndexOf('\n', start - 1) + 1;
  const indentation = p.source.text.slice(lineStart, start);
  return /^[ \t]*$/.test(indentation) ? indentation : undefined;
}

function isLayoutAt(p: ParserState, distance: number): boolean {
  return p.peekWord(distance) === '';
}

/**
 * Reports `// a comment` of other languages, if there is a `//` on this line up to what cannot be read. `//` divides integers, so that a
 * comment of one word cannot be told from a division.
 */
export function failSlashComment(p: ParserState): boolean {
  let distance = 0;
  while (distance > -longestComment && p.peekWord(distance) !== '//') {
    distance -= 1;
    if (p.peekWord(distance) === '') return false;
  }
  if (p.peekWord(distance) !== '//') return false;
  const span = spanOf(p.peek(distance));
  // It may be a quotient whose next operator is missing.
  const fixes: readonly Fix[] = [{ title: 'Write `#`', isGuess: true, edits: [{ span, text: '#' }] }];
  p.fail('foreign-notation', span, { what: '`//` before a comment', instead: '`#`' }, { fixes });
  return true;
}

/** Tokens behind `//` that are looked back over. */
const longestComment = 50;

/** Reports that something else was expected here. */
export function failExpected(p: ParserState, expected: string): void {
  if (p.is('//') && failSlashComment(p)) return;
  p.fail('unexpected-token', nextSpan(p), { found: describeNext(p), expected });
}

/** Whether the next token could begin a value, so that an operator before it is missing. */
function startsOperand(p: ParserState): boolean {
  switch (p.kind) {
    case 'name':
    case 'integer':
    case 'float':
    case 'string':
      return true;
    case 'keyword':
      return ['inf', 'true', 'True', 'false', 'False', 'not'].includes(p.word);
    default:
      return p.is('(') || p.is('~');
  }
}

/**
 * Reports what stands where an expression or a line should have ended. `expected` names what was expected instead,
 * e.g. "`,` or `)`".
 */
export function failLeftover(p: ParserState, expected: string): void {
  const span = nextSpan(p);
  if (failSlashComment(p)) return;
  if (p.is(')') || p.is(']') || p.is(']]')) p.fail('unopened-bracket', span, { bracket: p.word });
  else if (failDecimalComma(p)) return;
  else if (p.is('if'))
    p.fail('foreign-notation', span, {
      what: '`value if condition else other`',
      instead: '`condition ? value : other`',
    });
  else if (startsOperand(p) && p.lastEnd > 0) failMissingOperator(p);
  else failExpected(p, expected);
}

/** `0,05`: digits on both sides of a comma, without a blank. */
function failDecimalComma(p: ParserState): boolean {
  const [before, after] = [p.peek(-1), p.peek(1)];
  const isInNumber = before.kind === 'integer' && after.kind === 'integer';
  if (!p.is(',') || !isInNumber || before.end !== p.token.start || after.start !== p.token.end) return false;
  const parts = [p.peekWord(-1), p.peekWord(1)];
  const point: Fix = { title: 'Write a point', edits: [{ span: spanOf(p.token), text: '.' }] };
  const none: Fix = { title: 'Leave out the comma', edits: [{ span: spanOf(p.token), text: '' }] };
  const mayBeThousands = /^[1-9]\d{0,2}$/.test(parts[0]!) && parts[1]!.length === 3;
  const fixes = mayBeThousands ? [point, none].map((fix) => ({ ...fix, isGuess: true as const })) : [point];
  const what = `\`${parts.join(',')}\``;
  p.fail(
    'foreign-notation',
    { start: before.start, end: after.end },
    {
      what,
      instead: mayBeThousands ? `\`${parts.join('.')}\` or \`${parts.join('')}\`` : `\`${parts.join('.')}\``,
    },
    { fixes },
  );
  return true;
}

/** `-70 mV "a comment"`, `-70 mV % a comment`: marks by which no comment begins. They may have been meant otherwise. */
function failForeignComment(p: ParserState): boolean {
  const isString = p.kind === 'string';
  if (!isString && p.peekWord(-2) !== '%') return false;
  const span = spanOf(isString ? p.token : p.peek(-2));
  const text = isString ? `# ${p.word.replaceAll('"', '')}` : '#';
  const isLast = !isString || p.peek(1).kind === 'newline';
  const fixes: readonly Fix[] = isLast
    ? [{ title: 'Write `#`', isGuess: true, edits: [{ span, text }] }]
    : [];
  const what = isString ? 'a string behind a value' : '`%` before a comment';
  const instead = isString ? 'a comment, which begins with `#`' : '`#`';
  p.fail('foreign-notation', span, { what, instead }, { fixes });
  return true;
}

/** `AND`, `Or`: a logical operator in other letters. `then` and `do` before the colon of a head. */
function failForeignWord(p: ParserState): boolean {
  const { word } = p;
  const operator = word.toLowerCase();
  const isLogical = operator === 'and' || operator === 'or';
  const isBeforeColon = (word === 'then' || word === 'do') && (p.peekWord(1) === ':' || p.peekWord(1) === '');
  if (p.kind !== 'name' || !(isLogical || isBeforeColon)) return false;
  const span = isLogical
    ? spanOf(p.token)
    : { start: p.lastEnd, end: p.peek(p.peekWord(1) === ':' ? 1 : 0).end };
  const text = isLogical ? operator : ':';
  const fixes = [{ title: `Write \`${text}\``, edits: [{ span, text }] }];
  p.fail('foreign-notation', spanOf(p.token), { what: `\`${word}\``, instead: `\`${text}\`` }, { fixes });
  return true;
}

function failMissingOperator(p: ParserState): void {
  if (failForeignComment(p) || failForeignWord(p)) return;
  const previous = p.peekWord(-1);
  const between = { start: p.lastEnd, end: p.token.start };
  const product: Fix = { title: 'Insert `*`', isGuess: true, edits: [{ span: between, text: ' * ' }] };
  const second = { start: p.lastEnd, end: p.token.end };
  const removal: Fix = {
    title: `Write \`${previous}\` once`,
    isGuess: true,
    edits: [{ span: second, text: '' }],
  };
  const isNumber = isNumberAt(p, 0) && isNumberAt(p, -1);
  if (isNumber && p.peek(-1).end === p.token.start) {
    const whole = { start: p.peek(-1).start, end: p.token.end };
    const what = `the number \`${p.textOf(whole)}\``;
    p.fail('foreign-notation', whole, { what, instead: 'a number with one point' });
    return;
  }
  const isTwice = previous === p.word && p.kind === 'name';
  const fixes = isNumber ? [] : [isTwice ? removal : product];
  p.fail('missing-operator', spanOf(p.token), { before: previous, after: p.word }, { fixes });
}

function isNumberAt(p: ParserState, distance: number): boolean {
  const { kind } = p.peek(distance);
  return kind === 'integer' || kind === 'float';
}

/** `x = 1; y = 2`: every line holds one statement. */
function failSecondStatement(p: ParserState, semicolon: Token): void {
  const { text } = p.source;
  const lineStart = text.lastIndexOf('\n', semicolon.start) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const edits = [{ span: { start: semicolon.start, end: p.token.start }, text: `\n${indentation}` }];
  const isStatement = isElement(text.slice(p.token.start, p.token.start + longestLine));
  const fix: Fix = { title: 'Begin a new line', edits };
  const fixes = p.is(';') ? [] : [isStatement ? fix : { ...fix, isGuess: true as const }];
  const what = '`;` between two statements';
  p.fail('foreign-notation', spanOf(semicolon), { what, instead: 'each on a line of its own' }, { fixes });
}

/** Consumes the bracket that closes `opening`, or reports what is wrong and gives up the line. */
export function closeBracket(
  p: ParserState,
  opening: Token,
  closing: ')' | ']' | ']]',
  expected: string,
): void {
  if (p.accept(closing)) return;
  if (closing === ']]' && p.is(']')) {
    const place = { start: p.token.end, end: p.token.end };
    const fixes = [{ title: 'Insert `]`', edits: [{ span: place, text: ']' }] }];
    p.fail('unclosed-bracket', spanOf(opening), { bracket: '[[', closing: ']]' }, { fixes });
    p.advance();
    return;
  }
  const isAtHeadEnd = p.is(':') && p.peek(1).kind === 'newline';
  if (p.atLineEnd() || isAtHeadEnd || p.is('=')) {
    const bracket = p.textOf(opening);
    const isHead = p.atLineEnd() && p.peek(1).kind === 'indent';
    const text = isHead ? `${closing}:` : closing;
    const edits = [{ span: p.here, text }];
    const fixes: readonly Fix[] = [{ title: `Insert \`${text}\``, isGuess: true, edits }];
    p.fail('unclosed-bracket', spanOf(opening), { bracket, closing }, { fixes });
    return;
  }
  failLeftover(p, expected);
  p.skipLine();
}

/** Ends a logical line: one `;` is accepted, anything else is reported and skipped. */
export function endLine(p: ParserState, expected = 'the end of the line'): void {
  const semicolon = p.accept(';');
  if (!p.atLineEnd()) {
    if (semicolon === undefined) failLeftover(p, expected);
    else failSecondStatement(p, semicolon);
  }
  p.skipLine();
  if (p.kind === 'newline') p.advance();
}
