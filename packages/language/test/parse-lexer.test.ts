import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../src/index.ts';
import { neuron, source, synapse } from './parse-helpers.ts';

/** Kinds and texts of the tokens that are not trivia; layout tokens as their kind. */
function significant(text: string): string[] {
  const trivia = new Set(['whitespace', 'comment', 'continuation', 'blank-line-end']);
  const layout = new Set(['newline', 'indent', 'dedent', 'end']);
  return tokenize(source(text))
    .filter(({ kind }) => !trivia.has(kind))
    .map(({ kind, start, end }) => (layout.has(kind) ? kind : text.slice(start, end)));
}

function words(text: string): string[] {
  const layout = ['newline', 'indent', 'dedent', 'end'];
  return significant(text).filter((word) => !layout.includes(word));
}

function joined(text: string): string {
  const file = source(text);
  return tokenize(file)
    .map(({ start, end }) => file.text.slice(start, end))
    .join('');
}

describe('tokens', () => {
  test.each([
    ['0...5', ['0', '...', '5']],
    ['0 ... 5', ['0', '...', '5']],
    ['1.e3 .5 1. 1e-3 007', ['1.e3', '.5', '1.', '1e-3', '007']],
    ['250pF 1e 2.5mV', ['250', 'pF', '1', 'e', '2.5', 'mV']],
    ["V_m'' g$ $x", ['V_m', "'", "'", 'g$', '$x']],
    ['a**b//c%d<<e>>f<>g', ['a', '**', 'b', '//', 'c', '%', 'd', '<<', 'e', '>>', 'f', '<>', 'g']],
    ['x//=2', ['x', '//=', '2']],
    ['@mechanism::channel', ['@', 'mechanism', '::', 'channel']],
    ['"a \\" # b" # c', ['"a \\" # b"']],
    ['a[b[1]]', ['a', '[', 'b', '[', '1', ']', ']']],
    ['x real [[ a[b[1]] > 0 ]]', ['x', 'real', '[[', 'a', '[', 'b', '[', '1', ']', ']', '>', '0', ']]']],
    ['x real [[a[1]]]', ['x', 'real', '[[', 'a', '[', '1', ']', ']]']],
    ['p <- spike', ['p', '<-', 'spike']],
    ['p[3]<-spike', ['p', '[', '3', ']', '<-', 'spike']],
    ['I (pA/ms) <- continuous', ['I', '(', 'pA', '/', 'ms', ')', '<-', 'continuous']],
    ['x = a<-1', ['x', '=', 'a', '<', '-', '1']],
    ['if a<-1:', ['if', 'a', '<', '-', '1', ':']],
    ['x += y<-z', ['x', '+=', 'y', '<', '-', 'z']],
    ['x[i]//=y<-1', ['x', '[', 'i', ']', '//=', 'y', '<', '-', '1']],
    ['p[n<-1] <- spike', ['p', '[', 'n', '<', '-', '1', ']', '<-', 'spike']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('words of the language are keywords, others are names', () => {
    const kinds = tokenize(source('step priority inf True convolve')).filter(
      ({ kind }) => kind !== 'whitespace',
    );
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'keyword',
      'name',
      'keyword',
      'keyword',
      'name',
      'newline',
      'end',
    ]);
  });
});

describe('layout', () => {
  test('a deeper line indents, a shallower one dedents once per level', () => {
    expect(significant('a\n  b\n    c\nd\n')).toEqual([
      ...['a', 'newline', 'indent', 'b', 'newline', 'indent', 'c', 'newline'],
      ...['dedent', 'dedent', 'd', 'newline', 'end'],
    ]);
  });

  test('open levels end at the end of the file, with or without final line end', () => {
    expect(significant('a\n  b')).toEqual(['a', 'newline', 'indent', 'b', 'newline', 'dedent', 'end']);
  });

  test('blank lines and comments never change the level', () => {
    expect(significant('a\n  b\n\n# x\n      # y\n  c\n')).toEqual(significant('a\n  b\n  c\n'));
  });

  test('a tab advances to the next multiple of eight columns', () => {
    expect(significant('a\n        b\n\tc\n   \td\n')).toEqual(significant('a\n  b\n  c\n  d\n'));
  });

  test.each(['\n', '\r\n', '\r'])('line ends %j are equal', (lineEnd) => {
    expect(significant(neuron.replaceAll('\n', lineEnd))).toEqual(significant(neuron));
  });

  test('a backslash joins lines', () => {
    expect(significant('a = b + \\\n  c\nd\n')).toEqual([
      'a',
      '=',
      'b',
      '+',
      'c',
      'newline',
      'd',
      'newline',
      'end',
    ]);
  });

  test('a line end inside brackets is trivia if the next line is deeper or closes the bracket', () => {
    expect(significant('a = (b +\n\n  # why\n  c\n)\nd\n')).toEqual(significant('a = (b + c)\nd\n'));
  });

  test('an unclosed bracket ends where a line is not indented deeper than its statement', () => {
    expect(significant('a = (b +\nc\n')).toEqual(['a', '=', '(', 'b', '+', 'newline', 'c', 'newline', 'end']);
  });

  test('an unclosed bracket ends before a word that begins statements, and behind a head', () => {
    expect(significant('a = (b\n  if c\n').slice(0, 6)).toEqual(['a', '=', '(', 'b', 'newline', 'indent']);
    expect(significant('if (a > 0:\n  b\n')).toContain('indent');
    expect(significant('x = (a ? b :\n  c)\n')).not.toContain('indent');
  });

  test('a comma joins the equations of a kernel, whatever their indentation', () => {
    const inline = significant("kernel g' = h, h' = g\nx' = y\n");
    expect(significant("kernel g' = h,\n    h' = g\nx' = y\n")).toEqual(inline);
    expect(significant("kernel g' = h,  # first\n# second\nh' = g\nx' = y\n")).toEqual(inline);
    expect(significant("  kernel g' = h,\nx' = y\n")).toContain('dedent');
  });

  test.each([
    [5, ['newline', 'c']],
    [3, ['newline', 'dedent', 'c']],
  ])('a line at odd column %i snaps to the nearest open level', (width, expected) => {
    const tokens = significant(`  a\n      b\n${' '.repeat(width)}c\n`);
    expect(tokens.slice(tokens.indexOf('b') + 1, tokens.indexOf('c') + 1)).toEqual(expected);
  });
});

describe('losslessness', () => {
  test.each([neuron, synapse, neuron.replaceAll('\n', '\r\n')])(
    'the tokens of a model are its text',
    (text) => {
      expect(joined(text)).toBe(text);
    },
  );

  const pieces = fc.constantFrom(
    ...[
      'model',
      'kernel',
      'x',
      "'",
      '(',
      ')',
      '[[',
      ']]',
      '[',
      ']',
      '\n',
      '\r',
      '\r\n',
      '    ',
      '\t',
      ' ',
      '#',
      '"',
      '"""',
    ],
    ...[
      '\\\n',
      '\\',
      '<-',
      '...',
      '1.',
      '.5',
      '1e',
      '/*',
      '*/',
      ',',
      ':',
      '=',
      '?',
      '\u00a0',
      '\u2212',
      '\ud83e\udde0',
      '\ufeff',
    ],
  );

  test('the tokens of any text are the text, and do not overlap', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const file = source(text);
        const tokens = tokenize(file);
        const isContiguous = tokens.every((token, index) => token.start === (tokens[index - 1]?.end ?? 0));
        const isBalanced =
          tokens.filter(({ kind }) => kind === 'indent').length ===
          tokens.filter(({ kind }) => kind === 'dedent').length;
        const empty = new Set(['indent', 'dedent', 'end', 'newline']);
        const isFilled = tokens.every(({ kind, start, end }) => start < end || empty.has(kind));
        return (
          joined(text) === file.text &&
          isContiguous &&
          isBalanced &&
          isFilled &&
          tokens.at(-1)!.kind === 'end'
        );
      }),
      { seed: 20260901, numRuns: 2000 },
    );
  });
});
