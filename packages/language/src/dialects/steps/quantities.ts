import { isUnitName } from '@nestml/units';
import { closingAt, newWord, type Word } from '../old-words.ts';
import { mapWords } from '../outline.ts';
import type { Step } from '../translation.ts';
import { parenthesised, withGap } from '../words-of-expressions.ts';

/**
 * A number took one unit name, so that `3 ms**2` was `(3 ms)**2` and `x / 2 s / ms` was `x / (2 s) / ms`: the parentheses are written. A
 * unit in brackets, `3[mV/ms]`, stands behind its number.
 */
export const rewriteQuantities: Step = (model) => mapWords(model, rewrite);

function rewrite(words: readonly Word[]): readonly Word[] {
  const result: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const quantity = quantityAt(words, at);
    if (quantity === undefined) {
      result.push(words[at]!);
      at += 1;
      continue;
    }
    const before = result.at(-1)?.text ?? '';
    const behind = words[at + quantity.length]?.text ?? '';
    const isDivisor = ['/', '//', '%'].includes(before) && ['*', '/', '//', '%'].includes(behind);
    const needsParentheses = behind === '**' || isDivisor || (quantity.isBracketed && before === '/');
    const { gap } = words[at]!;
    result.push(...(needsParentheses ? parenthesised(quantity.words, gap) : withGap(quantity.words, gap)));
    at += quantity.length;
  }
  return result;
}

interface Quantity {
  readonly length: number;
  readonly words: readonly Word[];
  readonly isBracketed: boolean;
}

function quantityAt(words: readonly Word[], at: number): Quantity | undefined {
  const number = words[at]!;
  const next = words[at + 1];
  if (number.kind !== 'number' || next === undefined) return undefined;
  if (next.text === '[') {
    const close = closingAt(words, at + 1);
    if (close === undefined) return undefined;
    const unit = words.slice(at + 2, close);
    return { length: close - at + 1, words: [number, ...withGap(unit, ' ')], isBracketed: true };
  }
  if (next.kind !== 'name' || !isUnitName(next.text)) return undefined;
  const spaced = next.gap === '' && !next.isFirst ? newWord(next.text, next.span, '') : next;
  return { length: 2, words: [number, spaced], isBracketed: false };
}
