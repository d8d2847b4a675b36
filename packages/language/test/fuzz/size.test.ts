import { createSourceFile, hasErrors, renderDiagnostics } from '@nestml/diagnostics';
import { describe, expect, test } from 'vitest';
import {
  type AnalysedFile,
  completion,
  hover,
  inlayHints,
  references,
  semanticTokens,
} from '../../src/services/index.ts';
import { analyseText, modelTexts } from '../services-support.ts';

// Sizes are chosen so that a quadratic algorithm takes longer than a test may.

function codesOf({ diagnostics }: AnalysedFile): readonly string[] {
  return [...new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
}

/** A model with one internal of this value. */
function modelOf(value: string, type = 'real'): string {
  return `model long_neuron:\n    parameters:\n        x real = 1\n        v mV = 1 mV\n    internals:\n        y ${type} = ${value}\n`;
}

/** All services, once each. */
function askAll(file: AnalysedFile, offset: number): void {
  hover(file, offset);
  references(file, offset);
  completion(file, offset);
  semanticTokens(file);
  inlayHints(file);
}

describe('depth', () => {
  test.each([
    ['parentheses', `${'('.repeat(10_000)}x${')'.repeat(10_000)}`],
    ['calls', `${'exp('.repeat(10_000)}x${')'.repeat(10_000)}`],
    ['signs', `${'-'.repeat(10_000)}x`],
    ['powers', `${'x ** '.repeat(10_000)}x`],
    ['indices', `${'x['.repeat(10_000)}0${']'.repeat(10_000)}`],
    ['parentheses that are not closed', '('.repeat(10_000)],
  ])('10,000 nested %s are accepted or refused once', (_, value) => {
    const file = analyseText(modelOf(value));
    const codes = codesOf(file);
    expect(codes.length).toBeLessThanOrEqual(1);
    if (codes.length > 0) expect(codes).toEqual(['nesting-too-deep']);
    askAll(file, file.source.text.length - 5000);
  });
});

describe('length', () => {
  test.each([
    ['sum of 20,000 terms', Array.from({ length: 20_000 }, () => 'x').join(' + '), 'real'],
    ['sum of 20,000 quantities', Array.from({ length: 20_000 }, () => '1 V').join(' - '), 'mV'],
    ['product of 20,000 factors', Array.from({ length: 20_000 }, () => 'x').join(' * '), 'real'],
    ['product of 5,000 quotients', Array.from({ length: 5000 }, () => 'v / v').join(' * '), 'real'],
    [
      'conjunction of 20,000 conditions',
      Array.from({ length: 20_000 }, () => 'true').join(' and '),
      'boolean',
    ],
  ])('a %s is accepted', (_, value, type) => {
    const file = analyseText(modelOf(value, type));
    expect(codesOf(file)).toEqual([]);
    askAll(file, file.source.text.length >> 1);
  });

  test('a file of five megabytes is checked completely', () => {
    const note = 'a time constant with a long note '.repeat(3);
    const lines = Array.from({ length: 40_000 }, (_, index) => `        p${index} ms = 10 ms # ${note}\n`);
    const file = analyseText(`model large_neuron:\n    parameters:\n${lines.join('')}`);
    expect(file.source.text.length).toBeGreaterThan(5_000_000);
    expect(file.models[0]!.parameters).toHaveLength(40_000);
    expect(hover(file, file.source.text.lastIndexOf('p39999'))?.signature).toBe(
      'parameter p39999 ms = 10 ms',
    );
  });

  test('200 models of the library in one file are checked and answered', () => {
    const models = [...modelTexts().values()];
    const text = Array.from({ length: 200 }, (_, index) =>
      models[index % models.length]!.replace(/^model (\w+)_(neuron|synapse):/m, `model $1_${index}_$2:`),
    ).join('\n');
    const file = analyseText(text);
    expect(file.models).toHaveLength(200);
    const last = text.lastIndexOf('model ');
    expect(references(file, last + 'model '.length)).toHaveLength(1);
    expect(completion(file, text.lastIndexOf(' = ') + 3).items.length).toBeGreaterThan(0);
  });
});

describe('many mistakes', () => {
  test.each([
    ['old models', 'neuron a:\n  b\n'.repeat(20_000)],
    ['models of one name', 'model a:\n    state:\n        x real = 1\n'.repeat(3000)],
    ['broken lines', `model a:\n    parameters:\n${'        p real = = (\n'.repeat(8000)}`],
    ['missing types', `model a:\n    parameters:\n${'        p = 1 mV\n'.repeat(10_000)}`],
    [
      'undeclared names',
      `model a:\n    update:\n${Array.from({ length: 3000 }, (_, index) => `        q${index} = 1\n`).join('')}`,
    ],
  ])('in 100 kilobytes and more of %s are found in linear time, and shown with “and n more”', (_, text) => {
    const file = analyseText(text);
    expect(hasErrors(file.diagnostics)).toBe(true);
    const shown = renderDiagnostics(file.diagnostics, { color: false, maximum: 100 });
    const rest = file.diagnostics.length - 100;
    expect(shown).toContain(`... and ${rest} more`);
    expect(shown.length).toBeLessThan(200_000);
    askAll(file, text.length >> 1);
  });

  test('a text without line ends is read in linear time', () => {
    const source = createSourceFile('line.nestml', 'model '.repeat(100_000));
    expect(hasErrors(analyseText(source.text).diagnostics)).toBe(true);
  });
});
