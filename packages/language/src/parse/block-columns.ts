import type { Edit, Fix } from '@nestml/diagnostics';
import { indentationWidth, isBlank, isLineEnd, skipLineEnd, skipToLineEnd, skipWhile } from './characters.ts';
import type { LexerState } from './lexer-state.ts';

/** A line with content, from the current one on. */
interface LineAhead {
  /** Offset of its first character. */
  readonly start: number;
  /** Offset of its first character that is not blank. */
  readonly content: number;
  /** Its column, from 0. */
  readonly width: number;
  readonly text: string;
}

/** Words that begin a model, today and before NESTML 8. */
const modelWords: ReadonlySet<string> = new Set(['model', 'neuron', 'synapse', 'component']);

/** Whether a line begins with the word of a model. */
export function isModelLine(text: string): boolean {
  return modelWords.has(/^\w*/.exec(text)![0]);
}

const headForm =
  /^(?:(?:state|parameters|internals|equations|input|output|update)\s*:|on(?:Receive|Condition)\s*\(|function\s+\w+\s*\()/;

/** Whether a line is the head of a block; the words of blocks cannot be names. */
export function isBlockHead(text: string): boolean {
  return headForm.test(text);
}

const elementForms: readonly RegExp[] = [
  // A declaration, an assignment, an equation or a port.
  /^[A-Za-z_]\w*'*(?:\[[^\]]*\])?'*(?:[ \t]+[\w*/() \t]+)?[ \t]*(?:=|[-+*/]=|<-)(?!=)/,
  /^(?:emit_spike|integrate_odes|print|println)[ \t]*\(/,
  /^(?:kernel|inline|recordable)[ \t]+\w/,
];

/** Characters of a line that are looked at. */
export const longestForm = 200;

/** Whether a line looks like one that stands in a block. */
export function isElement(text: string): boolean {
  const beginning = text.slice(0, longestForm);
  return elementForms.some((form) => form.test(beginning));
}

/** The line at the current offset, and the lines with content behind it. */
function* linesFrom({ text, offset }: LexerState): Generator<LineAhead> {
  let start = offset;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start -= 1;
  while (start < text.length) {
    const content = skipWhile(text, start, isBlank);
    const end = skipToLineEnd(text, content);
    if (end > content && text[content] !== '#') {
      const width = indentationWidth(text.slice(start, content));
      yield { start, content, width, text: text.slice(content, end) };
    }
    start = end < text.length ? skipLineEnd(text, end) : end;
  }
}

/**
 * The column of the blocks of a model whose first block begins in the first column, from the blocks behind it; undefined if all of them do,
 * or most.
 */
export function columnOfBlocksBehind(state: LexerState): number | undefined {
  let column: number | undefined;
  let balance = 0;
  for (const { width, text } of linesFrom(state)) {
    if (width === 0 && isModelLine(text)) break;
    if (!isBlockHead(text)) continue;
    balance += width === 0 ? -1 : 1;
    if (width > 0) column ??= width;
  }
  return balance >= 0 ? column : undefined;
}

/** The end of the last line before the next head of a block. */
export function endOfLostBlock(state: LexerState): number {
  let end = state.offset;
  for (const { content, width, text } of linesFrom(state)) {
    if (width === 0 || isBlockHead(text)) break;
    end = content + text.length;
  }
  return end;
}

/** The fix that moves the head at the current offset, in the first column, and its lines unless they stand deeper than the other blocks. */
export function indentBlock(state: LexerState, column: number): Fix {
  const edits: Edit[] = [];
  for (const { start, width, text } of linesFrom(state)) {
    const isBehind = width === 0 || isBlockHead(text) || (edits.length === 1 && width > column);
    if (isBehind && edits.length > 0) break;
    edits.push(insertBlanks(start, column));
  }
  return { title: `Indent by ${column}`, edits };
}

/** The fix that indents the line at the current offset, and those like it behind it in its column. */
export function indentElements(state: LexerState, column: number): Fix {
  const edits: Edit[] = [];
  let first: number | undefined;
  for (const { start, content, width, text } of linesFrom(state)) {
    first ??= width;
    if (width !== first || !isElement(text)) break;
    edits.push({ span: { start, end: content }, text: ' '.repeat(column) });
  }
  return { title: `Indent by ${column}`, edits };
}

/** The fix that moves the head at the current offset, and those behind it in the same column, to the column of the other blocks. */
export function outdentHeads(state: LexerState, column: number): Fix {
  const edits: Edit[] = [];
  let first: number | undefined;
  for (const { start, content, width, text } of linesFrom(state)) {
    first ??= width;
    if (width === 0) break;
    if (width !== first || !isBlockHead(text)) continue;
    edits.push({ span: { start, end: content }, text: ' '.repeat(column) });
  }
  return { title: `Indent by ${column}`, edits };
}

/** Lines behind the head of a block that are looked at. */
const longestBlock = 200;

/** Whether the head at the current offset begins a block inside another: its lines are deeper, and those of the other go on behind them. */
export function isNested(state: LexerState): boolean {
  let count = 0;
  let column: number | undefined;
  for (const { width, text } of linesFrom(state)) {
    count += 1;
    if (column === undefined) column = width;
    else if (width < column || isBlockHead(text) || count > longestBlock) return false;
    else if (width === column) return count > 2;
  }
  return false;
}

/** Whether the elements in one column from the current offset on are followed by a line in that of the open block. */
export function goesOn(state: LexerState, column: number): boolean {
  let first: number | undefined;
  for (const { width, text } of linesFrom(state)) {
    first ??= width;
    if (width !== first) return width >= column;
    if (!isElement(text)) return false;
  }
  return false;
}

function insertBlanks(start: number, count: number): Edit {
  return { span: { start, end: start }, text: ' '.repeat(count) };
}
