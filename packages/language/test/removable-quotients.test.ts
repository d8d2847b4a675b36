import { describe, expect, test } from 'vitest';
import { laurentForm } from '../src/check/laurent-form.ts';
import { walkExpression } from '../src/model/children.ts';
import type { ProductExpression } from '../src/model/expressions.ts';
import { checkedModel } from './check-support.ts';

/** The safe forms of the products in the equation of m. */
function safeForms(rate: string): readonly ProductExpression[] {
  const model = checkedModel(
    [
      'model rate_neuron:',
      '    state:',
      '        V mV = 0 mV',
      '        m real = 0',
      '    parameters:',
      '        V_T mV = -50 mV',
      '        k mV = 9 mV',
      '        c 1/ms = 2 / ms',
      '    equations:',
      `        inline u real = (V + 40 mV) / (10 mV)`,
      `        m' = ${rate}`,
      '    update:',
      '        integrate_odes()',
      '',
    ].join('\n'),
  );
  const forms: ProductExpression[] = [];
  for (const { value } of model.equations) {
    walkExpression(value, (part) => {
      if (part.kind === 'product' && part.safeForm !== undefined) forms.push(part.safeForm);
    });
  }
  return forms;
}

describe('a removable singularity', () => {
  test.each([
    ['c * (V / mV + 40) / (1 - exp(-(V / mV + 40) / 10))', 10],
    ['0.1 / ms * (V + 40 mV) / (1 mV) / (1 - exp(-(V + 40 mV) / (10 mV)))', 1],
    ['0.01 / ms * (10 - V / mV) / (exp((10 - V / mV) / 10) - 1)', 0.1],
    ['-0.032 / ms * (V / mV + 52) / (exp(-(V / mV + 52) / 5) - 1)', 0.16],
    ['0.28 / ms * (V - V_T - 40 mV) / (1 mV) / (exp((V - V_T - 40 mV) / (5 mV)) - 1)', 1.4],
    ['c * (V - V_T) / (1 mV) / expm1((V - V_T) / (3 mV))', 3],
    ['c * u / (1 - exp(-u))', 1],
    ['c * u / -expm1(-u)', 1],
    ['c * (2 * u) / (3 * exp(u) - 3)', 2 / 3],
    ['c * (V - V_T) / k / (exp((V - V_T) / k) - 1)', 1],
    ['c / (exp(u) - 1) * u', 1],
    ['c * u / (1 - 1 / exp(u))', 1],
    ['c * u / (2 / exp(u) - 2)', -0.5],
  ])('of %s is found; its numbers are joined', (rate, size) => {
    const forms = safeForms(rate);
    expect(forms).toHaveLength(1);
    const { factors } = forms[0]!;
    const isSafe = ({ operand }: (typeof factors)[number]) =>
      operand.kind === 'builtin' && operand.name === 'exprelr';
    const others = factors.filter((factor) => !isSafe(factor));
    const rest = laurentForm({ ...forms[0]!, factors: others }, new Map());
    expect(rest!.map(({ coefficient }) => coefficient)).toEqual([expect.closeTo(size, 12)]);
    expect(factors.filter(isSafe)).toHaveLength(1);
  });

  test.each([
    // The zeros differ.
    'c * (V / mV + 41) / (1 - exp(-(V / mV + 40) / 10))',
    // No zero in the denominator.
    'c * (V / mV + 40) / (1 + exp(-(V / mV + 40) / 10))',
    'c * (V / mV + 40) / (2 - exp(-(V / mV + 40) / 10))',
    // Beside another exponential.
    'c * u * exp(u) / (exp(2 * u) - exp(u))',
    // A pole.
    'c / (1 - exp(-u))',
    // A quotient of another shape.
    'c * u**2 / (1 - exp(-u**2))',
    'c * (1 - exp(-1))',
  ])('is not seen in %s', (rate) => {
    expect(safeForms(rate).map(({ factors }) => factors.length)).toEqual([]);
  });

  test('is found in both quotients of a product', () => {
    const [form, ...others] = safeForms('c * u / (exp(u) - 1) * (V / mV) / (exp(V / mV) - 1)');
    expect(others).toEqual([]);
    const safe = form!.factors.filter(({ operand }) => operand.kind === 'builtin');
    expect(safe).toHaveLength(2);
  });
});
