import { type Fix, joinSpans, type Span } from '@nestml/diagnostics';
import type { ExpressionSyntax } from '../syntax/expressions.ts';
import type {
  AssignmentSyntax,
  CallStatementSyntax,
  ForSyntax,
  IfSyntax,
  ReturnSyntax,
  StatementSyntax,
  WhileSyntax,
} from '../syntax/tree.ts';
import { combine } from './comments.ts';
import { parseDeclaration } from './declarations.ts';
import { parseExpression } from './expressions.ts';
import { blockKeywords } from './layout.ts';
import {
  finishElement,
  type HeadDescription,
  isHeadLine,
  parseBody,
  skipLineAndBlock,
  suggestWord,
} from './lines.ts';
import { failMisplaced } from './misplaced.ts';
import { parseCall, parseName, parseVariable } from './operands.ts';
import { deepestBlocks, levelsPerBlock, type ParserState } from './parser-state.ts';
import { endLine, failExpected, nextSpan, spanOf } from './recovery.ts';
import { isTypeFirst, parseUnitAfterNumber, startsType } from './units.ts';

/** Statements that contain others. The current token is the word, or what stands in its place. */
const compoundStatements: ReadonlyMap<string, (p: ParserState) => StatementSyntax> = new Map<
  string,
  (p: ParserState) => StatementSyntax
>([
  ['if', parseIf],
  ['for', parseFor],
  ['while', parseWhile],
]);

/** One statement with its line end, and its blocks. */
export function parseStatement(p: ParserState): StatementSyntax | undefined {
  switch (p.word) {
    case 'if':
    case 'for':
    case 'while':
      return nested(p, compoundStatements.get(p.word)!);
    case 'return':
      return parseReturn(p);
    case 'elif':
    case 'else':
      if (isBranchOfDamaged(p)) p.markDamaged();
      else p.fail('branch-without-if', spanOf(p.token), { word: p.word });
      skipLineAndBlock(p);
      return undefined;
    case 'recordable':
    case 'inline':
      return parseDeclaration(p);
    default:
      return parseSimple(p);
  }
}

/** Lines above an `else` that are searched for its `if`. */
const longestBranch = 50;

