import { readdirSync, readFileSync } from 'node:fs';
import { lineText, positionAt } from '@nestml/diagnostics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../src/index.ts';
import {
  chances,
  codesOf,
  commentsOf,
  expectFaithful,
  formatted,
  mangled,
  treeOf,
  withoutPlaces,
  wordsOf,
} from './format-support.ts';
import { models } from './generated-models.ts';

const folder = new URL('../../../models/', import.meta.url);
const library = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.nestml'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const canonical = library.map(({ text }) => formatted(text));
const anyModel = fc.constantFrom(...canonical);

describe('the models of the library', () => {
  test.each(library)('$name keeps its tokens, comments and meaning', ({ text }) => {
    const result = expectFaithful(text);
    const [before, after] = [treeOf(text), treeOf(result)];
    expect(codesOf(after)).toEqual(codesOf(before));
    expect(withoutPlaces(check(after).models)).toEqual(withoutPlaces(check(before).models));
  });

  test('have one layout, whatever their white space was', () => {
    fc.assert(
      fc.property(anyModel, chances, (text, chance) => {
        const spoilt = mangled(text, chance);
        expect(wordsOf(treeOf(spoilt))).toEqual(wordsOf(treeOf(text)));
        expect(formatted(spoilt)).toBe(text);
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});

/** A text without one of its tokens, and the number (from 0) of the line on which it stood. */
function withoutToken(text: string, place: number): { readonly text: string; readonly line: number } {
  const tokens = treeOf(text).tokens.filter(({ kind, start, end }) => !blank.has(kind) && start < end);
  const { start, end } = tokens[Math.floor(place * tokens.length)]!;
  return { text: text.slice(0, start) + text.slice(end), line: text.slice(0, start).split('\n').length - 1 };
}

const blank: ReadonlySet<string> = new Set(['whitespace', 'newline', 'blank-line-end', 'comment']);
const anyPlace = fc.double({ min: 0, max: 0.999_999, noNaN: true });

/** Codes of the errors of syntax, in order. */
function errorsOf(text: string): readonly string[] {
  return treeOf(text)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
}

describe('a broken text', () => {
  test('that lacks one token stays as it is outside the line of that token', () => {
    fc.assert(
      fc.property(anyModel, anyPlace, (whole, place) => {
        const { text, line } = withoutToken(whole, place);
        const lines = text.split('\n');
        const result = formatted(text).split('\n');
        const after = lines.slice(line + 1);
        expect(result.slice(0, line)).toEqual(lines.slice(0, line));
        expect(result.slice(result.length - after.length)).toEqual(after);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  test('keeps its tokens, comments, errors, and the lines of the errors', () => {
    const places = fc.array(anyPlace, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyModel, places, chances, (whole, all, chance) => {
        const text = all.reduce((left, place) => withoutToken(left, place).text, mangled(whole, chance));
        const result = formatted(text);
        expect(wordsOf(treeOf(result))).toEqual(wordsOf(treeOf(text)));
        expect(commentsOf(treeOf(result))).toEqual(commentsOf(treeOf(text)));
        expect(errorsOf(result)).toEqual(errorsOf(text));
        expect(formatted(result)).toBe(result);
        for (const line of linesWithErrors(text)) expect(result).toContain(`${line}\n`);
      }),
      { seed: 13, numRuns: 200 },
    );
  });
});

const pieces = fc.constantFrom(
  ...[
    'model m:',
    '    state:',
    '  update:',
    'output:',
    'equations :',
    'x real=1',
    "V ' mV",
    'kernel K=',
    'if',
    'else:',
    'end',
  ],
  ...[
    '(',
    ')',
    '[',
    '[[',
    ']]',
    ',',
    ';',
    ':',
    '?',
    '<-',
    '-',
    '**',
    '/',
    '1',
    'mV',
    '1.5e3',
    '"a',
    '"b"',
    'priority',
    'spike',
  ],
  ...[
    '\n',
    '\n',
    '\r\n',
    '\n    ',
    '\n  ',
    '\n\t',
    '\n        ',
    ' \\\n',
    '  ',
    ' ',
    '# c',
    '\n# c\n',
    '"""',
    '/* o */',
    '§',
    'np.exp(',
  ],
);

describe('any text', () => {
  test('keeps its tokens and comments, and is formatted at once', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (all) => {
        const text = all.join('');
        const result = formatted(text);
        expect(wordsOf(treeOf(result)).map(withLineFeeds)).toEqual(wordsOf(treeOf(text)).map(withLineFeeds));
        expect(commentsOf(treeOf(result))).toEqual(commentsOf(treeOf(text)));
        expect(formatted(result)).toBe(result);
      }),
      { seed: 17, numRuns: 2000 },
    );
  });
});

function withLineFeeds(word: string): string {
  return word.replace(/\r\n?/g, '\n');
}

/** The lines on which errors begin. */
function linesWithErrors(text: string): readonly string[] {
  const { source, diagnostics } = treeOf(text);
  return diagnostics.flatMap(({ severity, span }) =>
    severity === 'error' && span !== undefined ? [lineText(source, positionAt(source, span.start).line)] : [],
  );
}

describe('a generated model', () => {
  test('has no error of syntax', () => {
    const property = fc.property(models, (text) => {
      expect(errorsOf(text)).toEqual([]);
    });
    fc.assert(property, { seed: 14, numRuns: 100 });
  });

  test('keeps its tokens, comments and tree', () => {
    const property = fc.property(models, (text) => {
      expectFaithful(text);
    });
    fc.assert(property, { seed: 15, numRuns: 300 });
  });

  test('has one layout, whatever its white space was', () => {
    fc.assert(
      fc.property(models, chances, (model, chance) => {
        const text = formatted(model);
        const spoilt = mangled(text, chance);
        fc.pre(wordsOf(treeOf(spoilt)).join() === wordsOf(treeOf(text)).join());
        expect(formatted(spoilt)).toBe(text);
      }),
      { seed: 16, numRuns: 200 },
    );
  });
});
