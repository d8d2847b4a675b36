/** How far numbers may lie apart: |actual − expected| ≤ absolute + relative · |expected|. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/**
 * The first difference beyond the tolerance in words, or undefined if there is none. Different lengths and empty sequences are
 * differences; NaN differs from everything; infinities must be equal.
 */
export function firstDifference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 0, absolute = 0 }: Tolerance,
): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} values instead of ${expected.length}`;
  if (expected.length === 0) return 'nothing to compare';
  for (let i = 0; i < expected.length; i += 1) {
    const [is, should] = [actual[i]!, expected[i]!];
    const isClose = is === should || Math.abs(is - should) <= absolute + relative * Math.abs(should);
    if (!isClose || (is !== should && !Number.isFinite(should))) {
      return `value ${i} is ${is} instead of ${should} (difference ${is - should})`;
    }
  }
  return undefined;
}
