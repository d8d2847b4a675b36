import { describe, expect, it } from 'vitest';
import { afterFix, base, edited, findings } from './edited-model.ts';

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
