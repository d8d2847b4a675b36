import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutLine, sliceColumns } from './display-line.ts';

/** Columns of the characters that the texts below are made of, in the text as laid out. */
const widths: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  [' ', 1],
  ['é', 1],
  ['\u0301', 0],
  ['漢', 2],
  ['😀', 2],
  ['€', 1],
]);

/** The part between two columns, character by character from the beginning. */
function sliceFromTheBeginning(text: string, from: number, to: number): string {
  let column = 0;
  let result = '';
  for (const character of text) {
    const width = widths.get(character)!;
    const end = column + width;
    if (column >= from && end <= to) result += character;
    else if (width === 2 && end > from && column < to) result += ' ';
    column = end;
  }
  return result;
}

describe('the part of a line between two columns', () => {
  it('is what reading the line from its beginning gives', () => {
    const character = fc.constantFrom(...widths.keys(), '\t');
    const line = fc.array(character, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(line, fc.nat(50), fc.nat(50), (text, from, length) => {
        const laidOut = layOutLine(text);
        expect(sliceColumns(laidOut, from, from + length)).toBe(
          sliceFromTheBeginning(laidOut.text, from, from + length),
        );
      }),
      { seed: 11, numRuns: 3000 },
    );
  });

  it('is empty behind the line', () => {
    expect(sliceColumns(layOutLine('abc'), 3, 10)).toBe('');
    expect(sliceColumns(layOutLine(''), 0, 10)).toBe('');
  });
});
