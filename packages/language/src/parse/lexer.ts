import type { SourceFile, Span } from '@nestml/diagnostics';
import { keywords, type Token } from '../syntax/tokens.ts';
import {
  indentationWidth,
  isBlank,
  isDigit,
  isLineEnd,
  isNamePart,
  isNameStart,
  skipBlanks,
  skipLineEnd,
  skipNameParts,
  skipToLineEnd,
  skipWhile,
} from './characters.ts';
import { noteForeignName, reportForeignNames } from './foreign-names.ts';
import { applyIndentation, blockKeywords, checkMixture, lineContinues } from './layout.ts';
import {
  createLexerState,
  emptyLine,
  type LexerState,
  nextLineEnd,
  pushToken,
  type SyntaxReport,
} from './lexer-state.ts';
import { adviceFor } from './lookalikes.ts';

/**
 * Splits a text into tokens. Lossless: the texts of the tokens, joined, are the text. Findings are not given here;
 * `parse` gives them.
 */
export function tokenize(source: SourceFile): Token[] {
  return tokenizeWithReport(source, () => {}, false);
}

/** As `tokenize`, with findings. `isExpression`: the text is one expression, in which `<-` is no arrow. */
export function tokenizeWithReport(source: SourceFile, report: SyntaxReport, isExpression: boolean): Token[] {
  const state = createLexerState(source.text, report, isExpression);
  while (state.offset < state.text.length) {
    readLineStart(state);
    if (state.offset < state.text.length) readLogicalLine(state);
  }
  for (let level = state.indents.length; level > 1; level -= 1) pushToken(state, 'dedent', state.offset);
  pushToken(state, 'end', state.offset);
  reportForeignNames(state);
  return state.tokens;
}

/** Reads empty and comment-only lines, then the indentation of the next line with content. */
function readLineStart(state: LexerState): void {
  const { text } = state;
  for (;;) {
    const start = state.offset;
    readIndentation(state);
    if (state.offset >= text.length) return;
    const code = text.charCodeAt(state.offset);
    if (isLineEnd(code)) pushToken(state, 'blank-line-end', skipLineEnd(text, state.offset));
    else if (text[state.offset] === '#') pushToken(state, 'comment', nextLineEnd(state, state.offset));
    else if (readOldComment(state)) continue;
    else if (!readContinuation(state)) {
      const whitespace = text.slice(start, state.offset).replaceAll('\u00a0', ' ');
      const width = indentationWidth(whitespace);
      checkMixture(state, whitespace, width);
      applyIndentation(state, width);
      state.line = emptyLine(width);
      state.brackets = [];
      return;
    }
  }
}

/** Leading white space; a non-breaking blank is an invalid character, but keeps its column. */
function readIndentation(state: LexerState): void {
  for (;;) {
    const end = skipBlanks(state.text, state.offset);
    if (end > state.offset) pushToken(state, 'whitespace', end);
    if (state.text[state.offset] !== '\u00a0') return;
    readInvalid(state);
  }
}

function readLogicalLine(state: LexerState): void {
  const { text } = state;
  while (state.offset < text.length) {
    if (!isLineEnd(text.charCodeAt(state.offset))) {
      readToken(state);
      continue;
    }
    const end = skipLineEnd(text, state.offset);
    if (!lineContinues(state)) {
      pushToken(state, 'newline', end);
      return;
    }
    pushToken(state, 'blank-line-end', end);
  }
  pushToken(state, 'newline', state.offset);
}

function readToken(state: LexerState): void {
  const { text, offset } = state;
  const code = text.charCodeAt(offset);
  if (isBlank(code)) pushToken(state, 'whitespace', skipBlanks(text, offset));
  else if (text[offset] === '#') pushToken(state, 'comment', nextLineEnd(state, offset));
  else if (isNameStart(code)) readWord(state);
  else if (startsNumber(text, offset)) readNumber(state);
  else if (readOldComment(state) || readContinuation(state)) return;
  else if (text[offset] === '"') readString(state);
  else readOperator(state);
}

function readWord(state: LexerState): void {
  const start = state.offset;
  const end = skipNameParts(state.text, start);
  const word = state.text.slice(start, end);
  if (readLibraryName(state, word, end)) return;
  const isKeyword = keywords.has(word);
  pushToken(state, isKeyword ? 'keyword' : 'name', end);
  // `input <- spike` is meant as a port, although the name is not allowed.
  const mayNamePort = state.line.firstWord === '' && (blockKeywords.has(word) || signalWords.has(word));
  if (isKeyword && !typeKeywords.has(word) && !mayNamePort) state.line.mayBePort = false;
  noteWord(state, word);
}

const signalWords: ReadonlySet<string> = new Set(['spike', 'continuous', 'inhibitory', 'excitatory']);

const typeKeywords: ReadonlySet<string> = new Set(['integer', 'real', 'boolean', 'string', 'void']);

/** Names by which Python reaches its mathematical functions, as in `np.exp(x)`. */
const libraryNames: ReadonlySet<string> = new Set(['np', 'numpy', 'math', 'torch', 'jnp', 'std']);

