import { applyFixes } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { afterFix, base, edited, findings } from './edited-model.ts';

describe('a name in letters of another alphabet', () => {
  it('is reported once, and its fix writes it in plain letters wherever it stands', () => {
    const text = base.replaceAll('tau_m', 'τ_m').replaceAll('C_m', 'Kapazität');
    const found = checkText(text).diagnostics;
    expect(found.map(({ message }) => message)).toEqual([
      '`ä` has no meaning in NESTML. Names consist of the letters a to z and A to Z, digits and `_`; write e.g. `Kapazitaet`.',
      '`τ` has no meaning in NESTML. Names consist of the letters a to z and A to Z, digits and `_`; write e.g. `tau_m`.',
    ]);
    const fixes = found.flatMap((finding) => finding.fixes);
    expect(fixes.map(({ isGuess }) => isGuess)).toEqual([undefined, undefined]);
    const repaired = applyFixes(found[0]!.source!, fixes).text;
    expect(repaired).toBe(base.replaceAll('C_m', 'Kapazitaet'));
  });

  it('is a guess if the plain name is taken or means something', () => {
    for (const name of ['τau_m', 'Å', 'tau_ß']) {
      const text = base
        .replaceAll('C_m', name)
        .replace('tau_x', 'tau_ss')
        .replace('t_ref ms', 'tauau_m ms = 1 ms\n        t_ref ms');
      const [found] = checkText(text).diagnostics.filter(({ code }) => code === 'invalid-characters');
      expect(found?.fixes.map(({ isGuess }) => isGuess)).toEqual([true]);
    }
  });
});

describe('what is no product', () => {
  it.each([
    [
      'C_m pF = 200 pF',
      'C_m pF = 200e pF',
      'NESTML does not know the number `200e`; write digits behind the `e`, as in `1e3`.',
    ],
    ['C_m pF = 200 pF', 'C_m pF = 2_00 pF', 'NESTML does not know the number `2_00`; write `200`.'],
    [
      'C_m pF = 200 pF',
      'C_m pF = 200 pF "capacitance"',
      'NESTML does not know a string behind a value; write a comment, which begins with `#`.',
    ],
    [
      'C_m pF = 200 pF',
      'C_m pF = 200 pF  % the capacitance',
      'NESTML does not know `%` before a comment; write `#`.',
    ],
    [
      'C_m pF = 200 pF',
      'C_m pF = 200 pF  ! the capacitance',
      'NESTML does not know `!` before a comment; write `#`.',
    ],
  ])('is named as what it is: %s, %s', (right, wrong, message) => {
    const found = findings([right, wrong]);
    expect(found.map((finding) => finding.message)).toEqual([message]);
    const cured = found[0]!.fixes.length === 0 ? base : afterFix(edited([right, wrong]), found[0]);
    expect(checkText(cured).diagnostics).toEqual([]);
    expect(cured).not.toContain(' * the');
  });

  it('is cured without asking only where nothing else can be meant', () => {
    const [digits] = findings(['C_m pF = 200 pF', 'C_m pF = 2_00 pF']);
    expect(digits!.fixes[0]!.isGuess).toBeUndefined();
    const [comment] = findings(['C_m pF = 200 pF', 'C_m pF = 200 pF  % the capacitance']);
    expect(comment!.fixes[0]!.isGuess).toBe(true);
  });
});

describe('brackets around a unit', () => {
  it.each([
    ['tau_m ms = 10 ms', 'tau_m [ms] = 10 [ms]'],
    ['tau_m ms = 10 ms', 'tau_m [ms] = 10 ms'],
    ['tau_m ms = 10 ms', 'tau_m[ms] = 10[ms]'],
    ['tau_m ms = 10 ms', 'tau_m ms = 10 [ms]'],
    ['I_syn pA = 0 pA', 'I_syn [pA] = 0 [pA]'],
  ])('are the one finding, and its fix removes all of the line: %s', (right, wrong) => {
    const found = findings([right, wrong]);
    expect(found.map(({ code }) => code)).toEqual(['foreign-notation']);
    expect(found[0]!.message).toContain('brackets around a unit');
    expect(found[0]!.fixes[0]!.isGuess).toBeUndefined();
    expect(afterFix(edited([right, wrong]), found[0])).toBe(base);
  });

  it('are parentheses around a chain behind a number', () => {
    const [found] = findings(['tau_m ms = 10 ms', 'tau_m [ms] = 10 [mV * ms / mV]']);
    expect(afterFix(edited(['tau_m ms = 10 ms', 'tau_m [ms] = 10 [mV * ms / mV]']), found)).toContain(
      'tau_m ms = 10 (mV * ms / mV)',
    );
  });

  it('of one letter are a guess, and the size of a vector stays one', () => {
    const [found] = findings(['tau_m ms = 10 ms', 'tau_m [s] = 10 ms']);
    expect(found!.fixes[0]!.isGuess).toBe(true);
    expect(
      findings(['tau_m ms = 10 ms', 'tau_m ms = 10 ms\n        mV integer = 2\n        v[mV] ms = 1 ms']).map(
        ({ code }) => code,
      ),
    ).not.toContain('foreign-notation');
  });
});
