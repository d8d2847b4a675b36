/** Four 32-bit words. */
export type Words4 = readonly [number, number, number, number];

/** Philox4x32-10, for tests. Source: Salmon, Moraes, Dror, Shaw (2011), SC '11, section 3.3. */
export function philox(counter: Words4, key: readonly [number, number]): Words4 {
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  const low = (x: bigint) => BigInt.asUintN(32, x);
  for (let round = 0; round < 10; round += 1) {
    const [p0, p1] = [c0 * 0xd251_1f53n, c2 * 0xcd9e_8d57n];
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, low(p1), (p0 >> 32n) ^ c3 ^ k1, low(p0)];
    [k0, k1] = [low(k0 + 0x9e37_79b9n), low(k1 + 0xbb67_ae85n)];
  }
  return [Number(c0), Number(c1), Number(c2), Number(c3)];
}

/** The key of a neuron's statements by rule D14, for a seed below 2^32. */
export function neuronKey(seed: number, population: string, index: number): readonly [number, number] {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const byte of new TextEncoder().encode(population)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100_0000_01b3n);
  }
  const words: Words4 = [Number(hash & 0xffff_ffffn), Number(hash >> 32n), index, 0];
  const [first, second] = philox(words, [seed, 0]);
  return [first, second];
}
