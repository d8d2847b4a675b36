import type { Span } from '@nestml/diagnostics';
import { closingAt, newWord, spanOfWords, type Word } from './old-words.ts';

/** What takes the place of an operand. */
export interface Replacement {
  /** How many words it replaces. */
  readonly length: number;
  /** A product; parentheses are added where its neighbours need them. */
  readonly product: readonly Word[];
  readonly isNegated?: boolean;
}

const tighter: ReadonlySet<string> = new Set(['/', '//', '%', '**']);

/** Replaces operands from the left; `find` looks at the words from a position on. */
export function replaceOperands(
  words: readonly Word[],
  find: (words: readonly Word[], at: number) => Replacement | undefined,
): readonly Word[] {
  const result: Word[] = [];
  let at = 0;
  while (at < words.length) {
    const found = find(words, at);
    if (found === undefined) {
      result.push(words[at]!);
      at += 1;
      continue;
    }
    const behind = words[at + found.length]?.text ?? '';
    insert(result, found, words[at]!.gap, behind);
    at += found.length;
  }
  return result;
}

function insert(
  result: Word[],
  { product, isNegated = false }: Replacement,
  gap: string,
  behind: string,
): void {
  const previous = result.at(-1);
  const before = previous?.text ?? '';
  const span = spanOfWords(product);
  const isSingle =
    product.length === 1 || (closingAt(product, 1) === product.length - 1 && product[1]!.text === '(');
  const isTight = tighter.has(before) || behind === '**';
  const isBinary = endsOperand(result.at(-2));
  if (isNegated && isBinary && previous !== undefined && (before === '+' || before === '-') && !isTight) {
    result[result.length - 1] = { ...newWord(before === '+' ? '-' : '+', previous.span, previous.gap) };
    result.push(...withGap(product, gap));
    return;
  }
  const isFactor = isTight || before === '*' || before === '-' || before === '+';
  const sign = isNegated ? [newWord('-', { start: span.start, end: span.start }, '')] : [];
  const all = [...sign, ...withGap(product, isNegated ? '' : gap)];
  if ((isNegated && isFactor) || (isTight && !isSingle)) result.push(...parenthesised(all, gap));
  else result.push(...withGap(all, gap));
}

/** Whether an operator behind this word has two operands. */
export function endsOperand(word: Word | undefined): boolean {
  if (word === undefined) return false;
  if (word.kind === 'operator') return [')', ']', "'"].includes(word.text);
  return !['and', 'or', 'not', 'return', 'if', 'elif', 'while', 'in'].includes(word.text);
}

/** The words with another gap before the first. */
export function withGap(words: readonly Word[], gap: string): readonly Word[] {
  return words.map((word, index) => (index === 0 ? { ...word, gap } : word));
}

/** The words in parentheses. */
export function parenthesised(words: readonly Word[], gap: string): readonly Word[] {
  const { start, end } = spanOfWords(words);
  return [
    newWord('(', { start, end: start }, gap),
    ...withGap(words, ''),
    newWord(')', { start: end, end }, ''),
  ];
}

/** A call in a list of words. */
export interface Call {
  readonly name: Word;
  readonly arguments: readonly (readonly Word[])[];
  /** From the name to the closing parenthesis, in words. */
  readonly length: number;
  readonly span: Span;
}

/** The call that begins at a position. */
export function callAt(words: readonly Word[], at: number): Call | undefined {
  const name = words[at]!;
  if (name.kind !== 'name' || words[at + 1]?.text !== '(') return undefined;
  const close = closingAt(words, at + 1);
  if (close === undefined) return undefined;
  const length = close - at + 1;
  const span = spanOfWords(words.slice(at, close + 1));
  return { name, arguments: splitAt(words.slice(at + 2, close), ','), length, span };
}

/** The parts between separators that stand outside brackets; none for no words. */
export function splitAt(words: readonly Word[], separator: string): readonly (readonly Word[])[] {
  if (words.length === 0) return [];
  const parts: Word[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (['(', '[', '[['].includes(word.text)) depth += 1;
    if ([')', ']', ']]'].includes(word.text)) depth -= 1;
    if (depth === 0 && word.text === separator) parts.push([]);
    else parts.at(-1)!.push(word);
  }
  return parts;
}

/** Whether a word names a variable of this name: not a function, not a part of `a.b`. */
export function mentions(words: readonly Word[], name: string): boolean {
  return words.some(({ kind, text }, at) => kind === 'name' && text === name && words[at + 1]?.text !== '(');
}
