import { createSourceFile } from '@nestml/diagnostics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.ts';
import {
  dialectByName,
  dialects,
  readSource,
  recogniseDialect,
  translate,
} from '../../src/dialects/index.ts';
import { readWords } from '../../src/dialects/old-words.ts';
import { parse } from '../../src/parse/parser.ts';
import { fixtures, readAndCheck, withoutPlaces } from './fixtures.ts';

const thirdFactor = 'a2s-third_factor.nestml';
const sound = fixtures.filter(({ name }) => name !== thirdFactor);

describe('a text of an old dialect', () => {
  it.each(fixtures)('is recognised ($name)', ({ family, text }) => {
    expect(recogniseDialect(text).id).toBe(family);
  });

  it.each(sound)('is read without error ($name)', ({ text }) => {
    const { errors, models } = readAndCheck(text);
    expect(errors).toEqual([]);
    expect(models).toHaveLength(1);
  });

  it.each(fixtures)('names its dialect in one warning, at its model ($name)', ({ text, family }) => {
    const { findings, dialect } = readAndCheck(text);
    const warnings = findings.filter(({ code }) => code === 'old-dialect');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.class).toBe('compat');
    expect(warnings[0]?.message).toContain(dialect.title);
    expect(dialect.id).toBe(family);
    expect(text.slice(warnings[0]?.span?.start, warnings[0]?.span?.end)).toMatch(/^(neuron|synapse|model)$/);
  });

  it.each(fixtures)('is written in the language of today with no syntax of old ($name)', ({ text }) => {
    const { written } = readAndCheck(text);
    expect(recogniseDialect(written).id).toBe('current');
    expect(parse(createSourceFile('new.nestml', written)).diagnostics).toEqual([]);
  });

  it.each(sound)('means the same read directly and rewritten ($name)', ({ text }) => {
    const { models, written } = readAndCheck(text);
    const rewritten = check(parse(createSourceFile('new.nestml', written))).models;
    expect(withoutPlaces(models)).toEqual(withoutPlaces(rewritten));
  });

  it.each(fixtures)('keeps all comments when rewritten ($name)', ({ text }) => {
    const { written } = readAndCheck(text);
    const linesOf = (one: string) =>
      readWords(one).comments.flatMap(({ lines }) =>
        lines.map((line) => line.replace(/^[#\s]+/, '').trimEnd()).filter((line) => line !== ''),
      );
    expect([...linesOf(written)].sort()).toEqual([...linesOf(text)].sort());
  });

  it.each(fixtures)('is cut anywhere without a failure of the reader ($name)', ({ text }) => {
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(30), (start, length) => {
        const damaged = text.slice(0, start) + text.slice(start + length);
        for (const finding of readAndCheck(damaged).findings) {
          expect(finding.span?.start ?? 0).toBeGreaterThanOrEqual(0);
          expect(finding.span?.end ?? 0).toBeLessThanOrEqual(damaged.length);
          expect(finding.span?.start ?? 0).toBeLessThanOrEqual(finding.span?.end ?? 0);
        }
      }),
      { seed: 7, numRuns: 25 },
    );
  });
});

describe('the assignment to a port', () => {
  const { text } = fixtures.find(({ name }) => name === thirdFactor)!;

  it('is the only error, at its place in the old text, and its cure takes a local variable', () => {
    const { findings, errors } = readAndCheck(text);
    expect(errors).toHaveLength(1);
    const [error] = findings.filter((finding) => finding.class === 'error');
    expect(error?.code).toBe('invalid-assignment');
    expect(text.slice(error?.span?.start)).toMatch(/^I_post_dend = min/);
    expect(error?.fixes[0]?.edits.map((edit) => edit.text)).toEqual([
      'I_post_dend_local pA',
      'I_post_dend_local',
      'I_post_dend_local',
    ]);
  });
});

describe('findings about an old text', () => {
  const { text } = fixtures.find(({ name }) => name === 'a1-iaf_neuron.nestml')!;

  it('point at what the user wrote', () => {
    const { findings } = readAndCheck(text.replace("V' = -V / tau", "V' = -V / tua"));
    const [error] = findings.filter((finding) => finding.class === 'error');
    expect(error?.code).toBe('undefined-name');
    expect(text.replace('/ tau +', '/ tua +').slice(error?.span?.start, error?.span?.end)).toBe('tua');
  });

  it('have the cures that fit the old text, at their places', () => {
    const { findings } = readAndCheck(text.replace("V' = -V / tau", "V' = -V"));
    const [error] = findings.filter((finding) => finding.class === 'error');
    const start = text.indexOf("V' = -V / tau");
    expect(error?.span?.start).toBeGreaterThan(start);
    expect(error?.span?.end).toBeLessThan(start + 60);
  });

  it('come from its syntax too', () => {
    const broken = text.replace('shape k = exp(-t / tau_s)', 'shape k = exp(-t / ) + tau_s');
    const { findings } = readAndCheck(broken);
    const [error] = findings.filter((finding) => finding.class === 'error');
    expect(broken.slice(0, error?.span?.start).endsWith('exp(-t / ')).toBe(true);
  });
});

