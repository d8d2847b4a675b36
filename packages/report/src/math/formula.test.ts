import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChainPart, chainOf, type Formula, negated, type Term } from './formula.ts';
import { formulaToLatex } from './latex.ts';
import { formulaToMathMl, latexToMathMl } from './math-ml.ts';
import { formulaToText } from './text-line.ts';

const name = (text: string, primes = 0): Formula => ({ kind: 'name', name: text, primes });
const number = (text: string, unit?: string): Formula => ({
  kind: 'number',
  text,
  ...(unit === undefined ? {} : { unit }),
});
const sum = (...terms: readonly (readonly [Term['sign'], Formula])[]): Formula => ({
  kind: 'sum',
  terms: terms.map(([sign, formula]) => ({ sign, formula })),
});
const chain = (first: Formula, ...rest: readonly (readonly [ChainPart['operator'], Formula])[]): Formula =>
  chainOf([{ operator: '*', formula: first }, ...rest.map(([operator, formula]) => ({ operator, formula }))]);
const power = (base: Formula, exponent: Formula): Formula => ({ kind: 'power', base, exponent });
const call = (of: string, ...operands: readonly Formula[]): Formula => ({
  kind: 'call',
  name: of,
  arguments: operands,
});
const equal = (left: Formula, right: Formula): Formula => ({
  kind: 'comparison',
  operator: '=',
  left,
  right,
});
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => name(text)) as [Formula, Formula, Formula, Formula];
const drive = sum(['+', name('V_m')], ['-', name('E_L')]);

