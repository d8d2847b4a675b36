import { parseStrayBlock } from './blocks.ts';
import { blockKeywords } from './layout.ts';
import { isHeadLine, skipLineAndBlock, suggestWord } from './lines.ts';
import type { ParserState } from './parser-state.ts';
import { nextSpan, spanOf } from './recovery.ts';

/** Words that begin statements with a block of their own. */
const compoundKeywords = ['if', 'elif', 'else', 'for', 'while'];

/**
 * Reports a line that cannot stand in `place` and skips it with the block that it opens; a block of the model is read
 * and kept.
 */
export function failMisplaced(p: ParserState, place: string): undefined {
  if (blockKeywords.has(p.word)) return parseStrayBlock(p, place);
  if (p.is('model')) {
    p.fail('misplaced-block', spanOf(p.token), { word: 'model', place });
    skipLineAndBlock(p);
    return;
  }
  const { suggestion, fixes } = isHeadLine(p)
    ? suggestWord(p, compoundKeywords)
    : { suggestion: undefined, fixes: [] };
  p.fail('misplaced-line', nextSpan(p), { word: p.word, place, suggestion }, { fixes });
  skipLineAndBlock(p);
}
