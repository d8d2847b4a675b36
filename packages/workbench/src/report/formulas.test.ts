import { formulaToText } from '@nestml/report';
import { describe, expect, it } from 'vitest';
import { modelFromText } from '../api.ts';
import { derivativeOf, formulaOf, kernelFormulas } from './formulas.ts';

const model = modelFromText(`model formula_neuron:
    state:
        V_m mV = -70 mV
        x real = 0
        x' 1/ms = 0 1/ms
    equations:
        kernel K = exp(-t / tau_s)
        recordable inline I pA = 2.5 pA * convolve(K, spikes)
        V_m' = -(V_m - E_L) / tau_m + (V_m > 0 mV and x < 1 ? I : 0 pA) / C_m
        x'' = -x / tau_s**2 - 2 * x' / tau_s
    parameters:
        E_L mV = -70 mV
        tau_m ms = 10 ms
        tau_s ms = 2 ms
        C_m pF = 250 pF
    input:
        spikes <- spike
    output:
        spike
    update:
        integrate_odes()
    onCondition(V_m > 10 mV):
        emit_spike()
`);

describe('formulas of a model', () => {
  it('show equations with derivatives, fractions and cases', () => {
    const [first, second] = model.equations;
    expect(formulaToText(derivativeOf(first!))).toBe('dV_m/dt');
    expect(formulaToText(formulaOf(first!.value))).toMatch(/^−\(V_m − E_L\)\/τ_m \+ .*V_m > 0 mV/);
    expect(formulaToText(derivativeOf(second!))).toBe('d²x/dt²');
    expect(formulaToText(formulaOf(second!.value))).toBe('−x/τ_s² − 2·dx/dt/τ_s');
  });

  it('show numbers with the units in which they were written, and convolutions', () => {
    expect(formulaToText(formulaOf(model.inlines[0]!.value))).toMatch(/^2\.5 pA.*K.*spikes/);
  });

  it('show kernels as functions of time', () => {
    const [kernel] = kernelFormulas(model.kernels[0]!);
    expect(formulaToText(kernel!.left)).toBe('K(t)');
    expect(formulaToText(kernel!.right)).toMatch(/−t\/τ_s/);
  });
});
