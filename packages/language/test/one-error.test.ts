import { readdirSync, readFileSync } from 'node:fs';
import { createSourceFile } from '@nestml/diagnostics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../src/parse/lexer.ts';
import { checkText } from './check-support.ts';

const folder = new URL('../../../models/neurons/', import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.nestml'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** Ways to spoil a token; undefined where the way does not apply. */
const ways: Readonly<Record<string, (word: string) => string | undefined>> = {
  'a letter too many': (word) =>
    /^[A-Za-z]\w+$/.test(word) ? `${word.slice(0, -1)}q${word.slice(-1)}` : undefined,
  'a token that is missing': () => '',
  'a token that stands twice': (word) => `${word} ${word}`,
  'a wrong operator': (word) =>
    new Map([
      ['*', '/'],
      ['/', '*'],
      ['+', '-'],
      ['(', ''],
      [')', ''],
      ['=', '=='],
      ['<-', '->'],
    ]).get(word),
  'a wrong unit': (word) =>
    new Map([
      ['mV', 'pA'],
      ['pA', 'mV'],
      ['ms', 'mV'],
      ['nS', 'pF'],
      ['real', 'mV'],
    ]).get(word),
};

/** Number of errors after each of many edits of this kind. */
function errorCounts(spoil: (word: string) => string | undefined): readonly number[] {
  const counts: number[] = [];
  const property = fc.property(fc.nat(texts.length - 1), fc.nat(1_000_000), (file, place) => {
    const text = texts[file]!;
    const tokens = tokenize(createSourceFile('model.nestml', text)).filter(
      ({ kind, start }) =>
        start > text.indexOf('\nmodel') && /^(name|keyword|operator|integer|float)$/.test(kind),
    );
    const { start, end } = tokens[place % tokens.length]!;
    const word = spoil(text.slice(start, end));
    if (word === undefined) return;
    const { diagnostics } = checkText(text.slice(0, start) + word + text.slice(end));
    counts.push(diagnostics.filter((finding) => finding.class === 'error').length);
  });
  fc.assert(property, { seed: 5, numRuns: 400 });
  return counts;
}

describe('one spoilt token in a model of the library', () => {
  // Some edits are harmless, and a few have two causes that cannot be told apart: at most two in a hundred give more than one error.
  it.each(Object.entries(ways))('gives one error: %s', (_, spoil) => {
    const counts = errorCounts(spoil);
    expect(counts.length).toBeGreaterThan(30);
    expect(counts.filter((count) => count > 1).length / counts.length).toBeLessThan(0.02);
    expect(counts.filter((count) => count === 1).length / counts.length).toBeGreaterThan(0.7);
  });
});
