import type { Edit, Fix } from './diagnostic.ts';
import { areApplicable, collide, editText, withLineEndsOf } from './edit-text.ts';
import { InternalError } from './internal-error.ts';
import type { SourceFile } from './source.ts';

/** What became of a list of fixes. */
export interface AppliedFixes {
  readonly text: string;
  readonly applied: readonly Fix[];
  /** Fixes that collide with an earlier one; checking the new text offers them again if they are still needed. */
  readonly skipped: readonly Fix[];
}

/**
 * The text after one fix. Inserted lines get the line ends of the file. The text has no byte-order mark, like
 * `source.text`.
 * @throws InternalError if the edits overlap or lie outside the text.
 */
export function applyFix(source: SourceFile, fix: Fix): string {
  assertApplicable(source, fix);
  return editText(source.text, withLineEndsOf(source, fix.edits));
}

/**
 * The text after as many of the fixes as possible, earlier ones first. A fix is applied with all its edits or not at all.
 * @throws InternalError if the edits of one fix overlap or lie outside the text.
 */
export function applyFixes(source: SourceFile, fixes: readonly Fix[]): AppliedFixes {
  // In the order of the text, so that the neighbours of an edit are all that it can collide with.
  const edits: Edit[] = [];
  const applied: Fix[] = [];
  const skipped: Fix[] = [];
  for (const fix of fixes) {
    assertApplicable(source, fix);
    if (fix.edits.every((edit) => isFree(edit, edits))) {
      for (const edit of fix.edits) edits.splice(positionOf(edit, edits), 0, edit);
      applied.push(fix);
    } else {
      skipped.push(fix);
    }
  }
  return { text: editText(source.text, withLineEndsOf(source, edits)), applied, skipped };
}

/** The index of the first edit that does not come before this one. */
function positionOf({ span }: Edit, edits: readonly Edit[]): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = edits[middle]!.span;
    if (other.start < span.start || (other.start === span.start && other.end < span.end)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether an edit collides with none of the sorted edits, of which no two collide. */
function isFree(edit: Edit, edits: readonly Edit[]): boolean {
  const position = positionOf(edit, edits);
  // The one before may be an insertion at the start of the one that reaches over this edit.
  for (const other of edits.slice(Math.max(0, position - 2), position))
    if (collide(edit, other)) return false;
  for (let next = position; next < edits.length && edits[next]!.span.start <= edit.span.end; next += 1) {
    if (collide(edit, edits[next]!)) return false;
  }
  return true;
}

function assertApplicable(source: SourceFile, fix: Fix): void {
  if (!areApplicable(fix.edits, source.text.length)) {
    throw new InternalError(`the edits of the fix “${fix.title}” overlap or lie outside ${source.name}`);
  }
}
