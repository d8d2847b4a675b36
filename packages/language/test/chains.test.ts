import { applyFix } from '@nestml/diagnostics';
import { describe, expect, it } from 'vitest';
import { checkText } from './check-support.ts';
import { edited } from './edited-model.ts';

/** The findings of a statement, without lints, and the statement after the only certain fix, if there is one. */
function examine(statement: string) {
  const text = edited([
    '        integrate_odes()',
    `        x real = 0\n        integrate_odes()\n        ${statement}`,
  ]);
  const found = checkText(text).diagnostics;
  const certain = found.flatMap(({ fixes }) => fixes.filter(({ isGuess }) => isGuess !== true));
  const repaired = certain[0] === undefined ? undefined : applyFix(found[0]!.source!, certain[0]);
  const line = text.split('\n').indexOf(`        ${statement}`);
  return { found, certain, line: repaired?.split('\n')[line]?.trim(), repaired };
}

describe('a chain of conditions that has no type as NESTML groups it', () => {
  it.each([
    ['x = x > 0 ? 1 : x > 1 ? 2 : 3', 'x = x > 0 ? 1 : (x > 1 ? 2 : 3)'],
    ['V_m = x > 0 ? 1 mV : x > 1 ? 0 : 3 mV', 'V_m = x > 0 ? 1 mV : (x > 1 ? 0 : 3 mV)'],
    ['x = x > 0 ? 1 : x > 1 ? 2 : x > 2 ? 3 : 4', 'x = x > 0 ? 1 : (x > 1 ? 2 : (x > 2 ? 3 : 4))'],
  ])('is one error, and its fix leaves none: %s', (statement, expected) => {
    const { found, certain, line, repaired } = examine(statement);
    expect(found.map(({ code }) => code)).toEqual(['chained-conditional']);
    expect(certain).toHaveLength(1);
    expect(line).toBe(expected);
    expect(checkText(repaired!).diagnostics.filter((finding) => finding.class === 'error')).toEqual([]);
  });

  it('has no certain fix if the other grouping has no type either', () => {
    const { found, certain } = examine('V_m = x > 0 ? 1 mV : x > 1 ? 2 pA : 3 mV');
    expect(found.map(({ code }) => code)).toEqual(['chained-conditional']);
    expect(certain).toEqual([]);
  });

  it('is still read from the left where that has a type', () => {
    const { found, line } = examine('x = x > 0 ? x > 3 : x > 1 ? 2 : 3');
    expect(found.map(({ code }) => code)).toEqual(['ambiguous-grouping']);
    expect(line).toBe('x = (x > 0 ? x > 3 : x > 1) ? 2 : 3');
  });
});

describe('comparisons in a row', () => {
  it.each([
    ['if 0 < x < 1:', 'if 0 < x and x < 1:'],
    ['if 0 < V_m < E_L:', 'if 0 < V_m and V_m < E_L:'],
    ['if x == 0 == true:', 'if x == 0:'],
    ['if x < 0 != true:', 'if not (x < 0):'],
    ['if x < 0 == false:', 'if not (x < 0):'],
    ['if true == x < 0:', 'if x < 0:'],
    ['if false == x < 0:', 'if not (x < 0):'],
  ])('are one error, and its fix leaves none: %s', (head, expected) => {
    const { found, certain, repaired } = examine(`${head}\n            x = 1`);
    expect(found.map(({ code }) => code)).toEqual(['chained-comparison']);
    expect(certain).toHaveLength(1);
    expect(repaired!.split('\n').map((text) => text.trim())).toContain(expected);
    expect(checkText(repaired!).diagnostics.filter((finding) => finding.class === 'error')).toEqual([]);
  });

  it.each(['if 0 < x < E_L:', 'if x < 0 < true:', 'if 0 < x < 1 < 2:'])(
    'of things that are not alike have no certain fix: %s',
    (head) => {
      const { found, certain } = examine(`${head}\n            x = 1`);
      expect(found.map(({ code }) => code)).toEqual(['chained-comparison']);
      expect(certain).toEqual([]);
    },
  );
});
