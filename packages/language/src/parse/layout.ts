import { keywords } from '../syntax/tokens.ts';
import {
  indentationWidth,
  isBlank,
  isLineEnd,
  isNamePart,
  isNameStart,
  skipLineEnd,
  skipToLineEnd,
  skipWhile,
} from './characters.ts';
import { type LexerState, type NextContent, pushToken } from './lexer-state.ts';

/** The words that open a block of a model. */
export const blockKeywords: ReadonlySet<string> = new Set([
  'state',
  'parameters',
  'internals',
  'equations',
  'input',
  'output',
  'update',
  'function',
  'onReceive',
  'onCondition',
]);

/** Words that can only stand at the beginning of a line. */
const lineKeywords: ReadonlySet<string> = new Set([
  ...blockKeywords,
  'model',
  'if',
  'elif',
  'else',
  'for',
  'while',
  'return',
  'kernel',
  'inline',
  'recordable',
]);

/** Opens or closes indentation levels for a line with content that begins at the current offset. */
export function applyIndentation(state: LexerState, written: number): void {
  const width = meantWidth(state, written);
  const top = state.indents.at(-1)!;
  if (width > top) {
    state.indents.push(width);
    pushToken(state, 'indent', state.offset);
    state.oddWidth = undefined;
    return;
  }
  const level = levelOf(state, width);
  while (state.indents.length - 1 > level) {
    state.indents.pop();
    pushToken(state, 'dedent', state.offset);
  }
}

/** Words that begin a model, today and before NESTML 8. */
const modelWords: ReadonlySet<string> = new Set(['model', 'neuron', 'synapse', 'component']);

/** The column at which a line is read: that of the blocks of the model for the head of a block in the first column. */
function meantWidth(state: LexerState, width: number): number {
  const word = wordAt(state.text, state.offset);
  const column = state.indents[1];
  if (width === 0 && state.isInModel && column !== undefined && isBlockHead(state, word)) {
    reportOutdented(state, word, column);
    state.outdented = { width, shift: column, isBodyShifted: undefined };
    return column;
  }
  const { outdented } = state;
  if (width === 0) state.isInModel = modelWords.has(word);
  if (outdented === undefined || column === undefined) return width;
  if (width <= outdented.width || isBlockHead(state, word)) {
    state.outdented = undefined;
    return width;
  }
  outdented.isBodyShifted ??= width <= column;
  return outdented.isBodyShifted ? width + outdented.shift : width;
}

