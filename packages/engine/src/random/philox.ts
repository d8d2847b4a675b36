/** Multipliers of the words 0 and 2, and increments of the key: Philox4x32, table 2 of the paper. */
const MULTIPLIERS = Object.freeze([0xd251_1f53, 0xcd9e_8d57] as const);
const INCREMENTS = Object.freeze([0x9e37_79b9, 0xbb67_ae85] as const);
const ROUNDS = 10;

/**
 * Philox4x32-10 in place: `words` holds the counter c0, c1, c2, c3 and becomes the block w0, w1, w2, w3 under the key (k0, k1).
 * Source: Salmon, Moraes, Dror, Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11, section 3.3.
 */
export function philox(words: Uint32Array, k0: number, k1: number): void {
  let c0 = words[0]!;
  let c1 = words[1]!;
  let c2 = words[2]!;
  let c3 = words[3]!;
  let key0 = k0;
  let key1 = k1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const high0 = highProduct(MULTIPLIERS[0], c0);
    const high2 = highProduct(MULTIPLIERS[1], c2);
    const low0 = Math.imul(MULTIPLIERS[0], c0);
    const low2 = Math.imul(MULTIPLIERS[1], c2);
    c0 = high2 ^ c1 ^ key0;
    c1 = low2;
    c2 = high0 ^ c3 ^ key1;
    c3 = low0;
    key0 = (key0 + INCREMENTS[0]) | 0;
    key1 = (key1 + INCREMENTS[1]) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/** High 32 bits of the product of two unsigned words, by halves of 16 bits. */
function highProduct(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + (Math.imul(a0, b0) >>> 16);
  const carry = (a0 * b1 + (middle & 0xffff)) >>> 16;
  return (a1 * b1 + (middle >>> 16) + carry) | 0;
}
