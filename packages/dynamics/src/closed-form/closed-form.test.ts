import { describe, expect, it } from 'vitest';
import { casesOf, closedSystem, mismatchAt } from '../../test/closed-form-mismatch.ts';

describe('the closed form', () => {
  const current = closedSystem({ I: '-I/tau_syn', V: '-V/tau_m + I/C + I_e/C' });

  it('has a case for equal time constants', () => {
    expect(casesOf(current)).toHaveLength(2);
  });

  it.each([1, 2, 2.5])('agrees with the numeric solution at tau_syn = %d', (tau) => {
    expect(mismatchAt(current, { tau_syn: tau, tau_m: 2, C: 250, I_e: 1, h: 0.1 })).toBeLessThan(1e-14);
  });
});
