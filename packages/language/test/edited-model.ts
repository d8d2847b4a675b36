import type { Diagnostic } from '@nestml/diagnostics';
import { expect } from 'vitest';
import { checkText } from './check-support.ts';

/** A leaky neuron without findings, which tests spoil. */
export const base = `model test_neuron:
    state:
        V_m mV = E_L
        I_syn pA = 0 pA
        refr_t ms = 0 ms
    parameters:
        E_L mV = -70 mV
        V_th mV = -55 mV
        C_m pF = 200 pF
        tau_m ms = 10 ms
        tau_s ms = 2 ms
        tau_w ms = 30 ms
        tau_x ms = 3 ms
        t_ref ms = 2 ms
    equations:
        V_m' = -(V_m - E_L) / tau_m + I_syn / C_m
        I_syn' = -I_syn / tau_s
        refr_t' = -1
    input:
        spikes <- spike
    output:
        spike
    update:
        integrate_odes()
    onReceive(spikes):
        I_syn += spikes * 1 s * 1 pA
    onCondition(V_m >= V_th):
        V_m = E_L
        emit_spike()
`;

/** The model with pieces of its text replaced. */
export function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, base);
}

export function findings(...edits: readonly (readonly [from: string, to: string])[]): readonly Diagnostic[] {
  return checkText(edited(...edits)).diagnostics;
}

/** The text after the first fix of a finding. */
export function afterFix(text: string, finding: Diagnostic | undefined): string {
  const edits = [...(finding?.fixes[0]?.edits ?? [])].sort((a, b) => b.span.start - a.span.start);
  return edits.reduce((result, { span, text: insert }) => {
    return result.slice(0, span.start) + insert + result.slice(span.end);
  }, text);
}
