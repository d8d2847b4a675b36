import type { NameSyntax } from '../syntax/expressions.ts';
import type { BlockSyntax, ModelSyntax } from '../syntax/tree.ts';
import { beginsBlock, parseBlock } from './blocks.ts';
import { closestName } from './closest.ts';
import { combine } from './comments.ts';
import { blockKeywords } from './layout.ts';
import {
  type HeadDescription,
  isHeadLine,
  isOldEnd,
  type LineReader,
  parseBody,
  skipLineAndBlock,
  skipOldEnd,
  suggestWord,
} from './lines.ts';
import { parseName } from './operands.ts';
import type { ParserState } from './parser-state.ts';
import { failIndentation, failSlashComment, nextSpan, spanOf } from './recovery.ts';

/** All models of a file. */
export function parseModels(p: ParserState): ModelSyntax[] {
  const models: ModelSyntax[] = [];
  let isInRun = false;
  if (p.kind === 'end' && p.diagnostics.length === 0) p.fail('empty-file', { start: 0, end: 0 }, {});
  while (p.kind !== 'end') {
    const model = parseTopLevel(p, isInRun);
    isInRun = model === 'text';
    if (typeof model === 'object') models.push(model);
  }
  return models;
}

/** One thing at the top level: a model, nothing that matters, or text that belongs to no model (reported once per run). */
function parseTopLevel(p: ParserState, isInRun: boolean): ModelSyntax | 'layout' | 'text' {
  if (p.is('model')) return parseModel(p);
  if (p.kind === 'indent') {
    p.advance();
    if (blockKeywords.has(p.word) && isHeadLine(p) && !isInRun) return parseHeadlessModel(p);
    if (!isInRun) failIndentation(p);
    return 'layout';
  }
  if (p.kind === 'dedent' || p.kind === 'newline') {
    p.advance();
    return isInRun ? 'text' : 'layout';
  }
  if (isOldEnd(p)) {
    skipOldEnd(p);
    return 'layout';
  }
  if (oldModelWords.has(p.word) && p.peek(1).kind === 'name') return parseOldModel(p);
  if (blockKeywords.has(p.word) && !isInRun) return parseHeadlessModel(p);
  if (p.kind === 'name' && isHeadLine(p)) return parseMisspeltModel(p, isInRun);
  return skipText(p, isInRun);
}

function skipText(p: ParserState, isInRun: boolean): 'text' {
  if (!isInRun) p.fail('text-outside-model', nextSpan(p), {});
  skipLineAndBlock(p);
  return 'text';
}

const modelHead: HeadDescription = {
  what: '`model`',
  example: '`parameters:`',
  beginsNext: (p) => p.is('model') || (p.kind === 'name' && oldModelWords.has(p.word)),
};

/** A model; the current token is `model` or a word in its place. */
function parseModel(p: ParserState): ModelSyntax {
  p.modelPosition = p.position;
  const { start } = p.advance();
  const name = parseName(p, 'a name for the model');
  return parseModelBody(p, start, name);
}

function parseModelBody(p: ParserState, start: number, name: NameSyntax): ModelSyntax {
  const { lines, headComment } = parseBody(p, modelHead, createBlockReader());
  const comments = combine(p.comments.above(start), headComment);
  return { kind: 'model', span: p.spanFrom(start), comments, name, blocks: withStrayBlocks(p, lines) };
}

/** The blocks, with those found inside others, in the order of the file. */
function withStrayBlocks(p: ParserState, blocks: readonly BlockSyntax[]): readonly BlockSyntax[] {
  if (p.strayBlocks.length === 0) return blocks;
  const stray = p.strayBlocks.splice(0);
  return [...blocks, ...stray].sort((a, b) => a.span.start - b.span.start);
}

/** Reads the blocks of a model; a run of lines that belong to no block is reported once. */
function createBlockReader(): LineReader<BlockSyntax> {
  let isInRun = false;
  return (p) => {
    const keyword = blockKeywordHere(p);
    if (keyword !== undefined) {
      isInRun = false;
      return parseBlock(p, keyword);
    }
    if (isInRun) p.markDamaged();
    isInRun = !isHeadLine(p);
    failNoBlock(p);
    return undefined;
  };
}

/** What the blocks are called elsewhere. */
const blocksByOtherNames: ReadonlyMap<string, string> = new Map([
  ['params', 'parameters'],
  ['param', 'parameters'],
  ['constants', 'parameters'],
  ['variables', 'state'],
  ['states', 'state'],
  ['odes', 'equations'],
  ['inputs', 'input'],
  ['outputs', 'output'],
  ['def', 'function'],
  ['func', 'function'],
  ['threshold', 'onCondition'],
  ['onspike', 'onReceive'],
]);

