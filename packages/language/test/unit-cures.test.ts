import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { afterFix, edited, findings } from './edited-model.ts';

describe('the fix of an unknown unit', () => {
  it.each([
    ['V_th mv = -55 mV', 'mV'],
    ['t_ref msec = 2 ms', 'ms'],
    ['R MOhms = 2 MOhm', 'MOhm'],
    ['V_th mvolt = -55 mV', 'mV'],
  ])('is certain where only the spelling changes: %s', (line, unit) => {
    const [found, ...others] = findings(['tau_x ms = 3 ms', line.replace(/^\w+/, 'own')]);
    expect(others).toEqual([]);
    expect(found?.fixes[0]).toMatchObject({ title: `Write \`${unit}\`` });
    expect(found?.fixes[0]?.isGuess).toBeUndefined();
  });

  it.each(['own mV = 3 mVs', 'own ka = 3 pA', 'own Vm = 3 mV'])(
    'is a guess where another value may be meant: %s',
    (line) => {
      const [found] = findings(['tau_x ms = 3 ms', line]);
      expect(found?.code).toBe('unknown-unit');
      expect(found?.fixes[0]?.isGuess).toBe(true);
    },
  );

  it.each([
    ['own degC = 36 degC', 'write kelvin, which is the value in degrees Celsius + 273.15'],
    ['own Celsius = 36 Celsius', 'write kelvin, which is the value in degrees Celsius + 273.15'],
    ['own Angstrom = 3 Angstrom', 'write `0.1 nm`'],
    ['own ms = 1 min', 'a minute is `60 s`'],
  ])('is words where the value changes with the unit: %s', (line, words) => {
    const [found, ...others] = findings(['tau_x ms = 3 ms', line]);
    expect(others).toEqual([]);
    expect(found?.code).toBe('unknown-unit');
    expect(found?.message).toContain(words);
    expect(found?.fixes).toEqual([]);
  });
});

describe('a plain number where a quantity is needed', () => {
  const examine = (statement: string) => {
    const edit = ['integrate_odes()', `x real = 2\n        integrate_odes()\n        ${statement}`] as const;
    const found = findings(edit);
    return { found, after: afterFix(edited(edit), found[0]) };
  };

  it.each([
    ['V_m = 7', 'V_m = 7 mV', true],
    ['V_m = 1e1', 'V_m = 1e1 mV', true],
    ['V_m = 1 + 2', 'V_m = (1 + 2) * 1 mV', true],
    ['V_m = 2*3', 'V_m = 2*3 * 1 mV', true],
    ['V_m = x', 'V_m = x * 1 mV', false],
    ['V_m = x*2', 'V_m = x*2 * 1 mV', false],
    ['V_m = x > 0 ? 1 : 2', 'V_m = (x > 0 ? 1 : 2) * 1 mV', false],
    ['V_m = max(V_m, 1)', 'V_m = max(V_m, 1 mV)', true],
    ['V_m = min(-3, V_m)', 'V_m = min(-3 mV, V_m)', true],
    ['V_m = clip(V_m, -80, 0 mV)', 'V_m = clip(V_m, -80 mV, 0 mV)', true],
    ['V_m = max(V_m, x)', 'V_m = max(V_m, x * 1 mV)', false],
  ])('is given the unit: %s', (wrong, right, isSure) => {
    const { found, after } = examine(wrong);
    expect(found.map(({ code }) => code)).toEqual(['missing-unit']);
    expect(after).toContain(`        ${right}\n`);
    expect(found[0]!.fixes[0]!.isGuess).toBe(isSure ? undefined : true);
    expect(checkText(after).diagnostics.filter((finding) => finding.class === 'error')).toEqual([]);
  });

  it('is told how a variable is written in a unit', () => {
    expect(examine('V_m = x').found[0]!.message).toBe(
      '`V_m` is a voltage (`mV`), but `x` is a plain number. Multiply it by a unit, such as `* 1 mV`.',
    );
  });
});
