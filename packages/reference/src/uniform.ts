import type { Words4 } from './philox.ts';

/** A multiple of 2^−53 in [0, 1) from 27 bits of `high` and 26 bits of `low`. */
function uniformFromWords(high: number, low: number): number {
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}

/** The uniform number of the first two words of a block. */
export function firstUniform([w0, w1]: Words4): number {
  return uniformFromWords(w0, w1);
}

/** The uniform number of the last two words of a block. */
export function secondUniform([, , w2, w3]: Words4): number {
  return uniformFromWords(w2, w3);
}
