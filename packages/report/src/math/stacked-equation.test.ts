import { describe, expect, it } from 'vitest';
import { chainOf, type Formula, negated } from './formula.ts';
import { equationToTerminal } from './stacked-equation.ts';

const name = (text: string, primes = 0): Formula => ({ kind: 'name', name: text, primes });
const minus = (left: Formula, right: Formula): Formula => ({
  kind: 'sum',
  terms: [
    { sign: '+', formula: left },
    { sign: '-', formula: right },
  ],
});
const over = (above: Formula, below: Formula) =>
  chainOf([
    { operator: '*', formula: above },
    { operator: '/', formula: below },
  ]);
const leak = negated(over(minus(name('V_m'), name('E_L')), name('tau_m')));
const plus = (...formulas: readonly Formula[]): Formula => ({
  kind: 'sum',
  terms: formulas.map((formula) => ({ sign: '+', formula })),
});

describe('an equation in a terminal', () => {
  it('has fractions on a bar', () => {
    const right = plus(leak, over(name('I_syn'), name('C_m')));
    expect(equationToTerminal(name('V_m', 1), right, 80)).toEqual([
      '            V_m − E_L     I_syn',
      'dV_m/dt = −─────────── + ───────',
      '               τ_m         C_m',
    ]);
  });

  it('is continued at a sign where a row is full', () => {
    const terms = ['a', 'b', 'c', 'd', 'e'].map((letter) => over(name(`${letter}_long`), name('tau')));
    const rows = equationToTerminal(name('x', 1), plus(...terms), 40);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(40);
    expect(rows.filter((row) => row.includes('─'))).toHaveLength(2);
    expect(rows[4]).toMatch(/^ {8} \+ ─+/);
  });

  it('without fractions takes one line', () => {
    expect(equationToTerminal(name('x', 1), minus(name('y'), name('x')), 40)).toEqual(['dx/dt = y − x']);
  });

  it('keeps a value per unit and whatever is inside parentheses on the line', () => {
    const perUnit = over(name('V_m'), { kind: 'number', text: '1', unit: 'mV' });
    const call: Formula = { kind: 'call', name: 'exp', arguments: [negated(over(name('t'), name('tau')))] };
    const right: Formula = { kind: 'product', factors: [perUnit, call] };
    expect(equationToTerminal(name('x', 1), right, 60)).toEqual(['dx/dt = (V_m/mV)·exp(−t/τ)']);
  });
});
