import { positionAt } from '@nestml/diagnostics';
import { describe, expect, test } from 'vitest';
import { closestName, syntaxMessages } from '../src/index.ts';
import { parseText } from './parse-helpers.ts';

const pages = Object.entries(syntaxMessages).map(([code, { page }]) => [code, page] as const);

describe('the page of', () => {
  test.each(pages)('%s: the failing example gives this finding and no other', (code, { failing }) => {
    expect(parseText(failing.model!).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });

  test.each(pages)('%s: the repaired example gives no finding', (_, { repaired }) => {
    expect(parseText(repaired.model!).diagnostics).toEqual([]);
  });

  test.each(pages)(
    '%s: a title without full stop, an explanation, a message that ends as a sentence',
    (code, page) => {
      expect(page.title).toMatch(/^[^.]+[^.]$/);
      expect(page.explanation).toMatch(/[.`)]$/);
      const [finding] = parseText(page.failing.model!).diagnostics;
      expect(finding!.message).toMatch(/^[A-Z`].*[.?]$/s);
      expect(finding!.class).toBe(syntaxMessages[code as keyof typeof syntaxMessages].class);
    },
  );
});

describe('fixes of the pages', () => {
  test.each(pages)('%s: the edits of a fix lie in the text and do not overlap', (_, { failing }) => {
    const { diagnostics, source } = parseText(failing.model!);
    for (const fix of diagnostics.flatMap(({ fixes }) => fixes)) {
      const edits = fix.edits.toSorted((a, b) => a.span.start - b.span.start);
      edits.forEach(({ span }, index) => {
        expect(span.start).toBeLessThanOrEqual(span.end);
        expect(span.start).toBeGreaterThanOrEqual(edits[index - 1]?.span.end ?? 0);
        expect(positionAt(source, span.end).line).toBeGreaterThan(0);
        expect(span.end).toBeLessThanOrEqual(source.text.length);
      });
    }
  });
});

describe('the closest name', () => {
  test.each([
    ['paramters', 'parameters'],
    ['internal', 'internals'],
    ['eqautions', 'equations'],
    ['UPDATE', 'update'],
    ['onreceive', 'onReceive'],
    ['V', undefined],
    ['wizardry', undefined],
    ['state', undefined],
  ])('of %s among the blocks is %s', (name, expected) => {
    expect(closestName(name, ['state', 'parameters', 'internals', 'equations', 'update', 'onReceive'])).toBe(
      expected,
    );
  });

  test('prefers fewer edits, then the earlier candidate', () => {
    expect(closestName('tau_syn', ['tau_sin', 'tau_syn_', 'tau_s'])).toBe('tau_sin');
    expect(closestName('tau_syn', ['tau_exc', 'tau_sny'])).toBe('tau_sny');
  });

  test('does not compare very long words', () => {
    expect(closestName('a'.repeat(100_000), ['b'.repeat(100_000)])).toBeUndefined();
  });
});
