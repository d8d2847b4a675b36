import { readFileSync } from 'node:fs';
import { applyFix, type Diagnostic } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { type Mistake, mistakesOfStudents } from './mistakes-of-students.ts';

function mistake(
  model: string,
  [right, wrong]: readonly [right: string, wrong: string],
  code: string,
  token: string,
  cure: Mistake['cure'],
): Mistake {
  return { model: `neurons/${model}_neuron`, right, wrong, code, token, cure };
}

const exp = 'iaf_psc_exp';
const delta = 'iaf_psc_delta';
const alpha = 'iaf_cond_alpha';
const hh = 'hh_psc_alpha';
const izhikevich = 'izhikevich';
const counted = 'iaf_psc_delta_fixed_timestep';

const mistakes: readonly Mistake[] = [
  // Layout and grammar
  mistake(exp, ['    parameters:', '    parameters'], 'missing-colon', '', 'original'),
  mistake(exp, ['    equations:', '    eqautions:'], 'unknown-block', 'eqautions', 'original'),
  mistake(exp, ['V_m >= V_th)', 'V_m => V_th)'], 'foreign-notation', '=>', 'original'),
  mistake(izhikevich, ['max(V_min, V_m)', 'max(V_min, V_m'], 'unclosed-bracket', '(', 'guess'),
  mistake(exp, ['emit_spike()', 'emit_spike'], 'incomplete-statement', 'emit_spike', 'original'),
  mistake(exp, ['recordable inline I_syn', 'recordable I_syn'], 'missing-inline', 'I_syn', 'original'),
  mistake(
    exp,
    ['exc_spikes <- excitatory', 'exc_spikes excitatory'],
    'missing-arrow',
    'excitatory',
    'original',
  ),
  mistake(exp, ['V_th mV = -55 mV', 'mV V_th = -55 mV'], 'type-before-name', 'mV V_th', 'original'),
  mistake(hh, ['Act_m**3', 'Act_m^3'], 'caret-as-power', '^', 'original'),
  mistake(izhikevich, ['0.04 * V_m * V_m', '0,04 * V_m * V_m'], 'foreign-notation', '0,04', 'original'),
  // Names
  mistake(exp, ['/ tau_m +', '/ tua_m +'], 'undefined-name', 'tua_m', 'original'),
  mistake(exp, ['/ tau_syn_exc\n', '/ tau_syn_ex\n'], 'undefined-name', 'tau_syn_ex', 'original'),
  mistake(delta, ['convolve(pulse', 'convovle(pulse'], 'undefined-function', 'convovle', 'original'),
  mistake(
    delta,
    ['kernel pulse', 'kernel V_m = delta(t)\n        kernel pulse'],
    'duplicate-name',
    'V_m',
    'none',
  ),
  mistake(exp, ['C_m pF = 250 pF', 'C_m nS = 250 pF'], 'unit-mismatch', '250 pF', 'none'),
  mistake(exp, ['tau_m ms = 10 ms', 'tau_m msec = 10 ms'], 'unknown-unit', 'msec', 'original'),
  mistake(alpha, ['e / tau_syn_exc', 'e real / tau_syn_exc'], 'unexpected-token', 'real', 'none'),
  // Units
  mistake(exp, ['-(V_m - E_L) / tau_m', '-(V_m - E_L)'], 'ode-unit-mismatch', '-(V_m - E_L)', 'none'),
  mistake(
    alpha,
    ["V_m' = (-I_leak + I_syn + I_e + I_stim) / C_m", "V_m' = (-I_leak + I_syn + I_e + I_stim)"],
    'ode-unit-mismatch',
    '(-I_leak + I_syn + I_e + I_stim)',
    'guess',
  ),
  mistake(exp, ['E_L mV = -70 mV', 'E_L mV = -70'], 'missing-unit', '-70', 'original'),
  mistake(alpha, ['g_L * (V_m - E_L)', 'g_L * (V_m - g_L)'], 'unit-mismatch', 'g_L', 'none'),
  mistake(exp, ['(exc_spikes * 1 s) * 1 pA', 'exc_spikes'], 'unit-mismatch', 'exc_spikes', 'other'),
  mistake(exp, ["refr_t' = -1", "refr_t' = -1/ms"], 'ode-unit-mismatch', '-1/ms', 'original'),
  mistake(hh, ['alpha_m_init 1/ms', 'alpha_m_init 2/ms'], 'invalid-unit', '2', 'original'),
  mistake(izhikevich, ['max(V_min, V_m)', 'max(0.0 - 1, V_m)'], 'missing-unit', '0.0 - 1', 'other'),
  mistake(exp, ['refr_t > 0 ms:', 'refr_t:'], 'not-boolean', 'refr_t', 'none'),
  // Equations and kernels
  mistake(exp, ["V_m' =", 'V_m ='], 'equation-without-derivative', 'V_m', 'original'),
  mistake(izhikevich, ['        integrate_odes()\n', ''], 'missing-integrate-odes', "V_m' =", 'other'),
  mistake(delta, ['integrate_odes(V_m)', "integrate_odes(V_m')"], 'integrate-argument', "V_m'", 'original'),
  mistake(
    delta,
    ['convolve(pulse, spikes)', 'convolve(spikes, pulse)'],
    'convolve-arguments',
    'convolve(spikes, pulse)',
    'original',
  ),
  mistake(delta, ['convolve(pulse, spikes)', 'pulse'], 'kernel-outside-convolve', 'pulse', 'original'),
  mistake(
    izhikevich,
    ['U_m real = b * V_m_init / 1 mV', 'U_m integer = -13'],
    'equation-of-discrete',
    "U_m'",
    'other',
  ),
  mistake(
    hh,
    ['refr_t ms = 0 ms ', "refr_t ms = 0 ms\n        Act_m' 1/ms = 0 1/ms "],
    'superfluous-derivative',
    'Act_m',
    'other',
  ),
  // Blocks and statements
  mistake(delta, ['    output:\n        spike\n', ''], 'missing-spike-output', 'emit_spike()', 'other'),
  mistake(
    exp,
    ['exc_spikes <- excitatory spike', 'exc_spikes <- excitatory excitatory spike'],
    'port-qualifiers',
    'excitatory',
    'original',
  ),
  mistake(exp, ['V_m = V_reset\n', 'V_reset = V_m\n'], 'invalid-assignment', 'V_reset', 'none'),
  mistake(exp, ['onReceive(inh_spikes)', 'onReceive(exc_spikes)'], 'duplicate-handler', 'exc_spikes', 'none'),
  mistake(exp, ['onReceive(inh_spikes)', 'onReceive(I_stim)'], 'handler-port', 'I_stim', 'none'),
  mistake(
    izhikevich,
    ['emit_spike()', 'emit_spike(1, 1 ms)'],
    'argument-count',
    'emit_spike(1, 1 ms)',
    'none',
  ),
  mistake(
    counted,
    ['refr_counter -= 1', 'refr_counter[0] -= 1'],
    'index-of-scalar',
    'refr_counter[0]',
    'none',
  ),
  mistake(
    izhikevich,
    ['        V_m += (spikes', '        gain = 2.0\n        V_m += (spikes'],
    'undeclared-local',
    'gain',
    'other',
  ),
  mistake(izhikevich, ['V_m = c\n', 'V_m = c  // back to the start\n'], 'foreign-notation', '//', 'guess'),
  ...mistakesOfStudents,
];

