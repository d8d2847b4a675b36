import { readParts } from '../declaration-words.ts';
import type { DialectId } from '../dialect.ts';
import { newWord, newWords, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapBody, mapLines, plainLine } from '../outline.ts';
import type { Step } from '../translation.ts';
import { freeName } from './step-length.ts';

/** Families in which a statement with the name of a vector was about each of its elements; indices came with 5.0. */
const families: ReadonlySet<DialectId> = new Set<DialectId>(['A0', 'A1', 'A2', 'A2d']);

const blocksOfStatements: ReadonlySet<string> = new Set([
  ...['update', 'function', 'onReceive', 'preReceive', 'postReceive'],
]);

/** Sizes of the vectors of a model by name. */
type Sizes = ReadonlyMap<string, readonly Word[]>;

/** Assignments to whole vectors become loops over their elements. */
export const rewriteVectors: Step = (model, { dialect, mark }) => {
  const sizes = families.has(dialect.id) ? sizesOf(model) : new Map<string, readonly Word[]>();
  if (sizes.size === 0) return model;
  const index = freeName(model, 'element');
  return mapBody(model, (block) => {
    if (!blocksOfStatements.has(head(block)) || block.body === undefined) return [block];
    const found: Line[] = [];
    const change = (line: Line): readonly Line[] => {
      if (line.body !== undefined) return [mapBody(line, change)];
      const loop = asLoop(line, sizes, index);
      if (loop === undefined) return [line];
      mark('a statement about a whole vector is a loop over its elements today', spanOfWords(line.words));
      found.push(loop);
      return [loop];
    };
    const { lines, left } = mapLines(block.body, change);
    const [first] = found;
    if (first === undefined) return [block];
    const { start } = block.words[0]!.span;
    const declaration = plainLine(newWords(`${index} integer = 0`, { start, end: start }, ''));
    return [{ ...block, body: [declaration, ...lines], closing: [...left, ...block.closing] }];
  });
};

/** The size of each variable or port that is declared with one, in any of the notations. */
function sizesOf(model: Line): Sizes {
  const sizes = new Map<string, readonly Word[]>();
  const blocks = (model.body ?? []).filter((block) => !blocksOfStatements.has(head(block)));
  for (const { words } of blocks.flatMap(({ body = [] }) => body)) {
    const arrow = words.findIndex(({ text }) => text === '<-');
    const { names, size } = readParts(arrow < 0 ? words : words.slice(0, arrow));
    for (const name of names) {
      const own = name[1]?.text === '[' ? name.slice(2, -1) : size;
      if (name[0] !== undefined && own !== undefined && own.length > 0) sizes.set(name[0].text, own);
    }
  }
  return sizes;
}

/** `for i in 0 ... n step 1: x[i] = …`, unless no other value than a plain one goes to all elements, which is legal today. */
function asLoop(line: Line, sizes: Sizes, index: string): Line | undefined {
  const { words } = line;
  const size = sizes.get(head(line));
  const sign = words[1]?.text ?? '';
  if (size === undefined || !/^([-+*/]|\/\/)?=$/.test(sign)) return undefined;
  const isWhole = (word: Word, at: number): boolean =>
    word.kind === 'name' && sizes.has(word.text) && !/^[[(]$/.test(words[at + 1]?.text ?? '');
  if (sign === '=' && !words.slice(2).some((word, at) => isWhole(word, at + 2))) return undefined;
  const inner = words.flatMap((word, at): readonly Word[] =>
    isWhole(word, at) ? [word, ...newWords(`[${index}]`, endOf(word), '')] : [word],
  );
  const { start } = spanOfWords(words);
  const place = { start, end: start };
  const written = size.map(({ text }) => newWord(text, place));
  const range = [...newWords(`for ${index} in 0 ...`, place, ''), ...written, ...newWords('step 1', place)];
  const body = [{ ...line, words: inner, before: [], isApart: false }];
  return { ...plainLine(range, body), before: line.before, isApart: line.isApart };
}

function endOf({ span: { end } }: Word) {
  return { start: end, end };
}
