import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './text-diff.ts';

const letters = 'abcdefghijklmnop'.split('').join('\n');

/** Applies a diff made with whole hunks to the text. */
function apply(text: string, diff: string): string {
  const lines = text.split('\n');
  const result: string[] = [];
  let next = 0;
  for (const hunk of diff.split(/^(?=@@ )/m).filter((part) => part !== '')) {
    const [head = '', ...body] = hunk.replace(/\n$/, '').split('\n');
    const from = Number(/^@@ -(\d+)/.exec(head)![1]) - 1;
    result.push(...lines.slice(next, from));
    next = from;
    for (const line of body) {
      if (line[0] !== '+') expect(lines[next++]).toBe(line.slice(1));
      if (line[0] !== '-') result.push(line.slice(1));
    }
  }
  return [...result, ...lines.slice(next)].join('\n');
}

describe('the difference of two texts', () => {
  it('is empty if they are equal', () => {
    expect(unifiedDiff(letters, letters)).toBe('');
  });

  it('shows a changed line with three lines around it', () => {
    expect(unifiedDiff(letters, letters.replace('h', 'H'))).toBe(
      '@@ -5,7 +5,7 @@\n e\n f\n g\n-h\n+H\n i\n j\n k\n',
    );
  });

  it('counts lines, not what follows the last line break', () => {
    expect(unifiedDiff('a\nb\n', 'a\nc\n')).toBe('@@ -1,2 +1,2 @@\n a\n-b\n+c\n');
  });

  it('has one hunk for changes that are near, two for others', () => {
    const hunks = (after: string) => unifiedDiff(letters, after).split('@@ -').length - 1;
    expect(hunks(letters.replace('c', 'C').replace('f', 'F'))).toBe(1);
    expect(hunks(letters.replace('b', 'B').replace('o', 'O'))).toBe(2);
  });

  it('leads from one text to the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before, unifiedDiff(before, after))).toBe(after);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
