import { joinSpans, unreachable } from '@nestml/diagnostics';
import type { ExpressionSyntax, TypeSyntax } from '../syntax/expressions.ts';
import type {
  BlockSyntax,
  DeclarationSyntax,
  ElementSyntax,
  FunctionSyntax,
  HandlerOptionSyntax,
} from '../syntax/tree.ts';
import { combine } from './comments.ts';
import { parseDeclaration } from './declarations.ts';
import { parseEquation } from './equations.ts';
import { parseExpression } from './expressions.ts';
import { blockKeywords } from './layout.ts';
import { type HeadDescription, isHeadLine, type LineReader, parseBody, parseLines } from './lines.ts';
import { type LostBlock, parseLostBlock } from './lost-heads.ts';
import { failMisplaced } from './misplaced.ts';
import { parseName, parseNamedVariable } from './operands.ts';
import type { ParserState } from './parser-state.ts';
import { createOutputReader, parsePort, signalOf } from './ports.ts';
import { closeBracket, failExpected, nextSpan, spanOf } from './recovery.ts';
import { parseCondition, parseStatement } from './statements.ts';
import { isTypeWord, parseType, startsType } from './units.ts';

/**
 * A block of a model. `keyword` is the word that the line stands for; it differs from the text where the user misspelt it.
 * The current token is that word.
 */
export function parseBlock(p: ParserState, keyword: string): BlockSyntax | undefined {
  switch (keyword) {
    case 'state':
    case 'parameters':
    case 'internals': {
      const { lines, ...rest } = parseWordBlock(p, head(keyword, '`tau ms = 10 ms`'), parseVariableLine);
      return { kind: keyword, ...rest, declarations: lines };
    }
    case 'equations': {
      const { lines, ...rest } = parseWordBlock(p, head(keyword, "`V_m' = -V_m / tau`"), parseEquation);
      return { kind: keyword, ...rest, entries: lines };
    }
    case 'input': {
      const { lines, ...rest } = parseWordBlock(p, head(keyword, '`spikes <- spike`'), parsePort);
      return { kind: keyword, ...rest, ports: lines };
    }
    case 'output': {
      const { lines, ...rest } = parseWordBlock(p, head(keyword, '`spike`'), createOutputReader());
      return { kind: keyword, ...rest, ...signalOf(lines) };
    }
    case 'update': {
      const { lines, ...rest } = parseWordBlock(p, head(keyword, '`integrate_odes()`'), parseStatement);
      return { kind: keyword, ...rest, body: lines };
    }
    case 'function':
      return parseFunction(p);
    case 'onReceive':
      return parseOnReceive(p);
    case 'onCondition':
      return parseOnCondition(p);
    default:
      return undefined;
  }
}

/** The lines from here to the end of the open block, as a block of their own whose head is missing. */
export function parseBlockWithoutHead(p: ParserState, keyword: LostBlock): BlockSyntax {
  const { start } = p.token;
  const lines = <T>(readLine: LineReader<T>): readonly T[] => parseLines(p, readLine, () => false);
  const element = () => ({
    keyword: { start, end: start },
    span: p.spanFrom(start),
    comments: { before: [] },
  });
  switch (keyword) {
    case 'parameters': {
      const declarations = lines(parseVariableLine);
      return { kind: keyword, ...element(), declarations };
    }
    case 'equations': {
      const entries = lines(parseEquation);
      return { kind: keyword, ...element(), entries };
    }
    case 'input': {
      const ports = lines(parsePort);
      return { kind: keyword, ...element(), ports };
    }
    case 'output': {
      const signal = signalOf(lines(createOutputReader()));
      return { kind: keyword, ...element(), ...signal };
    }
    case 'update': {
      const body = lines(parseStatement);
      return { kind: keyword, ...element(), body };
    }
    default:
      return unreachable(keyword);
  }
}

/** A block where none can stand: reported, and kept for the model. */
export function parseStrayBlock(p: ParserState, place: string): undefined {
  p.fail('misplaced-block', spanOf(p.token), { word: p.word, place, hasTab: false });
  const block = parseBlock(p, p.word);
  if (block !== undefined) p.strayBlocks.push(block);
}

/** Whether a line begins a block of a model or the next model. */
export function beginsBlock(p: ParserState): boolean {
  return blockKeywords.has(p.word) || p.is('model') || (p.kind === 'name' && isHeadLine(p));
}