const examples: readonly (readonly [what: string, formula: Formula, latex: string, text: string])[] = [
  ['a letter', a, 'a', 'a'],
  ['a subscript', name('V_m'), 'V_{\\mathrm{m}}', 'V_m'],
  ['a Greek letter', name('tau_m'), '\\tau_{\\mathrm{m}}', 'τ_m'],
  ['a Greek capital', name('Delta_T'), '\\Delta_{\\mathrm{T}}', 'Δ_T'],
  ['a capital that looks Latin', name('Alpha'), '\\mathrm{Alpha}', 'Alpha'],
  ['two subscripts', name('I_syn_exc'), 'I_{\\mathrm{syn},\\mathrm{exc}}', 'I_syn_exc'],
  ['a Greek subscript', name('g_alpha'), 'g_{\\alpha}', 'g_α'],
  ['a word', name('Act_m'), '\\mathrm{Act}_{\\mathrm{m}}', 'Act_m'],
  ['digits behind a letter', name('w1'), 'w_{1}', 'w1'],
  ['digits behind a Greek letter', name('tau2_syn'), '\\tau_{2,\\mathrm{syn}}', 'τ2_syn'],
  ['digits behind a word', name('spike1'), '\\mathrm{spike1}', 'spike1'],
  ['double underscores', name('V_m__d'), 'V_{\\mathrm{m},\\mathrm{d}}', 'V_m__d'],
  ['an element', { kind: 'name', name: 'g_x', index: number('0') }, 'g_{\\mathrm{x},0}', 'g_x[0]'],
  ['a first derivative', name('V_m', 1), '\\frac{\\mathrm{d} V_{\\mathrm{m}}}{\\mathrm{d}t}', 'dV_m/dt'],
  ['a second derivative', name('x', 2), '\\frac{\\mathrm{d}^{2} x}{\\mathrm{d}t^{2}}', 'd²x/dt²'],
  [
    'a derivative of a word',
    name('refr_t', 1),
    '\\frac{\\mathrm{d}\\,\\mathrm{refr}_{\\mathrm{t}}}{\\mathrm{d}t}',
    'drefr_t/dt',
  ],
  ['a function of one letter', call('K', a), 'K(a)', 'K(a)'],
  ['a number', number('-65', 'mV'), '-65\\,\\mathrm{mV}', '−65 mV'],
  ['a power of ten', number('1e-3'), '10^{-3}', '10⁻³'],
  ['scientific notation', number('1.5E+3', 'nS'), '1.5 \\cdot 10^{3}\\,\\mathrm{nS}', '1.5·10³ nS'],
  ['an inverse unit', number('3', '1/ms'), '3\\,\\mathrm{ms}^{-1}', '3 ms⁻¹'],
  ['a quotient of units', number('3', 'nS/ms'), '3\\,\\mathrm{nS}/\\mathrm{ms}', '3 nS/ms'],
  ['micro and ohm', number('3', 'uS*MOhm'), '3\\,\\mu\\mathrm{S}\\,\\mathrm{M}\\Omega', '3 µS·MΩ'],
  [
    'constants',
    sum(['+', { kind: 'constant', name: 'e' }], ['-', { kind: 'constant', name: 'inf' }]),
    '\\mathrm{e} - \\infty',
    'e − ∞',
  ],
  [
    'a leaky membrane',
    equal(
      name('V_m', 1),
      sum(['+', chain(negated(drive), ['/', name('tau_m')])], ['+', chain(name('I_e'), ['/', name('C_m')])]),
    ),
    '\\frac{\\mathrm{d} V_{\\mathrm{m}}}{\\mathrm{d}t} = -\\frac{V_{\\mathrm{m}} - E_{\\mathrm{L}}}{\\tau_{\\mathrm{m}}} + \\frac{I_{\\mathrm{e}}}{C_{\\mathrm{m}}}',
    'dV_m/dt = −(V_m − E_L)/τ_m + I_e/C_m',
  ],
  ['a sum in a product', chain(a, ['*', sum(['+', b], ['-', c])]), 'a\\,(b - c)', 'a·(b − c)'],
  ['a product in a sum', sum(['+', chain(a, ['*', b])], ['+', c]), 'a\\,b + c', 'a·b + c'],
  ['a sum that is added', sum(['+', a], ['+', sum(['+', b], ['-', c])]), 'a + b - c', 'a + b − c'],
  ['a sum that is subtracted', sum(['+', a], ['-', sum(['+', b], ['-', c])]), 'a - (b - c)', 'a − (b − c)'],
  ['a negative number that is added', sum(['+', a], ['+', number('-3')]), 'a - 3', 'a − 3'],
  ['a negative number that is subtracted', sum(['+', a], ['-', number('-3')]), 'a - (-3)', 'a − (−3)'],
  ['a negation twice', negated(negated(a)), 'a', 'a'],
  ['a / b * c', chain(a, ['/', b], ['*', c]), '\\frac{a}{b}\\,c', 'a/b·c'],
  ['a / b / c', chain(a, ['/', b], ['/', c]), '\\frac{a}{b\\,c}', 'a/(b·c)'],
  ['a / (b / c)', chain(a, ['/', chain(b, ['/', c])]), '\\frac{a}{\\frac{b}{c}}', 'a/(b/c)'],
  ['a * b / c', chain(a, ['*', b], ['/', c]), '\\frac{a\\,b}{c}', 'a·b/c'],
  [
    '(a + b) / (c + d)',
    chain(sum(['+', a], ['+', b]), ['/', sum(['+', c], ['+', d])]),
    '\\frac{a + b}{c + d}',
    '(a + b)/(c + d)',
  ],
  [
    'a value per unit',
    chain(name('V_m'), ['/', number('1', 'mV')]),
    'V_{\\mathrm{m}}/\\mathrm{mV}',
    'V_m/mV',
  ],
  [
    'a value per unit in a product',
    chain(a, ['*', chain(b, ['/', number('1', 'mV')])], ['*', c]),
    'a\\,(b/\\mathrm{mV})\\,c',
    'a·(b/mV)·c',
  ],
  [
    'a number per unit',
    chain(number('0.01'), ['/', number('1', 'ms')]),
    '0.01\\,\\mathrm{ms}^{-1}',
    '0.01 ms⁻¹',
  ],
  ['numbers in a product', chain(number('2'), ['*', number('3')], ['*', a]), '2 \\cdot 3\\,a', '2·3·a'],
  ['a quantity in a product', chain(number('1', 'pA'), ['*', a]), '1\\,\\mathrm{pA} \\cdot a', '1 pA·a'],
  [
    'a power of a subscripted name',
    power(name('Act_m'), number('3')),
    '\\mathrm{Act}_{\\mathrm{m}}^{3}',
    'Act_m³',
  ],
  ['a power of a sum', power(sum(['+', a], ['+', b]), number('-2')), '(a + b)^{-2}', '(a + b)⁻²'],
  ['a power of a quantity', power(number('3', 'mV'), number('2')), '(3\\,\\mathrm{mV})^{2}', '(3 mV)²'],
  ['a power of a power', power(power(a, b), c), '(a^{b})^{c}', '(a^b)^c'],
  ['a power of a fraction', power(chain(a, ['/', b]), c), '\\left( \\frac{a}{b} \\right)^{c}', '(a/b)^c'],
  ['a fraction in an exponent', power(a, negated(chain(b, ['/', c]))), 'a^{-b/c}', 'a^(−b/c)'],
  [
    'an exponential',
    call('exp', negated(chain(a, ['/', b]))),
    '\\exp\\left( -\\frac{a}{b} \\right)',
    'exp(−a/b)',
  ],
  ['a function without a sign', call('exprelr', a), '\\operatorname{exprelr}(a)', 'exprelr(a)'],
  ['a kernel', call('K_syn', name('t')), 'K_{\\mathrm{syn}}(t)', 'K_syn(t)'],
  ['several arguments', call('max', a, sum(['+', b], ['+', c])), '\\max(a, b + c)', 'max(a, b + c)'],
  ['a magnitude', call('abs', a), '|a|', 'abs(a)'],
  [
    'a convolution',
    chain(a, ['*', { kind: 'convolution', kernel: name('K'), spikes: name('s') }]),
    'a\\,(K \\ast s)',
    'a·(K ∗ s)',
  ],
  [
    'conditions',
    {
      kind: 'logical',
      operator: 'and',
      operands: [
        { kind: 'not', operand: a },
        { kind: 'logical', operator: 'or', operands: [b, c] },
      ],
    },
    '\\text{not }a\\;\\text{and}\\;(b\\;\\text{or}\\;c)',
    'not a and (b or c)',
  ],
  [
    'a comparison',
    { kind: 'comparison', operator: '<=', left: sum(['+', a], ['+', b]), right: c },
    'a + b \\le c',
    'a + b ≤ c',
  ],
  [
    'cases',
    equal(a, {
      kind: 'cases',
      branches: [{ value: b, condition: { kind: 'comparison', operator: '>', left: c, right: number('0') } }],
      otherwise: d,
    }),
    'a = \\begin{cases} b & \\text{if } c > 0 \\\\ d & \\text{otherwise} \\end{cases}',
    'a = b if c > 0; d otherwise',
  ],
  [
    'an operator without a shape',
    { kind: 'operation', operator: '%', left: a, right: sum(['+', b], ['+', c]) },
    'a \\bmod (b + c)',
    'a % (b + c)',
  ],
  [
    'text',
    { kind: 'text', text: 'a_b \\c {50%}' },
    '\\text{a\\_b \\textbackslash{}c \\{50\\%\\}}',
    'a_b \\c {50%}',
  ],
];

