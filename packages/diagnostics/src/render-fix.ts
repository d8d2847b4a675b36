import type { Edit, Fix } from './diagnostic.ts';
import { harmless, harmlessLine } from './display-line.ts';
import { areApplicable, editText, sortEdits } from './edit-text.ts';
import type { Paint } from './paint.ts';
import { positionAt, type SourceFile } from './source.ts';

/** Lines of one change that are shown before the rest is counted. */
const SHOWN_LINES = 6;

/** Longer lines are cut to this many characters, around the first change. */
const SHOWN_CHARACTERS = 120;
/** Characters kept before the first change of a line that is cut. */
const LEAD = 30;

/** Changes of one fix that are shown before the rest is counted. */
const SHOWN_CHANGES = 8;
/** Characters of a line that are looked at before the first edit and behind the last. */
const CONTEXT = 500;

/** Whole lines before and after the edits that touch them. */
interface Change {
  /** Line number in the old text. */
  readonly oldLine: number;
  /** Line number in the new text. */
  readonly newLine: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** `help: title` and, where the edits make sense in the file, the lines before (`-`) and after (`+`). */
export function renderFix(
  source: SourceFile | undefined,
  fix: Fix,
  gutter: number,
  paint: Paint,
): readonly string[] {
  const title = `${paint('help', 'help')}: ${harmlessLine(fix.title)}`;
  if (source === undefined || !areApplicable(fix.edits, source.text.length)) return [title];
  const output = [title];
  const changes = changesOf(source, fix.edits);
  changes.slice(0, SHOWN_CHANGES).forEach((change, index) => {
    if (index > 0) output.push(paint('gutter', '...'));
    const from = Math.max(0, commonLength(change.before[0], change.after[0]) - LEAD);
    const cut = (lines: readonly string[]) => lines.map((line) => cutLine(line, from));
    output.push(...renderLines(cut(change.before), change.oldLine, '-', gutter, paint));
    output.push(...renderLines(cut(change.after), change.newLine, '+', gutter, paint));
  });
  const rest = changes.length - SHOWN_CHANGES;
  if (rest > 0) output.push(paint('gutter', `... and ${rest} more ${rest === 1 ? 'place' : 'places'}`));
  return output;
}

/** Number of characters that two lines begin with in common; 0 if there are no two. */
function commonLength(first = '', second = ''): number {
  const shortest = Math.min(first.length, second.length);
  let length = 0;
  while (length < shortest && first[length] === second[length]) length++;
  return length;
}

/** A long line from a character on, with ellipses for what is left out. */
function cutLine(line: string, from: number): string {
  if (line.length <= SHOWN_CHARACTERS) return line;
  const start = Math.min(from, line.length - SHOWN_CHARACTERS);
  const end = start + SHOWN_CHARACTERS;
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

function renderLines(
  lines: readonly string[],
  first: number,
  sign: '-' | '+',
  gutter: number,
  paint: Paint,
): readonly string[] {
  const style = sign === '-' ? 'removed' : 'added';
  const shown = lines.slice(0, SHOWN_LINES).map((line, index) => {
    const number = paint('gutter', String(first + index).padStart(gutter));
    return `${number} ${paint(style, `${sign} ${harmless(line)}`.trimEnd())}`;
  });
  const rest = lines.length - SHOWN_LINES;
  if (rest <= 0) return shown;
  return [
    ...shown,
    `${' '.repeat(gutter)} ${paint(style, `${sign} … ${rest} more ${rest === 1 ? 'line' : 'lines'}`)}`,
  ];
}

/** The edits grouped by the lines that they touch; equal lines at the borders of a group are left out. */
function changesOf(source: SourceFile, edits: readonly Edit[]): readonly Change[] {
  const changes: Change[] = [];
  let shift = 0;
  for (const group of groupByLines(source, edits)) {
    const first = positionAt(source, group[0]!.span.start).line;
    const lastOffset = group.reduce((furthest, { span }) => Math.max(furthest, span.end), 0);
    const last = positionAt(source, lastOffset).line;
    const start = Math.max(source.lineStarts[first - 1]!, group[0]!.span.start - CONTEXT);
    const end = Math.min(source.lineStarts[last] ?? source.text.length, lastOffset + CONTEXT);
    const old = source.text.slice(start, end);
    const before = splitLines(old);
    const after = splitLines(editText(old, group, start));
    const change = withoutCommonLines(before, after);
    if (change.before.length + change.after.length > 0) {
      const line = first + change.skipped;
      changes.push({ oldLine: line, newLine: line + shift, before: change.before, after: change.after });
    }
    shift += after.length - before.length;
  }
  return changes;
}

function groupByLines(source: SourceFile, edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const groups: Edit[][] = [];
  let lastLine = 0;
  for (const edit of sortEdits(edits)) {
    const first = positionAt(source, edit.span.start).line;
    const group = groups.at(-1);
    if (group === undefined || first > lastLine) groups.push([edit]);
    else group.push(edit);
    lastLine = Math.max(lastLine, positionAt(source, edit.span.end).line);
  }
  return groups;
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function withoutCommonLines(before: readonly string[], after: readonly string[]) {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    skipped: head,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}
