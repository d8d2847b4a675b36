import { hasErrors } from '@nestml/diagnostics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SyntaxNode, type SyntaxTree, tokenize, visitChildren } from '../src/index.ts';
import { neuron, parseText, source, synapse } from './parse-helpers.ts';

/** What every tree promises, however broken the text is. */
function checkPromises(text: string): SyntaxTree {
  const tree = parseText(text);
  const { length } = tree.source.text;
  const errorLines = new Set<string>();
  for (const { span, fixes, severity, code } of tree.diagnostics) {
    expect(span!.start).toBeLessThanOrEqual(span!.end);
    expect(span!.end).toBeLessThanOrEqual(length);
    for (const { edits } of fixes)
      for (const edit of edits) expect(edit.span.end).toBeLessThanOrEqual(length);
    if (severity === 'error') errorLines.add(`${span!.start} ${span!.end} ${code}`);
  }
  expect(errorLines.size).toBe(tree.diagnostics.filter(({ severity }) => severity === 'error').length);
  const visit = (node: SyntaxNode, start: number, end: number): void => {
    expect(node.span.start).toBeLessThanOrEqual(node.span.end);
    expect(node.span.start).toBeGreaterThanOrEqual(start);
    expect(node.span.end).toBeLessThanOrEqual(end);
    visitChildren(node, (child) => visit(child, node.span.start, node.span.end));
  };
  for (const model of tree.models) visit(model, 0, length);
  let missing = 0;
  const count = (node: SyntaxNode): void => {
    if (node.kind === 'missing') missing += 1;
    visitChildren(node, count);
  };
  tree.models.forEach(count);
  if (missing > 0 || tree.models.length === 0) expect(hasErrors(tree.diagnostics)).toBe(true);
  return tree;
}

const words = [
  ...[
    'model',
    'm',
    'state',
    'parameters',
    'equations',
    'input',
    'output',
    'update',
    'function',
    'onReceive',
    'onCondition',
  ],
  ...[
    'if',
    'elif',
    'else',
    'for',
    'while',
    'in',
    'step',
    'return',
    'kernel',
    'inline',
    'recordable',
    'spike',
    'continuous',
  ],
  ...[
    'and',
    'or',
    'not',
    'inf',
    'true',
    'real',
    'mV',
    'x',
    'end',
    'neuron',
    'shape',
    'current',
    'priority',
    '@',
    '::',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '[[',
    ']]',
    ':',
    ',',
    ';',
    '=',
    '==',
    '+=',
    '<-',
    '...',
    '+',
    '-',
    '*',
    '/',
    '**',
    '?',
    "'",
    '&',
    '|',
  ],
  ...[
    '1',
    '2.5',
    '1 (',
    '"text"',
    '"',
    '#',
    '# c\n',
    '\n',
    '\n    ',
    '\n        ',
    '\n      ',
    '\n\t',
    '\\\n',
    '\u2212',
    '"""',
    '/*',
  ],
];

describe('any text', () => {
  test('random characters neither crash the parser nor break its promises', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void checkPromises(text)),
      {
        seed: 20260903,
        numRuns: 1000,
      },
    );
  });

  test('random words neither crash the parser nor break its promises', () => {
    const anyWords = fc.array(fc.constantFrom(...words), { maxLength: 80 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(anyWords, (text) => void checkPromises(text)),
      { seed: 20260904, numRuns: 2000 },
    );
  });

  test('random edits of a correct model neither crash the parser nor break its promises', () => {
    const base = `${neuron}\n${synapse}`;
    const tokens = tokenize(source(base)).filter(({ start, end }) => start < end);
    const edit = fc.record({
      at: fc.nat(tokens.length - 1),
      remove: fc.constantFrom(0, 1, 1, 2, 5),
      insert: fc.oneof(fc.constant(''), fc.constantFrom(...words)),
    });
    const edited = fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
      const parts = tokens.map(({ start, end }) => base.slice(start, end));
      for (const { at, remove, insert } of edits) parts.splice(at, remove, insert);
      return parts.join('');
    });
    fc.assert(
      fc.property(edited, (text) => void checkPromises(text)),
      { seed: 20260905, numRuns: 1500 },
    );
  });

  test('every beginning of a model, as in an editor while typing, keeps the promises', () => {
    for (let length = 0; length <= neuron.length; length += 1) checkPromises(neuron.slice(0, length));
  });
});

describe('mistakes stay local', () => {
  test('removing any one token of a statement never costs more than one error', () => {
    const tokens = tokenize(source(neuron)).filter(
      ({ kind, start, end }) => start < end && kind !== 'comment',
    );
    for (const { start, end, kind } of tokens) {
      if (kind === 'newline' || kind === 'blank-line-end' || kind === 'whitespace') continue;
      const errors = parseText(neuron.slice(0, start) + neuron.slice(end)).diagnostics.filter(
        ({ severity }) => severity === 'error',
      );
      expect(errors.length, `without ${neuron.slice(start, end)} at ${start}`).toBeLessThanOrEqual(1);
    }
  });
});

describe('size and depth', () => {
  test('blocks nested too deeply are refused, once', () => {
    const lines = Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth + 8)}if a:`);
    const { diagnostics } = parseText(
      `model m:\n    update:\n${lines.join('\n')}\n${' '.repeat(2000)}x = 1\n`,
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['nesting-too-deep']);
  });

  test('a file of five megabytes is read completely', () => {
    const line = '        tau ms = 10 ms # time constant\n';
    const tree = parseText(`model m:\n    parameters:\n${line.repeat(130_000)}`);
    expect(tree.diagnostics).toEqual([]);
    expect(tree.models[0]!.blocks[0]).toMatchObject({ kind: 'parameters' });
    expect(tree.comments).toHaveLength(130_000);
  });

  test.each([
    [
      'blank lines in an open bracket',
      `model m:\n    state:\n        x real = (1\n${'\n'.repeat(1_000_000)}`,
    ],
    ['old comments without end', '/* a\n'.repeat(100_000)],
    ['old models', 'neuron a:\n  b\n'.repeat(50_000)],
    ['an open bracket per line', `model m:\n    update:\n${'        x = (1\n'.repeat(50_000)}`],
    ['one long line of names', `model m:\n    update:\n        ${'x (a) '.repeat(100_000)}`],
    ['one long line of indices', `model m:\n    update:\n        ${'x['.repeat(100_000)}`],
    ['backslashes', '\\\n'.repeat(200_000)],
    ['one long word', 'a'.repeat(1_000_000)],
    ['quotes', `"${'\\'.repeat(500_000)}`],
  ])('%s take linear time', (_, text) => {
    expect(hasErrors(parseText(text).diagnostics)).toBe(true);
  });
});
