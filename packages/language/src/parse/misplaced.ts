import { parseStrayBlock } from './blocks.ts';
import { blockKeywords } from './layout.ts';
import { skipLineAndBlock } from './lines.ts';
import type { ParserState } from './parser-state.ts';
import { failSlashComment, nextSpan, spanOf } from './recovery.ts';

/** What follows the name of a variable or a port, and never a word of the language at the beginning of a line. */
const behindNames: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '//=', '<-', "'", '[', ',']);

/**
 * Reports a line that cannot stand in `place` and skips it with the block that it opens; a block of the model is read
 * and kept.
 */
export function failMisplaced(p: ParserState, place: string): undefined {
  const { word } = p;
  if (p.kind === 'keyword' && behindNames.has(p.peekWord(1))) p.noteKeyword(false);
  else if (blockKeywords.has(word)) return parseStrayBlock(p, place);
  else if (word === 'model') p.fail('misplaced-block', spanOf(p.token), { word, place, hasTab: false });
  else if (!failSlashComment(p)) p.fail('misplaced-line', nextSpan(p), { word, place });
  skipLineAndBlock(p);
}
