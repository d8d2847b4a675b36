import { describe, expect, it } from 'vitest';
import { checkText, checkValue, codesOf, print } from './check-support.ts';

describe('a plain zero or infinity', () => {
  it.each([
    ['0', '0'],
    ['-0', '(-0)'],
    ['inf', 'Infinity'],
    ['-inf', '(-Infinity)'],
    ['V > 0 ? 0 : 0', '((V>0)?0:0)'],
    ['on ? -inf : (on ? 0 : inf)', '(on?(-Infinity):(on?0:Infinity))'],
    ['max(0, 0)', 'max(0,0)'],
    ['on ? max(0, inf) : V', '(on?max(0,Infinity):V)'],
    ['min(V, on ? 0 : 0)', 'min(V,(on?0:0))'],
  ])('fits every unit: %s', (expression, expected) => {
    const { value, codes } = checkValue('mV', expression);
    expect(codes).toEqual([]);
    expect(value && print(value)).toBe(expected);
    expect(value?.type).toMatchObject({ kind: 'quantity', unit: { text: 'mV' } });
  });

  it.each(['on ? 0 : 1', 'max(0, 1)', 'abs(x)'])('does not come with other numbers: %s', (expression) => {
    expect(checkValue('mV', expression).codes).toEqual(['missing-unit']);
  });
});

describe('a zero or infinity with a unit', () => {
  const model = (line: 'state' | 'equation' | 'assign' | 'return' | 'argument', zero: string) => {
    const text = (place: typeof line) => (place === line ? zero : '0 mV');
    return codesOf(
      checkText(
        [
          'model test_neuron:',
          '    state:',
          `        V mV = ${text('state')}`,
          '    equations:',
          `        V' = ${line === 'equation' ? zero : '0 mV/ms'}`,
          '    update:',
          '        integrate_odes()',
          `        V = ${text('assign')}`,
          `        V = f(${text('argument')})`,
          '    function f(a mV) mV:',
          `        return ${text('return')}`,
          '',
        ].join('\n'),
      ).diagnostics,
    );
  };

  it.each(['0 pA', '-0 nS', '0 s', '-(0 pA)'])('has that unit everywhere: %s', (zero) => {
    for (const line of ['state', 'assign', 'return', 'argument'] as const)
      expect(model(line, zero)).toEqual(['unit-mismatch']);
    expect(model('equation', zero)).toEqual(['ode-unit-mismatch']);
  });

  it.each(['0 kV', '0 uV', '-0 mV'])('fits its own dimension: %s', (zero) => {
    expect(model('state', zero)).toEqual([]);
    expect(model('assign', zero)).toEqual([]);
  });

  it('is a term with a unit of its own in an equation', () => {
    expect(model('equation', '0 mV/ms + 0 nS')).toEqual(['ode-unit-mismatch']);
  });
});
