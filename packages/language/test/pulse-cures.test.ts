import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { afterFix, base, edited } from './edited-model.ts';

const term = 'I_syn / C_m';
/** The leaky neuron, with the term in place of the current, and without the handler of the port. */
function examine(written: string, ...parameters: readonly string[]) {
  const handler = '    onReceive(spikes):\n        I_syn += spikes * 1 s * 1 pA\n';
  const text = edited(
    [`+ ${term}`, `+ ${written}`],
    [handler, ''],
    ['        tau_x ms = 3 ms', ['        tau_x ms = 3 ms', ...parameters].join('\n        ')],
  );
  const errors = checkText(text).diagnostics.filter((finding) => finding.class === 'error');
  const after = afterFix(text, errors[0]);
  return { text, errors, after };
}

describe('a spike port in the equation of a variable with a unit', () => {
  it('is a base for the cases below', () => {
    expect(base).toContain(term);
    expect(examine('spikes * 1 mV').errors).toEqual([]);
  });

  it.each([
    ['spikes', 'spikes * 1 mV', []],
    ['2 * spikes', '2 * spikes * 1 mV', []],
    ['spikes * 1 mV/ms', 'spikes * 1 mV', []],
    ['J * spikes / 1 ms', 'J * spikes', ['J mV = 2 mV']],
  ])('is a pulse and is told so, with a guess that leaves no error: %s', (wrong, right, parameters) => {
    const { text, errors, after } = examine(wrong, ...parameters);
    expect(errors.map(({ code }) => code)).toEqual(['ode-unit-mismatch']);
    expect(errors[0]!.message).toContain(
      '`u * spikes` makes the variable jump by `u` at each spike of weight 1',
    );
    expect(errors[0]!.message).not.toContain('tau');
    expect(errors[0]!.fixes).toMatchObject([{ isGuess: true }]);
    expect(after).toBe(text.replace(`+ ${wrong}`, `+ ${right}`));
    expect(checkText(after).diagnostics.filter((finding) => finding.class === 'error')).toEqual([]);
  });

  it('has no fix where the unit of a parameter is wrong', () => {
    const { errors } = examine('J * spikes', 'J mV/ms = 2 mV/ms');
    expect(errors[0]!.message).toMatch(/, without a division by a time\.$/);
    expect(errors[0]!.fixes).toEqual([]);
  });
});
