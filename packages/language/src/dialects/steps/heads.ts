import { newWord, newWords, renamed, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapBody } from '../outline.ts';
import type { Step } from '../translation.ts';

/** Old names of blocks. */
const blockNames: Readonly<Record<string, string>> = {
  initial_values: 'state',
  parameter: 'parameters',
  internal: 'internals',
};

/**
 * `neuron X` and `synapse X` become `model X`, with a name that tells the kind as it is done today; blocks get their present names, and
 * blocks of variables that occur twice become one.
 */
export const rewriteHeads: Step = (model, facts) => {
  const [word, name, ...others] = model.words;
  if (word === undefined || name === undefined) return model;
  if (others.length > 0)
    facts.mark('what a model extends is not read: write the whole model', spanOfWords(others));
  const text = nameOf(name.text, facts.kind);
  if (text !== name.text)
    facts.note(`\`${name.text}\` becomes \`${text}\`, since the name tells neurons from synapses`, name.span);
  const words = [renamed(word, 'model'), renamed(name, text)];
  return mergeBlocks(mapBody({ ...model, words }, (block) => [rewriteBlockHead(block, facts)]));
};

function nameOf(name: string, kind: 'neuron' | 'synapse'): string {
  const isSynapse = name.endsWith('synapse');
  if (kind === 'synapse') return isSynapse ? name : `${name}_synapse`;
  return isSynapse ? `${name}_neuron` : name;
}

function rewriteBlockHead(block: Line, { ports, note }: Parameters<Step>[1]): Line {
  const [word, ...others] = block.words;
  if (word === undefined || block.body === undefined || others.length > 0) return block;
  const today = blockNames[word.text];
  if (today !== undefined) return { ...block, words: [renamed(word, today)] };
  if (word.text !== 'preReceive' && word.text !== 'postReceive') return block;
  const isPost = word.text === 'postReceive';
  const port = [...ports.values()].find((one) => one.signal === 'spike' && one.isPost === isPost);
  const name = port?.name ?? (isPost ? 'post_spikes' : 'pre_spikes');
  if (port === undefined)
    note(`\`${word.text}\` takes the port \`${name}\`, which is declared for it`, word.span);
  const head: readonly Word[] = [renamed(word, 'onReceive'), ...newWords(`(${name})`, word.span, '')];
  return { ...block, words: head };
}

const merged: ReadonlySet<string> = new Set(['state', 'parameters', 'internals', 'equations', 'input']);

/** A block whose head is one word; what has more words, or no body, is none, and must stay. */
function isPlainBlock({ words, body }: Line): boolean {
  return body !== undefined && words.length === 1 && merged.has(words[0]!.text);
}

function mergeBlocks(model: Line): Line {
  const blocks: Line[] = [];
  for (const block of model.body ?? []) {
    const at = isPlainBlock(block)
      ? blocks.findIndex((one) => isPlainBlock(one) && head(one) === head(block))
      : -1;
    const first = blocks[at];
    if (first === undefined) blocks.push(block);
    else blocks[at] = join(first, block);
  }
  return { ...model, body: blocks };
}

/** The lines of both; the comments about the second block go above its first line. */
function join(first: Line, second: Line): Line {
  const [line, ...others] = second.body ?? [];
  const comments = [
    ...first.closing,
    ...second.before,
    ...(second.after === undefined ? [] : [second.after]),
  ];
  if (line === undefined) return { ...first, closing: [...comments, ...second.closing] };
  const lines = [{ ...line, before: [...comments, ...line.before] }, ...others];
  return { ...first, body: [...(first.body ?? []), ...lines], closing: second.closing };
}

/** Adds lines to a block of a model; the block is made, before `beforeBlock` or at the end, if there is none. */
export function addToBlock(model: Line, name: string, lines: readonly Line[], isFirst = false): Line {
  if (lines.length === 0) return model;
  const body = model.body ?? [];
  const target = body.find((block) => head(block) === name && block.body !== undefined);
  if (target === undefined) {
    const span = model.words[0]?.span ?? { start: 0, end: 0 };
    const block: Line = {
      words: [newWord(name, { start: span.start, end: span.start }, '')],
      body: lines,
      before: [],
      closing: [],
      isApart: true,
    };
    const place = body.findIndex((one) => order.indexOf(head(one)) > order.indexOf(name));
    const at = place < 0 ? body.length : place;
    return { ...model, body: [...body.slice(0, at), block, ...body.slice(at)] };
  }
  return mapBody(model, (block) => {
    if (block !== target) return [block];
    const own = block.body ?? [];
    return [{ ...block, body: isFirst ? [...lines, ...own] : [...own, ...lines] }];
  });
}

/** Where a new block goes: before the first that comes later here. */
const order: readonly string[] = [
  ...[
    'state',
    'equations',
    'parameters',
    'internals',
    'input',
    'output',
    'function',
    'onReceive',
    'update',
    'onCondition',
  ],
];
