import { describe, expect, it } from 'vitest';
import { checkedModel, libraryModel } from '../../test/models.ts';
import { solveModel } from './compile-model.ts';

const NON_LINEAR = [
  'aeif_cond_exp',
  'hh_psc_alpha',
  'hill_tononi',
  'iaf_cond_alpha',
  'iaf_cond_beta',
  'izhikevich',
  'terub_gpe',
  'wb_cond_exp',
];

/** A gate with a time constant, driven by spikes through a kernel and by pulses. */
const gate = (tau: string, equation = '(drive - x**2) / tau', functions = '') => `model gate_neuron:
    state:
        x real = 0.5
    equations:
        kernel K = exp(-t / (2 ms))
        inline drive real = 1 + convolve(K, spikes)
        x' = ${equation} + jump * spikes
    parameters:
        tau ms = ${tau}
        jump real = 0.1
    input:
        spikes <- spike
    update:
        integrate_odes()
${functions}`;

const LOOPED = `    function looped(y real) real:
        z real = y
        while z > 1:
            z = z / 2
        return z
`;

function numericOf(text: string) {
  const { model, diagnostics } = solveModel(checkedModel(text));
  expect(diagnostics).toEqual([]);
  return model!.variants[0]!.numeric!;
}

describe('the solver that is chosen for equations', () => {
  it.each(NON_LINEAR)('is explicit for %s, after a test', (name) => {
    const { model } = solveModel(libraryModel(name));
    const systems = model!.variants.flatMap(({ numeric }) => (numeric === undefined ? [] : [numeric]));
    expect(systems.length).toBeGreaterThan(0);
    for (const { method, stiffness } of systems) {
      expect(method.name).toBe('dormand-prince');
      expect(stiffness).toMatchObject({ verdict: 'explicit', reason: 'steps-long-enough' });
    }
  });

  it('is the Rosenbrock method where a time constant is far below the step', () => {
    const { method, stiffness } = numericOf(gate('0.00001 ms'));
    expect(method.name).toBe('rosenbrock');
    expect(stiffness).toMatchObject({ verdict: 'implicit' });
    expect(numericOf(gate('1 ms')).method.name).toBe('dormand-prince');
  });

  it('is the same each time', () => {
    const [first, second] = [numericOf(gate('0.001 ms')), numericOf(gate('0.001 ms'))];
    expect(first.stiffness).toEqual(second.stiffness);
  });

  it('is found once for variants with the same system', () => {
    const { model } = solveModel(libraryModel('hh_psc_alpha'));
    const [first, second] = model!.variants;
    expect(first!.numeric!.stiffness).toBe(second!.numeric!.stiffness);
  });

  it('is explicit without a test where an equation calls a function with a loop', () => {
    const equation = '(drive - x * looped(2)) / tau - x * x / tau';
    const { method, stiffness } = numericOf(gate('0.00001 ms', equation, LOOPED));
    expect(method.name).toBe('dormand-prince');
    expect(stiffness).toBeUndefined();
  });

  it('is explicit where the default values of parameters need a run', () => {
    const text = gate('0.00001 ms', '(drive - x**2) / tau', LOOPED).replace('= 0.1', '= looped(0.1)');
    expect(numericOf(text).stiffness).toBeUndefined();
  });
});
