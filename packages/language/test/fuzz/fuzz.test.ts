import { readdirSync, readFileSync } from 'node:fs';
import { createSourceFile } from '@nestml/diagnostics';
import { describe, expect, test } from 'vitest';
import { analyseFile } from '../../src/services/index.ts';
import { modelTexts } from '../services-support.ts';
import { examineText } from './examine-text.ts';
import { createRandom } from './random.ts';
import { type Models, randomText, textKinds } from './random-texts.ts';

const folder = new URL('../dialects/fixtures/', import.meta.url);
const models: Models = {
  library: [...modelTexts().values()],
  old: readdirSync(folder)
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8')),
};

/** Texts of each kind; `node scripts/fuzz.ts` goes on with other seeds. */
const counts = { bytes: 100, words: 100, edited: 30, 'edited old': 30, grammar: 40, 'edited grammar': 40 };

describe('whatever the text is, nothing throws and all places lie in it', () => {
  test.each(textKinds)('%s', (kind) => {
    for (let seed = 1; seed <= counts[kind]; seed += 1) {
      const text = randomText(kind, seed, models);
      try {
        examineText(text, createRandom(seed), { offsets: 2, fixes: 1 });
      } catch (error) {
        throw new Error(`${kind}, seed ${seed}`, { cause: error });
      }
    }
  });
});

test.each([[';'], ['neuron a:\n;\nend']])('%j, which once was not read, is', (text) => {
  expect(() => examineText(text, createRandom(1), { offsets: 4, fixes: 4 })).not.toThrow();
});

test('the same seed gives the same text', () => {
  for (const kind of textKinds) expect(randomText(kind, 7, models)).toBe(randomText(kind, 7, models));
});

test('most texts of the grammar are free of mistakes of syntax, and have findings of types', () => {
  const files = Array.from({ length: 20 }, (_, seed) =>
    analyseFile(createSourceFile('random.nestml', randomText('grammar', seed + 1, models))),
  );
  const intact = files.filter(({ tree }) => tree.diagnostics.every(({ severity }) => severity !== 'error'));
  expect(intact.length).toBeGreaterThan(10);
  expect(files.filter(({ diagnostics }) => diagnostics.length > 3).length).toBeGreaterThan(10);
});
