import { newWord, spanOfWords, type Word } from '../old-words.ts';
import { head, type Line, mapLines } from '../outline.ts';
import type { Step } from '../translation.ts';
import { parenthesised } from '../words-of-expressions.ts';

/** Blocks and branches without content, which the language of today does not have, are left out. */
export const dropEmptyBlocks: Step = (model) => dropIn(model);

function dropIn(line: Line): Line {
  if (line.body === undefined) return line;
  const { lines, left } = mapLines(invertEmptyIfs(line.body), (inner) => {
    const reduced = dropIn(inner);
    const isNeeded = reduced.body?.length !== 0 || (head(reduced) === 'if' && isFollowed(line.body!, inner));
    return isNeeded ? [reduced] : [];
  });
  return { ...line, body: lines, closing: [...left, ...line.closing] };
}

/** Whether a branch follows, so that the `if` cannot go. */
function isFollowed(lines: readonly Line[], line: Line): boolean {
  return ['elif', 'else'].includes(head(lines[lines.indexOf(line) + 1] ?? line));
}

/** `if c:` without content before `else: …` as `if not (c): …`. */
function invertEmptyIfs(lines: readonly Line[]): readonly Line[] {
  return lines.flatMap((line, at) => {
    const next = lines[at + 1];
    const isEmpty = (one: Line | undefined) =>
      one !== undefined && head(one) === 'if' && one.body?.length === 0;
    if (isEmpty(line) && next !== undefined && head(next) === 'else' && next.body?.length !== 0)
      return [
        { ...next, words: inverted(line.words), before: [...line.before, ...line.closing, ...next.before] },
      ];
    return head(line) === 'else' && isEmpty(lines[at - 1]) ? [] : [line];
  });
}

function inverted([first, ...condition]: readonly Word[]): readonly Word[] {
  const { start } = spanOfWords(condition);
  return [first!, newWord('not', { start, end: start }), ...parenthesised(condition, ' ')];
}
