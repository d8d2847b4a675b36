import { philox4x32, type Words2 } from './philox.ts';
import type { NeuronIdentity, SynapseIdentity } from './run.ts';

/** What the random numbers are for; the last word of the counter from which a key is made (rule D14). */
export const KEY_KIND = Object.freeze({
  /** Random functions in the statements of a neuron. */
  statements: 0,
  /** Devices that feed a neuron, such as Poisson input. */
  device: 1,
  /** Random functions in the statements of a synapse. */
  synapse: 2,
});

const TWO_TO_32 = 0x1_0000_0000;
const FNV_OFFSET_BASIS = 0xcbf2_9ce4_8422_2325n;
const FNV_PRIME = 0x100_0000_01b3n;

/**
 * The key of a neuron's random numbers: the first two words of Philox at the counter
 * (low and high word of the hash of the population's name, index, kind) under the key (low and high word of the seed).
 */
export function neuronKey(identity: NeuronIdentity, kind: number): Words2 {
  const hash = hash64(identity.population);
  const seed = lowHighWords(identity.seed);
  const [first, second] = philox4x32(
    [Number(hash & 0xffff_ffffn), Number(hash >> 32n), identity.index >>> 0, kind],
    seed,
  );
  return [first, second];
}

/**
 * The key of a synapse's random numbers: the key of its source in the connection, with the kind `synapse`, is the key under which Philox at
 * the counter (target, ordinal, 0, 2) gives it.
 */
export function synapseKey({ seed, connection, source, target, ordinal }: SynapseIdentity): Words2 {
  const outer = neuronKey({ seed, population: connection, index: source }, KEY_KIND.synapse);
  const [first, second] = philox4x32([target >>> 0, ordinal >>> 0, 0, KEY_KIND.synapse], outer);
  return [first, second];
}

/** FNV-1a, 64 bit, over the UTF-8 bytes of the text. Source: Fowler, Noll, Vo; RFC 9923. */
export function hash64(text: string): bigint {
  let hash = FNV_OFFSET_BASIS;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  }
  return hash;
}

/** Low and high 32-bit word of an integer, negative ones as two's complement of 64 bits. */
export function lowHighWords(integer: number): Words2 {
  return [modulo32(integer), modulo32(Math.floor(integer / TWO_TO_32))];
}

function modulo32(integer: number): number {
  return ((integer % TWO_TO_32) + TWO_TO_32) % TWO_TO_32;
}
