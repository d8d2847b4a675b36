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
    const [found, ...others] = findings(edit);
    expect(others).toEqual([]);
    expect(found?.message).toContain('A tab counts up to');
    expect(afterFix(edited(edit), found)).toBe(base);
  });
});

describe('one mistake gives one finding', () => {
  const codes = (...edits: readonly (readonly [string, string])[]) =>
    findings(...edits).map(({ code }) => code);

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

describe('notation from elsewhere', () => {
  const inInternals = (line: string) =>
    ['    equations:', `    internals:\n        ${line}\n    equations:`] as const;

  it.each([
    ['a real = np.exp(1)', 'a real = exp(1)', 'foreign-notation'],
    ['a real = 0,05', 'a real = 0.05', 'foreign-notation'],
    ['a real = 1.5^3', 'a real = 1.5**3', 'caret-as-power'],
    ['a real = 2^3', 'a real = 2**3', 'caret-of-integers'],
    ['a uF/cm^2 = 1 uF/cm**2', 'a uF/cm**2 = 1 uF/cm**2', 'foreign-notation'],
    ['a float = 1', 'a real = 1', 'unknown-unit'],
    ['a int = 1', 'a integer = 1', 'unknown-unit'],
    ['a real = sqrt(2)', 'a real = (2)**0.5', 'foreign-function'],
    ['a real = log(2)', 'a real = ln(2)', 'undefined-function'],
    ['a pA[3] = 1 pA', 'a[3] pA = 1 pA', 'foreign-notation'],
  ])('is repaired by its fix: %s', (wrong, right, code) => {
    const found = findings(inInternals(wrong));
    expect(found.map((finding) => finding.code)).toEqual([code]);
    const repaired = afterFix(edited(inInternals(wrong)), found[0]);
    expect(repaired).toBe(edited(inInternals(right)));
    expect(checkText(repaired).diagnostics).toEqual([]);
  });

  it.each([
    ["V_m' =", 'dV_m/dt ='],
    ['emit_spike()', 'emit_spike'],
  ])('is repaired by its fix: %s, not %s', (right, wrong) => {
    const found = findings([right, wrong]);
    expect(found).toHaveLength(1);
    expect(afterFix(edited([right, wrong]), found[0])).toBe(base);
  });

  it.each([
    ['0 ... 3 step 1', 'range(3)'],
    ['1 ... 9 step 2', 'range(1, 9, 2)'],
    ['0 ... 3 step 1', '0 .. 3 step 1'],
  ])('for a range is repaired by its fix: %s, not %s', (right, wrong) => {
    const loop = (range: string) => {
      const lines = ['i integer = 0', `for i in ${range}:`, '    V_m = E_L', 'integrate_odes()'];
      return ['        integrate_odes()', lines.map((line) => `        ${line}`).join('\n')] as const;
    };
    const found = findings(loop(wrong));
    expect(found).toHaveLength(1);
    expect(afterFix(edited(loop(wrong)), found[0])).toBe(edited(loop(right)));
  });

  it('for the values of a vector is named', () => {
    const found = findings(inInternals('w[3] pA = [0, 0, 0] pA'));
    expect(found.map(({ message }) => message)).toEqual([
      'NESTML does not know lists of values; write one value, which every element begins with.',
    ]);
  });

  it('for a local is repaired by its unit', () => {
    const edit = [
      '        integrate_odes()',
      '        charge = I_syn * tau_m\n        integrate_odes()',
    ] as const;
    const found = findings(edit);
    expect(found.map(({ code }) => code)).toEqual(['undeclared-local']);
    expect(afterFix(edited(edit), found[0])).toContain('charge pA*ms = I_syn * tau_m');
  });
});

describe('a root cause', () => {
  it('is a declaration whose type and value contradict each other', () => {
    expect(findings(['V_m mV = E_L', 'V_m pA = E_L']).map(({ code }) => code)).toEqual(['unit-mismatch']);
    expect(findings(['E_L mV', 'E_L pA']).map(({ code }) => code)).toEqual(['unit-mismatch']);
  });

  it('is a function that returns a value without a type', () => {
    const text = `${base}    function twice(x real):\n        return 2 * x\n`;
    const used = text.replace('    equations:', '    internals:\n        a real = twice(2)\n    equations:');
    expect(checkText(used).diagnostics.map(({ code }) => code)).toEqual(['return-of-value']);
  });

  it('is a state with the name of a kernel', () => {
    const found = findings(
      ['refr_t ms = 0 ms', "refr_t ms = 0 ms\n        K real = 1\n        K' 1/ms = 0 1/ms"],
      ["V_m' =", "kernel K = exp(-t / tau_s)\n        inline J real = convolve(K, spikes)\n        V_m' ="],
    );
    expect(found.filter((finding) => finding.class === 'error').map(({ code }) => code)).toEqual([
      'duplicate-name',
    ]);
  });
});

describe('a neuron with a spike output', () => {
  it('is expected to emit', () => {
    const [found, ...others] = findings(['emit_spike()', 'refr_t = t_ref']);
    expect(others).toEqual([]);
    expect([found?.class, found?.code]).toEqual(['lint', 'never-emits']);
  });
});

describe('an equation of a convolved variable', () => {
  it('is told to be a kernel', () => {
    const found = findings(
      ['refr_t ms = 0 ms', 'refr_t ms = 0 ms\n        K real = 1'],
      ["V_m' =", "K' = -K / tau_s\n        inline J real = convolve(K, spikes)\n        V_m' ="],
    );
    expect(found.map(({ message }) => message)).toEqual([
      'The first argument of `convolve` is a kernel, and `K` is none. Write `kernel` before its equation.',
    ]);
  });
});

describe('the places of a printed text', () => {
  const printed = (text: string) =>
    checkText(
      edited(
        ['t_ref ms', 'w[3] pA = 1 pA\n        t_ref ms'],
        ['        integrate_odes()', `        integrate_odes()\n        println("${text}")`],
      ),
    );

  it('take variables and elements', () => {
    const { models, diagnostics } = printed('w is {w[1]}, V is {V_m}');
    expect(diagnostics).toEqual([]);
    const print = models[0]?.update.find((statement) => statement.kind === 'print');
    const kinds = print?.kind === 'print' ? print.pieces : [];
    expect(kinds.map((piece) => (typeof piece === 'string' ? piece : piece.kind))).toEqual([
      'w is ',
      'variable',
      ', V is ',
      'variable',
    ]);
  });

  it.each([
    ['{V_m + 1}', 'print-place'],
    ['{}', 'print-place'],
    ['{nothing}', 'undefined-name'],
    ['{w[7]}', 'index-out-of-range'],
    ['{w}', 'vector-as-scalar'],
    ["{V_m'}", 'undefined-derivative'],
  ])('are reported otherwise: %s', (text, code) => {
    expect(printed(text).diagnostics.map((finding) => finding.code)).toEqual([code]);
  });
});
