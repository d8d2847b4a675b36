import { declaredNames, readParts } from '../declaration-words.ts';
import { newWord, renamed, type Word } from '../old-words.ts';
import { head, type Line, mapBody } from '../outline.ts';
import type { Step } from '../translation.ts';
import { mentions } from '../words-of-expressions.ts';
import { addToBlock } from './heads.ts';

const aliasWords: ReadonlySet<string> = new Set(['alias', 'function', 'inline']);
const hiddenWords: ReadonlySet<string> = new Set(['suppress', 'log', 'record']);

/**
 * Aliases become inlines of the equations, in an order in which each uses earlier ones only; those of parameters alone become internals.
 * What only chose the variables that are recorded is dropped.
 */
export const rewriteAliases: Step = (model) => {
  const moved: Line[] = [];
  const internals: Line[] = [];
  const changing = changingNames(model);
  const kept = mapBody(model, (block) => {
    const name = head(block);
    if (name === 'equations') return [mapBody(block, (line) => [rewriteEquation(line)])];
    if (!['state', 'parameters', 'internals'].includes(name)) return [block];
    return [
      mapBody(block, (line) => {
        const { modifiers } = readParts(line.words);
        const isAlias = modifiers.some(({ text }) => aliasWords.has(text));
        if (!isAlias) return [{ ...line, words: withoutModifiers(line.words) }];
        const isFixed = name !== 'state' && ![...changing].some((other) => mentions(line.words, other));
        if (isFixed) {
          const plain = { ...line, words: withoutModifiers(line.words) };
          if (name === 'internals') return [plain];
          internals.push(plain);
          return [];
        }
        moved.push({ ...line, words: asInline(line.words), isApart: false });
        return [];
      }),
    ];
  });
  const cleared = mapBody(kept, (block) => [withoutMovedComments(block, [...moved, ...internals])]);
  const withInternals = addToBlock(cleared, 'internals', internals, true);
  return sortInlines(addToBlock(withInternals, 'equations', moved));
};

/** Comments move with their line, and `mapBody` has left copies of them behind. */
function withoutMovedComments(block: Line, moved: readonly Line[]): Line {
  const gone = new Set(
    moved.flatMap(({ before, after }) => (after === undefined ? before : [...before, after])),
  );
  const body = block.body?.map((line) =>
    moved.includes(line) ? line : { ...line, before: line.before.filter((comment) => !gone.has(comment)) },
  );
  const closing = block.closing.filter((comment) => !gone.has(comment));
  return body === undefined ? block : { ...block, body, closing };
}

/** States and whatever is computed from them or from inputs. */
function changingNames(model: Line): ReadonlySet<string> {
  const names = new Set<string>(['t']);
  const blocks = model.body ?? [];
  for (const block of blocks) {
    for (const { words } of block.body ?? []) {
      if (head(block) === 'state' || head(block) === 'equations')
        for (const name of declaredNames(words)) names.add(name);
      if (head(block) === 'input') names.add(words[0]?.text ?? '');
    }
  }
  const aliases = blocks
    .filter((block) => head(block) === 'parameters' || head(block) === 'internals')
    .flatMap((block) => block.body ?? [])
    .filter(({ words }) => readParts(words).modifiers.some(({ text }) => aliasWords.has(text)));
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const { words } of aliases)
      if ([...names].some((name) => mentions(words, name)))
        for (const name of declaredNames(words)) names.add(name);
  }
  return names;
}

function withoutModifiers(words: readonly Word[]): readonly Word[] {
  const { modifiers } = readParts(words);
  return words.slice(modifiers.length);
}

function asInline(words: readonly Word[]): readonly Word[] {
  const { modifiers } = readParts(words);
  const left = modifiers.filter(({ text }) => !hiddenWords.has(text));
  const isRecorded = modifiers.some(
    ({ text }) => text === 'recordable' || text === 'record' || text === 'log',
  );
  const first = modifiers[0] ?? words[0]!;
  const recordable = left.find(({ text }) => text === 'recordable') ?? newWord('recordable', first.span);
  const alias = left.find(({ text }) => aliasWords.has(text)) ?? newWord('inline', startOf(first));
  const inline = alias.text === 'inline' ? alias : renamed(alias, 'inline');
  const rest = words
    .slice(modifiers.length)
    .map((word, index) => (index === 0 ? { ...word, gap: ' ' } : word));
  return isRecorded ? [recordable, { ...inline, gap: ' ' }, ...rest] : [inline, ...rest];
}

function startOf({ span: { start } }: Word) {
  return { start, end: start };
}

/** An alias of the equations in one of its forms: with a word, or in version 1.2 a type alone. */
function rewriteEquation(line: Line): Line {
  const { modifiers, type, value } = readParts(line.words);
  if (value === undefined || modifiers.some(({ text }) => text === 'shape' || text === 'kernel')) return line;
  const isAlias = modifiers.some(({ text }) => aliasWords.has(text));
  if (!isAlias && type.length === 0) return line;
  return { ...line, words: asInline(line.words) };
}

/** Puts the inlines, in the places that inlines have, in an order in which each uses only earlier ones. */
function sortInlines(model: Line): Line {
  return mapBody(model, (block) => {
    if (head(block) !== 'equations' || block.body === undefined) return [block];
    const isInline = ({ words }: Line) => words.slice(0, 2).some(({ text }) => text === 'inline');
    const waiting = block.body.filter(isInline);
    const sorted: Line[] = [];
    while (waiting.length > 0) {
      const names = waiting.map(({ words }) => declaredNames(words)[0] ?? '');
      const ready = waiting.findIndex(({ words }) => {
        const value = readParts(words).value ?? [];
        return !names.some((name) => mentions(value, name));
      });
      sorted.push(...waiting.splice(Math.max(ready, 0), 1));
    }
    let next = 0;
    const body = block.body.map((line) => (isInline(line) ? sorted[next++]! : line));
    return [{ ...block, body }];
  });
}