function textOf(model: string): string {
  return readFileSync(new URL(`../../../models/${model}.nestml`, import.meta.url), 'utf8');
}

function spoil({ model, right, wrong }: Mistake): string {
  const text = textOf(model);
  expect(text.split(right).length, `${right} stands in ${model}`).toBeGreaterThan(1);
  return text.replace(right, () => wrong);
}

/** All but notes, which the models of the library have too. */
function findingsIn(text: string): readonly Diagnostic[] {
  return checkText(text).diagnostics.filter((finding) => finding.class !== 'note');
}

describe('a single mistake in a model of the library', () => {
  it.each(mistakes)('is one finding at its place: $wrong ($code)', (entry) => {
    const text = spoil(entry);
    const found = findingsIn(text);
    expect(
      found.map(({ code, span }) => [code, text.slice(span?.start, span?.end).slice(0, entry.token.length)]),
    ).toEqual([[entry.code, entry.token]]);
    expect(found[0]?.class).toBe('error');
  });

  it.each(mistakes.filter(({ cure }) => cure === 'original' || cure === 'other'))(
    'is repaired by its fix: $wrong',
    (entry) => {
      const [found] = findingsIn(spoil(entry));
      const [fix, ...others] = found!.fixes;
      expect(others).toEqual([]);
      expect(fix?.isGuess).toBeUndefined();
      const repaired = applyFix(found!.source!, fix!);
      if (entry.cure === 'original') expect(repaired).toBe(textOf(entry.model));
      expect(findingsIn(repaired).map(({ message }) => message)).toEqual([]);
    },
  );

  it.each(mistakes.filter(({ cure }) => cure === 'none'))('has no certain cure: $wrong', (entry) => {
    const [found] = findingsIn(spoil(entry));
    expect(found?.fixes).toEqual([]);
  });

  it.each(mistakes.filter(({ cure }) => cure === 'guess'))(
    'is not repaired by a program: $wrong',
    (entry) => {
      const [found] = findingsIn(spoil(entry));
      expect(found?.fixes.length).toBeGreaterThan(0);
      expect(found?.fixes.map(({ isGuess }) => isGuess)).toEqual(found?.fixes.map(() => true));
    },
  );

  it('is shown for many codes, most of them with a cure', () => {
    expect(new Set(mistakes.map(({ code }) => code)).size).toBeGreaterThanOrEqual(30);
    expect(mistakes.filter(({ cure }) => cure !== 'none').length).toBeGreaterThanOrEqual(20);
  });
});
