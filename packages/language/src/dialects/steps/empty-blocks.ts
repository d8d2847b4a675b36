import { blockWords } from '../ends.ts';
import { closingAt, newWord, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapBody } from '../outline.ts';
import type { Step } from '../translation.ts';
import { parenthesised } from '../words-of-expressions.ts';

/**
 * Blocks and branches without content, which the language of today does not have, are left out. A branch that does nothing keeps those
 * after it from running: its condition is turned round, and they move into it.
 */
export const dropEmptyBlocks: Step = (model) => dropIn(model);

/** From the inside out: a branch whose content goes is empty itself. */
function dropIn(line: Line): Line {
  const inner = mapBody(line, (one) => [dropIn(one)]);
  return inner.body === undefined ? inner : withoutEmpty({ ...inner, body: turnEmptyBranches(inner.body) });
}

function withoutEmpty(line: Line): Line {
  return mapBody(line, (inner) => (isEmpty(inner) ? [] : [inner]));
}

/** Whether a head that may be left out has nothing below it; what is no head of the language stays, to be reported. */
function isEmpty(line: Line): boolean {
  const isHead = branches.has(head(line)) || blockWords.has(head(line));
  return line.body?.length === 0 && isHead && isClosed(line.words);
}

/** Whether all brackets are closed; one that is not has taken what follows the head into it. */
function isClosed(words: readonly Word[]): boolean {
  return words.every(({ text }, at) => !/^(\(|\[|\[\[)$/.test(text) || closingAt(words, at) !== undefined);
}

const branches: ReadonlySet<string> = new Set(['if', 'elif', 'else', 'for', 'while']);

function turnEmptyBranches(lines: readonly Line[]): readonly Line[] {
  const result: Line[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = endOfChain(lines, at);
    result.push(...turnInChain(lines.slice(at, end)));
    at = end;
  }
  return result;
}

/** Behind the last branch of the `if` at a place; behind the line itself if it is none. */
function endOfChain(lines: readonly Line[], at: number): number {
  let end = at + 1;
  if (head(lines[at]!) !== 'if') return end;
  while (end < lines.length && ['elif', 'else'].includes(head(lines[end]!))) end += 1;
  return end;
}

/** `if a: x, elif b: nothing, elif c: y, else: z` as `if a: x, elif not (b): (if c: y, else: z)`. */
function turnInChain(chain: readonly Line[]): readonly Line[] {
  const at = chain.findIndex((line, place) => isEmpty(line) && !chain.slice(place).every(isEmpty));
  const line = chain[at];
  const next = chain[at + 1];
  if (line === undefined || next === undefined) return chain;
  const comments = [...line.before, ...line.closing];
  const words = inverted(line.words);
  if (head(next) === 'else')
    return [...chain.slice(0, at), { ...next, words, before: [...comments, ...next.before] }];
  const [first, ...condition] = next.words;
  const alone = { ...next, words: [newWord('if', first!.span), ...condition] };
  const body = turnInChain([alone, ...chain.slice(at + 2)]);
  return [...chain.slice(0, at), withoutEmpty({ ...line, words, body })];
}

function inverted([first, ...condition]: readonly Word[]): readonly Word[] {
  const { start } = spanOfWords(condition);
  return [first!, newWord('not', { start, end: start }), ...parenthesised(condition, ' ')];
}
