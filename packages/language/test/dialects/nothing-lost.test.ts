import { createSourceFile } from '@nestml/diagnostics';
import { isUnitName } from '@nestml/units';
import { describe, expect, it } from 'vitest';
import { readWords } from '../../src/dialects/old-words.ts';
import { formatSource } from '../../src/format/format-tree.ts';
import { createRandom } from '../fuzz/random.ts';
import { editTokens } from '../fuzz/random-texts.ts';
import { fixtures, readAndCheck } from './fixtures.ts';

/** Words of the language in any version: they may be written in another way, or not at all. */
const ownWords: ReadonlySet<string> = new Set(
  (
    'neuron synapse component model import state initial_values parameter parameters internal internals equations input output update ' +
    'structure use onReceive onCondition preReceive postReceive function inline alias recordable suppress log record shape kernel end if ' +
    'elif else for while in step return and or not spike current continuous inhibitory excitatory post pre integer real string boolean void ' +
    'true false inf nest weight delay extends get_sum getSum curr_sum cond_sum I_sum Cond_sum integrate bounded_min bounded_max emitSpike ' +
    'deliver_spike random print println priority t resolution timestep'
  ).split(' '),
);

/** How often a text has each name of its own, and each number. */
function countWords(text: string, isLeftOut: (offset: number) => boolean): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, text: word, span } of readWords(text).words) {
    if ((kind !== 'name' && kind !== 'number') || ownWords.has(word) || isUnitName(word)) continue;
    if (!isLeftOut(span.start)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Lines of comments without their marks. */
function commentLines(text: string): readonly string[] {
  return readWords(text)
    .comments.flatMap(({ lines }) => lines.map((line) => line.replace(/^[#\s]+/, '').trimEnd()))
    .filter((line) => line !== '' && !line.startsWith('migrated: '))
    .sort();
}

/** The marks of comments and strings, in their order. */
function marksOf(text: string): string {
  return (text.match(/"|#|\/\*|\*\/|\\/g) ?? []).join('');
}

/** What the migration of a text has lost: names, numbers or comments. */
function lossesOf(text: string): readonly string[] {
  const { translation } = readAndCheck(text);
  if (translation === undefined) return [];
  const noted = translation.approximations.map(({ span }) => span);
  // Branches, loops and handlers without content are left out, with their conditions.
  const heads = /\b(?:if|elif|while|for|onReceive|onCondition)\b[^:\n]*:/g;
  const counted = text.replace(heads, (head) => ' '.repeat(head.length));
  const old = countWords(counted, (offset) =>
    noted.some(({ start, end }) => start <= offset && offset < end),
  );
  const migrated = formatSource(createSourceFile('new.nestml', translation.migrated));
  const written = countWords(migrated, () => false);
  const lost = [...old].filter(([word, count]) => (written.get(word) ?? 0) < count);
  const comments = commentLines(text).join('\n') === commentLines(migrated).join('\n') ? [] : ['a comment'];
  return [...lost.map(([word, count]) => `${word}: ${written.get(word) ?? 0} of ${count}`), ...comments];
}

describe('a migration', () => {
  it.each(fixtures)('loses no name, number or comment of $name', ({ text }) => {
    expect(lossesOf(text)).toEqual([]);
  });

  it.each(fixtures)('loses none if the text is damaged ($name)', ({ text }) => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const damaged = editTokens(text, createRandom(seed));
      // A mark of comments or strings that is added or lost makes others of what follows it.
      if (marksOf(damaged) !== marksOf(text)) continue;
      expect({ seed, lost: lossesOf(damaged) }).toEqual({ seed, lost: [] });
    }
  });
});
