import { describe, expect, it } from 'vitest';
import { parseUnit } from './parse-unit.ts';
import { suggestUnit } from './suggest-unit.ts';
import { allUnitNames } from './unit-names.ts';

describe('suggestUnit', () => {
  it.each([
    ['mv', 'mV'],
    ['MV', 'mV'],
    ['PF', 'pF'],
    ['pf', 'pF'],
    ['PA', 'pA'],
    ['hz', 'Hz'],
    ['khz', 'kHz'],
    ['ns', 'nS'],
    ['Ms', 'ms'],
    ['mohm', 'MOhm'],
    ['Mohms', 'MOhm'],
    ['Vm', 'mV'],
    ['sm', 'ms'],
    ['mVv', 'mV'],
    ['volt', 'V'],
    ['millivolts', 'mV'],
    ['Millisecond', 'ms'],
    ['msec', 'ms'],
    ['nanosiemens', 'nS'],
    ['Hertz', 'Hz'],
    ['mM', 'mmol/l'],
    ['degC', 'K'],
    ['KAT', 'kat'],
  ])('takes %s for %s', (written, meant) => {
    expect(suggestUnit(written)).toBe(meant);
  });

  it('has nothing to say about usual units and about names that are like none', () => {
    for (const name of [
      'mV',
      'ms',
      'nS',
      's',
      'µV',
      'kg',
      'kat',
      'x',
      'foo',
      'tau',
      'min',
      '',
      'exc_spikes',
    ]) {
      expect(suggestUnit(name)).toBeUndefined();
    }
  });

  it('suggests only what can be read, and for a unit only another of the same letters', () => {
    for (const name of allUnitNames()) {
      const suggestion = suggestUnit(name);
      if (suggestion !== undefined) expect(suggestion.toLowerCase()).toBe(name.toLowerCase());
      const misspelt = suggestUnit(`${name}x`);
      if (misspelt !== undefined) expect(parseUnit(misspelt).ok).toBe(true);
    }
  });
});
