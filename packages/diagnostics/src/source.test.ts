import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSourceFile, joinSpans, lineText, offsetAt, positionAt, rangeOf } from './source.ts';

describe('a source file', () => {
  it('has lines ended by LF, CRLF and CR', () => {
    const source = createSourceFile('a', 'a\nb\r\nc\rd');
    expect([1, 2, 3, 4, 5].map((line) => lineText(source, line))).toEqual(['a', 'b', 'c', 'd', '']);
  });

  it('drops a byte-order mark, so that columns count characters', () => {
    const source = createSourceFile('a', '\uFEFFab');
    expect(source.text).toBe('ab');
    expect(positionAt(source, 1)).toEqual({ line: 1, column: 2 });
  });

  it('clamps offsets and positions to the text', () => {
    const source = createSourceFile('a', 'ab\ncd');
    expect(positionAt(source, -3)).toEqual({ line: 1, column: 1 });
    expect(positionAt(source, 99)).toEqual({ line: 2, column: 3 });
    expect(offsetAt(source, { line: 9, column: 9 })).toBe(5);
    expect(offsetAt(source, { line: 0, column: 0 })).toBe(0);
  });

  it('gives ranges whose end is exclusive and joins spans', () => {
    const source = createSourceFile('a', 'ab\ncd');
    expect(rangeOf(source, { start: 1, end: 4 })).toEqual({
      start: { line: 1, column: 2 },
      end: { line: 2, column: 2 },
    });
    expect(joinSpans({ start: 3, end: 4 }, { start: 1, end: 2 })).toEqual({ start: 1, end: 4 });
  });

  it('finds the offset of every position again', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n', '\t') });
    fc.assert(
      fc.property(text, fc.nat({ max: 40 }), (body, offset) => {
        const source = createSourceFile('a', body);
        const inside = Math.min(offset, source.text.length);
        expect(offsetAt(source, positionAt(source, inside))).toBe(inside);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
