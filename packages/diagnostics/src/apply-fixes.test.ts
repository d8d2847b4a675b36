import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFix, applyFixes } from './apply-fixes.ts';
import type { Fix } from './diagnostic.ts';
import { areApplicable } from './edit-text.ts';
import { InternalError } from './internal-error.ts';
import { createSourceFile } from './source.ts';

function fix(...edits: readonly (readonly [start: number, end: number, text: string])[]): Fix {
  return { title: 'change', edits: edits.map(([start, end, text]) => ({ span: { start, end }, text })) };
}

const source = createSourceFile('a.nestml', 'abcdef');

describe('one fix', () => {
  it('makes all its edits, given in any order', () => {
    expect(applyFix(source, fix([4, 6, 'XY'], [0, 1, ''], [2, 2, '-']))).toBe('b-cdXY');
  });

  it('inserts before what it replaces at the same place', () => {
    expect(applyFix(source, fix([2, 4, 'X'], [2, 2, '(']))).toBe('ab(Xef');
  });

  it('leaves the text alone if it has no edit', () => {
    expect(applyFix(source, fix())).toBe('abcdef');
  });

  it('is our bug if its edits overlap or leave the text', () => {
    expect(() => applyFix(source, fix([0, 3, ''], [2, 4, '']))).toThrow(InternalError);
    expect(() => applyFix(source, fix([5, 7, '']))).toThrow(InternalError);
    expect(() => applyFix(source, fix([3, 2, '']))).toThrow(InternalError);
    expect(() => applyFix(source, fix([1, 1, 'a'], [1, 1, 'b']))).toThrow(InternalError);
  });

  it('writes the line ends of the file', () => {
    const crlf = createSourceFile('a.nestml', 'a\r\nb\r\n');
    expect(applyFix(crlf, fix([3, 3, 'x\ny\r\n']))).toBe('a\r\nx\r\ny\r\nb\r\n');
    expect(applyFix(createSourceFile('a.nestml', 'a\nb\n'), fix([2, 2, 'x\n']))).toBe('a\nx\nb\n');
  });
});

describe('several fixes', () => {
  it('are all applied where they do not touch the same characters', () => {
    const fixes = [fix([4, 5, 'E']), fix([0, 1, 'A'], [5, 6, 'F'])];
    expect(applyFixes(source, fixes)).toEqual({ text: 'AbcdEF', applied: fixes, skipped: [] });
  });

  it('skip and report a later one that collides, with all its edits', () => {
    const first = fix([2, 4, 'X']);
    const second = fix([3, 5, 'Y'], [0, 0, 'Z']);
    const third = fix([5, 5, '!']);
    expect(applyFixes(source, [first, second, third])).toEqual({
      text: 'abXe!f',
      applied: [first, third],
      skipped: [second],
    });
  });

  it('skip a second insertion at the same place, whose order nobody knows', () => {
    expect(applyFixes(source, [fix([2, 2, '(']), fix([2, 2, '('])]).text).toBe('ab(cdef');
  });

  it('give the text of the single fix when there is one, whatever its edits', () => {
    const edits = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 6 }).map((offsets) => {
      const sorted = offsets.toSorted((a, b) => a - b);
      return sorted.flatMap((start, index) => {
        const end = sorted[index + 1];
        return index % 2 === 0 && end !== undefined ? [[start, end, 'new'] as const] : [];
      });
    });
    fc.assert(
      fc.property(edits, (list) => {
        const one = fix(...list);
        expect(applyFixes(source, [one]).text).toBe(applyFix(source, one));
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it('are chosen like by comparing every edit with every other, in less than quadratic time', () => {
    const place = fc.record({ start: fc.nat(5), length: fc.constantFrom(0, 0, 1, 2) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 12 }), (places) => {
        const list = places.map(({ start, length }) => fix([start, Math.min(6, start + length), 'x']));
        const kept: Fix[] = [];
        for (const candidate of list) {
          const isFree = kept.every((other) => areApplicable([...candidate.edits, ...other.edits], 6));
          if (isFree) kept.push(candidate);
        }
        expect(applyFixes(source, list).applied).toEqual(kept);
      }),
      { seed: 12, numRuns: 500 },
    );
    const long = createSourceFile('long.nestml', 'x'.repeat(100_000));
    const all = Array.from({ length: 50_000 }, (_, index) => fix([2 * index, 2 * index + 1, 'y']));
    expect(applyFixes(long, all.toReversed()).text).toBe('yx'.repeat(50_000));
  });
});
