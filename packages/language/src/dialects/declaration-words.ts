import type { Span } from '@nestml/diagnostics';
import { newWord, spanOfWords, type Word } from './old-words.ts';
import { splitAt } from './words-of-expressions.ts';

/** A declaration in any dialect, taken apart. */
export interface DeclarationParts {
  /** `recordable`, `function`, `suppress`, … */
  readonly modifiers: readonly Word[];
  /** Each name with its primes, and an index that is its size. */
  readonly names: readonly (readonly Word[])[];
  readonly type: readonly Word[];
  /** The words in `[n]` or `<n>` behind the type, without the brackets. */
  readonly size: readonly Word[] | undefined;
  /** Behind `=`. */
  readonly value: readonly Word[] | undefined;
  /** The sign `=`. */
  readonly equals: Word | undefined;
  /** Guard and decorators. */
  readonly rest: readonly Word[];
}

const modifierWords: ReadonlySet<string> = new Set([
  ...['recordable', 'function', 'inline', 'alias', 'suppress', 'log', 'record', 'shape', 'kernel'],
]);

/** Takes the words of a declaration apart. */
export function readParts(words: readonly Word[]): DeclarationParts {
  let at = 0;
  while (modifierWords.has(words[at]?.text ?? '') && words[at + 1]?.kind === 'name') at += 1;
  const modifiers = words.slice(0, at);
  const restAt = findOutside(words, at, (text) => text === '[[' || text === '@');
  const body = words.slice(at, restAt);
  const equalsAt = findOutside(body, 0, (text) => text === '=');
  const left = body.slice(0, equalsAt);
  const equals = body[equalsAt];
  const value = equals === undefined ? undefined : body.slice(equalsAt + 1);
  const { names, type, size } = readLeft(left);
  return { modifiers, names, type, size, value, equals, rest: words.slice(restAt) };
}

function readLeft(left: readonly Word[]): Pick<DeclarationParts, 'names' | 'type' | 'size'> {
  const parts = splitAt(left, ',');
  const last = parts.at(-1) ?? [];
  let length = 1;
  if (last[length]?.text === '[') {
    while (length < last.length && last[length]!.text !== ']') length += 1;
    length += 1;
  }
  while (last[length]?.text === "'") length += 1;
  const name = last.slice(0, length).map((word) => (word.text === '[' ? { ...word, gap: '' } : word));
  const names = [...parts.slice(0, -1), name];
  const type = last.slice(length);
  const sizeAt = type.findIndex(({ text }) => text === '[' || text === '<');
  if (sizeAt < 0) return { names, type, size: undefined };
  return { names, type: type.slice(0, sizeAt), size: type.slice(sizeAt + 1, -1) };
}

/** The position of the first word outside brackets that fits, or the length. */
function findOutside(words: readonly Word[], from: number, fits: (text: string) => boolean): number {
  let depth = 0;
  for (let at = from; at < words.length; at += 1) {
    const { text } = words[at]!;
    if (depth === 0 && fits(text)) return at;
    if (['(', '[', '[['].includes(text)) depth += 1;
    if ([')', ']', ']]'].includes(text)) depth -= 1;
  }
  return words.length;
}

/** The words of a declaration again. */
export function writeParts({
  modifiers,
  names,
  type,
  size,
  value,
  equals,
  rest,
}: DeclarationParts): readonly Word[] {
  const sized = names.map((name) => (size === undefined ? name : addSize(name, size)));
  const separated = sized.flatMap((name, index) =>
    index === 0 ? name : [newWord(',', startOf(name), ''), ...spaced(name)],
  );
  const right = equals === undefined || value === undefined ? [] : [equals, ...value];
  return [...modifiers, ...separated, ...spaced(type), ...right, ...rest];
}

function addSize(name: readonly Word[], size: readonly Word[]): readonly Word[] {
  const [first, ...others] = name;
  if (first === undefined) return name;
  const bracket = (text: string): Word => newWord(text, endOf(first), '');
  const inner = size.map((word, index) => (index === 0 ? { ...word, gap: '' } : word));
  return [first, bracket('['), ...inner, bracket(']'), ...others];
}

function startOf(words: readonly Word[]): Span {
  const { start } = spanOfWords(words);
  return { start, end: start };
}

function endOf({ span: { end } }: Word): Span {
  return { start: end, end };
}

function spaced(words: readonly Word[]): readonly Word[] {
  return words.map((word, index) => (index === 0 ? { ...word, gap: ' ' } : word));
}

/** The names that a declaration declares, without primes. */
export function declaredNames(words: readonly Word[]): readonly string[] {
  return readParts(words).names.map(([name]) => name?.text ?? '');
}
