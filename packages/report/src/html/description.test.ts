import { describe, expect, it } from 'vitest';
import { numberText } from '../number-text.ts';
import { renderDescription } from './description.ts';
import { highlightLines } from './highlight.ts';
import { inlineMarkup } from './inline-markup.ts';
import { isChanged, valueText } from './values.ts';

const htmlOf = (text: string): readonly string[] => renderDescription(text).body.map((part) => part.html);

describe('a description', () => {
  it('gives its first heading away and leaves out one that says “Description”', () => {
    const { heading, body } = renderDescription('A neuron\n########\n\nDescription\n+++++++++++\n\nLeaky.\n');
    expect(heading).toBe('A neuron');
    expect(body.map((part) => part.html)).toEqual(['<p>Leaky.</p>']);
  });

  it('keeps later headings', () => {
    expect(htmlOf('Text.\n\nSee also\n++++++++\n\nb')).toEqual([
      '<p>Text.</p>',
      '<h3>See also</h3>',
      '<p>b</p>',
    ]);
  });

  it('typesets formulas, several lines as one block', () => {
    const [math = ''] = htmlOf('.. math::\n\n   a &= b \\\\\n   c &= d\n');
    expect(math).toMatch(/^<div class="math"><math/);
    expect(math.match(/<mtr>/g)).toHaveLength(2);
  });

  it('shows a formula that cannot be typeset as it is written', () => {
    expect(htmlOf('.. math::\n\n   \\frac{a\n')).toEqual(['<div class="math"><pre>\\frac{a</pre></div>']);
  });

  it('sets symbols of the model like the equations', () => {
    const symbols = new Set(['V_m']);
    const { body } = renderDescription('At :math:`V_m`.\n\n.. math::\n\n   V_{m}\n', symbols);
    const [inline = '', block = ''] = body.map((part) => part.html);
    expect(htmlOf('At :math:`V_m`.')[0]).not.toContain('normal');
    expect([inline, block].every((html) => html.includes('normal'))).toBe(true);
  });

  it('lists references that follow each other without a blank line', () => {
    const references = htmlOf('.. [1] One\n       and more.\n.. [2] Two.\n');
    expect(references.map((html) => html.replace(/<[^>]+>/g, ''))).toEqual(['[1] One and more.', '[2] Two.']);
  });

  it('sets lists, notes, literal blocks and tables', () => {
    expect(htmlOf('- a\n- b\n  c\n')).toEqual(['<ul><li>a</li><li>b c</li></ul>']);
    expect(htmlOf('1. a\n2. b')).toEqual(['<ol><li>a</li><li>b</li></ol>']);
    expect(htmlOf('.. note::\n\n   Mind.\n')).toEqual(['<aside><p>Mind.</p></aside>']);
    expect(htmlOf('Run::\n\n   a <b>\n     c\n')).toEqual([
      '<div><p>Run:</p><pre>a &lt;b&gt;\n  c</pre></div>',
    ]);
    expect(htmlOf('+---+\n| a |\n+---+')).toEqual(['<pre>+---+\n| a |\n+---+</pre>']);
  });

  it('shows directives that it does not know as they are written', () => {
    expect(htmlOf('.. plot:: x\n   :width: 3\n')).toEqual(['<pre>.. plot:: x\n   :width: 3</pre>']);
  });

  it('may be empty or indented', () => {
    expect(renderDescription('')).toEqual({ body: [] });
    expect(htmlOf('    a\n      b\n')).toEqual(['<p>a\n  b</p>']);
  });
});

describe('inline markup', () => {
  it.each([
    ['a ``b*c`` d', 'a <code>b*c</code> d'],
    ['**a** and *b*', '<strong>a</strong> and <em>b</em>'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    [':cite:t:`x2000`', '<code>x2000</code>'],
    ['as in [1]_.', 'as in [1].'],
    ['`site <https://a.org/b>`_', '<a href="https://a.org/b" rel="noopener noreferrer">site</a>'],
    ['see https://a.org/b.', 'see <a href="https://a.org/b" rel="noopener noreferrer">https://a.org/b</a>.'],
    ['`x <javascript:a>`_', '<code>x &lt;javascript:a&gt;</code>'],
  ])('%s', (text, html) => {
    expect(inlineMarkup(text).html).toBe(html);
  });

  it('typesets formulas', () => {
    expect(inlineMarkup('of :math:`\\tau_m`').html).toMatch(/^of <math>.*τ.*<\/math>$/s);
  });
});

describe('a listing', () => {
  it('colours comments, strings, numbers and keywords, and loses no character', () => {
    const text = 'model a:\n\n    x real = 1.5e3 # if\n    print("a # b")\n"""\nif\n"""';
    const lines = highlightLines(text).map((line) => line.html);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('<span class="k">model</span> a:');
    expect(lines[2]).toBe(
      '    x <span class="k">real</span> = <span class="n">1.5e3</span> <span class="c"># if</span>',
    );
    expect(lines[3]).toContain('<span class="s">&quot;a # b&quot;</span>');
    expect(lines[5]).toBe('<span class="c">if</span>');
  });
});

describe('values', () => {
  it('are written with few digits and true minus signs', () => {
    expect(
      [-54.402, 0.1 + 0.2, 1.5e-9, 12_500, 0, Infinity, Number.NaN].map((value) => numberText(value, 6)),
    ).toEqual(['−54.402', '0.3', '1.5·10⁻⁹', '12500', '0', '∞', '–']);
  });

  it('of long vectors are cut', () => {
    expect(valueText([1, 2])).toBe('[1, 2]');
    expect(valueText(Array.from({ length: 20 }, () => 1))).toBe('[1, 1, 1, 1, 1, 1, 1, 1, … 20 elements]');
  });

  it('count as changed where they look different', () => {
    expect(isChanged(0.3, 0.1 + 0.2)).toBe(false);
    expect(isChanged([1, 2], [1, 3])).toBe(true);
    expect(isChanged(true, true)).toBe(false);
  });
});
