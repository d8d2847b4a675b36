import { describe, expect, it } from 'vitest';
import { nearestName } from '../src/parse/closest.ts';
import { checkText } from './check-support.ts';
import { afterFix, base, edited, findings } from './edited-model.ts';

describe('a spike port in a statement', () => {
  it.each([
    ['I_syn += spikes * 1 pA', 'I_syn += spikes * 1 s * 1 pA'],
    ['I_syn += spikes', 'I_syn += spikes * 1 s * 1 pA'],
    ['I_syn = I_syn + 2 * spikes * 1 pA', 'I_syn = I_syn + 2 * spikes * 1 s * 1 pA'],
    ['I_syn -= -spikes * 1 pA', 'I_syn -= -spikes * 1 s * 1 pA'],
  ])('that lacks a second is cured by one: %s', (wrong, right) => {
    const edit = ['I_syn += spikes * 1 s * 1 pA', wrong] as const;
    const found = findings(edit);
    expect(found.map(({ code }) => code)).toEqual(['unit-mismatch']);
    expect(found[0]!.message).not.toContain('tau');
    expect(afterFix(edited(edit), found[0])).toBe(edited([edit[0], right]));
    expect(checkText(edited([edit[0], right])).diagnostics).toEqual([]);
  });

  it('that lacks something else gets no cure', () => {
    const [found] = findings(['spikes * 1 s * 1 pA', 'spikes * 1 mV']);
    expect(found?.fixes).toEqual([]);
    expect(found?.message).toMatch(
      /the value does not fit\. Multiplying by a capacitance \(`pF`\) would fit\.$/,
    );
  });
});

describe('the hint for a right-hand side', () => {
  it.each(["refr_t' = -1/ms", "refr_t' = -1 ms", "refr_t' = -1 / 1 ms"])(
    'with a superfluous unit is the number: %s',
    (wrong) => {
      const edit = ["refr_t' = -1", wrong] as const;
      const found = findings(edit);
      expect(found.map(({ code }) => code)).toEqual(['ode-unit-mismatch']);
      expect(afterFix(edited(edit), found[0])).toBe(base);
    },
  );

  it('names a parameter whose unit is not what its name says, rather than a time constant', () => {
    const [found, ...others] = findings(['C_m pF = 200 pF', 'C_m nS = 200 nS']);
    expect(others).toEqual([]);
    expect(found?.message).toContain(
      '`C_m` is declared as a conductance (`nS`); should it be a capacitance (`pF`)?',
    );
    expect(found?.message).not.toContain('tau');
  });

  it('offers the unit of a number by which a term is divided already', () => {
    const edit = ['-(V_m - E_L) / tau_m', '-(V_m - E_L) / 10'] as const;
    const found = findings(edit);
    expect(found.map(({ code }) => code)).toEqual(['ode-unit-mismatch']);
    expect(found[0]!.message).toMatch(/Is the unit of `10` missing, as in `10 ms`\?$/);
    expect(found[0]!.fixes[0]!.isGuess).toBe(true);
    expect(afterFix(edited(edit), found[0])).toBe(edited([edit[0], '-(V_m - E_L) / 10 ms']));
  });

  it('takes a litre below an amount for a unit', () => {
    expect(
      findings(['C_m pF = 200 pF', 'C_m pF = 200 pF\n        Ca mmol/l = 2 mmol/l']).filter(
        (finding) => finding.class === 'error',
      ),
    ).toEqual([]);
  });

  it('names two of many time constants, that of the variable first, and no other times', () => {
    const [found] = findings(['-(V_m - E_L) / tau_m', '-(V_m - E_L)']);
    expect(found?.message).toMatch(/Is `\/ tau_m` or `\/ tau_s` missing\?$/);
  });

  it('names no parameter for the value of a function, only what it would measure', () => {
    const [found] = checkText(`${base}    function gain(V mV) mV:\n        return V / tau_m\n`).diagnostics;
    expect(found?.message).toMatch(/the value does not fit\. Multiplying by a time \(`ms`\) would fit\.$/);
  });

  it('says that a plain number beside rates lacks its rate', () => {
    const found = findings(
      ['refr_t ms = 0 ms', 'refr_t ms = 0 ms\n        m real = 0'],
      ['t_ref ms', 'a_m 1/ms = 1 1/ms\n        t_ref ms'],
      ["refr_t' = -1", "refr_t' = -1\n        m' = a_m * (1 - m) - m"],
    );
    expect(found.map(({ code, message }) => [code, message.slice(0, 33)])).toEqual([
      ['ode-unit-mismatch', 'The term `m` is a plain number, t'],
    ]);
  });
});

describe('an undeclared name that is also a unit', () => {
  it('is undefined where a variable is more plausible, once per name', () => {
    const found = findings(
      ['t_ref ms', 'w[N] real = 1\n        t_ref ms'],
      ["V_m' =", "inline I_Na pA = 1 nS*m**3*h * (V_m - E_L) + 2 nS * h * (V_m - El)\n        V_m' ="],
    );
    expect(found.map(({ code, message }) => `${code}: ${message.split('.')[0]}`)).toEqual([
      'undefined-name: There is no variable or unit `N` here',
      'undefined-name: There is no variable or unit `m` here',
      'undefined-name: There is no variable or unit `h` here',
      'undefined-name: There is no variable or unit `El` here',
    ]);
    expect(found[2]!.related).toHaveLength(1);
    expect(found[3]!.fixes[0]!.title).toBe('Write `E_L`');
  });
});

describe('the name that was probably meant', () => {
  const names = ['V_m', 'tau_w', 'g_Na', 'gK', 'threshold', 'E_L'];

  it.each([
    ['Vm', 'V_m'],
    ['gNa', 'g_Na'],
    ['g_K', 'gK'],
    ['El', 'E_L'],
    ['treshold', 'threshold'],
    ['thresholdd', 'threshold'],
    ['trheshold', 'threshold'],
  ])('%s is certainly %s', (name, meant) => {
    expect(nearestName(name, names)).toEqual({ name: meant, isCertain: true });
  });

  it('is uncertain if a letter is replaced', () => {
    expect(nearestName('thresholt', names)).toEqual({ name: 'threshold', isCertain: false });
  });

  it('is uncertain if several fit', () => {
    expect(nearestName('vm', ['V_m', 'Vm'])?.isCertain).toBe(false);
  });

  it.each(['tau_m', 'C_m', 'g_N'])('%s is no other name with another index', (name) => {
    const near = nearestName(name, names);
    expect(near?.isCertain ?? false).toBe(false);
    expect(near?.name).not.toBe('tau_w');
  });

  it('is never the name that is being declared', () => {
    const [found] = findings(['t_ref ms = 2 ms', 't_refr ms = t_ref']);
    expect(found?.code).toBe('undefined-name');
    expect(found?.fixes).toEqual([]);
    expect(found?.message).not.toContain('t_refr');
  });
});
