import { expect, test } from 'vitest';
import { philox4x32 } from './philox.ts';
import { hash64, KEY_KIND, lowHighWords, neuronKey } from './random-key.ts';

test('the hash of a population name is FNV-1a with 64 bits over UTF-8', () => {
  expect(hash64('')).toBe(0xcbf29ce484222325n);
  expect(hash64('a')).toBe(0xaf63dc4c8601ec8cn);
  expect(hash64('foobar')).toBe(0x85944171f73967e8n);
  expect(hash64('µ')).not.toBe(hash64('u'));
});

test('a key is made of the seed, the population, the index and the kind, in the documented places', () => {
  const identity = { seed: 7 + 3 * 2 ** 32, population: 'exc', index: 11 };
  const hash = hash64('exc');
  const [first, second] = philox4x32([Number(hash % 2n ** 32n), Number(hash / 2n ** 32n), 11, 1], [7, 3]);
  expect(neuronKey(identity, KEY_KIND.device)).toEqual([first, second]);
  expect(neuronKey(identity, KEY_KIND.statements)).not.toEqual([first, second]);
});

test('integers are split into two words, negative ones as two’s complement', () => {
  expect(lowHighWords(5)).toEqual([5, 0]);
  expect(lowHighWords(2 ** 32 + 2)).toEqual([2, 1]);
  expect(lowHighWords(-1)).toEqual([0xffffffff, 0xffffffff]);
  expect(lowHighWords(-(2 ** 32))).toEqual([0, 0xffffffff]);
});
