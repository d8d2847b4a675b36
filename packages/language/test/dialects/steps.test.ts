import { describe, expect, it } from 'vitest';
import { dialectByName, translate } from '../../src/dialects/index.ts';

/** The lines of a translated model, without the head, joined by ` | `; indentation is left out. */
function today(version: string, text: string): string {
  const { map } = translate(text, dialectByName(version)!);
  const [, ...lines] = map.text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' | ');
}

/** A neuron with `end`. */
function ended(...blocks: readonly string[]): string {
  return `neuron a:\n${blocks.join('\n')}\nend\n`;
}

describe('a block with content behind its colon', () => {
  it.each([
    ['output: spike', 'output: | spike'],
    ['parameters: tau ms = 10 ms', 'parameters: | tau ms = 10 ms'],
    ['update: integrate_odes()\n        x = 1', 'update: | integrate_odes() | x = 1'],
    ['function f(x mV) mV: return x', 'function f(x mV) mV: | return x'],
  ])('keeps it in an indented text: %s', (old, expected) => {
    expect(today('6.0', `neuron a:\n    ${old}\n`)).toBe(expected);
  });
});

describe('the translation of', () => {
  it.each([
    ['3.1', 'update: x = 1 y ms = 2 ms z = -3 end', 'update: | x = 1 | y ms = 2 ms | z = -3'],
    ['3.1', 'update: x = 1\n-2 end', 'update: | x = 1 -2'],
    ['5.0', 'update: x = 1\ny = 2 end', 'update: | x = 1 | y = 2'],
    [
      '3.1',
      'update: if a > 0: x = 1 elif b: y = 2 else: z = 3 end end',
      'update: | if a > 0: | x = 1 | elif b: | y = 2 | else: | z = 3',
    ],
    ['3.1', 'update: if a: else: x = 1 end end', 'update: | if not (a): | x = 1'],
    [
      '3.1',
      'update: if a: x = 1 elif b: else: y = 2 end end',
      'update: | if a: | x = 1 | elif not (b): | y = 2',
    ],
    [
      '3.1',
      'update: if a: x = 1 elif b: elif c: y = 2 else: z = 3 end end',
      'update: | if a: | x = 1 | elif not (b): | if c: | y = 2 | else: | z = 3',
    ],
    ['3.1', 'update: if a: elif b: x = 1 end end', 'update: | if not (a): | if b: | x = 1'],
    ['3.1', 'update: if a: if b: end else: x = 1 end end', 'update: | if not (a): | x = 1'],
    ['3.1', 'update: if a: x = 1 elif b: else: end end', 'update: | if a: | x = 1'],
    ['3.1', 'update: if a: end x = 1 end', 'update: | x = 1'],
    [
      '3.1',
      'update: if a: if b: x = 1 elif c: x = 2 else: x = 3 end else: x = 4 end y = 5 end',
      'update: | if a: | if b: | x = 1 | elif c: | x = 2 | else: | x = 3 | else: | x = 4 | y = 5',
    ],
    [
      '3.1',
      'update: if a: x = 1 else: if b: x = 2 else: x = 3 end end y = 5 end output: spike',
      'update: | if a: | x = 1 | else: | if b: | x = 2 | else: | x = 3 | y = 5 | output: | spike',
    ],
    ['3.1', 'update: while x > 0: x -= 1 end end', 'update: | while x > 0: | x -= 1'],
    ['3.1', 'update: return end', 'update: | return'],
    ['3.1', 'function f(x mV, y real) mV: return x * y end', 'function f(x mV, y real) mV: | return x * y'],
  ])('statements of %s: %s', (version, old, expected) => {
    expect(today(version, ended(old))).toBe(expected);
  });

  it.each([
    ['x = 3 ms**2', 'x = (3 ms)**2'],
    ['x = 5 ms**-1', 'x = (5 ms)**-1'],
    ['x = y / 2 s / ms', 'x = y / (2 s) / ms'],
    ['x = y / 2 s', 'x = y / 2 s'],
    ['x = 3 nS/ms', 'x = 3 nS/ms'],
    ['x = 250pF', 'x = 250pF'],
    ['x = log(y)', 'x = log(y)'],
    ['x = bounded_min(y, 1)', 'x = min(y, 1)'],
    ['x = random()', 'x = random_uniform(0, 1)'],
    ['println()', 'println("")'],
    ['for i in 0 ... 3: x = i end', 'for i in 0 ... 3 step 1: | x = i'],
  ])('%s', (old, expected) => {
    expect(today('4.0', ended(`update: ${old} end`))).toBe(`update: | ${expected}`);
  });

  it.each([
    ['3.0', 'ln(y)'],
    ['3.1', 'log(y)'],
  ])('the logarithm of %s', (version, expected) => {
    expect(today(version, ended('update: x = log(y) end'))).toBe(`update: | x = ${expected}`);
  });

  it.each([
    ['x = p', 'x = p * (1 s) * (1 pA)'],
    ['x = y / p', 'x = y / (p * (1 s) * (1 pA))'],
    ['x = p ** 2', 'x = (p * (1 s) * (1 pA)) ** 2'],
    ['x = y + q', 'x = y - q * (1 s) * (1 pA)'],
    ['x = y - q', 'x = y + q * (1 s) * (1 pA)'],
    ['x = q', 'x = -q * (1 s) * (1 pA)'],
    ['x = 2 * q', 'x = 2 * (-q * (1 s) * (1 pA))'],
    ['x = q / y', 'x = -q * (1 s) * (1 pA) / y'],
  ])('reads of ports, the second of which was negative: %s', (old, expected) => {
    const input = 'input: p pA <- excitatory spike q pA <- inhibitory spike end';
    expect(today('3.1', ended(input, `update: ${old} end`))).toBe(
      `input: | p <- excitatory spike | q <- inhibitory spike | update: | ${expected}`,
    );
  });

  it.each([
    ['', 'internals: | time_step ms = resolution() | '],
    ['internal: n real = 1 end internal: m real = 2 end', ''],
  ])('reads of ports in equations, with an internal for the length of a step: %s', (internals, added) => {
    const old = ended("equations: V' = p / ms end", internals, 'input: p mV <- spike end');
    const own =
      internals === '' ? '' : 'internals: | time_step ms = resolution() | n real = 1 | m real = 2 | ';
    expect(today('3.1', old)).toBe(
      `equations: | V' = p * time_step * (1 mV) / ms | ${added}${own}input: | p <- spike`,
    );
  });

  it.each([
    ['p <- inhibitory excitatory spike', 'p <- spike'],
    ['p real <- spike', 'p <- spike'],
    ['p[n] nS <- excitatory spike', 'p[n] <- excitatory spike'],
    ['p<n> <- spike', 'p[n] <- spike'],
    ['p nS[n] <- excitatory spike', 'p[n] <- excitatory spike'],
    ['I [2] <- current', 'I[2] pA <- continuous'],
    ['p nS <- spike @nest::pre_spikes q nS <- spike @homogeneous', 'p <- spike | q <- spike'],
    ['I <- current', 'I pA <- continuous'],
    ['I nA <- current', 'I nA <- continuous'],
  ])('ports: %s', (old, expected) => {
    expect(today('3.1', ended(`input: ${old} end`))).toBe(`input: | ${expected}`);
  });

  it.each([
    ['state: x mV end', 'state: | x mV = 0 mV'],
    ['state: b boolean end', 'state: | b boolean = false'],
    ['state: x real [n] = 2 end', 'state: | x[n] real = 2'],
    ['state: x [n] real = 2 end', 'state: | x[n] real = 2'],
    ['state: x [n] real end', 'state: | x[n] real = 0'],
    ["equations: x' = -x / tau \\\n      + 1 / ms end", "equations: | x' = -x / tau + 1 / ms"],
    ['state: x, y mV = 1 mV end', 'state: | x, y mV = 1 mV'],
    ['initial_values: V mV = -70 end', 'state: | V mV = -70 mV'],
    ['parameters: function a mV = b + c end', 'internals: | a mV = b + c'],
    [
      'state: x mV = 1 mV recordable function a mV = x + b end',
      'state: | x mV = 1 mV | equations: | recordable inline a mV = x + b',
    ],
    ['parameters: model real = 1 pi real = 3 end', 'parameters: | model_ real = 1 | pi_ real = 3'],
    ['internals: n integer = 1 end update: n -= 1 end', 'state: | n integer = 1 | update: | n -= 1'],
    [
      'function clip(x mV) mV: return x end update: V = clip(V) end',
      'function clip_(x mV) mV: | return x | update: | V = clip_(V)',
    ],
    [
      "update: x = 1 f(x) V = 2 end equations: u' = 1 V' = 2 end",
      "update: | x = 1 | f(x) | V = 2 | equations: | u' = 1 | V' = 2",
    ],
    ['state: end parameters: a real = 1 end', 'parameters: | a real = 1'],
    [
      'parameters: tau ms = 2 C pF = 250 V mV = -65 end',
      'parameters: | tau ms = 2 ms | C pF = 250 pF | V mV = -65 mV',
    ],
    ['state: a real = 0 b 1/ms = 1/ms V mV = 2 mV end', 'state: | a real = 0 | b 1/ms = 1/ms | V mV = 2 mV'],
    ['parameters: C pF = 250 pF tau ms = 2 ms end', 'parameters: | C pF = 250 pF | tau ms = 2 ms'],
    ['input: p <- spike end update: p.get_sum() x = 1 end', 'input: | p <- spike | update: | x = 1'],
  ])('declarations: %s', (old, expected) => {
    expect(today('3.1', ended(old))).toBe(expected);
  });

  it.each([
    ['synapse', 'stdp', 'model stdp_synapse:'],
    ['synapse', 'stdp_synapse', 'model stdp_synapse:'],
    ['neuron', 'a', 'model a:'],
    ['neuron', 'before_synapse', 'model before_synapse_neuron:'],
  ])('the head `%s %s:`', (word, name, expected) => {
    const { map } = translate(`${word} ${name}:\n  state: x real = 1 end\nend\n`, dialectByName('5.0')!);
    expect(map.text.split('\n')[0]).toBe(expected);
  });

  it('inlines puts each behind those that it uses', () => {
    const old = ended('equations: inline a real = b inline b real = c inline c real = 1 end');
    expect(today('4.0', old)).toBe('equations: | inline c real = 1 | inline b real = c | inline a real = b');
  });

  it('blocks sets one blank line between them', () => {
    const old = ended('state: x real = 1 end', 'parameters: y real = 2 end # of y', '', 'output: spike');
    expect(translate(old, dialectByName('5.0')!).map.text).toBe(
      'model a:\n    state:\n        x real = 1\n\n    parameters:\n        y real = 2\n        # of y\n\n    output:\n        spike\n',
    );
  });

  it('several models keeps what stands between them', () => {
    const old =
      '# one\nneuron a:\n  state: x real = 1 end\nend # of a\n\n# two\nneuron b:\n  state: x real = 1 end\nend\n# last\n';
    expect(translate(old, dialectByName('5.0')!).map.text).toBe(
      '# one\nmodel a:\n    state:\n        x real = 1\n    # of a\n\n# two\nmodel b:\n    state:\n        x real = 1\n# last\n',
    );
  });
});

describe('the map of a translation', () => {
  it('leads each copied character back to its place', () => {
    const old = ended('  state: foo_bar mV = 12.5 mV end');
    const { map } = translate(old, dialectByName('5.0')!);
    const start = map.text.indexOf('foo_bar');
    const place = map.originOf({ start: start + 1, end: start + 4 });
    expect(old.slice(place.start, place.end)).toBe('oo_');
    expect(map.isCopied(place)).toBe(true);
  });

  it('leads a written word to what it stands for', () => {
    const old = ended('  equations: shape k = exp(-t) end');
    const { map } = translate(old, dialectByName('3.1')!);
    const start = map.text.indexOf('kernel');
    const place = map.originOf({ start, end: start + 6 });
    expect(old.slice(place.start, place.end)).toBe('shape');
    expect(map.isCopied(place)).toBe(false);
  });
});