function head(keyword: string, example: string): HeadDescription {
  return { what: `\`${keyword}\``, example, beginsNext: beginsBlock };
}

type WordBlock<T> = ElementSyntax & {
  readonly keyword: { start: number; end: number };
  readonly lines: readonly T[];
};

/** A block whose head is one word. */
function parseWordBlock<T>(
  p: ParserState,
  description: HeadDescription,
  readLine: LineReader<T>,
): WordBlock<T> {
  const keyword = spanOf(p.advance());
  const { lines, headComment } = parseBody(p, description, readLine);
  const comments = combine(p.comments.above(keyword.start), headComment);
  return { keyword, span: p.spanFrom(keyword.start), comments, lines };
}

/** A declaration in a block of variables; statements and equations do not belong there. */
function parseVariableLine(p: ParserState): DeclarationSyntax | undefined {
  const mayBeLost = p.is('kernel') || p.is('inline') || p.is('recordable') || isStatementLine(p);
  if (mayBeLost && parseLostBlock(p, ['equations', 'input'])) return undefined;
  const isDeclaration = p.kind === 'name' || p.is('recordable') || p.is('inline');
  if (isDeclaration && !isStatementLine(p)) return parseDeclaration(p);
  if (
    p.kind === 'keyword' &&
    !p.is('kernel') &&
    p.peekWord(1) !== ':' &&
    (!blockKeywords.has(p.word) || isDeclarationOfKeyword(p)) &&
    !isHeadLine(p)
  ) {
    return parseDeclaration(p);
  }
  return failMisplaced(p, 'a block of variables');
}

/** `input ms = 1 ms`: the word of a block in place of a name. */
function isDeclarationOfKeyword(p: ParserState): boolean {
  if (p.is('function') || p.peekWord(1) === '(' || !startsType(p, 1)) return false;
  const length = p.tokensToLineEnd();
  for (let distance = 2; distance < length; distance += 1) if (p.peekWord(distance) === '=') return true;
  return false;
}

const statementOperators: ReadonlySet<string> = new Set(['+=', '-=', '*=', '/=', '//=', '<-']);

/** `x += 1`, `x' = …`, `f(x)` or a port, which do not declare. */
function isStatementLine(p: ParserState): boolean {
  const second = p.peekWord(1);
  if (statementOperators.has(second) || isHeadLine(p)) return true;
  let distance = 1;
  while (p.peekWord(distance) === "'") distance += 1;
  return distance > 1 && p.peekWord(distance) === '=';
}

function parseFunction(p: ParserState): FunctionSyntax {
  const keyword = spanOf(p.advance());
  const name = parseName(p, 'the name of the function');
  const parameters = parseParameters(p);
  if (p.is('-') && p.peekWord(1) === '>') failResultArrow(p);
  const returnType = p.is(':') || p.atLineEnd() ? undefined : parseType(p, name.text);
  const { lines, headComment } = parseBody(p, head('function', '`return x`'), parseStatement);
  const comments = combine(p.comments.above(keyword.start), headComment);
  const span = p.spanFrom(keyword.start);
  const typed = returnType === undefined ? {} : { returnType };
  return { kind: 'function', span, comments, keyword, name, parameters, ...typed, body: lines };
}

function parseParameters(p: ParserState): FunctionSyntax['parameters'] {
  const parameters: FunctionSyntax['parameters'][number][] = [];
  const opening = p.accept('(');
  if (opening === undefined) {
    failExpected(p, '`(` and the parameters of the function');
    return parameters;
  }
  if (!p.is(')')) {
    do {
      parameters.push(parseParameter(p));
    } while (p.accept(','));
  }
  closeBracket(p, opening, ')', '`,` or `)`');
  return parameters;
}

