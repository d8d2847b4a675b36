import { expect, it } from 'vitest';
import { setSymbols } from './author-latex.ts';

const model = new Set(['V_m', 'refr_T', 'tau_syn_exc', 'V_m_init', 'g_Na']);
const examples: readonly (readonly [what: string, written: string, set: string])[] = [
  ['a symbol of the model', 'V_m + V_{m}', 'V_{\\mathrm{m}} + V_{\\mathrm{m}}'],
  ['a word of the model', 't < refr_T', 't < \\mathrm{refr}_{\\mathrm{T}}'],
  ['a Greek symbol of the model', '\\tau_{syn, exc}', '\\tau_{\\mathrm{syn},\\mathrm{exc}}'],
  ['a factor before a symbol', 'dV_m/dt', 'dV_{\\mathrm{m}}/dt'],
  ['a power of a symbol', 'g_{Na}m^3h', 'g_{\\mathrm{Na}}m^3h'],
  ['a word below an unknown letter', 'I_{syn,x}', 'I_{\\mathrm{syn},x}'],
  ['an index', 'x_i + w_{ij} + x_{i-1}', 'x_i + w_{ij} + x_{i-1}'],
  ['a command below', '\\alpha_{\\infty} + V_{\\text{th}}', '\\alpha_{\\infty} + V_{\\text{th}}'],
  ['a sum', '\\sum_{t_{sp}} K(t)', '\\sum_{t_{\\mathrm{sp}}} K(t)'],
];

it.each(examples)('%s', (_what, written, set) => {
  expect(setSymbols(written, model)).toBe(set);
});

it('what is set stays as it is', () => {
  for (const [, , set] of examples) expect(setSymbols(set, model)).toBe(set);
});
