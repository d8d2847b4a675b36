import type { ExpressionSyntax, NameSyntax, NumberSyntax, VariableSyntax } from '../syntax/expressions.ts';
import { keywords } from '../syntax/tokens.ts';
import { parseExpression } from './expressions.ts';
import type { ParserState } from './parser-state.ts';
import { closeBracket, describeNext, failExpected, nextSpan, spanOf } from './recovery.ts';
import { isUnitInBrackets, parseUnitInBrackets } from './unit-brackets.ts';
import { parseUnitAfterNumber } from './units.ts';

/** A missing expression behind the last token; says nothing. */
export function missingExpression(p: ParserState): ExpressionSyntax {
  return { kind: 'missing', span: p.here };
}

/** A literal, a name with what belongs to it, or an expression in parentheses. */
export function parsePrimary(p: ParserState): ExpressionSyntax {
  p.height = 1;
  switch (p.kind) {
    case 'integer':
    case 'float':
      return parseNumber(p);
    case 'string':
      return parseString(p);
    case 'name':
      return p.peekWord(1) === '(' ? parseCall(p) : parseVariable(p);
    case 'keyword':
      return parseKeyword(p);
    default:
      return p.is('(') ? parseParenthesised(p) : failMissing(p);
  }
}

function parseNumber(p: ParserState): NumberSyntax {
  const isInteger = p.kind === 'integer';
  const text = p.word;
  const { start } = p.advance();
  failMalformedNumber(p, start);
  const unit = isUnitInBrackets(p, 0) ? parseUnitInBrackets(p) : parseUnitAfterNumber(p);
  const number = { kind: 'number', span: p.spanFrom(start), text, value: Number(text), isInteger } as const;
  return unit === undefined ? number : { ...number, unit };
}

/** `1_000`, `250e`: a name right behind the digits from `start` that was meant as part of the number. */
function failMalformedNumber(p: ParserState, start: number): void {
  const { word, token } = p;
  if (p.kind !== 'name' || token.start !== p.lastEnd) return;
  const span = { start, end: token.end };
  const text = p.textOf(span);
  if (/^(_\d+)+$/.test(word)) {
    const instead = text.replaceAll('_', '');
    const fixes = [{ title: `Write \`${instead}\``, edits: [{ span, text: instead }] }];
    p.fail(
      'foreign-notation',
      span,
      { what: `the number \`${text}\``, instead: `\`${instead}\`` },
      { fixes },
    );
  } else if (word === 'e' || word === 'E')
    p.fail('foreign-notation', span, {
      what: `the number \`${text}\``,
      instead: 'digits behind the `e`, as in `1e3`',
    });
}

function parseString(p: ParserState): ExpressionSyntax {
  const text = p.word;
  const isClosed = text.length > 1 && text.endsWith('"');
  return { kind: 'string', span: spanOf(p.advance()), value: text.slice(1, isClosed ? -1 : undefined) };
}

/** Keywords that stand between expressions, so that an expression before them is missing. */
const joiningKeywords: ReadonlySet<string> = new Set(['and', 'or', 'in', 'if', 'elif', 'else']);

function parseKeyword(p: ParserState): ExpressionSyntax {
  const { word } = p;
  if (word === 'inf') return { kind: 'infinity', span: spanOf(p.advance()) };
  if (word === 'true' || word === 'True') return { kind: 'boolean', span: spanOf(p.advance()), value: true };
  if (word === 'false' || word === 'False')
    return { kind: 'boolean', span: spanOf(p.advance()), value: false };
  if (joiningKeywords.has(word)) return failMissing(p);
  p.noteKeyword(false);
  p.advance();
  return missingExpression(p);
}

/** `[0, 0, 0]`: the elements of a vector begin with one value. */
function failList(p: ParserState): void {
  const instead = 'one value, which every element begins with';
  p.fail('foreign-notation', nextSpan(p), { what: 'lists of values', instead });
  p.skipLine();
}

function failMissing(p: ParserState): ExpressionSyntax {
  if (p.is('[')) {
    failList(p);
    return missingExpression(p);
  }
  if (p.is("'")) p.fail('foreign-notation', nextSpan(p), { what: "`'` around a text", instead: '`"`' });
  else p.fail('missing-expression', nextSpan(p), { before: p.peekWord(-1), found: describeNext(p) });
  return missingExpression(p);
}

function parseParenthesised(p: ParserState): ExpressionSyntax {
  const opening = p.advance();
  const inner = parseExpression(p);
  closeBracket(p, opening, ')', 'an operator or `)`');
  p.height += 1;
  return { kind: 'parenthesised', span: p.spanFrom(opening.start), inner };
}

/** `f(a, b)`; the current token is the name, the next `(`. */
export function parseCall(p: ParserState): ExpressionSyntax & { readonly kind: 'call' } {
  const callee = nameHere(p);
  const opening = p.advance();
  const values: ExpressionSyntax[] = [];
  let height = 0;
  if (!p.is(')')) {
    do {
      values.push(parseExpression(p));
      height = Math.max(height, p.height);
    } while (p.accept(','));
  }
  closeBracket(p, opening, ')', 'an operator, `,` or `)`');
  p.height = height + 1;
  return { kind: 'call', span: p.spanFrom(callee.span.start), callee, arguments: values };
}

/** A name with optional index and primes. The current token is the name. */
export function parseVariable(p: ParserState): VariableSyntax {
  const name = nameHere(p);
  const index = parseIndex(p);
  let order = 0;
  while (p.accept("'")) order += 1;
  const variable = { kind: 'variable', span: p.spanFrom(name.span.start), name, order } as const;
  if (index === undefined) {
    p.height = 1;
    return variable;
  }
  p.height += 1;
  return { ...variable, index };
}

/** `[expression]`, if it begins here. */
export function parseIndex(p: ParserState): ExpressionSyntax | undefined {
  const opening = p.accept('[');
  if (opening === undefined) return undefined;
  const index = parseExpression(p);
  closeBracket(p, opening, ']', 'an operator or `]`');
  return index;
}

function nameHere(p: ParserState): NameSyntax {
  const text = p.word;
  return { text, span: spanOf(p.advance()) };
}

/** A name that is being given or mentioned; reports a keyword in its place (and reads it as the name). */
export function parseName(p: ParserState, expected: string): NameSyntax {
  if (p.kind === 'name') return nameHere(p);
  if (keywords.has(p.word)) {
    p.noteKeyword(true);
    return nameHere(p);
  }
  failExpected(p, expected);
  return { text: '', span: p.here };
}

/** As `parseName`, with index and primes. */
export function parseNamedVariable(p: ParserState, expected: string): VariableSyntax {
  if (p.kind === 'name') return parseVariable(p);
  const name = parseName(p, expected);
  return { kind: 'variable', span: name.span, name, order: 0 };
}
