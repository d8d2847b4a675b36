import type { Span } from '@nestml/diagnostics';
import type { RawLine } from './attach-comments.ts';
import type { Word } from './old-words.ts';
import type { WordReader } from './word-reader.ts';

const blockWords: ReadonlySet<string> = new Set([
  ...['state', 'initial_values', 'parameters', 'internals', 'equations', 'input', 'output', 'update'],
  ...['function', 'onReceive', 'onCondition'],
]);

/** The lines of a file, and the words `end` that were left out. */
export interface IndentedLines {
  readonly lines: readonly RawLine[];
  readonly ends: readonly Span[];
}

/** Reads a file of a dialect in which indentation tells what belongs together. A line of nothing but `end` is left out. */
export function readIndented(r: WordReader): IndentedLines {
  const ends: Span[] = [];
  return { lines: readLines(r, -1, ends), ends };
}

/** The lines that are indented deeper than a column. */
function readLines(r: WordReader, outer: number, ends: Span[]): RawLine[] {
  const lines: RawLine[] = [];
  while (!r.isDone && r.peek(0).column > outer) {
    const { column } = r.peek(0);
    const words = readLogicalLine(r);
    if (words.length === 1 && words[0]!.text === 'end') {
      ends.push(words[0]!.span);
      continue;
    }
    const colon = colonOfBlock(words);
    if (colon !== undefined) {
      const first = { words: words.slice(colon + 1) };
      const deeper = !r.isDone && r.peek(0).column > column ? readLines(r, column, ends) : [];
      lines.push({ words: words.slice(0, colon), body: [first, ...deeper] });
      continue;
    }
    const isHead = words.at(-1)?.text === ':' && words.length > 1;
    if (isHead && !r.isDone && r.peek(0).column > column)
      lines.push({ words: words.slice(0, -1), body: readLines(r, column, ends) });
    else lines.push(isHead ? { words: words.slice(0, -1), body: [] } : { words });
  }
  return lines;
}

/** The place of the colon in the head of a block that has content on its line: `output: spike`. */
function colonOfBlock(words: readonly Word[]): number | undefined {
  if (!blockWords.has(words[0]?.text ?? '')) return undefined;
  let depth = 0;
  const colon = words.findIndex(({ text }) => {
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    return text === ':' && depth === 0;
  });
  return colon < 1 || colon === words.length - 1 ? undefined : colon;
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
