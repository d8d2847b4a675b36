import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, readJson } from './json-text.ts';

/** The value as `JSON.parse` gives it. */
function plain(value: JsonValue): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries(value.members.map(({ key, value: own }) => [key.value, plain(own)]));
    case 'array':
      return value.items.map(plain);
    default:
      return value.value;
  }
}

describe('reading JSON with places', () => {
  it('gives the values of JSON.parse', () => {
    const anyText = fc.json({ maxDepth: 4 }).filter((text) => !text.includes('__proto__'));
    fc.assert(
      fc.property(anyText, (text) => {
        const result = readJson(text);
        expect(result.ok && plain(result.value)).toEqual(JSON.parse(text));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('knows where each character of a text stands, escapes included', () => {
    const text = ' "a\\n\\u00e9b" ';
    const result = readJson(text);
    const value = result.ok ? result.value : undefined;
    expect(value).toMatchObject({ kind: 'string', value: 'a\néb', offsets: [2, 3, 5, 11, 12] });
  });

  it.each([
    ['', 0],
    ['{"a": 1,}', 8],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['"a', 2],
    ['"\\x"', 1],
    ['01', 1],
    ['nul', 0],
    ["{'a': 1}", 1],
    ['1 // note', 2],
  ])('refuses %s at its place', (text, start) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(readJson(text)).toMatchObject({ ok: false, span: { start } });
  });

  it('refuses what is nested too deeply instead of overflowing', () => {
    expect(readJson('['.repeat(100_000))).toMatchObject({ ok: false });
  });
});
