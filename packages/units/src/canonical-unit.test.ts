import { describe, expect, it } from 'vitest';
import { canonicalUnit } from './canonical-unit.ts';
import { dimensionName } from './dimension-name.ts';
import { parseUnit } from './parse-unit.ts';
import { isPlainNumber, sameUnit, toCanonical, type Unit } from './unit.ts';
import { allUnitNames } from './unit-names.ts';

function unit(text: string): Unit {
  const result = parseUnit(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.kind}`);
  return result.value;
}

const CASES: readonly (readonly [written: string, canonical: string, name: string])[] = [
  ['V', 'mV', 'voltage'],
  ['A', 'pA', 'current'],
  ['h', 'ms', 'time'],
  ['uS', 'nS', 'conductance'],
  ['uF', 'pF', 'capacitance'],
  ['MOhm', 'GOhm', 'resistance'],
  ['Hz', '1/ms', 'rate (1/time)'],
  ['V/s', 'mV/ms', 'voltage per time'],
  ['pA/pF', 'mV/ms', 'voltage per time'],
  ['nA/ms', 'pA/ms', 'current per time'],
  ['nS/s', 'nS/ms', 'conductance per time'],
  ['C', 'pA*ms', 'charge'],
  ['rad', '1', 'dimensionless number'],
  ['mV/V', '1', 'dimensionless number'],
  ['ms**2', 'ms**2', 'time squared'],
  ['mV**3', 'mV**3', 'voltage cubed'],
  ['uS**2/ms', 'nS**2/ms', 'conductance squared per time'],
  ['1/nS', 'GOhm', 'resistance'],
  ['1/pF', '1/pF', 'inverse capacitance'],
  ['1/mV', '1/mV', 'inverse voltage'],
  ['1/(ms*mV)', '1/(mV*ms)', 'inverse (voltage times time)'],
  ['1/ms**2', '1/ms**2', 'inverse time squared'],
  ['pF*ms', 'pF*ms', 'capacitance times time'],
  ['pF/nS', 'ms', 'time'],
  ['nS*mV*pA', 'pA**2', 'current squared'],
  ['GOhm/s', '1/pF', 'inverse capacitance'],
  ['H', 'GOhm*ms', 'resistance times time'],
  ['J', 'mV*pA*ms', 'energy'],
  ['W', 'mV*pA', 'power'],
  ['kg', 'mV*pA*ms**3/m**2', 'mass'],
  ['N', 'mV*pA*ms/m', 'force'],
  ['Pa', 'mV*pA*ms/m**3', 'pressure'],
  ['um/ms', 'm/ms', 'velocity'],
  ['m/s**2', 'm/ms**2', 'acceleration'],
  ['mmol/l', 'mol/m**3', 'concentration'],
  ['uF/cm**2', 'pF/m**2', 'capacitance per area'],
  ['S/m', 'nS/m', 'conductance per length'],
  ['l', 'm**3', 'volume'],
  ['C/mol', 'pA*ms/mol', 'charge per amount of substance'],
  ['J/(K*mol)', 'mV*pA*ms/(K*mol)', 'energy per (temperature times amount of substance)'],
  ['ns**(3/2)', 'ms**(3/2)', 'time to the power 3/2'],
  ['lx', 'cd/m**2', 'luminous intensity per area'],
];

describe('canonicalUnit and dimensionName', () => {
  it.each(CASES)('%s is stored in %s and called %s', (written, canonical, name) => {
    const { dimension } = unit(written);
    expect(canonicalUnit(dimension).text).toBe(canonical);
    expect(dimensionName(dimension)).toBe(name);
  });

  it('has scale 1 and the dimension asked for, for every named unit and its square over a time', () => {
    for (const text of allUnitNames().flatMap((name) => [name, `${name}**2/ms`, `1/${name}`])) {
      const asked = unit(text);
      const canonical = canonicalUnit(asked.dimension);
      expect(canonical.dimension).toEqual(asked.dimension);
      expect(toCanonical(1, canonical)).toBe(1);
      expect(sameUnit(unit(canonical.text), canonical)).toBe(true);
    }
  });

  it('is the plain number for no dimension', () => {
    expect(isPlainNumber(canonicalUnit(unit('V/mV').dimension))).toBe(true);
  });
});
