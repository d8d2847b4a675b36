import type { Span } from '@nestml/diagnostics';
import type { OldComment, Word } from './old-words.ts';
import type { Line, Outline } from './outline.ts';
import type { Piece } from './source-map.ts';

const indentation = '    ';

/** Writes an outline in the layout of today: one statement a line, four blanks a level, a blank line between blocks. Comments keep their words. */
export function printOutline({ lines, closing }: Outline, text: string): readonly Piece[] {
  const printer: Printer = { text, pieces: [], hasLines: false };
  lines.forEach((line) => {
    printLine(line, 0, printer);
  });
  for (const comment of closing) printComment(comment, 0, printer);
  return printer.pieces;
}

interface Printer {
  readonly text: string;
  readonly pieces: Piece[];
  hasLines: boolean;
}

function write(printer: Printer, text: string, origin: Span): void {
  const isCopy = printer.text.slice(origin.start, origin.end) === text;
  printer.pieces.push({ text, origin, isCopy });
}

/** Blanks and marks that stand for nothing in the old text. */
function writeLayout(printer: Printer, text: string, offset: number): void {
  printer.pieces.push({ text, origin: { start: offset, end: offset }, isCopy: false });
}

function printLine(line: Line, level: number, printer: Printer): void {
  const start = line.words[0]?.span.start ?? 0;
  const isBlock = level === 1 && line.body !== undefined;
  if ((line.isApart || isBlock) && printer.hasLines) writeLayout(printer, '\n', start);
  for (const comment of line.before) printComment(comment, level, printer);
  writeLayout(printer, indentation.repeat(level), start);
  printWords(line.words, level, printer);
  const end = line.words.at(-1)?.span.end ?? start;
  if (line.body !== undefined) writeLayout(printer, ':', end);
  if (line.after !== undefined) {
    writeLayout(printer, '  ', end);
    write(printer, line.after.lines[0] ?? '#', line.after.span);
  }
  writeLayout(printer, '\n', end);
  printer.hasLines = line.body === undefined;
  for (const inner of line.body ?? []) printLine(inner, level + 1, printer);
  for (const comment of line.closing) printComment(comment, level + 1, printer);
  printer.hasLines = true;
}

/** The words of a line; the parts of a kernel begin lines of their own, as the language of today wants it. */
function printWords(words: readonly Word[], level: number, printer: Printer): void {
  const isKernel = words[0]?.text === 'kernel';
  let depth = 0;
  words.forEach((word, index) => {
    const previous = words[index - 1];
    if (['(', '[', '[['].includes(word.text)) depth += 1;
    if ([')', ']', ']]'].includes(word.text)) depth -= 1;
    if (previous !== undefined) {
      const isPart = isKernel && depth === 0 && previous.text === ',';
      const gap = word.isFirst ? ' ' : word.gap;
      writeLayout(printer, isPart ? `\n${indentation.repeat(level + 1)}` : gap, previous.span.end);
    }
    write(printer, word.text, word.span);
  });
}

function printComment({ lines, isHash, span }: OldComment, level: number, printer: Printer): void {
  const before = indentation.repeat(level);
  if (isHash) {
    writeLayout(printer, before, span.start);
    write(printer, lines[0] ?? '#', span);
    writeLayout(printer, '\n', span.end);
    return;
  }
  for (const line of lines) write(printer, `${before}${line === '' ? '#' : `# ${line}`}\n`, span);
}