/** The block that begins here, with a misspelt word reported and taken as meant. */
function blockKeywordHere(p: ParserState): string | undefined {
  if (blockKeywords.has(p.word)) return p.word;
  if (p.kind !== 'name' || !isHeadLine(p)) return undefined;
  const isStateOfOld = p.is('initial_values') && p.peekWord(1) === ':';
  if (isStateOfOld) {
    const span = spanOf(p.token);
    const fixes = [{ title: 'Write `state`', edits: [{ span, text: 'state' }] }];
    p.fail(
      'old-syntax',
      span,
      { what: '`initial_values`', versions: 'NESTML 2 and 3', today: '`state`' },
      { fixes },
    );
    return 'state';
  }
  const usual = blocksByOtherNames.get(p.word.toLowerCase());
  const { suggestion, fixes } = suggestWord(p, blockKeywords, usual);
  if (suggestion !== undefined)
    p.fail('unknown-block', spanOf(p.token), { word: p.word, suggestion }, { fixes });
  return suggestion;
}

/** A line of a model that begins no block. */
function failNoBlock(p: ParserState): void {
  if (p.kind === 'name' && isHeadLine(p))
    p.fail('unknown-block', spanOf(p.token), { word: p.word, suggestion: undefined });
  else if (p.is('model'))
    p.fail('misplaced-block', spanOf(p.token), { word: 'model', place: 'another model', hasTab: false });
  else if (!failSlashComment(p))
    p.fail('misplaced-line', nextSpan(p), {
      word: p.word,
      place: 'a model directly, only in one of its blocks',
    });
  skipLineAndBlock(p);
}

/** Blocks at the top level: the line `model NAME:` is missing. They are read as a model without name. */
function parseHeadlessModel(p: ParserState): ModelSyntax {
  const { start } = p.token;
  p.fail('missing-model', spanOf(p.token), { word: p.word });
  p.markDamaged();
  const blocks: BlockSyntax[] = [];
  const readBlock = createBlockReader();
  while (beginsBlock(p) && !p.is('model') && !oldModelWords.has(p.word)) {
    const block = readBlock(p);
    if (block !== undefined) blocks.push(block);
  }
  const name = { text: '', span: { start, end: start } };
  return {
    kind: 'model',
    span: p.spanFrom(start),
    comments: { before: [] },
    name,
    blocks: withStrayBlocks(p, blocks),
  };
}

/** `modle x:`, or `x:` without the word `model`. */
function parseMisspeltModel(p: ParserState, isInRun: boolean): ModelSyntax | 'text' {
  const span = spanOf(p.token);
  if (p.peekWord(1) === ':' && p.peek(2).kind === 'newline') {
    const edits = [{ span: { start: span.start, end: span.start }, text: 'model ' }];
    const extras = { fixes: [{ title: 'Insert `model`', edits }] };
    p.fail('unknown-top-level', span, { word: p.word, suggestion: `model ${p.word}` }, extras);
    return parseModelBody(p, span.start, parseName(p, 'a name for the model'));
  }
  const isModel = p.peek(1).kind === 'name' && closestName(p.word, ['model']) !== undefined;
  if (!isModel) return skipText(p, isInRun);
  p.fail('unknown-top-level', span, { word: p.word, suggestion: 'model' }, suggestWord(p, ['model']));
  return parseModel(p);
}

/** Words that opened models before NESTML 8. */
const oldModelWords: ReadonlySet<string> = new Set(['neuron', 'synapse', 'component']);

/**
 * `neuron x:` or `synapse x:`. With indentation (NESTML 5.3 to 7.0) the rest is read as a model of today; with `end`
 * (up to 5.2) nothing in it can be relied on, and it is skipped.
 */
function parseOldModel(p: ParserState): ModelSyntax | 'layout' {
  const span = spanOf(p.token);
  const hasEnd = hasOldEnd(p);
  const versions = hasEnd ? 'NESTML up to 5.2' : 'NESTML 5.3 to 7.0';
  const today = hasEnd
    ? `\`model ${p.peekWord(1)}:\`, with indentation in place of \`end\``
    : `\`model ${p.peekWord(1)}:\``;
  const fixes = hasEnd ? [] : [{ title: 'Write `model`', edits: [{ span, text: 'model' }] }];
  p.fail('old-syntax', span, { what: `\`${p.word} ${p.peekWord(1)}:\``, versions, today }, { fixes });
  if (!hasEnd) return parseModel(p);
  p.hasReportedEnd = true;
  do p.advance();
  while (p.kind !== 'end' && !beginsModel(p));
  return 'layout';
}

function beginsModel(p: ParserState): boolean {
  const isFirst =
    p.peek(-1).kind === 'newline' || p.peek(-1).kind === 'dedent' || p.peek(-1).kind === 'indent';
  return isFirst && (p.is('model') || (oldModelWords.has(p.word) && p.peek(1).kind === 'name'));
}

/** Whether the model that begins here closes its blocks by `end`. */
function hasOldEnd(p: ParserState): boolean {
  for (let distance = 1; p.peek(distance).kind !== 'end'; distance += 1) {
    const word = p.peekWord(distance);
    const isFirst = p.peekWord(distance - 1) === '';
    if (isFirst && (word === 'model' || (oldModelWords.has(word) && p.peek(distance + 1).kind === 'name')))
      return false;
    if (word === 'end') return true;
  }
  return false;
}
