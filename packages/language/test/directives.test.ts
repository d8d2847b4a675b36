import { applyFix } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';

/** A model with one lint (`unit-as-name`) in `parameters` and one note (`fixed-step`) in `internals`. */
function model(places: { readonly [place: string]: string } = {}): string {
  const { top = '', block = '', line = '', behind = '' } = places;
  return `${top}model test_neuron:
${block}    parameters:
${line}        Hz real = 1${behind}
        x real = Hz
    internals:
        n integer = steps(1 ms)
    input:
        spikes <- spike
    output:
        spike
`;
}

const codes = (text: string) => checkText(text).diagnostics.map(({ code }) => code);

describe('a directive', () => {
  it('silences its codes on the line before it', () => {
    expect(codes(model())).toEqual(['unit-as-name', 'fixed-step']);
    expect(codes(model({ behind: '  # nestml: ignore unit-as-name' }))).toEqual(['fixed-step']);
  });

  it('silences its codes on the next line, and in a block below it', () => {
    expect(codes(model({ line: '        # nestml: ignore unit-as-name\n' }))).toEqual(['fixed-step']);
    expect(codes(model({ block: '    # nestml: ignore unit-as-name\n' }))).toEqual(['fixed-step']);
  });

  it('silences several codes in a whole model, with a reason', () => {
    const top = '# nestml: ignore unit-as-name, fixed-step -- shown to students\n';
    expect(codes(model({ top }))).toEqual([]);
  });

  it('holds for nothing outside its block', () => {
    const found = codes(model({ block: '    # nestml: ignore fixed-step\n' }));
    expect(found).toEqual(['unused-directive', 'unit-as-name', 'fixed-step']);
  });

  it('is no part of the documentation', () => {
    const { models } = checkText(
      model({
        top: '# A model\n#\n# nestml: ignore unit-as-name\n',
        behind: '  # nestml: ignore unit-as-name',
      }),
    );
    expect(models[0]?.documentation).toBe('A model');
    expect(models[0]?.parameters[0]?.documentation).toBe('');
  });

  it('silences no error', () => {
    const text = model({ behind: '  # nestml: ignore undefined-name' }).replace('real = 1', 'real = y');
    const found = checkText(text).diagnostics;
    expect(found.map(({ code }) => code)).toEqual(['undefined-name', 'invalid-directive', 'fixed-step']);
    expect(found[1]?.message).toContain('cannot be silenced');
  });

  it.each([
    ['# nestml: ignore', 'the code is missing'],
    ['# nestml: silence unit-as-name', '`silence` is not known'],
    ['# nestml:', 'it says nothing'],
    ['# nestml: ignore unit-as-nmae', 'Did you mean `unit-as-name`?'],
  ])('that cannot be read is reported: %s', (directive, message) => {
    const [first] = checkText(model({ line: `        ${directive}\n` })).diagnostics;
    expect([first?.code, first?.class]).toEqual(['invalid-directive', 'lint']);
    expect(first?.message).toContain(message);
  });

  it.each([
    [
      { behind: '  # nestml: ignore unit-as-name, shadowed-variable' },
      { behind: '  # nestml: ignore unit-as-name' },
    ],
    [
      { behind: '  # nestml: ignore unit-as-name', block: '    # nestml: ignore fixed-step\n' },
      { behind: '  # nestml: ignore unit-as-name' },
    ],
  ])('that silences nothing is reported and removed by its fix', (wrong, right) => {
    const found = checkText(model(wrong)).diagnostics.filter(({ code }) => code === 'unused-directive');
    expect(found).toHaveLength(1);
    expect(applyFix(found[0]!.source!, found[0]!.fixes[0]!)).toBe(model(right));
  });

  it('is not called unused where a mistake of syntax hides what it is for', () => {
    const text = model({ behind: '  # nestml: ignore shadowed-variable' }).replace('output:', 'output');
    expect(codes(text)).not.toContain('unused-directive');
  });

  it('silences what the grammar doubts', () => {
    const text = model({ behind: '  # nestml: ignore unit-as-name' }).replace(
      'x real = Hz',
      'x boolean = true or false and true  # nestml: ignore ambiguous-grouping',
    );
    expect(codes(text)).toEqual(['fixed-step']);
  });
});