describe('an old text that is nested too deeply', () => {
  const levels = 3000;
  const ended = (one: string, behind = '') =>
    `neuron d:\nstate: x real = 1 end\nupdate:\n${one.repeat(levels)}x = 2\n${`end\n${behind}`.repeat(levels)}end\nend\n`;
  const indented = Array.from({ length: levels }, (_, level) => `${' '.repeat(level + 8)}if x > 1:\n`).join(
    '',
  );
  const cases: readonly (readonly [string, string])[] = [
    ['branches', ended('if x > 1:\n')],
    ['loops with comments', ended('while x > 1: # again\n', 'x = 3\n')],
    [
      'indentation',
      `neuron d:\n    state:\n        x real = 1\n    update:\n${indented}${' '.repeat(levels + 9)}x = 2\n`,
    ],
  ];

  it.each(cases)('gets a finding that says so: %s', (_, text) => {
    const { findings, errors } = readAndCheck(text);
    const deep = findings.filter(({ code }) => code === 'nesting-too-deep');
    expect(deep).toHaveLength(1);
    expect(errors).toHaveLength(1);
    expect(text.slice(deep[0]?.span?.start)).toMatch(/^(if|while) x > 1:/);
  });
});

describe('a text that names no old model', () => {
  it.each([
    'model a_neuron:\n    state:\n        x real = 1 * 1 mV / mV\n',
    'model shape:\n    state:\n        end real = 1\n        neuron real = 2\n        synapse real = 3\n',
    '# neuron x: end\nmodel a:\n    state:\n        x real = 1\n',
    '',
    'x = 1\n',
  ])('is current (%j)', (text) => {
    expect(recogniseDialect(text).id).toBe('current');
  });

  it.each([
    [
      'A1',
      'neuron a:\n  initial_values: kernel real = 1 inline mV = 2 mV continuous real = 3 end\n  update: kernel += 1 end\nend\n',
    ],
    [
      'A2',
      'neuron a:\n  state: shape real = 1 alias mV = 2 mV record real = 1 end\n  input: parameter pA <- continuous end\n  update: shape = alias / mV end\nend\n',
    ],
    ['B2', 'neuron a:\n    state:\n        shape real = 1\n    input:\n        parameter pA <- continuous\n'],
  ])('of another family is not told by words that are names there: %s', (family, text) => {
    expect(recogniseDialect(text).id).toBe(family);
  });

  it('is read by the parser of today alone', () => {
    const source = createSourceFile('a.nestml', 'model a:\n    state:\n        x real = 1\n');
    expect(readSource(source).tree).toEqual(parse(source));
  });
});

describe('a word that belongs to no model', () => {
  it('is reported, and the model behind it keeps its place', () => {
    const model = 'neuron multi:\n  input: I <- current end\n  output: spike\nend';
    const { errors, tree } = readAndCheck(`function\n${model}\n`);
    expect(errors.length).toBeGreaterThan(0);
    const spans = tree.models.filter(({ name }) => name.text === 'multi').map(({ span }) => span);
    expect(spans).toEqual([{ start: 9, end: 9 + model.length }]);
  });
});

describe('the name of a dialect', () => {
  it.each([
    ['0.0.3', 'A0'],
    ['1.4', 'A0'],
    ['2.1', 'A1'],
    ['3.1', 'A1'],
    ['4.0', 'A2'],
    ['5.2.0', 'A2s'],
    ['5.3', 'B1'],
    ['7.0.2', 'B2'],
    ['8.0', 'C1'],
    ['8.3', 'C2'],
    ['9', 'current'],
    ['development', 'A2d'],
  ])('is a version: %s', (name, id) => {
    expect(dialectByName(name)?.id).toBe(id);
  });

  it.each(['', 'newest', '3.x', '-1'])('is nothing else: %j', (name) => {
    expect(dialectByName(name)).toBeUndefined();
  });

  it('tells the sign of inhibitory weights in 4.0 from that in 5.0', () => {
    const text = [
      'neuron a:',
      '  equations: kernel k = exp(-t / ms) inline I pA = convolve(k, e) + convolve(k, i) end',
      '  input: e pA <- excitatory spike i pA <- inhibitory spike end',
      'end',
    ].join('\n');
    const lineOf = (name: string) =>
      translate(text, dialectByName(name)!)
        .map.text.split('\n')
        .find((line) => line.includes('inline'));
    expect(lineOf('4.0')).toBe('        inline I pA = convolve(k, e) * (1 pA) - convolve(k, i) * (1 pA)');
    expect(lineOf('5.0')).toBe('        inline I pA = convolve(k, e) * (1 pA) + convolve(k, i) * (1 pA)');
    expect(
      translate(text, dialects.A2)
        .approximations.map((one) => one.text)
        .join(),
    ).toContain('--from 4.0');
  });

  it('is asked for where a mark of later versions hides that a text is of 3.1', () => {
    const text = [
      'neuron a:',
      '  equations: shape k = exp(-t / ms) function I pA = curr_sum(k, e) + curr_sum(k, i) end',
      '  parameters: tau ms = 2 ms @homogeneous end',
      '  input: e pA <- excitatory spike i pA <- inhibitory spike end',
      'end',
    ].join('\n');
    const lineOf = (written: string) => written.split('\n').find((line) => line.includes('inline'));
    const { dialect, findings, written } = readAndCheck(text);
    expect(dialect.id).toBe('A2d');
    expect(lineOf(written)).toContain(') + convolve(k, i)');
    const [warning] = findings.filter(({ code }) => code === 'old-dialect');
    const [question] = (warning?.related ?? []).filter(({ message }) =>
      message.includes('inhibitory weights'),
    );
    expect(question?.message).toContain('`--from 3.1`');
    expect(text.slice(question?.span?.start, question?.span?.end)).toBe('i');
    expect(lineOf(readAndCheck(text, dialectByName('3.1')).written)).toContain(') - convolve(k, i)');
  });
});