describe('formulas', () => {
  it.each(examples)('%s', (_what, formula, latex, text) => {
    expect(formulaToLatex(formula)).toBe(latex);
    expect(formulaToText(formula)).toBe(text);
  });

  it.each(examples)('%s is typeset as MathML', (_what, formula, latex) => {
    expect(latexToMathMl(latex, 'block')).toBeDefined();
    expect(formulaToMathMl(formula, 'inline')).toMatch(/^<math>.*<\/math>$/s);
  });

  it('break long sums in front of a term', () => {
    const long = sum(...'abcdef'.split('').map((text) => ['-', name(`${text}_long`)] as const));
    const latex = formulaToLatex(long, { width: 24 });
    expect(latex.split(' \\\\ ')).toHaveLength(3);
    expect(latex).toMatch(/^\\begin\{aligned\} &-a_/);
    expect(formulaToLatex(long, { width: 200 })).toBe(formulaToLatex(long));
  });

  it('never let a name or a text become a command or markup', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '</math><script>alert(1)</script>',
        '\\href{javascript:x}{y}',
        '}\\end{x}',
        '$x$',
        '%',
        '~^',
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        for (const formula of [
          name(text),
          name(text, 1),
          { kind: 'text', text } as const,
          call(text, a),
          number(text, text),
        ]) {
          const html = formulaToMathMl(formula, 'block');
          expect(html).not.toMatch(/<(?!\/?(?:math|m[a-z]+)[\s>])/);
          expect(html).not.toMatch(/<[^>]*\s(?:href|on\w+)=/);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('reject LaTeX that is wrong or reaches outside', () => {
    expect(latexToMathMl('\\frac{a', 'inline')).toBeUndefined();
    expect(latexToMathMl('\\def\\a{\\a\\a}\\a', 'inline')).toBeUndefined();
    expect(latexToMathMl('\\href{https://example.org}{x}', 'inline') ?? '').not.toContain('href=');
  });
});
