import { philox } from './philox.ts';

/**
 * Whose random numbers the instances of a block draw (rule D14): neighbours in their population from `firstIndex` on, or those whose
 * numbers in it are given one by one. Numbers count from 0.
 */
export type BlockIdentity = {
  /** Name of the population. */
  readonly population: string;
  /** A safe integer. */
  readonly seed: number;
} & ({ readonly firstIndex: number } | { readonly indices: readonly number[] });

/** What a key is for: the last word of the counter that makes it. */
export const KEY_KIND = Object.freeze({ statements: 0, devices: 1 } as const);

const FNV_OFFSET = 0xcbf2_9ce4_8422_2325n;
const FNV_PRIME = 0x100_0000_01b3n;
const TWO_32 = 2 ** 32;

/** The numbers of the instances of a block in their population. */
export function indicesOf(identity: BlockIdentity, instances: number): readonly number[] {
  if ('indices' in identity) return identity.indices;
  return Array.from({ length: instances }, (_, instance) => identity.firstIndex + instance);
}

/** The keys of the instances of a block, two words each. */
export function instanceKeys(
  identity: BlockIdentity,
  instances: number,
  kind: (typeof KEY_KIND)[keyof typeof KEY_KIND],
): Uint32Array {
  const hash = fnv1a(identity.population);
  const [hashLow, hashHigh] = [Number(hash & 0xffff_ffffn), Number(hash >> 32n)];
  const [seedLow, seedHigh] = [lowWord(identity.seed), highWord(identity.seed)];
  const keys = new Uint32Array(2 * instances);
  const words = new Uint32Array(4);
  for (const [instance, index] of indicesOf(identity, instances).entries()) {
    words.set([hashLow, hashHigh, index, kind]);
    philox(words, seedLow, seedHigh);
    keys.set(words.subarray(0, 2), 2 * instance);
  }
  return keys;
}

/** Low word of an integer as 64-bit two's complement. */
export function lowWord(integer: number): number {
  return integer >>> 0;
}

/** High word of an integer as 64-bit two's complement. */
export function highWord(integer: number): number {
  return Math.floor(integer / TWO_32) >>> 0;
}

/** 64-bit FNV-1a of the UTF-8 bytes. Source: Fowler, Noll, Vo; RFC 9923. */
function fnv1a(text: string): bigint {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * FNV_PRIME) & 0xffff_ffff_ffff_ffffn;
  }
  return hash;
}
