import { applyFix, type Diagnostic } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { base, findings } from './edited-model.ts';

function repaired(found: Diagnostic | undefined): string {
  const [fix] = found!.fixes;
  expect(fix?.isGuess).toBeUndefined();
  return applyFix(found!.source!, fix!);
}

const heads = ['state:', 'parameters:', 'equations:', 'input:', 'output:', 'update:', 'onReceive(spikes):'];

describe('the head of a block in a wrong column', () => {
  it.each(heads)('is one finding in the first column, with a certain fix: %s', (head) => {
    const found = findings([`    ${head}`, head]);
    expect(found.map(({ code }) => code)).toEqual(['outdented-block']);
    expect(repaired(found[0])).toBe(base);
  });

  it.each(heads.slice(1))('is one finding inside another block, with a certain fix: %s', (head) => {
    for (const columns of [8, 12]) {
      const found = findings([`    ${head}`, ' '.repeat(columns) + head]);
      expect(found.map(({ code }) => code)).toEqual(['misplaced-block']);
      expect(repaired(found[0])).toBe(base);
    }
  });

  it('moves its lines with it if they are not deeper than the other blocks', () => {
    const lines = /( {4})equations:\n(?: {8}.*\n)+/.exec(base)![0];
    const [found] = findings([lines, lines.replace(/^ {4}/gm, '')]);
    expect(repaired(found)).toBe(base);
  });

  it('behind a tab is told of the columns that a tab takes', () => {
    const [found, ...others] = findings(['    update:', '\tupdate:']);
    expect(others).toEqual([]);
    expect(found?.message).toContain('A tab counts up to the next multiple of eight columns.');
    expect(repaired(found)).toBe(base);
  });

  it('is one finding for all of a column', () => {
    const found = findings(['    input:', '        input:'], ['    update:', '        update:']);
    expect(found.map(({ code }) => code)).toEqual(['misplaced-block']);
    expect(repaired(found[0])).toBe(base);
  });

  it('is one finding if no block is indented', () => {
    for (const text of [base.replace(/^ {4}/gm, ''), base.replace(/^ {4}(?=\w)/gm, '')])
      expect(checkText(text).diagnostics.map(({ code }) => code)).toEqual(['missing-indentation']);
  });
});

describe('a line of a block in a wrong column', () => {
  const line = '        tau_m ms = 10 ms';

  it.each([
    ['text-outside-model', ''],
    ['misplaced-line', '    '],
    ['unexpected-indentation', '          '],
    ['unexpected-indentation', '            '],
    ['unexpected-indentation', '\t\t'],
  ])('is one finding with a certain fix: %s', (code, indentation) => {
    const found = findings([line, indentation + line.trimStart()]);
    expect(found.map((finding) => finding.code)).toEqual([code]);
    expect(repaired(found[0])).toBe(base);
  });

  it('is one finding for a run of such lines', () => {
    const run = `${line}\n        tau_s ms = 2 ms`;
    const found = findings([run, run.replace(/^ {4}/gm, '')]);
    expect(found.map(({ code }) => code)).toEqual(['misplaced-line']);
    expect(repaired(found[0])).toBe(base);
  });

  it.each(["        refr_t' = -1", '        emit_spike()'])(
    'at the end of a block is one finding: %s',
    (last) => {
      for (const indentation of ['', '    '])
        expect(findings([last, indentation + last.trimStart()])).toHaveLength(1);
    },
  );

  it('is the line of a model that does not begin in the first column', () => {
    const found = findings(['model test_neuron:', '    model test_neuron:']);
    expect(found.map(({ code }) => code)).toEqual(['unexpected-indentation']);
    expect(repaired(found[0])).toBe(base);
  });
});

describe('a missing head of a block', () => {
  it.each(['equations:', 'input:', 'output:', 'update:'])(
    'is one finding, whose fix inserts it: %s',
    (head) => {
      const found = findings([`    ${head}\n`, '']);
      expect(found.map(({ code }) => code)).toEqual(['missing-head']);
      expect(found[0]?.message).toContain(`\`${head}\``);
      expect(repaired(found[0])).toBe(base);
    },
  );

  it('of parameters behind equations is recognised by the values of the lines', () => {
    const lines = /( {4})parameters:\n(?: {8}.*\n)+/.exec(base)![0];
    const text = base.replace(lines, '').replace('    input:', () => `${lines}    input:`);
    const found = checkText(text.replace('    parameters:\n', '')).diagnostics;
    expect(found.map(({ code }) => code)).toEqual(['missing-head']);
    expect(repaired(found[0])).toBe(text);
  });

  it('of the first block is one finding', () => {
    expect(findings(['    state:\n', '']).map(({ code }) => code)).toEqual(['misplaced-line']);
  });

  it('is not seen where the model has a block of that name, or the lines are mixed', () => {
    expect(
      findings(['t_ref ms = 2 ms', "t_ref ms = 2 ms\n        V_m' = 1"]).map(({ code }) => code),
    ).toEqual(['misplaced-line']);
    const mixed = findings(
      ['    equations:\n', ''],
      ["        refr_t' = -1\n", "        refr_t' = -1\n        a real = 1\n"],
    );
    expect(mixed[0]?.code).toBe('misplaced-line');
  });
});

describe('many lines in wrong columns', () => {
  it('are reported in a text of any length', () => {
    const head = 'model m:\n    state:\n        x real = 0\n';
    const texts = [
      head + '        update:\n            x = 1\n'.repeat(3000),
      head + '    y real = 1\n        z real = 1\n'.repeat(3000),
      `${'model m:\n'}${'state:\n    x real = 0\n'.repeat(3000)}    update:\n`,
      `${head}${' '.repeat(200_000)}x\n${`    ${'x '.repeat(20_000)}\n`.repeat(5)}`,
    ];
    for (const text of texts) expect(checkText(text).diagnostics.length).toBeGreaterThan(0);
  });
});