/** `np.` before a name: reported, and left out. */
function readLibraryName(state: LexerState, word: string, end: number): boolean {
  const { text, offset } = state;
  if (text[end] !== '.') return false;
  const isPrefix = libraryNames.has(word) && isNameStart(text.charCodeAt(end + 1));
  if (readRandomName(state)) return true;
  if (!isPrefix) return false;
  const name = text.slice(end + 1, skipNameParts(text, end + 1));
  const span = { start: offset, end: end + 1 };
  const fixes = [{ title: `Remove \`${word}.\``, edits: [{ span, text: '' }] }];
  state.report('foreign-notation', span, { what: `\`${word}.${name}\``, instead: `\`${name}\`` }, { fixes });
  pushToken(state, 'invalid', end + 1);
  return true;
}

const randomForm = /^(?:(?:np|numpy)\.)?random\.(normal|uniform|poisson)\b/;

/** `np.random.normal(…)`: reported, with the prefix left out. */
function readRandomName(state: LexerState): boolean {
  const { text, offset } = state;
  if (text[offset] !== 'r' && text[offset] !== 'n') return false;
  const found = randomNameAt(text, offset);
  if (found === undefined) return false;
  const { whole, name } = found;
  const span = { start: offset, end: offset + whole.length - name.length };
  const instead = `random_${name}`;
  const fixes = [{ title: `Write \`${instead}\``, edits: [{ span, text: 'random_' }] }];
  state.report('foreign-notation', span, { what: `\`${whole}\``, instead: `\`${instead}\`` }, { fixes });
  pushToken(state, 'invalid', span.end);
  return true;
}

/** Characters of the longest such name. */
const longestRandomName = 30;

function randomNameAt(
  text: string,
  offset: number,
): { readonly whole: string; readonly name: string } | undefined {
  const found = randomForm.exec(text.slice(offset, offset + longestRandomName));
  return found === null ? undefined : { whole: found[0], name: found[1]! };
}

function noteWord(state: LexerState, word: string): void {
  if (state.line.firstWord === '') state.line.firstWord = word;
  state.line.lastWord = word;
}

function startsNumber(text: string, offset: number): boolean {
  if (isDigit(text.charCodeAt(offset))) return true;
  return text[offset] === '.' && isDigit(text.charCodeAt(offset + 1));
}

/** Digits, a point with digits on at least one side, an exponent. `0...5` is `0`, `...`, `5`. */
function readNumber(state: LexerState): void {
  const { text } = state;
  let end = skipWhile(text, state.offset, isDigit);
  const hasPoint = text[end] === '.' && !text.startsWith('...', end);
  if (hasPoint) end = skipWhile(text, end + 1, isDigit);
  const exponent = exponentEnd(text, end);
  const isInteger = !hasPoint && exponent === end;
  noteWord(state, '0');
  pushToken(state, isInteger ? 'integer' : 'float', exponent);
}

function exponentEnd(text: string, offset: number): number {
  if (text[offset] !== 'e' && text[offset] !== 'E') return offset;
  const hasSign = text[offset + 1] === '+' || text[offset + 1] === '-';
  const digits = offset + (hasSign ? 2 : 1);
  return isDigit(text.charCodeAt(digits)) ? skipWhile(text, digits, isDigit) : offset;
}

/** A string ends on its line; without closing quote it takes the rest of the line. */
function readString(state: LexerState): void {
  const { text, offset } = state;
  let end = offset + 1;
  while (end < text.length && text[end] !== '"' && !isLineEnd(text.charCodeAt(end))) {
    const isEscape = text[end] === '\\' && end + 1 < text.length && !isLineEnd(text.charCodeAt(end + 1));
    end += isEscape ? 2 : 1;
  }
  noteWord(state, '"');
  if (text[end] === '"') {
    pushToken(state, 'string', end + 1);
    return;
  }
  state.brackets = [];
  const fixes = [{ title: 'Insert the closing quote', edits: [{ span: { start: end, end }, text: '"' }] }];
  state.report('unterminated-string', { start: offset, end }, {}, { fixes });
  pushToken(state, 'string', end);
}

/** Backslash and line end, with blanks between them tolerated. */
function readContinuation(state: LexerState): boolean {
  const { text, offset } = state;
  if (text[offset] !== '\\') return false;
  const end = skipBlanks(text, offset + 1);
  if (end >= text.length || !isLineEnd(text.charCodeAt(end))) return false;
  pushToken(state, 'continuation', skipLineEnd(text, end));
  return true;
}

