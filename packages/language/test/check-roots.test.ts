import { readdirSync, readFileSync } from 'node:fs';
import { createSourceFile, type Diagnostic } from '@nestml/diagnostics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessages } from '../src/messages/check-messages.ts';
import { tokenize } from '../src/parse/lexer.ts';
import { checkText } from './check-support.ts';

const folder = new URL('../../../models/neurons/', import.meta.url);
const library = readdirSync(folder)
  .filter((name) => name.endsWith('.nestml'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** What a model may have good reasons for. */
const matterOfChoice: ReadonlySet<string> = new Set([
  'mixed-spike-ports',
  'unused-declaration',
  'reserved-elsewhere',
]);

describe('the library', () => {
  it.each(library)('has no finding in $name', ({ text }) => {
    const { models, diagnostics } = checkText(text);
    const doubtful = diagnostics.filter(
      (finding) => finding.class !== 'note' && !matterOfChoice.has(finding.code),
    );
    expect(doubtful.map(({ message }) => message)).toEqual([]);
    expect(models.length).toBeGreaterThan(0);
  });
});

function errorsOf(text: string): readonly Diagnostic[] {
  return checkText(text).diagnostics.filter((finding) => finding.class === 'error');
}

function withoutHead(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

describe('one mistake', () => {
  const model = withoutHead(library.find(({ name }) => name === 'aeif_cond_exp_neuron.nestml')!.text);
  const source = createSourceFile('test.nestml', model);
  const tokens = tokenize(source);
  const names = tokens.filter(({ kind }) => kind === 'name');

  it('in a name gives one error at most, wherever it is', () => {
    fc.assert(
      fc.property(fc.nat(names.length - 1), (index) => {
        const { end } = names[index]!;
        const errors = errorsOf(`${model.slice(0, end)}qq${model.slice(end)}`);
        expect(errors.map(({ message }) => message).slice(1)).toEqual([]);
      }),
      { seed: 42, numRuns: 150 },
    );
  });

  it('never makes the checker fail, whatever is deleted', () => {
    fc.assert(
      fc.property(fc.nat(tokens.length - 1), fc.nat(3), (index, more) => {
        const { start } = tokens[index]!;
        const { end } = tokens[Math.min(index + more, tokens.length - 1)]!;
        expect(() => checkText(model.slice(0, start) + model.slice(end))).not.toThrow();
      }),
      { seed: 42, numRuns: 150 },
    );
  });
});

/** The text after all edits of the first fix of each finding. */
function applyFixes(text: string, findings: readonly Diagnostic[]): string {
  const edits = findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []);
  const inOrder = [...edits].sort((a, b) => b.span.start - a.span.start);
  return inOrder.reduce(
    (result, { span, text: insert }) => result.slice(0, span.start) + insert + result.slice(span.end),
    text,
  );
}

describe('the fix of a finding', () => {
  const pages = Object.entries(checkMessages).map(([code, { page }]) => ({
    code,
    text: page.failing.model ?? '',
  }));
  const fixable = pages.filter(({ code, text }) =>
    checkText(text).diagnostics.some((finding) => finding.code === code && finding.fixes.length > 0),
  );

  it('exists for the usual mistakes', () => {
    expect(fixable.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'bare-unit',
        'missing-unit',
        'undefined-name',
        'unknown-unit',
        'chained-comparison',
      ]),
    );
  });

  it.each(fixable)('makes $code go away', ({ code, text }) => {
    const findings = checkText(text).diagnostics.filter((finding) => finding.code === code);
    const { diagnostics } = checkText(applyFixes(text, findings));
    const left = diagnostics.filter((finding) => finding.class === 'error' || finding.code === code);
    expect(left.map(({ message }) => message)).toEqual([]);
  });
});
