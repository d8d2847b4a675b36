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
  const edits: Edit[] = [];
  const applied: Fix[] = [];
  const skipped: Fix[] = [];
  for (const fix of fixes) {
    assertApplicable(source, fix);
    const isFree = fix.edits.every((edit) => !edits.some((other) => collide(edit, other)));
    if (isFree) {
      edits.push(...fix.edits);
      applied.push(fix);
    } else {
      skipped.push(fix);
    }
  }
  return { text: editText(source.text, withLineEndsOf(source, edits)), applied, skipped };
}

function assertApplicable(source: SourceFile, fix: Fix): void {
  if (!areApplicable(fix.edits, source.text.length)) {
    throw new InternalError(`the edits of the fix “${fix.title}” overlap or lie outside ${source.name}`);
  }
}
