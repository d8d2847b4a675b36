/** The four 32-bit words of a counter or of a block of random bits. */
export type Words4 = readonly [number, number, number, number];

/** The two 32-bit words of a key. */
export type Words2 = readonly [number, number];

const ROUNDS = 10;
/** Multipliers and key increments (Weyl sequence) of Philox4x32, table 2 of the paper. */
const MULTIPLIER_0 = 0xd251_1f53;
const MULTIPLIER_1 = 0xcd9e_8d57;
const WEYL_0 = 0x9e37_79b9;
const WEYL_1 = 0xbb67_ae85;

/**
 * Philox4x32-10: a bijection of 128-bit counters for each 64-bit key, statistically random in the counter.
 * Words are unsigned 32-bit numbers.
 *
 * Source: Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11, section 3.3.
 */
export function philox4x32(counter: Words4, key: Words2): Words4 {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [high0, low0] = multiplyWords(MULTIPLIER_0, c0);
    const [high1, low1] = multiplyWords(MULTIPLIER_1, c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL_0) >>> 0;
    k1 = (k1 + WEYL_1) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** High and low word of the 64-bit product of two 32-bit words, by 16-bit halves so that every sum is exact. */
function multiplyWords(a: number, b: number): Words2 {
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const lowPart = (a & 0xffff) * bLow;
  const middle = (a >>> 16) * bLow + (lowPart >>> 16);
  const cross = (a & 0xffff) * bHigh + (middle % 0x1_0000);
  const high = (a >>> 16) * bHigh + Math.floor(middle / 0x1_0000) + Math.floor(cross / 0x1_0000);
  return [high >>> 0, Math.imul(a, b) >>> 0];
}
