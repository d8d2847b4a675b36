import { describe, expect, it } from 'vitest';
import { parseUnit } from './parse-unit.ts';
import { adviseOnUnit, isSpellingOf, suggestUnit } from './suggest-unit.ts';
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

describe('isSpellingOf', () => {
  it.each(['mv', 'pf', 'khz', 'hz', 'Mohms', 'msec', 'mvolt', 'Millisecond', 'mM'])(
    'holds for a name that can only be meant so: %s',
    (name) => {
      expect(isSpellingOf(name, suggestUnit(name) ?? '')).toBe(true);
    },
  );

  it.each(['mVs', 'ka', 'pa', 'mohm', 'Vm', 'mVv'])(
    'does not hold where another value may be meant: %s',
    (name) => {
      expect(suggestUnit(name)).toBeDefined();
      expect(isSpellingOf(name, suggestUnit(name) ?? '')).toBe(false);
    },
  );
});

describe('adviseOnUnit', () => {
  it.each(['degC', 'deg_C', 'Celsius', 'Angstrom', 'min'])(
    'says how to write what has another value here, and suggests no name: %s',
    (name) => {
      expect(suggestUnit(name)).toBeUndefined();
      expect(adviseOnUnit(name)).toMatch(/273\.15|0\.1 nm|60 s/);
      const read = parseUnit(name);
      expect(read.ok).toBe(false);
    },
  );

  it('has nothing to say about other names', () => {
    for (const name of ['mV', 'foo', 'constructor', '']) expect(adviseOnUnit(name)).toBeUndefined();
  });
});