/** Whether the head above, in about the column of this `else`, has an error: it was probably meant as its `if`. */
function isBranchOfDamaged(p: ParserState): boolean {
  const { text } = p.source;
  let end = text.lastIndexOf('\n', p.token.start - 1);
  const column = p.token.start - end - 1;
  for (let count = 0; count < longestBranch && end > 0; count += 1) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    const width = line.length - line.trimStart().length;
    if (/:\s*(#.*)?$/.test(line) && Math.abs(width - column) < levelsPerBlock)
      return p.diagnostics
        .slice(-longestBranch)
        .some(({ span }) => span !== undefined && start <= span.start && span.start < end);
    end = start - 1;
  }
  return false;
}

function nested(p: ParserState, parse: (p: ParserState) => StatementSyntax): StatementSyntax | undefined {
  if (p.depth >= deepestBlocks * levelsPerBlock) {
    p.fail('nesting-too-deep', spanOf(p.token), { what: 'Blocks', deepest: deepestBlocks });
    skipLineAndBlock(p);
    return undefined;
  }
  p.depth += levelsPerBlock;
  const statement = parse(p);
  p.depth -= levelsPerBlock;
  return statement;
}

const assignmentOperators: ReadonlyMap<string, AssignmentSyntax['operator']> = new Map([
  ['=', '='],
  ['+=', '+='],
  ['-=', '-='],
  ['*=', '*='],
  ['/=', '/='],
  ['//=', '//='],
]);

const statementWords: readonly string[] = ['if', 'elif', 'else', 'for', 'while', 'return'];

/** An assignment, a call or a declaration. */
function parseSimple(p: ParserState): StatementSyntax | undefined {
  if (isTypeFirst(p)) return parseDeclaration(p);
  if (startsForeignAssignment(p)) failForeignDeclaration(p);
  if (p.kind !== 'name') return parseNamelessLine(p);
  const behindName = p.peekWord(1);
  if (behindName === '(' && !isParenthesisedType(p)) return parseCallStatement(p);
  const distance = variableLength(p);
  if (assignmentOperators.has(p.peekWord(distance))) return parseAssignment(p);
  if (isHeadLine(p)) return parseUnknownHead(p);
  if (isForeignAssignment(p, distance)) return parseForeignAssignment(p);
  if (p.peekWord(distance) === ',' && startsTupleAssignment(p)) return failTuple(p);
  if (p.peekWord(distance) === ',' || startsType(p, distance)) return parseDeclaration(p);
  return failIncomplete(p, distance);
}

/** Words that open a declaration or an assignment in other languages. */
const foreignBeginnings: ReadonlySet<string> = new Set([
  ...['var', 'let', 'const', 'auto', 'set'],
  ...['float', 'double', 'int', 'bool'],
]);

/** `var x = 1`, `set V_m = E_L`, `float x = 1` */
function startsForeignAssignment(p: ParserState): boolean {
  return foreignBeginnings.has(p.word) && p.peek(1).kind === 'name' && assignmentOperators.has(p.peekWord(2));
}

/** Reports the word and consumes it, so that the rest is read as an assignment. */
function failForeignDeclaration(p: ParserState): void {
  const [word, name] = [p.word, p.peekWord(1)];
  const span = spanOf(p.token);
  const edits = [{ span: { start: span.start, end: p.peek(1).start }, text: '' }];
  const instead = `\`${name} = …\`, with the type or unit behind the name if it is declared here`;
  const fixes = [{ title: `Remove \`${word}\``, edits }];
  p.fail('foreign-notation', span, { what: `\`${word}\` before a name`, instead }, { fixes });
  p.advance();
}

/** `x == 1`, `x := 1`, `x <- 1` as a statement. */
function isForeignAssignment(p: ParserState, distance: number): boolean {
  const word = p.peekWord(distance);
  if (word === ':')
    return p.peekWord(distance + 1) === '=' && p.peek(distance + 1).start === p.peek(distance).end;
  return word === '==' || word === '<-';
}

function parseForeignAssignment(p: ParserState): AssignmentSyntax {
  const { start } = p.token;
  const target = parseVariable(p);
  const first = p.token;
  const isSplit = p.is(':');
  const operatorSpan = { start: first.start, end: p.peek(isSplit ? 1 : 0).end };
  const fixes = [{ title: 'Write `=`', edits: [{ span: operatorSpan, text: '=' }] }];
  const what = `\`${p.textOf(operatorSpan)}\` as a statement`;
  p.fail('foreign-notation', operatorSpan, { what, instead: '`=`' }, { fixes });
  p.advance();
  if (isSplit) p.advance();
  return finishAssignment(p, start, { target, operator: '=', operatorSpan });
}

/** `a, b = …`: names and commas up to `=`. */
function startsTupleAssignment(p: ParserState): boolean {
  let distance = 0;
  while (p.peek(distance).kind === 'name' && p.peekWord(distance + 1) === ',') distance += 2;
  return p.peek(distance).kind === 'name' && p.peekWord(distance + 1) === '=';
}

function failTuple(p: ParserState): undefined {
  const { start } = p.token;
  while (!p.is('=')) p.advance();
  const what = 'several variables on the left of `=`';
  p.fail('foreign-notation', p.spanFrom(start), { what, instead: 'one assignment per line' });
  skipLineAndBlock(p);
}

function parseNamelessLine(p: ParserState): undefined {
  if (p.is('spike') && p.peek(1).kind === 'newline') {
    const span = spanOf(p.token);
    const fixes: readonly Fix[] = [
      { title: 'Write `emit_spike()`', isGuess: true, edits: [{ span, text: 'emit_spike()' }] },
    ];
    p.fail(
      'foreign-notation',
      span,
      { what: '`spike` as a statement', instead: '`emit_spike()`' },
      { fixes },
    );
  }
  if (blockKeywords.has(p.word) || p.is('model') || p.kind === 'keyword')
    return failMisplaced(p, 'a list of statements');
  failExpected(p, 'a statement');
  skipLineAndBlock(p);
}

/** The number of tokens of a name with index and primes that begins here. */
function variableLength(p: ParserState): number {
  let distance = 1;
  if (p.peekWord(distance) === '[') {
    const closing = closingDistance(p, distance);
    if (closing === undefined) return distance;
    distance = closing + 1;
  }
  while (p.peekWord(distance) === "'") distance += 1;
  return distance;
}

/** The distance of the bracket that closes the one at `distance`, on the same logical line. */
function closingDistance(p: ParserState, distance: number): number | undefined {
  let level = 0;
  for (let ahead = distance; ; ahead += 1) {
    const word = p.peekWord(ahead);
    if (word === '(' || word === '[' || word === '[[') level += 1;
    else if (word === ')' || word === ']' || word === ']]') level -= 1;
    else if (word === '') return undefined;
    if (level === 0) return ahead;
  }
}

/** `x (nS/ms) = …` declares; `f(a)` calls. */
function isParenthesisedType(p: ParserState): boolean {
  const closing = closingDistance(p, 1);
  return closing !== undefined && ['=', '*', '/', '**', '[[', '@'].includes(p.peekWord(closing + 1));
}

/** Functions that stand alone on a line and need no argument. */
const statementFunctions: ReadonlySet<string> = new Set(['emit_spike', 'integrate_odes']);

/** Statements of Python that NESTML lacks, and what to write. */
const controlWords: ReadonlyMap<string, string> = new Map([
  ['pass', 'nothing: a branch without effect is left out, or its condition is turned round'],
  ['break', 'the condition under which the loop ends behind `while`'],
  ['continue', 'the rest of the loop in an `if`'],
]);

/** A line that is no statement, such as a name alone. */
function failIncomplete(p: ParserState, distance: number): undefined {
  const instead = controlWords.get(p.word);
  if (instead !== undefined && p.peek(1).kind === 'newline') {
    p.fail('foreign-notation', spanOf(p.token), { what: `\`${p.word}\``, instead });
    p.skipLine();
    return;
  }
  const { suggestion, fixes } =
    p.peek(1).kind === 'newline' ? suggestWord(p, ['return']) : { suggestion: undefined, fixes: [] };
  if (p.peekWord(distance) === '') {
    const span = p.peek(distance - 1);
    const call = statementFunctions.has(p.word) ? `${p.word}()` : undefined;
    const place = { start: span.end, end: span.end };
    const calls =
      call === undefined ? fixes : [{ title: `Write \`${call}\``, edits: [{ span: place, text: '()' }] }];
    const parameters = { name: p.word, suggestion: call ?? suggestion };
    p.fail('incomplete-statement', joinSpans(p.token, span), parameters, { fixes: calls });
  } else {
    for (let step = 0; step < distance; step += 1) p.advance();
    failExpected(p, '`=`, `+=` or a type');
  }
  skipLineAndBlock(p);
}

/** `whlie x > 0:` is read as the statement that was probably meant; anything else is skipped, with its branches. */
function parseUnknownHead(p: ParserState): StatementSyntax | undefined {
  const { suggestion, fixes } = suggestWord(p, [...statementWords, ...blockKeywords]);
  p.fail('unknown-statement', spanOf(p.token), { word: p.word, suggestion }, { fixes });
  const parse = suggestion === undefined ? undefined : compoundStatements.get(suggestion);
  if (parse !== undefined) return nested(p, parse);
  skipLineAndBlock(p);
  while (p.is('elif') || p.is('else')) skipLineAndBlock(p);
  return undefined;
}

function parseAssignment(p: ParserState): AssignmentSyntax {
  const { start } = p.token;
  const target = parseVariable(p);
  const operator = assignmentOperators.get(p.word) ?? '=';
  const operatorSpan = spanOf(p.advance());
  return finishAssignment(p, start, { target, operator, operatorSpan });
}

/** The value of an assignment and the end of its line. */
function finishAssignment(
  p: ParserState,
  start: number,
  left: Pick<AssignmentSyntax, 'target' | 'operator' | 'operatorSpan'>,
): AssignmentSyntax {
  const value = parseExpression(p);
  const element = finishElement(p, start);
  endLine(p, 'an operator or the end of the line');
  return { kind: 'assignment', ...element, ...left, value };
}

function parseCallStatement(p: ParserState): CallStatementSyntax {
  const { start } = p.token;
  const call = parseCall(p);
  const element = finishElement(p, start);
  endLine(p);
  return { kind: 'callStatement', ...element, call };
}

function parseReturn(p: ParserState): ReturnSyntax {
  const { start } = p.advance();
  const value = p.atLineEnd() || p.is(';') ? undefined : parseExpression(p);
  const element = finishElement(p, start);
  endLine(p, 'an operator or the end of the line');
  return { kind: 'return', ...element, ...(value === undefined ? {} : { value }) };
}

function head(what: string): HeadDescription {
  return { what, example: '`x = 1`', bodyEnd: endOfUnindented, endsWithValue: true };
}

/**
 * Where the body of an `if` or a loop ends that is not indented: before its `elif` or `else` in the same column, if there is one, else behind
 * the first line.
 */
function endOfUnindented(p: ParserState): number {
  let level = 0;
  let lineEnd: number | undefined;
  for (let distance = 0; ; distance += 1) {
    const { kind } = p.peek(distance);
    const word = p.peekWord(distance);
    if (kind === 'indent') level += 1;
    if (kind === 'dedent') level -= 1;
    if (kind === 'newline') lineEnd ??= p.position + distance + 1;
    const isFirst = level === 0 && p.peekWord(distance - 1) === '';
    if (isFirst && (word === 'elif' || word === 'else')) return p.position + distance;
    if (level < 0 || kind === 'end' || (isFirst && (word === 'if' || word === 'for' || word === 'while')))
      return lineEnd ?? p.position;
  }
}

/** A condition; `=` in it is reported and read as `==`. */
export function parseCondition(p: ParserState): ExpressionSyntax {
  const left = parseExpression(p);
  if (!p.is('=')) return left;
  const operatorSpan = spanOf(p.token);
  const fixes = [{ title: 'Write `==`', edits: [{ span: operatorSpan, text: '==' }] }];
  p.fail('single-equals', operatorSpan, {}, { fixes });
  p.advance();
  const right = parseExpression(p);
  return {
    kind: 'comparison',
    span: joinSpans(left.span, right.span),
    operator: '==',
    operatorSpan,
    left,
    right,
  };
}

type Branch = IfSyntax['branches'][number];

function parseIf(p: ParserState): IfSyntax {
  const { start } = p.token;
  const branches = [parseBranch(p, 'if')];
  let otherwise: IfSyntax['otherwise'];
  while (otherwise === undefined) {
    if (p.is('elif') || isElseIf(p)) branches.push(parseBranch(p, 'elif'));
    else if (p.is('else')) otherwise = parseElse(p);
    else break;
  }
  const span = p.spanFrom(start);
  const comments = combine(p.comments.above(start), undefined);
  return { kind: 'if', span, comments, branches, ...(otherwise === undefined ? {} : { otherwise }) };
}

/** `else if` of other languages, and misspellings such as `elseif`. */
function isElseIf(p: ParserState): boolean {
  if (p.is('else') && p.peekWord(1) === 'if') return true;
  return (p.is('elseif') || p.is('elsif')) && isHeadLine(p);
}

/** `comments.before` of the first branch belongs to the whole statement. */
function parseBranch(p: ParserState, word: 'if' | 'elif'): Branch {
  const { start } = p.token;
  if (isElseIf(p)) failElseIf(p);
  p.advance();
  const condition = parseCondition(p);
  const { lines, headComment } = parseBody(p, head(`\`${word}\``), parseStatement);
  const before = word === 'if' ? [] : p.comments.above(start);
  return { span: p.spanFrom(start), condition, body: lines, comments: combine(before, headComment) };
}

function failElseIf(p: ParserState): void {
  const isSplit = p.is('else');
  const span: Span = isSplit ? { start: p.token.start, end: p.peek(1).end } : spanOf(p.token);
  const what = isSplit ? '`else if`' : `\`${p.word}\``;
  const fixes = [{ title: 'Write `elif`', edits: [{ span, text: 'elif' }] }];
  p.fail('foreign-notation', span, { what, instead: '`elif`' }, { fixes });
  if (isSplit) p.advance();
}

function parseElse(p: ParserState): NonNullable<IfSyntax['otherwise']> {
  const { start } = p.advance();
  const { lines, headComment } = parseBody(p, head('`else`'), parseStatement);
  const comments = combine(p.comments.above(start), headComment);
  return { span: p.spanFrom(start), body: lines, comments };
}

function parseFor(p: ParserState): ForSyntax {
  const { start } = p.advance();
  const variable = parseName(p, 'the name of the loop variable');
  if (!p.accept('in')) failExpected(p, '`in`');
  const from = parseExpression(p);
  if (from.kind === 'call' && from.callee.text === 'range') failRange(p, from.span, from.arguments);
  if (!p.accept('...')) failExpected(p, '`...` and the upper bound');
  const to = parseExpression(p);
  const step = parseStep(p);
  const { lines, headComment } = parseBody(p, head('`for`'), parseStatement);
  const comments = combine(p.comments.above(start), headComment);
  return { kind: 'for', span: p.spanFrom(start), comments, variable, from, to, step, body: lines };
}

/** `step 2` or `step -0.5`; 1 where it is missing. */
function parseStep(p: ParserState): ForSyntax['step'] {
  if (!p.accept('step')) {
    const fixes = [{ title: 'Insert `step 1`', edits: [{ span: p.here, text: ' step 1' }] }];
    p.fail('missing-step', p.here, {}, { fixes });
    return { span: p.here, value: 1 };
  }
  const { start } = p.token;
  const sign = p.accept('-') ? -1 : 1;
  if (p.kind !== 'integer' && p.kind !== 'float') {
    p.fail('expected-constant', nextSpan(p), { owner: '`step`', found: p.word });
    parseExpression(p);
    return { span: p.spanFrom(start), value: sign };
  }
  const value = sign * Number(p.word);
  p.advance();
  failStepUnit(p);
  return { span: p.spanFrom(start), value };
}

/** `range(n)` of Python: reported with the range that means the same. */
function failRange(p: ParserState, span: Span, bounds: readonly ExpressionSyntax[]): void {
  const [first = '0', second, step = '1'] = bounds.map((bound) => p.textOf(bound.span));
  const [from, to] = second === undefined ? ['0', first] : [first, second];
  const text = `${from} ... ${to} step ${step}`;
  const fixes = [{ title: `Write \`${text}\``, edits: [{ span, text }] }];
  p.fail('foreign-notation', span, { what: '`range(…)`', instead: `\`${text}\`` }, { fixes });
}

/** Reports and skips a unit behind the step of a loop. */
function failStepUnit(p: ParserState): void {
  const start = p.lastEnd;
  const unit = parseUnitAfterNumber(p);
  if (unit === undefined) return;
  const span = { start, end: unit.span.end };
  const fixes = [{ title: 'Remove the unit', edits: [{ span, text: '' }] }];
  p.fail('step-with-unit', unit.span, { unit: unit.text }, { fixes });
}

function parseWhile(p: ParserState): WhileSyntax {
  const { start } = p.advance();
  const condition = parseCondition(p);
  const { lines, headComment } = parseBody(p, head('`while`'), parseStatement);
  const comments = combine(p.comments.above(start), headComment);
  return { kind: 'while', span: p.spanFrom(start), comments, condition, body: lines };
}
