import { describe, expect, it } from 'vitest';
import { compareText } from './against-reference.ts';
import { checkedModel, solvedModel } from './models.ts';

/** An equation that reads an element by a computed index. */
function neuron(equations: readonly string[], state: readonly string[] = []): string {
  return `model element_neuron:
    state:
        V mV = 10 mV
        held[3] real = 0.4
        n integer = 0
${state.map((line) => `        ${line}\n`).join('')}    parameters:
        rate[3] real = 0.3
        k integer = 2
    equations:
${equations.map((line) => `        ${line}\n`).join('')}    input:
        I[2] pA <- continuous
    update:
        integrate_odes()
        n = n + 1
        held[n % 3] = 0.1 * n
`;
}

const SIZES = { held: 3, rate: 3, I: 2 };

const CASES: readonly (readonly [string, string, string])[] = [
  ['a parameter as coefficient', "V' = -V * rate[k] / ms", 'propagator'],
  ['a parameter as input', "V' = -V / (3 ms) + rate[k] * 1 mV/ms", 'propagator'],
  ['a state that the equations do not move', "V' = -V / (3 ms) + held[k] * 1 mV/ms", 'propagator'],
  ['a current', "V' = -V / (3 ms) + I[k - 1] / (2 pF)", 'propagator'],
  ['an element at an index that changes', "V' = -V / (3 ms) + held[n % 3] * 1 mV/ms", 'propagator'],
  ['such a state as coefficient', "V' = -V * held[k] / ms", 'numeric'],
  [
    'an index that the equation moves',
    "V' = -V / (3 ms) + rate[steps(V * 0.2 ms / mV) % 3] * 1 mV/ms",
    'numeric',
  ],
];

describe('an equation that reads an element by a computed index', () => {
  it.each(CASES)('with %s is solved as without', (_what, equation, solver) => {
    const text = neuron([equation]);
    const { variants } = solvedModel(checkedModel(text));
    expect(variants[0]?.solvers.map((entry) => entry.solver)).toEqual([solver]);
    const { compiled, reference, differences } = compareText(text, {
      steps: 30,
      sizes: SIZES,
      currents: [{ port: 'I[1]', first: 5, end: 20, value: 3 }],
      record: ['V'],
      toleranceFactor: 1e-5,
    });
    expect(reference.failure).toBeUndefined();
    expect(compiled.failure).toBeUndefined();
    expect(differences.get('V')?.relative).toBeLessThan(solver === 'numeric' ? 1e-8 : 1e-11);
  });

  it('of a parameter alone is a countdown', () => {
    const text = neuron(["V' = -V / (3 ms)", "c' = rate[k] / ms"], ['c real = 1']);
    const { compiled, differences } = compareText(text, { steps: 30, sizes: SIZES, record: ['c', 'V'] });
    expect(compiled.failure).toBeUndefined();
    expect(differences.get('c')?.absolute).toBe(0);
  });

  it('is found where nothing else has a computed index', () => {
    const text = `model still_neuron:
    state:
        V mV = 10 mV
    parameters:
        rate[3] real = 0.3
        k integer = 2
    equations:
        V' = -V / (3 ms) + rate[k] * 1 mV/ms
    input:
        exc <- spike
    update:
        integrate_odes()
`;
    const { compiled, differences } = compareText(text, { steps: 9, sizes: { rate: 3 }, record: ['V'] });
    expect(compiled.failure).toBeUndefined();
    expect(differences.get('V')?.relative).toBeLessThan(1e-11);
  });

  it('is explained by what is written', () => {
    const { variants } = solvedModel(checkedModel(neuron(["V' = -V * held[k] / ms"])));
    expect(variants[0]?.solvers[0]?.reason).toBe(
      'is integrated numerically: the coefficient of V contains held[k], which can change at every step',
    );
  });
});
