import { expect, test } from 'vitest';
import { instanceKeys, KEY_KIND } from './keys.ts';
import { philox } from './philox.ts';

function block(counter: readonly number[], k0: number, k1: number): readonly number[] {
  const words = Uint32Array.from(counter);
  philox(words, k0, k1);
  return [...words];
}

// Published with the generator (Random123, kat_vectors).
test.each([
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
])('Philox4x32-10 meets its published test vector %j under %j', (counter, [k0 = 0, k1 = 0], expected) => {
  expect(block(counter, k0, k1)).toEqual(expected);
});

test('Philox agrees with its definition on 64-bit products', () => {
  const word = (i: number): number => Math.imul(i, 0x9e37_79b9) >>> 0;
  for (let i = 0; i < 200; i += 1) {
    const [counter, k0, k1] = [
      [word(6 * i), word(6 * i + 1), word(6 * i + 2), word(6 * i + 3)],
      word(6 * i + 4),
      word(6 * i + 5),
    ];
    expect(block(counter, k0, k1)).toEqual(byDefinition(counter, k0, k1));
  }
});

function byDefinition(counter: readonly number[], k0: number, k1: number): readonly number[] {
  const mask = 0xffff_ffffn;
  let [a = 0n, b = 0n, c = 0n, d = 0n] = counter.map(BigInt);
  let [key0, key1] = [BigInt(k0), BigInt(k1)];
  for (let round = 0; round < 10; round += 1) {
    const [p, q] = [a * 0xd251_1f53n, c * 0xcd9e_8d57n];
    [a, b, c, d] = [(q >> 32n) ^ b ^ key0, q & mask, (p >> 32n) ^ d ^ key1, p & mask];
    [key0, key1] = [(key0 + 0x9e37_79b9n) & mask, (key1 + 0xbb67_ae85n) & mask];
  }
  return [a, b, c, d].map(Number);
}

test('the keys of neighbours do not depend on how many are made at once, nor where the block begins', () => {
  const identity = { population: 'exc µ', firstIndex: 3, seed: -7 };
  const together = instanceKeys(identity, 5, KEY_KIND.devices);
  const alone = instanceKeys({ ...identity, firstIndex: 6 }, 1, KEY_KIND.devices);
  expect([...together.subarray(6, 8)]).toEqual([...alone]);
  expect([...instanceKeys(identity, 5, KEY_KIND.statements)]).not.toEqual([...together]);
});
