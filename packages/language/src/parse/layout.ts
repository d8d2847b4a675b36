import { keywords } from '../syntax/tokens.ts';
import {
  columnOfBlocksBehind,
  endOfLostBlock,
  goesOn,
  indentBlock,
  indentElements,
  isBlockHead,
  isElement,
  isModelLine,
  isNested,
  longestForm,
  outdentHeads,
} from './block-columns.ts';
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
import { type LexerState, type NextContent, nextLineEnd, pushToken } from './lexer-state.ts';

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
  if (width > top && width === state.oddWidth && state.line.lastWord !== ':') return;
  if (width > top) {
    state.indents.push(width);
    pushToken(state, 'indent', state.offset);
    if (state.oddWidth !== undefined && width <= state.oddWidth) state.oddWidth = undefined;
    return;
  }
  const level = levelOf(state, width);
  while (state.indents.length - 1 > level) {
    state.indents.pop();
    pushToken(state, 'dedent', state.offset);
  }
}

/** The column at which a line is read: that of the blocks of the model for the head of a block in the first column or inside a block. */
function meantWidth(state: LexerState, width: number): number {
  const line = state.text.slice(state.offset, nextLineEnd(state, state.offset));
  if (isBlockHead(line)) return widthOfHead(state, width, line);
  if (width === 0 && isModelLine(line)) {
    beginModel(state);
    return 0;
  }
  if (state.indents.length === 1 && /^model\s+\w/.test(line)) return widthOfModel(state);
  if (isLostHead(state, width, line)) return state.headlessColumn!;
  const element = widthOfElement(state, width, line);
  if (element !== undefined) return element;
  if (width === 0) state.isInModel = false;
  return widthInOutdented(state, width);
}

/** Whether the line belongs to a first block whose head is missing: the heads behind it begin left of it. The run is reported once. */
function isLostHead(state: LexerState, width: number, line: string): boolean {
  if (!state.isInModel || width === 0) return false;
  if (state.headlessColumn !== undefined) return true;
  if (state.indents.length > 1 || !isElement(line)) return false;
  const column = columnOfBlocksBehind(state);
  if (column === undefined || column >= width) return false;
  state.headlessColumn = column;
  const word = wordAt(line, 0);
  const place = 'a model directly, only in one of its blocks';
  state.report('misplaced-line', { start: state.offset, end: endOfLostBlock(state) }, { word, place });
  return true;
}

function beginModel(state: LexerState): void {
  state.isInModel = true;
  state.outdented = undefined;
  state.oddHeads.clear();
  state.isFlat = false;
  state.headlessColumn = undefined;
}

/** A model that does not begin in the first column. */
function widthOfModel(state: LexerState): number {
  const { offset } = state;
  const start = lineStart(state.text, offset);
  const edits = [{ span: { start, end: offset }, text: '' }];
  const fixes = [{ title: 'Begin in the first column', edits }];
  const span = { start: offset, end: offset + wordAt(state.text, offset).length };
  state.report('unexpected-indentation', span, { hasTab: hasTab(state) }, { fixes });
  beginModel(state);
  return 0;
}

/** A head in the first column or inside a block belongs into the column of the blocks. */
function widthOfHead(state: LexerState, width: number, line: string): number {
  const { offset } = state;
  state.outdented = undefined;
  state.headlessColumn = undefined;
  if (!state.isInModel || state.isFlat) return width;
  const isFirst = state.indents.length === 1;
  if (isFirst && width > 0) return width;
  const column = isFirst ? columnOfFirst(state) : state.indents[1]!;
  if (column === undefined) return width;
  const word = wordAt(line, 0);
  const span = { start: offset, end: offset + word.length };
  if (width === 0) {
    state.report('outdented-block', span, { word, column }, { fixes: [indentBlock(state, column)] });
    state.outdented = { width, shift: column, isBodyShifted: undefined };
    return column;
  }
  const isInside = width > column && (width > state.indents.at(-1)! || state.indents.includes(width));
  if (!isInside || isNested(state)) return width;
  if (state.oddHeads.has(width)) return column;
  state.oddHeads.add(width);
  const parameters = { word, place: 'another block', hasTab: hasTab(state) };
  state.report('misplaced-block', span, parameters, { fixes: [outdentHeads(state, column)] });
  return column;
}

/** The column for the first block of a model that begins in the first column; undefined if all its blocks do. */
function columnOfFirst(state: LexerState): number | undefined {
  const column = columnOfBlocksBehind(state);
  state.isFlat = column === undefined;
  return column;
}

/** A line that can only stand in a block, left of the lines of the open block, is read as one of them if they go on behind it. */
function widthOfElement(state: LexerState, width: number, line: string): number | undefined {
  const { offset, indents } = state;
  const column = indents[2];
  const isLeft = column !== undefined && (width === 0 || width === indents[1]);
  if (!state.isInModel || state.outdented !== undefined || !isLeft || !isElement(line)) {
    state.isInOutdentedRun = false;
    return undefined;
  }
  const word = wordAt(line, 0);
  const span = { start: offset, end: offset + word.length };
  if (state.isInOutdentedRun) return column;
  if (!goesOn(state, column)) return undefined;
  state.isInOutdentedRun = true;
  const fixes = [indentElements(state, column)];
  if (width === 0) state.report('text-outside-model', span, {}, { fixes });
  else {
    const place = 'a model directly, only in one of its blocks';
    state.report('misplaced-line', span, { word, place }, { fixes });
  }
  return column;
}