/** Comments of old versions, in triple quotes or C style: one finding each, then as if they were not there. */
function readOldComment(state: LexerState): boolean {
  const { text, offset } = state;
  const isQuoted = text.startsWith('"""', offset);
  if (!isQuoted && !text.startsWith('/*', offset)) return false;
  const closing = isQuoted ? '"""' : '*/';
  const isOpen = state.openCommentMarks.has(closing);
  const found = isOpen ? -1 : text.indexOf(closing, offset + closing.length);
  if (found === -1) state.openCommentMarks.add(closing);
  const end = found === -1 ? skipToLineEnd(text, offset) : found + closing.length;
  const firstLine = text.slice(offset, end).search(/[\r\n]/);
  const span = { start: offset, end: firstLine === -1 ? end : offset + firstLine };
  const versions = isQuoted ? 'NESTML 3.0 to 8.0' : 'NESTML up to 3.1';
  state.report('old-syntax', span, {
    what: `\`${closing === '*/' ? '/*' : closing}\` for a comment`,
    versions,
    today: '`#` before each line of the comment',
  });
  pushToken(state, 'invalid', end);
  return true;
}

/** Longest first, so that the first match is the right one. */
const operators: readonly string[] = [
  ['...', '//='],
  ['**', '//', '<<', '>>', '<=', '>=', '==', '!=', '<>', '+=', '-=', '*=', '/=', '::', '[['],
  [..."+-*/%&|^~<>=?:()[],;@'"],
].flat();

const operatorsByFirst: ReadonlyMap<string, readonly string[]> = new Map(
  operators.map(({ [0]: first = '' }) => [first, operators.filter((operator) => operator.startsWith(first))]),
);

function operatorAt(text: string, offset: number): string | undefined {
  const candidates = operatorsByFirst.get(text[offset]!);
  if (candidates === undefined) return undefined;
  let at = 0;
  while (at < candidates.length && !text.startsWith(candidates[at]!, offset)) at += 1;
  return candidates[at];
}

function readOperator(state: LexerState): void {
  const { text, offset } = state;
  const operator = operatorAt(text, offset);
  if (operator === undefined) {
    readInvalid(state);
    return;
  }
  const actual = closesGuard(state, operator) ? ']]' : isArrow(state, operator) ? '<-' : operator;
  pushToken(state, 'operator', offset + actual.length);
  trackBrackets(state, actual);
  const { line } = state;
  if (actual === '?') line.openConditionals += 1;
  if (actual === ':') line.openConditionals -= 1;
  if (endsPort.has(actual) && state.brackets.length === 0) line.mayBePort = false;
  noteWord(state, actual);
}

/** Outside brackets, no arrow of a port comes behind these. */
const endsPort: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '//=', '<']);

/** `]]` closes a guard only where no index is open inside it, so that `[[ a[b[1]] > 0 ]]` is read as meant. */
function closesGuard(state: LexerState, operator: string): boolean {
  if (operator !== ']' || state.text[state.offset + 1] !== ']') return false;
  return state.brackets.findLast((bracket) => bracket !== '(') === '[[';
}

/** `<-` is one token in a port declaration; in an expression it is a comparison with a negative number. */
function isArrow(state: LexerState, operator: string): boolean {
  if (operator !== '<' || state.text[state.offset + 1] !== '-' || state.isExpression) return false;
  return state.line.mayBePort && state.brackets.length === 0;
}

function trackBrackets(state: LexerState, operator: string): void {
  if (operator === '(' || operator === '[' || operator === '[[') {
    state.brackets.push(operator);
    return;
  }
  const opening = operator === ')' ? '(' : operator === ']' ? '[' : operator === ']]' ? '[[' : undefined;
  if (opening === undefined || !state.brackets.includes(opening)) return;
  while (state.brackets.pop() !== opening);
}

/** A run of characters that begin no token; one finding for the run. */
function readInvalid(state: LexerState): void {
  const { text, offset } = state;
  let end = offset + 1;
  while (end < text.length && isInvalidAt(text, end)) end += 1;
  const span = { start: offset, end };
  const characters = text.slice(offset, end);
  const advice = adviceFor(characters);
  const fixes =
    advice?.replacement === undefined
      ? []
      : [{ title: `Write \`${advice.replacement}\``, edits: [{ span, text: advice.replacement }] }];
  if (characters === '!' && endsOperand(state)) reportCommentMark(state, span);
  else if (advice !== undefined || !noteForeignName(state, span))
    state.report('invalid-characters', span, { characters, advice: advice?.text }, { fixes });
  noteWord(state, 'invalid');
  pushToken(state, 'invalid', end);
}

/** Whether a value can end with the token before this place, so that a negation cannot follow. */
function endsOperand({ line: { lastWord } }: LexerState): boolean {
  return (
    /^[\w$]+$|^[)\]"]/.test(lastWord) &&
    !['and', 'or', 'not', 'if', 'elif', 'while', 'return'].includes(lastWord)
  );
}

/** `! a comment` of other languages; it may have been meant as an operator. */
function reportCommentMark(state: LexerState, span: Span): void {
  const fixes = [{ title: 'Write `#`', isGuess: true as const, edits: [{ span, text: '#' }] }];
  state.report('foreign-notation', span, { what: '`!` before a comment', instead: '`#`' }, { fixes });
}

function isInvalidAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  if (isBlank(code) || isLineEnd(code) || isNamePart(code)) return false;
  const character = text[offset]!;
  if (character === '#' || character === '"' || character === '\\') return false;
  return !startsNumber(text, offset) && operatorAt(text, offset) === undefined;
}
