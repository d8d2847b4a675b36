import { describe, expect, it } from 'vitest';
import { checkValue, print } from './check-support.ts';

function printed(type: string, expression: string): string {
  const { value, codes } = checkValue(type, expression);
  return value === undefined ? `error: ${codes.join(' ')}` : print(value);
}

function typeOf(type: string, expression: string) {
  return checkValue(type, expression).value?.type;
}

describe('numbers with units', () => {
  it.each([
    ['mV', '3 mV', '3'],
    ['mV', '3000 uV', '3'],
    ['1/ms', '10 Hz', '0.01'],
    ['mV/ms', '2 mV/ms', '2'],
    ['mV/ms', '2 uV/us', '2'],
    ['1/(ms*mV)', '5 1/ms*mV', '5'],
    ['1/ms', '4 ms**-1', '4'],
    ['nS**(3/2)', '4 nS**(3/2)', '4'],
    ['mV', '-70 mV', '(-70)'],
    ['nS/ms', '-3 nS/ms', '(-3)'],
  ])('are held in the canonical unit: %s = %s', (type, expression, expected) => {
    expect(printed(type, expression)).toBe(expected);
    expect(checkValue(type, expression).codes).toEqual([]);
  });
});

describe('a chain of a number, units and variables', () => {
  it.each([
    ['mV', '3 mV * x', '(*3*x)'],
    ['mV', '3 mV * x ** 2', '(*3*(x**2))'],
    ['nS/ms', '1 nS * e / tau', `(*1*${Math.E}/tau)`],
    ['nS*mV', '3 nS*mV * x', '(*3*x)'],
    ['1/(mV*ms)', '1 / 2 mV*ms', '(*1/2)'],
    ['1/mV', '1 / 2 mV*x', '(*1/2*x)'],
    ['mV', 'V + 3 mV * x', '(+V+(*3*x))'],
    ['mV', 'max(3 mV * x, 1 mV)', 'max((*3*x),1)'],
    ['mV', '-3 mV * x', '(*(-3)*x)'],
    ['mV', 'on ? 3 mV * x : V', '(on?(*3*x):V)'],
    ['mV', '(3 mV * x)', '(*3*x)'],
    ['mV', '3 mV * exp(x)', '(*3*exp(x))'],
    ['mV*ms', '3 mV * tau', '(*3*tau)'],
    ['mV/ms**2', '3 mV/ms**2', '3'],
    ['mV/ms**2', '3 mV / ms**(2)', '3'],
  ])('is the product of the quantity and the variables: %s = %s', (type, expression, expected) => {
    expect(printed(type, expression)).toBe(expected);
  });

  it('takes the first name as a unit even if a variable has that name, with a lint', () => {
    const { value, codes } = checkValue('mV', '2 V');
    expect(value && print(value)).toBe('2000');
    expect(codes).toEqual(['unit-shadows-variable']);
  });

  it('takes a later name as the variable, if there is one', () => {
    expect(printed('mV**2', '2 mV * V')).toBe('(*2*V)');
  });
});

describe('a unit without number', () => {
  it.each([
    ['pA', 'x * pA', '(*x*1)'],
    ['1/ms', '1/ms', '(*1/1)'],
    ['mV', 'inf * mV', '(*Infinity*1)'],
    ['mV', '3 * mV', '(*3*1)'],
    ['mV*ms', '(x * mV) * ms', '(*(*x*1)*1)'],
    ['1/s', '1 / s', '(*1/1000)'],
    ['s', 'x * s', '(*x*1000)'],
    ['1/ms**2', 'x / ms**2', '(*x/(1**2))'],
  ])('is read as one of the unit: %s = %s', (type, expression, expected) => {
    const { value, diagnostics } = checkValue(type, expression);
    expect(value && print(value)).toBe(expected);
    const bare = diagnostics.filter(({ code }) => code === 'bare-unit');
    expect(bare.length).toBeGreaterThan(0);
    for (const { class: messageClass } of bare) expect(messageClass).toBe('compat');
  });

  it('is reported once for units in a row, with a fix for all of them', () => {
    const { diagnostics } = checkValue('mV/ms', 'x * mV / ms');
    const bare = diagnostics.filter(({ code }) => code === 'bare-unit');
    expect(bare).toHaveLength(1);
    expect(bare[0]!.fixes[0]!.edits).toHaveLength(2);
  });

  it('is a variable if there is one of that name', () => {
    expect(printed('real', 'C / 1 pF')).toBe('(*C/1)');
  });
});

