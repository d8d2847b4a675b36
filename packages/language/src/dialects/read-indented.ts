import type { RawLine } from './attach-comments.ts';
import type { Word } from './old-words.ts';
import type { WordReader } from './word-reader.ts';

/** Reads a file of a dialect in which indentation tells what belongs together. */
export function readIndented(r: WordReader): RawLine[] {
  return readLines(r, -1);
}

/** The lines that are indented deeper than a column. */
function readLines(r: WordReader, outer: number): RawLine[] {
  const lines: RawLine[] = [];
  while (!r.isDone && r.peek(0).column > outer) {
    const { column } = r.peek(0);
    const words = readLogicalLine(r);
    const isHead = words.at(-1)?.text === ':' && words.length > 1;
    if (isHead && !r.isDone && r.peek(0).column > column)
      lines.push({ words: words.slice(0, -1), body: readLines(r, column) });
    else lines.push(isHead ? { words: words.slice(0, -1), body: [] } : { words });
  }
  return lines;
}

/** The words up to a line end outside brackets that does not follow a comma. */
function readLogicalLine(r: WordReader): readonly Word[] {
  const from = r.position;
  for (;;) {
    const isComma = r.is(',');
    if (r.is('(') || r.is('[') || r.is('[[')) r.skipBracket();
    else r.advance();
    if (r.isDone || (r.isLineStart && !isComma)) break;
  }
  const words = r.since(from);
  return words.at(-1)?.text === ';' ? words.slice(0, -1) : words;
}