/** Lines of a block that begins too far left move with its head, unless they stand where they belong. */
function widthInOutdented(state: LexerState, width: number): number {
  const { outdented } = state;
  const column = state.indents[1];
  if (outdented === undefined || column === undefined) return width;
  if (width <= outdented.width) {
    state.outdented = undefined;
    return width;
  }
  outdented.isBodyShifted ??= width <= column;
  return outdented.isBodyShifted ? width + outdented.shift : width;
}

function hasTab(state: LexerState): boolean {
  return state.text.slice(lineStart(state.text, state.offset), state.offset).includes('\t');
}

/** The index of the open level that a line at `width` belongs to; reports a width that fits none. */
function levelOf(state: LexerState, width: number): number {
  let below = state.indents.length - 1;
  while (state.indents[below]! > width) below -= 1;
  if (state.indents[below] === width) {
    state.oddWidth = undefined;
    return below;
  }
  const level = chosenLevel(state, width, below);
  const isHead = blockKeywords.has(wordAt(state.text, state.offset));
  const isKnown = isHead ? state.oddHeads.has(width) : state.oddWidth === width;
  if (isHead) state.oddHeads.add(width);
  if (!isKnown) reportOddWidth(state, width, below, level);
  state.oddWidth = width;
  return level;
}

/**
 * Chooses between the levels `below` and `below + 1`. Between statements it is `below`, as in NESTML 9, which closes each block that begins
 * deeper. Where no statement can stand, NESTML 9 refuses the line: the nearest level is taken, at equal distance by the first word.
 */
function chosenLevel(state: LexerState, width: number, below: number): number {
  if (isStatementLevel(state, below)) return below;
  const toBelow = width - state.indents[below]!;
  const toAbove = state.indents[below + 1]! - width;
  const word = wordAt(state.text, state.offset);
  if (word === 'model' && below === 0) return 0;
  if (blockKeywords.has(word) && below <= 1) return 1;
  return toBelow < toAbove ? below : below + 1;
}

/** Whether the lines of this level are those of a block of the model, or stand deeper. */
function isStatementLevel({ isFlat }: LexerState, level: number): boolean {
  return level >= (isFlat ? 1 : 2);
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
    isAsElsewhere: isStatementLevel(state, below),
  };
  const fixes = [{ title: `Indent by ${column}`, edits: [{ span, text: ' '.repeat(column) }] }];
  state.report('inconsistent-indentation', span, parameters, { fixes });
}

/**
 * Whether an error of indentation is given for a line at this column, so that a mixture of tabs and blanks in it is no second finding: it is
 * deeper than the lines before, or a head that is no head of a block.
 */
function isMisindented(state: LexerState, width: number): boolean {
  if (width > state.indents.at(-1)!) return !opensBlock(state);
  const isInside = state.isInModel && state.indents.length > 2 && width > state.indents[1]!;
  return isInside && state.indents.includes(width) && blockKeywords.has(wordAt(state.text, state.offset));
}

/** Reports, once per file, that lines are indented by tabs here and by blanks there. */
export function checkMixture(state: LexerState, whitespace: string, width: number): void {
  if (whitespace === '' || state.hasReportedMixture) return;
  const isMixed = whitespace.includes('\t') && whitespace.includes(' ');
  const style = whitespace.includes('\t') ? '\t' : ' ';
  state.indentationStyle ??= style;
  if ((!isMixed && style === state.indentationStyle) || isMisindented(state, width)) return;
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
  return opensBlock(state) ? width : Math.min(width, state.indents.at(-1)!);
}

/** Whether the line before may be the head of a block. */
function opensBlock({ line: { lastWord } }: LexerState): boolean {
  return lastWord === ':' || lastWord === '';
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
  if (isInBrackets && isHeadBefore(state, next.offset)) return false;
  if (isInBrackets) return next.width > state.line.width;
  return next.width >= state.line.width && !keywords.has(wordAt(state.text, next.offset));
}

/** Words that begin the head of a block with parentheses. */
const headWords: ReadonlySet<string> = new Set([
  ...['function', 'onReceive', 'onCondition'],
  ...['if', 'elif', 'for', 'while'],
]);

/** Whether the line is a head whose `)` is forgotten: nothing is left open but that, and the line at `next` stands in a block. */
function isHeadBefore({ text, line: { firstWord, lastWord } }: LexerState, next: number): boolean {
  if (!headWords.has(firstWord) || !/[\w$)\]]$/.test(lastWord) || /^(?:and|or|not)$/.test(lastWord))
    return false;
  return isElement(text.slice(next, next + longestForm));
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
