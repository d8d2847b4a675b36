import { describe, expect, it } from 'vitest';
import { findings } from './edited-model.ts';

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