describe('the type of a result', () => {
  it.each([
    ['n + 1', 'integer'],
    ['n * 2', 'integer'],
    ['n / 2', 'real'],
    ['n // 2', 'integer'],
    ['n % 2', 'integer'],
    ['n % 2.0', 'real'],
    ['n ** 2', 'integer'],
    ['n ** -1', 'real'],
    ['n + 1.0', 'real'],
    ['V / (1 mV)', 'real'],
    ['V / 1000 uV', 'real'],
    ['tau // 1 ms', 'real'],
  ])('of %s is %s', (expression, kind) => {
    expect(typeOf(kind, expression)).toEqual({ kind });
  });

  it.each([
    ['g * V', 'pA', 'nS*mV'],
    ['I / C', 'mV/ms', 'pA/pF'],
    ['V + E', 'mV', 'mV'],
    ['E + V', 'mV', 'V'],
    ['2 / tau', '1/ms', '1/ms'],
    ['V ** 2', 'mV**2', 'mV**2'],
    ['V ** (1/2)', 'mV**(1/2)', 'mV**(1/2)'],
    ['pow(V, 2)', 'mV**2', 'mV**2'],
    ['min(V, E)', 'mV', 'mV'],
    ['on ? E : V', 'mV', 'V'],
    ['abs(-V)', 'mV', 'mV'],
  ])('of %s, for a declaration in %s, has the unit %s', (expression, declared, unit) => {
    const { value, codes } = checkValue(declared, expression);
    expect(codes).toEqual([]);
    expect(value?.type).toMatchObject({ kind: 'quantity', unit: { text: unit } });
  });
});

describe('zero and infinity', () => {
  it.each(['0', '0.0', '-0', 'inf', '-inf', '(0)'])('fit every unit: %s', (expression) => {
    expect(checkValue('mV', expression).codes).toEqual([]);
    expect(checkValue('boolean', `V > ${expression}`).codes).toEqual([]);
    expect(checkValue('mV', `max(V, ${expression})`).codes).toEqual([]);
  });
});

describe('a quantity beside a plain number', () => {
  it.each([
    ['mV', 'V + 5', '(+V+toQuantity[mV](5))'],
    ['V', 'E + 5', '(+E+toQuantity[V](5))'],
    ['mV', '5 - V', '(+toQuantity[mV](5)-V)'],
    ['boolean', 'E > 1', '(E>toQuantity[V](1))'],
    ['real', 'exp(E)', 'exp(toNumber[V](E))'],
    ['real', 'V', 'toNumber[mV](V)'],
    ['real', '2 ** V', '(2**toNumber[mV](V))'],
    ['mV', 'on ? V : 1', '(on?V:toQuantity[mV](1))'],
  ])('is converted in the declared unit, with one warning: %s = %s', (type, expression, expected) => {
    const { value, codes } = checkValue(type, expression);
    expect(value && print(value)).toBe(expected);
    expect(codes).toEqual(['implicit-number']);
  });

  it.each([
    ['mV', 'V + 5'],
    ['mV', 'V + -5'],
    ['mV', 'V + x'],
    ['mV', 'V - (x + n)'],
    ['boolean', 'V > x + n'],
    ['boolean', 'V < 2 * x'],
    ['real', 'exp(V)'],
    ['real', 'exp(-V)'],
    ['real', 'exp(V + E)'],
    ['real', '2 ** V'],
    ['real', '2 ** -V'],
    ['real', 'exp(g * V)'],
    ['real', 'V'],
    ['real', '5 mV'],
    ['real', '1 / tau'],
  ])('has a fix that keeps the meaning: %s = %s', (type, expression) => {
    const { diagnostics, value } = checkValue(type, expression);
    const finding = diagnostics.find(({ code }) => code === 'implicit-number');
    const { text } = finding!.source!;
    const edits = [...finding!.fixes[0]!.edits].sort((a, b) => b.span.start - a.span.start);
    const fixed = edits.reduce(
      (result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end),
      text,
    );
    const start = text.indexOf(' = ', text.indexOf('result')) + 3;
    const repaired = checkValue(type, fixed.slice(start).trim());
    expect(repaired.codes).toEqual([]);
    expect(repaired.value?.type).toEqual(value?.type);
  });

  it('is an error where a unit is declared, with the unit as fix', () => {
    const { codes, diagnostics } = checkValue('mV', '5');
    expect(codes).toEqual(['missing-unit']);
    expect(diagnostics.find(({ code }) => code === 'missing-unit')?.fixes[0]?.edits[0]?.text).toBe(' mV');
  });

  it('goes into a unit without dimension as it is', () => {
    expect(printed('mV/V', '5')).toBe('5');
    expect(printed('mV/V', '5 uV/mV')).toBe('0.005');
  });
});

