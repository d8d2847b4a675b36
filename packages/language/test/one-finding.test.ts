import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { afterFix, base, edited, findings } from './edited-model.ts';

describe('a slip with one right cure', () => {
  it.each([
    ['foreign-notation', 'V_m >= V_th', 'V_m => V_th'],
    ['type-before-name', 'C_m pF = 200 pF', 'pF C_m = 200 pF'],
    ['outdented-block', '    equations:', 'equations:'],
  ])('is repaired by the fix of %s', (code, right, wrong) => {
    const found = findings([right, wrong]);
    expect(found.map((finding) => finding.code)).toEqual([code]);
    expect(afterFix(edited([right, wrong]), found[0])).toBe(base);
  });

  it('in the type of a local is repaired', () => {
    const [found] = findings(['integrate_odes()', 'real z = 2\n        z = 1\n        integrate_odes()']);
    expect(found?.fixes[0]?.title).toBe('Write `z real`');
  });

  it('in the step of a loop is the unit', () => {
    const edit = [
      '        integrate_odes()',
      '        i integer = 0\n        for i in 0 ... 5 step 1 ms:\n            V_m = E_L\n        integrate_odes()',
    ] as const;
    const found = findings(edit);
    expect(found.map(({ code }) => code)).toEqual(['step-with-unit']);
    expect(checkText(afterFix(edited(edit), found[0])).diagnostics).toEqual([]);
  });

  it('by a tab behind eight blanks is repaired by blanks', () => {
    const edit = ['        tau_m', '        \ttau_m'] as const;
    const found = findings(edit).find(({ code }) => code === 'mixed-indentation');
    expect(afterFix(edited(edit), found)).toBe(base);
  });
});

describe('one mistake gives one finding', () => {
  const codes = (...edits: Parameters<typeof findings>) => findings(...edits).map(({ code }) => code);

  it('if a block with its lines begins in the first column', () => {
    const lines = /( {4})equations:\n(?: {8}.*\n)+/.exec(base)![0];
    expect(codes([lines, lines.replace(/^ {4}/gm, '')])).toEqual(['outdented-block']);
  });

  it('if the lines of `if` are not indented, with or without `else`', () => {
    const body = '        V_m = E_L\n        V_m = V_th\n';
    const update = '        integrate_odes()\n';
    expect(codes([update, `        if V_m > E_L:\n${body}${update}`])).toEqual(['missing-indentation']);
    const other = `        if V_m > E_L:\n${body}        else:\n            V_m = E_L\n${update}`;
    expect(codes([update, other])).toEqual(['missing-indentation']);
  });

  it('if the first block is shifted', () => {
    expect(codes(['    state:', '  state:'])).toEqual(['inconsistent-indentation']);
  });

  it('if an unknown function gets a vector', () => {
    const edit = ['t_ref ms', 'w[3] real = 1\n        total real = sum(w)\n        t_ref ms'] as const;
    expect(codes(edit)).toEqual(['undefined-function']);
  });

  it('if a variable is named like a unit', () => {
    expect(codes(['t_ref ms', 'mV real = 1\n        t_ref ms'])).toEqual(['unit-shadows-variable']);
  });
});
