import type { Span } from '@nestml/diagnostics';

/** Something with a place. */
interface Placed {
  readonly span: Span;
}

/** The things in the order of their places; of one start the shorter first. */
export function sortByPlace<T extends Placed>(things: readonly T[]): readonly T[] {
  return things.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Index of the first thing that starts behind the offset, in a sorted list. */
export function firstBehind(things: readonly Placed[], offset: number): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (things[middle]!.span.start > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The thing that an offset touches, in a sorted list of things that do not overlap. An offset between two things belongs to the one behind it, as
 * in editors, where the cursor stands before a character.
 */
export function touching<T extends Placed>(things: readonly T[], offset: number): T | undefined {
  const behind = firstBehind(things, offset);
  for (const thing of [things[behind - 1], things[behind - 2]]) {
    if (thing !== undefined && thing.span.start <= offset && offset <= thing.span.end) return thing;
  }
  return undefined;
}

/** Whether two places have a character in common, or touch where one of them is empty. */
export function overlaps(first: Span, second: Span): boolean {
  if (first.start === first.end || second.start === second.end)
    return first.start <= second.end && second.start <= first.end;
  return first.start < second.end && second.start < first.end;
}
