import type { Edit } from './diagnostic.ts';
import type { SourceFile } from './source.ts';

/** Edits in the order of the text; at one place an insertion comes before a replacement. */
export function sortEdits(edits: readonly Edit[]): readonly Edit[] {
  return edits.toSorted(
    (first, second) => first.span.start - second.span.start || first.span.end - second.span.end,
  );
}

/** Whether two edits cannot both be made: they replace a common character, or insert at the same place. */
export function collide(first: Edit, second: Edit): boolean {
  const a = first.span;
  const b = second.span;
  const bothInsert = a.start === a.end && b.start === b.end;
  if (bothInsert) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}

/** Whether every edit lies in a text of `length` UTF-16 units and no two of them collide. */
export function areApplicable(edits: readonly Edit[], length: number): boolean {
  const sorted = sortEdits(edits);
  return sorted.every((edit, index) => {
    const { start, end } = edit.span;
    const previous = sorted[index - 1];
    const isInside = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && end <= length;
    return isInside && start <= end && (previous === undefined || !collide(previous, edit));
  });
}

/**
 * Replaces parts of a text. `base` is the offset of `text` in the file that the spans refer to.
 * The edits must be applicable ({@link areApplicable}).
 */
export function editText(text: string, edits: readonly Edit[], base = 0): string {
  let result = '';
  let done = 0;
  for (const { span, text: replacement } of sortEdits(edits)) {
    result += text.slice(done, span.start - base) + replacement;
    done = span.end - base;
  }
  return result + text.slice(done);
}

/** The edits with the line ends of the file: in a file of CRLF lines, new lines end in CRLF too. */
export function withLineEndsOf(source: SourceFile, edits: readonly Edit[]): readonly Edit[] {
  if (!/^[^\r\n]*\r\n/.test(source.text)) return edits;
  return edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r\n|\n/g, '\r\n') }));
}
