/** Rows of numbers that are 0 except where something was written since they were cleared. */
export interface InputRows {
  /** Makes all of these rows 0; those that are so since the last time, because they lie where they lay then and were not touched, it leaves alone. */
  readonly clear: (rows: Float64Array) => void;
  /** Notes that row number `row` will be written. */
  readonly touch: (row: number) => void;
}

/** Rows of that length, whose memory holds anything yet. */
export function createInputRows(rowLength: number): InputRows {
  const touched = new Set<number>();
  let buffer: ArrayBufferLike | undefined;
  let begin = -1;
  /** Length of what is 0 but for touched rows. */
  let known = 0;
  return {
    touch: (row) => void touched.add(row),
    clear: (rows) => {
      if (rows.buffer !== buffer || rows.byteOffset !== begin) {
        [buffer, begin, known] = [rows.buffer, rows.byteOffset, 0];
        touched.clear();
      }
      for (const row of touched) {
        const end = (row + 1) * rowLength;
        if (end > rows.length) continue;
        rows.fill(0, row * rowLength, end);
        touched.delete(row);
      }
      if (known < rows.length) rows.fill(0, known);
      known = Math.max(known, rows.length);
    },
  };
}