/** `x real`; also, with a message, `real x` and `x: real`. */
function parseParameter(p: ParserState): FunctionSyntax['parameters'][number] {
  if (
    startsType(p) &&
    p.peek(1).kind === 'name' &&
    [',', ')'].includes(p.peekWord(2)) &&
    isTypeWord(p.word)
  ) {
    const span = { start: p.token.start, end: p.peek(1).end };
    const [word, owner] = [p.word, p.peekWord(1)];
    const text = `${owner} ${word}`;
    const fixes = [{ title: `Write \`${text}\``, edits: [{ span, text }] }];
    p.fail('type-before-name', span, { name: owner, type: word }, { fixes });
    const type = parseType(p, owner);
    return { span, name: parseName(p, 'the name of a parameter'), type };
  }
  const name = parseName(p, 'the name of a parameter');
  if (p.is(':') && startsType(p, 1)) {
    const span = spanOf(p.token);
    const fixes = [{ title: 'Remove `:`', edits: [{ span, text: '' }] }];
    p.fail('foreign-notation', span, { what: '`:` before a type', instead: 'a blank' }, { fixes });
    p.advance();
  }
  const type: TypeSyntax = parseType(p, name.text);
  return { span: joinSpans(name.span, type.span), name, type };
}

/** `function f(x real) -> real:` */
function failResultArrow(p: ParserState): void {
  const span = { start: p.token.start, end: p.peek(1).end };
  const edits = [{ span: { start: span.start, end: p.peek(2).start }, text: '' }];
  const fixes = [{ title: 'Remove `->`', edits }];
  p.fail(
    'foreign-notation',
    span,
    { what: '`->` before the type of a result', instead: 'the type alone' },
    { fixes },
  );
  p.advance();
  p.advance();
}

/** `onReceive spikes:`: reports the parentheses that are missing around the rest of the head. */
function failParentheses(p: ParserState, expected: string): void {
  const { start } = p.token;
  const last = p.tokensToLineEnd() - 1;
  if (p.peekWord(last) !== ':' || last === 0) {
    failExpected(p, expected);
    return;
  }
  const [{ end: before }, { end }] = [p.peek(-1), p.peek(last - 1)];
  const edits = [
    { span: { start: before, end: start }, text: '(' },
    { span: { start: end, end }, text: ')' },
  ];
  const fixes = [{ title: 'Write parentheses', edits }];
  p.fail('unexpected-token', spanOf(p.token), { found: `\`${p.word}\``, expected }, { fixes });
}

function parseOnReceive(p: ParserState): BlockSyntax {
  const keyword = spanOf(p.advance());
  const opening = p.accept('(');
  if (opening === undefined) failParentheses(p, '`(` and the name of a spike port');
  const port = parseNamedVariable(p, 'the name of a spike port');
  const options = parseOptions(p);
  if (opening !== undefined) closeBracket(p, opening, ')', '`,` or `)`');
  const { lines, headComment } = parseBody(p, head('onReceive', '`x += 1`'), parseStatement);
  const comments = combine(p.comments.above(keyword.start), headComment);
  return {
    kind: 'onReceive',
    span: p.spanFrom(keyword.start),
    comments,
    keyword,
    port,
    options,
    body: lines,
  };
}

function parseOnCondition(p: ParserState): BlockSyntax {
  const keyword = spanOf(p.advance());
  const opening = p.accept('(');
  if (opening === undefined) failParentheses(p, '`(` and a condition');
  const condition = parseCondition(p);
  const options = parseOptions(p);
  if (opening !== undefined) closeBracket(p, opening, ')', 'an operator or `)`');
  const { lines, headComment } = parseBody(p, head('onCondition', '`emit_spike()`'), parseStatement);
  const comments = combine(p.comments.above(keyword.start), headComment);
  return {
    kind: 'onCondition',
    span: p.spanFrom(keyword.start),
    comments,
    keyword,
    condition,
    options,
    body: lines,
  };
}

/** `, priority=1`, any number of them. */
function parseOptions(p: ParserState): HandlerOptionSyntax[] {
  const options: HandlerOptionSyntax[] = [];
  while (p.accept(',')) {
    const name = parseName(p, 'the name of an option, such as `priority`');
    if (!p.accept('=')) failExpected(p, '`=` and the value of the option');
    const from = p.position;
    const value = parseExpression(p);
    if (!isConstant(value)) {
      const found = p.textOf(value.span);
      p.fail('expected-constant', value.span.start < value.span.end ? value.span : nextSpan(p), {
        owner: `\`${name.text}\``,
        found,
      });
    }
    options.push({ span: p.spanFrom(name.span.start), name, value });
    if (p.position === from) break;
  }
  return options;
}

function isConstant(value: ExpressionSyntax): boolean {
  switch (value.kind) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'infinity':
    case 'missing':
      return true;
    case 'unary':
      return value.operand.kind === 'number';
    default:
      return false;
  }
}
