import type { Fix } from '@nestml/diagnostics';
import type { BlockSyntax } from '../syntax/tree.ts';
import { isBlockHead } from './block-columns.ts';
import { parseBlockWithoutHead } from './blocks.ts';
import { blockKeywords } from './layout.ts';
import type { ParserState } from './parser-state.ts';
import { spanOf } from './recovery.ts';
import { startsType } from './units.ts';

/** Blocks whose lines can be told from those of others. */
export type LostBlock = 'parameters' | 'equations' | 'input' | 'output' | 'update';

/** What a line is, so far as its form tells. */
type LineKind = 'declaration' | 'ode' | 'inline' | 'port' | 'signal' | 'statement' | 'other';

const kindsOf: Readonly<Record<LostBlock, ReadonlySet<LineKind>>> = {
  parameters: new Set(['declaration']),
  equations: new Set(['ode', 'inline']),
  input: new Set(['port']),
  output: new Set(['signal']),
  update: new Set(['statement']),
};

/**
 * Reads the rest of the open block as another block of the model, if its head is missing: the model has none of that name, and all lines
 * from here on are of its kind. One finding, with the fix that inserts the head.
 */
export function parseLostBlock(p: ParserState, candidates: readonly LostBlock[]): boolean {
  if (p.position < p.noLostHeadBefore) return false;
  const lines = linesOfBlock(p);
  p.noLostHeadBefore = lines.end;
  const lost = candidates.find((keyword) => !headsOfModel(p).has(keyword) && isLost(p, keyword, lines.kinds));
  if (lost === undefined) return false;
  p.fail('missing-head', spanOf(p.token), { word: lost }, { fixes: insertHead(p, lost) });
  const block: BlockSyntax | undefined = parseBlockWithoutHead(p, lost);
  if (block !== undefined) p.strayBlocks.push(block);
  return true;
}

function isLost(p: ParserState, keyword: LostBlock, kinds: readonly LineKind[]): boolean {
  if (!kinds.every((kind) => kindsOf[keyword].has(kind))) return false;
  switch (keyword) {
    case 'parameters':
      return hasLiteralValue(p);
    case 'equations':
      return kinds.includes('ode');
    case 'update':
      return lineHas(p, 'integrate_odes') || p.is('if');
    default:
      return true;
  }
}

/** `tau ms = 10 ms`: an inline, which is written without `inline` here, hardly has a number as value. */
function hasLiteralValue(p: ParserState): boolean {
  let distance = 0;
  while (p.peekWord(distance) !== '=' && p.peekWord(distance) !== '') distance += 1;
  const first = p.peekWord(distance + 1) === '-' ? distance + 2 : distance + 1;
  const { kind } = p.peek(first);
  return kind === 'integer' || kind === 'float';
}

function lineHas(p: ParserState, word: string): boolean {
  const length = p.tokensToLineEnd();
  for (let distance = 0; distance < length; distance += 1) if (p.peekWord(distance) === word) return true;
  return false;
}

/** The kinds of the lines from here to the end of the block, and the position of that end. */
function linesOfBlock(p: ParserState): { readonly kinds: readonly LineKind[]; readonly end: number } {
  const kinds: LineKind[] = [];
  let level = 0;
  let isFirst = true;
  for (let distance = 0; ; distance += 1) {
    const { kind } = p.peek(distance);
    if (kind === 'indent') level += 1;
    else if (kind === 'dedent') level -= 1;
    else if (kind !== 'newline' && isFirst && level === 0) kinds.push(kindOfLine(p, distance));
    isFirst = kind === 'newline' || kind === 'indent' || kind === 'dedent';
    if (level < 0 || kind === 'end') return { kinds, end: p.position + distance };
  }
}

const assignments: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '//=']);

function kindOfLine(p: ParserState, start: number): LineKind {
  const [first, second] = [p.peekWord(start), p.peekWord(start + 1)];
  if (first === 'spike' && second === '') return 'signal';
  if (first === 'kernel') return 'ode';
  if (first === 'inline' || (first === 'recordable' && second === 'inline')) return 'inline';
  if (['if', 'elif', 'else', 'for', 'while'].includes(first)) return 'statement';
  if (p.peek(start).kind !== 'name') return 'other';
  if (second === "'") return 'ode';
  if (second === '(' || assignments.has(second)) return 'statement';
  for (let distance = start + 1; p.peekWord(distance) !== ''; distance += 1) {
    if (p.peekWord(distance) === '<-') return 'port';
    if (p.peekWord(distance) === '=') return startsType(p, start + 1) ? 'declaration' : 'other';
  }
  return 'other';
}

/** The words of the blocks that the model has. */
function headsOfModel(p: ParserState): ReadonlySet<string> {
  const { modelPosition } = p;
  const known = p.headsOfModel;
  if (known?.modelPosition === modelPosition) return known.heads;
  const heads = new Set<string>();
  for (let distance = modelPosition - p.position; p.peek(distance).kind !== 'end'; distance += 1) {
    const word = p.peekWord(distance);
    if (p.peekWord(distance - 1) !== '') continue;
    if (word === 'model' && distance > 0) break;
    if (blockKeywords.has(word) && p.peekWord(distance + 1) === ':') heads.add(word);
  }
  p.headsOfModel = { modelPosition, heads };
  return heads;
}

/** Lines above a place that are searched for the head of its block. */
const longestBlock = 200;

function insertHead(p: ParserState, word: LostBlock): readonly Fix[] {
  const { text } = p.source;
  const start = text.lastIndexOf('\n', p.token.start - 1) + 1;
  let end = start - 1;
  for (let count = 0; count < longestBlock && end > 0; count += 1) {
    const from = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(from, end);
    const indentation = /^[ \t]*/.exec(line)![0];
    if (isBlockHead(line.slice(indentation.length))) {
      const edits = [{ span: { start, end: start }, text: `${indentation}${word}:\n` }];
      return [{ title: `Insert \`${word}:\``, edits }];
    }
    end = from - 1;
  }
  return [];
}