function isBlockHead(state: LexerState, word: string): boolean {
  if (!blockKeywords.has(word)) return false;
  const rest = state.text.slice(state.offset, skipToLineEnd(state.text, state.offset));
  return /^[A-Za-z]+\s*(:|\(|[A-Za-z_]\w*\s*\()/.test(rest);
}

function reportOutdented(state: LexerState, word: string, column: number): void {
  const { offset } = state;
  const fixes = [
    {
      title: `Indent by ${column}`,
      edits: [{ span: { start: offset, end: offset }, text: ' '.repeat(column) }],
    },
  ];
  state.report('outdented-block', { start: offset, end: offset + word.length }, { word, column }, { fixes });
}

/** The index of the open level that a line at `width` belongs to; reports a width that fits none. */
function levelOf(state: LexerState, width: number): number {
  let below = state.indents.length - 1;
  while (state.indents[below]! > width) below -= 1;
  if (state.indents[below] === width) {
    state.oddWidth = undefined;
    return below;
  }
  const level = nearestLevel(state, width, below);
  const isHead = blockKeywords.has(wordAt(state.text, state.offset));
  const isKnown = isHead ? state.oddHeads.has(width) : state.oddWidth === width;
  if (isHead) state.oddHeads.add(width);
  if (!isKnown) reportOddWidth(state, width, below, level);
  state.oddWidth = width;
  return level;
}

/** Chooses between the levels `below` and `below + 1`; at equal distance the first word of the line decides. */
function nearestLevel(state: LexerState, width: number, below: number): number {
  const toBelow = width - state.indents[below]!;
  const toAbove = state.indents[below + 1]! - width;
  const word = wordAt(state.text, state.offset);
  if (word === 'model' && below === 0) return 0;
  if (blockKeywords.has(word) && below <= 1) return 1;
  return toBelow < toAbove ? below : below + 1;
}

function reportOddWidth(state: LexerState, width: number, below: number, level: number): void {
  const start = lineStart(state.text, state.offset);
  const column = state.indents[level]!;
  const span = { start, end: state.offset };
  const parameters = {
    width,
    below: state.indents[below]!,
    above: state.indents[below + 1]!,
    chosen: column,
  };
  const fixes = [{ title: `Indent by ${column}`, edits: [{ span, text: ' '.repeat(column) }] }];
  state.report('inconsistent-indentation', span, parameters, { fixes });
}

/** Reports, once per file, that lines are indented by tabs here and by blanks there. */
export function checkMixture(state: LexerState, whitespace: string): void {
  if (whitespace === '' || state.hasReportedMixture) return;
  const isMixed = whitespace.includes('\t') && whitespace.includes(' ');
  const style = whitespace.includes('\t') ? '\t' : ' ';
  state.indentationStyle ??= style;
  if (!isMixed && style === state.indentationStyle) return;
  state.hasReportedMixture = true;
  const span = { start: state.offset - whitespace.length, end: state.offset };
  const text = ' '.repeat(columnOf(state, indentationWidth(whitespace)));
  state.report(
    'mixed-indentation',
    span,
    {},
    { fixes: [{ title: 'Indent this line by blanks', edits: [{ span, text }] }] },
  );
}

/** The column that a line at `width` should have: no deeper than the line above it, unless that opens a block. */
function columnOf(state: LexerState, width: number): number {
  const opensBlock = state.line.lastWord === ':' || state.line.lastWord === '';
  return opensBlock ? width : Math.min(width, state.indents.at(-1)!);
}

/**
 * Whether the logical line goes on behind the line end at the current offset: inside brackets, if the next line is
 * indented deeper than the statement (or closes a bracket) and does not begin with a word that only begins lines; behind
 * a comma of a kernel, if a further definition follows.
 */
export function lineContinues(state: LexerState): boolean {
  const isInBrackets = state.brackets.length > 0;
  const isJoined = state.line.lastWord === ',' && state.line.firstWord === 'kernel';
  if (!isInBrackets && !isJoined) return false;
  const isHeadEnd = state.line.lastWord === ':' && state.line.openConditionals < 0;
  if (isHeadEnd) return false;
  const next = findNextContent(state);
  if (next.offset >= state.text.length) return false;
  const first = state.text[next.offset]!;
  if (isInBrackets && (first === ')' || first === ']')) return true;
  if (lineKeywords.has(wordAt(state.text, next.offset))) return false;
  if (isInBrackets) return next.width > state.line.width;
  return next.width >= state.line.width && !keywords.has(wordAt(state.text, next.offset));
}

function findNextContent(state: LexerState): NextContent {
  const { text, nextContent } = state;
  if (nextContent.from <= state.offset && state.offset < nextContent.offset) return nextContent;
  let offset = state.offset;
  let width = 0;
  for (;;) {
    if (offset >= text.length) break;
    offset = skipLineEnd(text, offset);
    const start = offset;
    offset = skipWhile(text, offset, isBlank);
    width = indentationWidth(text.slice(start, offset));
    if (text[offset] === '#') offset = skipToLineEnd(text, offset);
    if (offset < text.length && !isLineEnd(text.charCodeAt(offset))) break;
  }
  state.nextContent = { from: state.offset, offset, width };
  return state.nextContent;
}

function wordAt(text: string, offset: number): string {
  if (offset >= text.length || !isNameStart(text.charCodeAt(offset))) return '';
  return text.slice(offset, skipWhile(text, offset, isNamePart));
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start -= 1;
  return start;
}
