import { type Dialect, dialects } from './dialect.ts';
import { readWords, type Word } from './old-words.ts';

/**
 * The dialect of a text, from its words; comments and strings do not count. Where several versions read a text, the newest of them. A text
 * that begins no model of an old version is current: the parser of today says best what is wrong with it.
 */
export function recogniseDialect(text: string): Dialect {
  // Almost all texts are current; they are told from the others without being split.
  if (!mayBeOld.test(text)) return dialects.current;
  const { words, comments } = readWords(text);
  const marks = findMarks(words);
  if (marks.has('model')) {
    const hasOldComment = comments.some(({ isHash }) => !isHash);
    return marks.has('attributes') || hasOldComment ? dialects.C1 : dialects.current;
  }
  if (!marks.has('old head')) return dialects.current;
  if (!marks.has('end') || isIndentedAnyway(words))
    return marks.has('typed port') || marks.has('untyped continuous') ? dialects.B1 : dialects.B2;
  return recogniseEnded(
    marks,
    comments.some(({ span }) => text.startsWith('/*', span.start)),
  );
}

/** Whether nothing but models is closed by `end`, although there are blocks: then indentation closes these, as since 5.3. */
function isIndentedAnyway(words: readonly Word[]): boolean {
  const models = words.filter(({ isFirst, text }) => isFirst && (text === 'neuron' || text === 'synapse'));
  const column = Math.max(...models.map((model) => model.column));
  const ends = words.filter(({ text, kind }) => text === 'end' && kind === 'name');
  const isBlock = (word: Word, at: number): boolean =>
    word.isFirst && word.column > column && blocksOfEach.has(word.text) && words[at + 1]?.text === ':';
  const isOfModel = (end: Word): boolean => end.isFirst && end.column <= column;
  return ends.length <= models.length && ends.every(isOfModel) && words.some(isBlock);
}

/** Blocks that are closed by `end` in the dialects that close blocks so. */
const blocksOfEach: ReadonlySet<string> = new Set([
  ...['state', 'initial_values', 'parameters', 'internals', 'equations', 'input', 'update'],
]);

