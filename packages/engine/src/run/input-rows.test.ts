import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInputRows } from './input-rows.ts';

const ROW = 3;
const MOST_ROWS = 6;

describe('rows of inputs', () => {
  it('are all 0 after they were cleared, whatever was written before, wherever they lie', () => {
    const call = fc.record({
      place: fc.nat(1),
      length: fc.integer({ min: 1, max: MOST_ROWS }),
      written: fc.array(fc.nat(MOST_ROWS - 1), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 12 }), (calls) => {
        const memory = new Float64Array(2 * ROW * MOST_ROWS).fill(7);
        const rows = createInputRows(ROW);
        for (const { place, length, written } of calls) {
          const present = memory.subarray(place * ROW * MOST_ROWS, (place * MOST_ROWS + length) * ROW);
          rows.clear(present);
          expect([...present]).toEqual(new Array<number>(length * ROW).fill(0));
          for (const row of written.filter((candidate) => candidate < length)) {
            rows.touch(row);
            present[row * ROW + 1] = 5;
          }
        }
      }),
      { seed: 41 },
    );
  });

  it('that nothing has written are left alone', () => {
    const memory = new Float64Array(2 * ROW).fill(7);
    const rows = createInputRows(ROW);
    rows.clear(memory);
    rows.touch(1);
    memory.fill(9);
    rows.clear(memory);
    expect([...memory]).toEqual([9, 9, 9, 0, 0, 0]);
  });
});
