import { createSourceFile, lineText, positionAt, type SourceFile, type Span } from '@nestml/diagnostics';
import { parse } from '../parse/parser.ts';
import type { Token } from '../syntax/tokens.ts';
import type { BlockSyntax } from '../syntax/tree.ts';
import { type AnalysedFile, type FileIndex, indexTree, modelAt, siteAt } from './analyse-file.ts';
import type { ExpressionSite } from './definitions.ts';
import { touching } from './sorted-places.ts';

/** What is being typed at a cursor. */
export type CompletionPlace =
  | { readonly kind: 'none' | 'file' | 'model' | 'decorator' | 'signal' | 'type' }
  /** The beginning of a line in a block. */
  | { readonly kind: 'line'; readonly block: BlockSyntax['kind'] | 'statements'; readonly probe?: Probe }
  /** Behind a number. */
  | { readonly kind: 'unit'; readonly probe: Probe }
  | { readonly kind: 'expression'; readonly probe: Probe };

/** The model with an invented name at the cursor. */
export interface Probe {
  readonly index: FileIndex;
  /** Offset of the invented name in the text of the probe. */
  readonly offset: number;
  readonly site: ExpressionSite;
}

/** A name that no model has. */
const inventedName = 'completion$here';

/** The name around a cursor, which a completion replaces. */
export function wordAt({ text }: SourceFile, offset: number): Span {
  // No name is longer; a bounded slice keeps the search from reading a long line.
  const before = /[A-Za-z_$][\w$]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const after = /^[\w$]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  return { start: offset - before.length, end: before === '' ? offset : offset + after.length };
}

/** What is being typed at a cursor, whatever the rest of its line looks like. */
export function completionPlace(file: AnalysedFile, offset: number): CompletionPlace {
  const { source, tree, index } = file;
  if (isInsideLiteral(tree.tokens, offset)) return { kind: 'none' };
  const word = wordAt(source, offset);
  const { line, column } = positionAt(source, word.start);
  const before = source.text.slice(word.start - column + 1, word.start);
  const model = modelAt(index, offset);
  if (model === undefined || column === 1) return { kind: before.trim() === '' ? 'file' : 'none' };
  const piece: Piece = { source, span: model.span, word };
  if (before.trim() === '') return lineStart(piece, line, column);
  if (/@\s*$/.test(before)) return { kind: 'decorator' };
  if (/<-[^#]*$/.test(before)) return { kind: 'signal' };
  return insideLine(piece);
}

/** Whether a cursor stands in a comment, a text or a number. */
function isInsideLiteral(tokens: readonly Token[], offset: number): boolean {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end >= offset) high = middle;
    else low = middle + 1;
  }
  const token = tokens[low];
  if (token === undefined || token.start >= offset) return false;
  if (token.kind === 'comment') return true;
  return (token.kind === 'string' || token.kind === 'float') && offset < token.end;
}

/** The piece of a text that a probe reads. */
interface Piece {
  readonly source: SourceFile;
  readonly span: Span;
  readonly word: Span;
}

function insideLine(piece: Piece): CompletionPlace {
  // A bracket that the line leaves open would draw the next lines into the expression.
  const isOpen = closingBrackets(lineWith(piece, inventedName)) !== '';
  for (const isCut of [isOpen, !isOpen]) {
    const { index, offset } = readProbe(piece, inventedName, isCut);
    const site = siteAt(index, offset);
    if (touching(index.units, offset) !== undefined) {
      return site === undefined ? { kind: 'type' } : { kind: 'unit', probe: { index, offset, site } };
    }
    if (site !== undefined && index.loose.some(({ span }) => span.start === offset))
      return { kind: 'expression', probe: { index, offset, site } };
  }
  return { kind: 'none' };
}

/** The line of the word with something in its place. */
function lineWith({ source, word }: Piece, inserted: string): string {
  const { line, column } = positionAt(source, word.start);
  const text = lineText(source, line);
  return text.slice(0, column - 1) + inserted + text.slice(column - 1 + word.end - word.start);
}

/** Reads the model with something in place of the word. If cut, the rest of the line is dropped and its brackets are closed. */
function readProbe({ source, span, word }: Piece, inserted: string, isCut: boolean) {
  const { text } = source;
  let head = text.slice(span.start, word.start) + inserted;
  let tail = text.slice(word.end, span.end);
  if (isCut) {
    tail = tail.slice(/[\r\n]|$/.exec(tail)?.index ?? 0);
    head += closingBrackets(head.slice(Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1));
  }
  const probe = createSourceFile(source.name, head + tail);
  return { index: indexTree(parse(probe)), offset: word.start - span.start };
}

function closingBrackets(line: string): string {
  const open: string[] = [];
  for (const character of line.replace(/"[^"]*"?|#.*/g, '')) {
    if (character === '(') open.push(')');
    else if (character === '[') open.push(']');
    else if (character === ')' || character === ']') open.pop();
  }
  return open.reverse().join('');
}

const blocks: readonly BlockSyntax['kind'][] = [
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
];

/** The beginning of a line: the line above it that is indented less says which block it belongs to. */
function lineStart(piece: Piece, line: number, column: number): CompletionPlace {
  const head = headAbove(piece.source, line, column);
  const word = /^\s*(\w+)/.exec(head)?.[1] ?? '';
  if (word === 'model') return { kind: 'model' };
  const block = blocks.find((name) => name === word);
  const isStatements = [
    'update',
    'function',
    'onReceive',
    'onCondition',
    'if',
    'elif',
    'else',
    'for',
    'while',
  ].includes(word);
  if (!isStatements) return block === undefined ? { kind: 'none' } : { kind: 'line', block };
  const { index, offset } = readProbe(piece, `${inventedName} = 0`, true);
  const site = siteAt(index, offset);
  return {
    kind: 'line',
    block: 'statements',
    ...(site === undefined ? {} : { probe: { index, offset, site } }),
  };
}

/** The nearest line above that is indented less than a column (from 1); empty without one. */
function headAbove(source: SourceFile, line: number, column: number): string {
  for (let above = line - 1; above > 0; above -= 1) {
    const text = lineText(source, above);
    const trimmed = text.trimStart();
    if (trimmed !== '' && !trimmed.startsWith('#') && text.length - trimmed.length < column - 1) return text;
  }
  return '';
}
