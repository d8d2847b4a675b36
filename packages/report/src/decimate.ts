import type { Samples } from './figure.ts';
import { isDrawable } from './figure-extent.ts';

/** Indices of a gap-free stretch of a curve, in their original order. */
export type Run = readonly number[];

/**
 * Thins a curve for drawing. Of consecutive points in one column of pixels the first, lowest, highest and last remain,
 * which are those that decide what a line looks like (M4 aggregation: Jugel et al., VLDB 7(10), 2014, section 4): a
 * spike of a single sample survives. Values that cannot be drawn separate the runs.
 *
 * @param column column of pixels of an x value; any integer, need not ascend
 */
export function decimate(x: Samples, y: Samples, column: (x: number) => number): readonly Run[] {
  const runs: Run[] = [];
  let run: number[] = [];
  let bin = emptyBin(0, NaN);
  const closeRun = () => {
    closeBin(run, bin);
    if (run.length > 0) runs.push(run);
    run = [];
    bin = emptyBin(0, NaN);
  };
  for (let i = 0; i < x.length; i++) {
    const at = x[i];
    const value = y[i];
    if (!isDrawable(at) || !isDrawable(value)) {
      closeRun();
      continue;
    }
    const place = column(at);
    if (place !== bin.column) {
      closeBin(run, bin);
      bin = emptyBin(i, place);
    }
    if (value < bin.lowest) {
      bin.lowest = value;
      bin.lowestAt = i;
    }
    if (value > bin.highest) {
      bin.highest = value;
      bin.highestAt = i;
    }
    bin.last = i;
  }
  closeRun();
  return runs;
}

interface Bin {
  readonly column: number;
  readonly first: number;
  last: number;
  lowest: number;
  lowestAt: number;
  highest: number;
  highestAt: number;
}

function emptyBin(first: number, column: number): Bin {
  return { column, first, last: -1, lowest: Infinity, lowestAt: first, highest: -Infinity, highestAt: first };
}

function closeBin(run: number[], bin: Bin): void {
  if (bin.last < 0) return;
  const inner = bin.lowestAt < bin.highestAt ? [bin.lowestAt, bin.highestAt] : [bin.highestAt, bin.lowestAt];
  for (const index of [bin.first, ...inner, bin.last]) {
    if (run.at(-1) !== index) run.push(index);
  }
}
