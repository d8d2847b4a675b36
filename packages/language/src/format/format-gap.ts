import { formatComment } from './format-line.ts';
import type { LineRole } from './line-roles.ts';
import type { Gap } from './logical-lines.ts';

/** What stands around a gap. */
export interface Neighbours {
  /** Level of the line before; undefined at the beginning of the text. */
  readonly levelBefore: number | undefined;
  /** Level and role of the line behind; undefined at the end of the text. */
  readonly behind: { readonly level: number; readonly role: LineRole } | undefined;
}

/** The lines of a gap, each with its line end. `marginOf` gives the indentation of a level or keeps the one that is written. */
export function formatGap(
  { comments, hasBlankLineAtEnd }: Gap,
  neighbours: Neighbours,
  marginOf: (level: number, written: string) => string,
): string {
  const separator = placeOfSeparator({ comments, hasBlankLineAtEnd }, neighbours);
  const { levelBefore, behind } = neighbours;
  const beginsBody = levelBefore === undefined || (behind !== undefined && behind.level > levelBefore);
  let text = '';
  comments.forEach(({ text: comment, level, margin, hasBlankLineBefore }, index) => {
    const isFirst = index === 0 && beginsBody;
    if ((hasBlankLineBefore || index === separator) && !isFirst) text += '\n';
    text += `${marginOf(level, margin)}${formatComment(comment)}\n`;
  });
  const isEmpty = comments.length === 0;
  const isAtBorder = behind === undefined || (isEmpty && beginsBody);
  const isSeparated = hasBlankLineAtEnd || separator === comments.length;
  return isSeparated && !isAtBorder ? `${text}\n` : text;
}

/**
 * Before which comment the blank line stands that separates two blocks or models; the number of comments for the line behind them. It
 * stands before the comments that belong to the block behind. Where comments of the block before it run into the documentation of a function
 * or model, there is none: it would take a part of the documentation away.
 */
function placeOfSeparator(
  { comments, hasBlankLineAtEnd }: Pick<Gap, 'comments' | 'hasBlankLineAtEnd'>,
  { levelBefore, behind }: Neighbours,
): number | undefined {
  if (levelBefore === undefined || behind === undefined) return undefined;
  const { level, role } = behind;
  if (role === 'row' || role === 'line' || level > levelBefore) return undefined;
  const first = comments.findIndex((comment) => comment.level <= level);
  const place = first < 0 ? comments.length : first;
  if (role === 'block') return place;
  const documentationStart = hasBlankLineAtEnd
    ? comments.length
    : Math.max(
        0,
        comments.findLastIndex((comment) => comment.hasBlankLineBefore),
      );
  return place > documentationStart ? undefined : place;
}