describe('rounding functions', () => {
  it('round the number in the unit of their argument', () => {
    expect(printed('V', 'floor(E)')).toBe('toQuantity[V](floor(toNumber[V](E)))');
    expect(printed('mV', 'floor(V)')).toBe('floor(V)');
  });
});

describe('conversions between other types', () => {
  it('cut off the fraction of a real number in an integer, with a warning', () => {
    expect(checkValue('integer', 'x')).toMatchObject({ codes: ['real-to-integer'] });
    for (const whole of ['x // 2', '7.5 // 2', 'floor(x)', '2.0 * round(x) - 1'])
      expect(checkValue('integer', whole)).toMatchObject({ codes: [] });
    for (const broken of ['x // 2 / 3', 'floor(x) * x', '(x // 2) * 0.5'])
      expect(checkValue('integer', broken)).toMatchObject({ codes: ['real-to-integer'] });
    expect(printed('integer', 'x')).toBe('(*x//1)');
  });

  it('make a number of a truth value, with a warning', () => {
    expect(checkValue('real', 'on').codes).toEqual(['boolean-as-number']);
    expect(printed('real', 'on')).toBe('(on?1:0)');
  });
});

describe('what does not go together', () => {
  it.each([
    ['mV', 'V + I', 'unit-mismatch'],
    ['boolean', 'V < tau', 'unit-mismatch'],
    ['mV', 'tau', 'unit-mismatch'],
    ['mV', 'max(V, 1)', 'missing-unit'],
    ['mV', 'on ? V : tau', 'unit-mismatch'],
    ['real', 'V // tau', 'unit-mismatch'],
    ['real', 'on + 1', 'operand-type'],
    ['integer', 'x & 1', 'operand-type'],
    ['boolean', 'x and on', 'not-boolean'],
    ['boolean', 'not x', 'not-boolean'],
    ['boolean', 'on < on', 'not-comparable'],
    ['boolean', '1 < x < 3', 'chained-comparison'],
    ['mV**2', 'V ** x', 'exponent-not-constant'],
    ['string', '5', 'type-mismatch'],
    ['boolean', 'V', 'type-mismatch'],
    ['integer', 'V', 'type-mismatch'],
    ['real', 'name', 'type-mismatch'],
    ['real', 'x(2)', 'undefined-function'],
    ['real', 'y', 'undefined-name'],
    ['real', 'exp', 'undefined-name'],
    ['real', 'emit_spike()', 'void-in-expression'],
    ['real', 'min(1)', 'argument-count'],
    ['mV', '2 mVolt', 'unknown-unit'],
    ['real', "x'", 'undefined-derivative'],
    ['real', 'x[0]', 'index-of-scalar'],
    ['real', 'delta(t)', 'delta-misplaced'],
  ])('gives one error: %s = %s (%s)', (type, expression, code) => {
    expect(checkValue(type, expression).codes).toEqual([code]);
  });

  it('says nothing more about an expression with an error in it', () => {
    expect(checkValue('mV', 'max(V + I, tau) * undefined_thing + (V < I ? 1 : 2)').codes).toEqual([
      'unit-mismatch',
      'undefined-name',
      'unit-mismatch',
    ]);
  });

  it('names both sides with unit and dimension, and where they were declared', () => {
    const finding = checkValue('mV', 'V + I').diagnostics.find(({ code }) => code === 'unit-mismatch');
    expect(finding?.message).toBe(
      '`V` is a voltage (`mV`), but `I` is a current (`pA`): they cannot be added or subtracted.',
    );
    expect(finding?.related.map(({ message }) => message)).toEqual([
      '`V` is declared here as a voltage (`mV`)',
      '`I` is declared here as a current (`pA`)',
    ]);
  });
});

describe('long sums and products', () => {
  it('are checked without recursion over their terms', () => {
    const sum = Array.from({ length: 20_000 }, () => 'V').join(' + ');
    expect(checkValue('mV', sum).codes).toEqual([]);
    const product = Array.from({ length: 20_000 }, (_, index) => (index % 2 === 0 ? 'V' : '1 mV')).join(
      ' / ',
    );
    expect(checkValue('real', `V * ${product} * V`).codes).not.toContain('nesting-too-deep');
  });
});
