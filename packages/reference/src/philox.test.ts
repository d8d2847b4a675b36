import { expect, test } from 'vitest';
import { philox4x32 } from './philox.ts';

const ALL_ONES = 0xffff_ffff;

test('Philox4x32-10 gives the known answers of the Random123 distribution', () => {
  expect(philox4x32([0, 0, 0, 0], [0, 0])).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  expect(philox4x32([ALL_ONES, ALL_ONES, ALL_ONES, ALL_ONES], [ALL_ONES, ALL_ONES])).toEqual([
    0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
  ]);
  expect(philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
    0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
  ]);
});

test('every word of the counter and of the key changes the whole block', () => {
  const plain = philox4x32([1, 2, 3, 4], [5, 6]);
  for (const [counter, key] of [
    [
      [2, 2, 3, 4],
      [5, 6],
    ],
    [
      [1, 3, 3, 4],
      [5, 6],
    ],
    [
      [1, 2, 4, 4],
      [5, 6],
    ],
    [
      [1, 2, 3, 5],
      [5, 6],
    ],
    [
      [1, 2, 3, 4],
      [6, 6],
    ],
    [
      [1, 2, 3, 4],
      [5, 7],
    ],
  ] as const) {
    philox4x32(counter, key).forEach((word, i) => {
      expect(word).not.toBe(plain[i]);
    });
  }
});
