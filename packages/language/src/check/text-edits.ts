import { type Edit, lineText, positionAt, type SourceFile, type Span } from '@nestml/diagnostics';
import type { ModelSyntax } from '../syntax/tree.ts';

/** The edit that adds a block at the end of a model, indented as its other blocks are. */
export function appendBlock(
  { blocks, span }: ModelSyntax,
  source: SourceFile,
  head: string,
  line: string,
): Edit | undefined {
  const first = blocks[0];
  if (first === undefined) return undefined;
  const indentation = indentationAt(source, first.span.start);
  const end = source.text.slice(0, span.end).trimEnd().length;
  const lineEnd = lineEndBehind(source, end);
  return {
    span: { start: lineEnd, end: lineEnd },
    text: `\n\n${indentation}${head}\n${indentation}${indentation}${line}`,
  };
}

/** The edit that puts a line above the one on which something begins, indented as that is. */
export function insertLineAbove(source: SourceFile, { start }: Span, line: string): Edit {
  return { span: { start, end: start }, text: `${line}\n${indentationAt(source, start)}` };
}

/** The edit that removes the lines of an element, with their line ends. */
export function removeLines(source: SourceFile, { start, end }: Span): Edit {
  const first = source.lineStarts[positionAt(source, start).line - 1]!;
  const next = source.lineStarts[positionAt(source, end).line];
  return { span: { start: first, end: next ?? source.text.length }, text: '' };
}

/** The edit that removes something and the blanks before it. */
export function removeWithBlanks(source: SourceFile, { start, end }: Span): Edit {
  return { span: { start: source.text.slice(0, start).trimEnd().length, end }, text: '' };
}

/** The edits that put a text before and another behind a place. */
export function surround({ start, end }: Span, before: string, behind: string): readonly Edit[] {
  return [
    { span: { start, end: start }, text: before },
    { span: { start: end, end }, text: behind },
  ];
}

function indentationAt(source: SourceFile, offset: number): string {
  return /^\s*/.exec(lineText(source, positionAt(source, offset).line))![0];
}

function lineEndBehind(source: SourceFile, offset: number): number {
  const { line } = positionAt(source, offset);
  return source.lineStarts[line - 1]! + lineText(source, line).length;
}