// The words stand in comments of almost every text, which `#` begins.
const mayBeOld =
  /^[^#\n]*\b(?:neuron|synapse|component|deliver_spike)\b|\bspike\s*\(|emit_spike\s*\([^()\n]*,|"""/m;

function recogniseEnded(marks: ReadonlySet<Mark>, hasStarComment: boolean): Dialect {
  const isOldest = marks.has('A0');
  const isSecond = marks.has('A1') || hasStarComment;
  const isThird = marks.has('A2');
  const isSynaptic = marks.has('synaptic');
  if (marks.has('development')) return dialects.A2d;
  if (isOldest && !isThird) return dialects.A0;
  if (isSecond && (isThird || isSynaptic)) return dialects.A2d;
  if (isSecond) return dialects.A1;
  return isSynaptic ? dialects.A2s : dialects.A2;
}

/** What tells families apart. */
type Mark =
  | 'model'
  | 'attributes'
  | 'old head'
  | 'end'
  | 'typed port'
  | 'untyped continuous'
  | 'development'
  | 'synaptic'
  | 'A0'
  | 'A1'
  | 'A2';

/** What must stand around a word, so that it is a word of the language and no name. */
type Place = 'anywhere' | 'block' | 'call' | 'modifier' | 'definition' | 'line';

/** Words that show a family where they stand as words of the language. */
const wordMarks: ReadonlyMap<string, readonly [Mark, Place]> = new Map<string, readonly [Mark, Place]>([
  ['end', ['end', 'anywhere']],
  ['@', ['synaptic', 'anywhere']],
  ['preReceive', ['development', 'block']],
  ['postReceive', ['development', 'block']],
  ['synapse', ['synaptic', 'line']],
  ['onReceive', ['synaptic', 'call']],
  ['deliver_spike', ['synaptic', 'call']],
  ['kernel', ['A2', 'definition']],
  ['inline', ['A2', 'modifier']],
  ['initial_values', ['A1', 'block']],
  ['shape', ['A1', 'definition']],
  ['curr_sum', ['A1', 'call']],
  ['cond_sum', ['A1', 'call']],
  ['alias', ['A0', 'modifier']],
  ['suppress', ['A0', 'modifier']],
  ['parameter', ['A0', 'block']],
  ['internal', ['A0', 'block']],
  ['getSum', ['A0', 'call']],
  ['get_sum', ['A0', 'call']],
  ['I_sum', ['A0', 'call']],
  ['Cond_sum', ['A0', 'call']],
  ['integrate', ['A0', 'call']],
  ['emitSpike', ['A0', 'call']],
  ['import', ['A0', 'line']],
  ['component', ['A0', 'line']],
]);

const primitives: ReadonlySet<string> = new Set(['integer', 'real', 'string', 'boolean']);

/** Whether a word stands as one of the language: `kernel k = …`, and not `kernel real = 1` or `kernel + 1`. */
function standsAs(place: Place, words: readonly Word[], at: number): boolean {
  const [word, next, behind] = [words[at], words[at + 1], words[at + 2]];
  const isNamed = next?.kind === 'name' && !primitives.has(next.text);
  switch (place) {
    case 'anywhere':
      return word?.kind !== 'string';
    case 'block':
      return next?.text === ':';
    case 'call':
      return next?.text === '(';
    case 'modifier':
      return isNamed && behind !== undefined && (behind.kind !== 'operator' || behind.text === '(');
    case 'definition':
      return isNamed && (behind?.text === '=' || behind?.text === "'");
    case 'line':
      return word?.isFirst === true && isNamed;
    default:
      return place satisfies never;
  }
}

function findMarks(words: readonly Word[]): ReadonlySet<Mark> {
  const marks = new Set<Mark>();
  words.forEach((word, at) => {
    const found = wordMarks.get(word.text);
    if (found !== undefined && standsAs(found[1], words, at)) marks.add(found[0]);
    const next = words[at + 1];
    if (word.kind === 'name') markHead(word, next, words[at + 2], marks);
    if (word.text === '<-') markPort(words, at, marks);
    if (word.text === 'function' && isAlias(words, at)) marks.add('A1');
    if (word.text === 'spike' && next?.text === '(') marks.add('attributes');
    if (word.text === 'emit_spike' && next?.text === '(' && hasTwoArguments(words, at + 1))
      marks.add('attributes');
    if ((word.text === 'record' || word.text === 'log') && word.isFirst && standsAs('modifier', words, at))
      marks.add('A0');
    if (word.kind === 'number' && next?.text === '[' && words[at + 2]?.kind === 'name') marks.add('A0');
  });
  return marks;
}

function markHead(word: Word, next: Word | undefined, behind: Word | undefined, marks: Set<Mark>): void {
  if (!word.isFirst || next?.kind !== 'name') return;
  if (word.text === 'model' && behind?.text === ':' && !marks.has('old head')) marks.add('model');
  const isOld = word.text === 'neuron' || word.text === 'synapse' || word.text === 'component';
  if (isOld && (behind?.text === ':' || behind?.text === 'extends') && !marks.has('model'))
    marks.add('old head');
}

/** `p TYPE <- qualifiers signal`. */
function markPort(words: readonly Word[], arrow: number, marks: Set<Mark>): void {
  let start = arrow;
  while (start > 0 && !words[start]!.isFirst) start -= 1;
  const left = words.slice(start, arrow).filter(({ text }) => text !== ']' && text !== ')');
  const isTyped = left.length > 1 && words[arrow - 1]!.text !== ']';
  let end = arrow + 1;
  while (['inhibitory', 'excitatory', 'post', 'pre'].includes(words[end]?.text ?? '')) {
    if (words[end]!.text === 'post') marks.add('development');
    end += 1;
  }
  const signal = words[end]?.text;
  if (signal === 'current') marks.add('A1');
  if (signal === 'spike' && isTyped) marks.add('typed port');
  if (signal === 'continuous') marks.add('A2');
  if (signal === 'continuous' && !isTyped) marks.add('untyped continuous');
}

/** `function x mV = …`, and not `function f(a real) real:`. */
function isAlias(words: readonly Word[], at: number): boolean {
  return words[at + 1]?.kind === 'name' && words[at + 2] !== undefined && words[at + 2]!.text !== '(';
}

function hasTwoArguments(words: readonly Word[], open: number): boolean {
  let depth = 0;
  for (let at = open; at < words.length; at += 1) {
    const { text } = words[at]!;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth === 0) return false;
    if (depth === 1 && text === ',') return true;
  }
  return false;
}
