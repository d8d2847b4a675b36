import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { afterFix, base } from './edited-model.ts';

function examine(...lines: readonly string[]) {
  const handler = '    onReceive(spikes):\n        I_syn += spikes * 1 s * 1 pA\n';
  const text = `${base.replace(handler, '')}${lines.map((line) => `    ${line}\n`).join('')}`;
  const errors = checkText(text).diagnostics.filter((finding) => finding.class === 'error');
  return { text, errors, after: afterFix(text, errors[0]) };
}

describe('the head of a block without the end of its parentheses', () => {
  it.each([
    [['onReceive(spikes', '    I_syn += 1 pA'], '):'],
    [['onCondition(V_m < E_L', '    V_m = E_L'], '):'],
    [['onCondition(V_m < E_L', '    emit_spike()'], '):'],
    [['function f(x real, u mV', '    y mV = u', '    return y'], ') mV:'],
    [['function f(x real, u mV', '    return u'], ') mV:'],
    [['onCondition(V_m < E_L:', '    V_m = E_L'], '):'],
  ])('is one error at its `(`: %j', (lines, end) => {
    const { text, errors, after } = examine(...lines);
    expect(errors.map(({ code }) => code)).toEqual(['unclosed-bracket']);
    expect(errors[0]!.span?.start).toBe(text.indexOf('(', text.indexOf(lines[0]!)));
    expect(errors[0]!.fixes).toMatchObject([{ isGuess: true }]);
    if (end === '):') {
      expect(after).toContain(`${lines[0]!.replace(/:$/, '')}):\n`);
      expect(checkText(after).diagnostics.filter((finding) => finding.class === 'error')).toEqual([]);
    }
  });

  it.each([
    [['onCondition(V_m < E_L and', '        V_m > -80 mV):', '    V_m = E_L']],
    [['onCondition(V_m < E_L', '        and V_m > -80 mV):', '    V_m = E_L']],
    [['function f(x real,', '        u mV) mV:', '    return u * x']],
    [['onReceive(spikes,', '        priority=2):', '    I_syn += 1 pA']],
  ])('may go on in the next line: %j', (lines) => {
    const { errors } = examine(...lines);
    expect(errors.filter(({ code }) => code !== 'missing-priority')).toEqual([]);
  });
});
