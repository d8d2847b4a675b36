import { describe, expect, test } from 'vitest';
import { type CompletionItem, completion } from '../src/services/index.ts';
import { marked, sample } from './services-support.ts';

/** The sample with one line replaced; `|` marks the cursor. */
function completed(line: string, replacement: string): readonly CompletionItem[] {
  expect(sample).toContain(line);
  const { file, at } = marked(sample.replaceAll('|', '').replace(line, () => replacement));
  return completion(file, at[0]!).items;
}

function fitting(items: readonly CompletionItem[]): readonly string[] {
  return items
    .filter(({ fits, kind }) => fits && kind !== 'predefinedFunction' && kind !== 'keyword')
    .map(({ label }) => label);
}

const equation = "V_m' = -(V_m - E_L) / tau_m + (I_syn + I_e + I_stim) / C_m";

describe('what fits by unit comes first', () => {
  test.each([
    ['a term of a sum', `V_m' = -(V_m - |) / tau_m`, ['E_L', 'V_m', 'half']],
    ['a term of a sum, the bracket still open', `V_m' = -(V_m - |`, ['E_L', 'V_m', 'half']],
    ['a divisor that makes the unit of the equation', `V_m' = -(V_m - E_L) / |`, ['h', 'tau_m']],
    ['a factor that makes the unit of the equation', `V_m' = (V_m - E_L) / tau_m + I_e / |`, ['C_m']],
    ['a word that has been begun', `V_m' = (V_m - E_L) / ta|`, ['h', 'tau_m']],
    ['a word in the middle', `V_m' = (V_m - E_L) / ta|u_m`, ['h', 'tau_m']],
  ])('%s', (_, line, expected) => {
    expect(fitting(completed(equation, line))).toEqual(expected);
  });

  test.each([
    ['a comparison without a colon', 'if V_m > half(E_L):', 'if V_m > |', ['E_L', 'V_m', 'half']],
    ['an argument of a function', 'if V_m > half(E_L):', 'if V_m > half(|):', ['E_L', 'V_m', 'half']],
    ['an assigned value', 'V_m = max(limit, V_m)', 'V_m = |', ['limit', 'E_L', 'V_m', 'half']],
    [
      'an argument that must be like the other',
      'V_m = max(limit, V_m)',
      'V_m = max(limit, |',
      ['limit', 'E_L', 'V_m', 'half'],
    ],
    ['a guard', '[[C_m > 0 pF]]', '[[C_m > |]]', ['C_m']],
    ['a convolved kernel', 'convolve(K, spikes)', 'convolve(|', ['K']],
    ['a convolved port', 'convolve(K, spikes)', 'convolve(K, |)', ['spikes']],
    ['what is integrated', 'integrate_odes(V_m, g)', 'integrate_odes(V_m, |', ['V_m', 'g']],
    ['the port of a handler', 'onReceive(spikes):', 'onReceive(|):', ['spikes']],
    ['a unit behind a number', 'E_L mV = -70 mV', 'E_L mV = -70 m|', ['mV']],
  ])('%s', (_, line, replacement, expected) => {
    const labels = fitting(completed(line, replacement));
    expect(labels.slice(0, expected.length).sort()).toEqual([...expected].sort());
  });

  test('what does not fit comes behind', () => {
    const items = completed(equation, `V_m' = -(V_m - |) / tau_m`);
    const firstOther = items.findIndex(({ fits }) => !fits);
    expect(items.slice(firstOther).every(({ fits }) => !fits)).toBe(true);
    expect(items.map(({ label }) => label)).toContain('C_m');
  });

  test('a combined unit is offered as a whole', () => {
    const items = completed('w += spikes * 1 nS * 1 s', 'w = 3 p|A / 1 mV');
    expect(items[0]).toMatchObject({ kind: 'unit', fits: true });
  });
});

describe('other places', () => {
  const labels = (line: string, replacement: string) =>
    completed(line, replacement).map(({ label }) => label);

  test('a new line among statements offers states, locals and effects', () => {
    const items = labels('V_m = max(limit, V_m)', '|');
    expect(items.slice(0, 2)).toEqual(['limit', 'V_m']);
    expect(items).toEqual(expect.arrayContaining(['emit_spike', 'integrate_odes', 'if', 'g']));
    expect(items).not.toContain('E_L');
  });

  test('a local is not offered above its line', () => {
    expect(labels('limit mV = E_L', 'limit mV = |')).not.toContain('limit');
    expect(labels('V_m = max(limit, V_m)', 'V_m = |')).toContain('limit');
  });

  test('a new line in a model offers blocks, in a block what belongs to it', () => {
    expect(labels('    output:\n', '    |\n')).toContain('parameters');
    expect(labels("g'' = -g' / tau_m - g / tau_m**2", '|')).toContain('kernel');
    expect(labels('C_m pF = 250 pF [[C_m > 0 pF]]', '|')).toEqual([]);
    expect(labels('        spike\n    function', '        |\n    function')).toEqual(['spike', 'continuous']);
  });

  test('a signal, a decorator and a type have their own words', () => {
    expect(labels('spikes <- spike', 'spikes <- |')).toContain('excitatory');
    expect(labels('tau_m ms = 10 ms', 'tau_m ms = 10 ms @|')).toEqual(['homogeneous', 'heterogeneous']);
    expect(labels('tau_m ms = 10 ms', 'tau_m m| = 10 ms')).toEqual(expect.arrayContaining(['ms', 'real']));
  });

  test('comments, texts and numbers get nothing', () => {
    expect(labels('E_L mV = -70 mV # Resting potential', 'E_L mV = -70 mV # Res|')).toEqual([]);
    expect(labels('println("V_m is {V_m}")', 'println("V_m| is")')).toEqual([]);
    expect(labels('E_L mV = -70 mV', 'E_L mV = -7|0.5 mV')).toEqual([]);
  });

  test('the beginning of a file offers a model', () => {
    const { file, at } = marked('|');
    expect(completion(file, at[0]!).items.map(({ label }) => label)).toEqual(['model']);
  });

  test('the word around the cursor is replaced', () => {
    const { file, at } = marked(sample.replace('half(E_L):', 'half(E|_L):'));
    const { replaces } = completion(file, at[0]!);
    expect(file.source.text.slice(replaces.start, replaces.end)).toBe('E_L');
  });
});

describe('what would be an error is not first', () => {
  test('the name that is being declared', () => {
    expect(fitting(completed('E_L mV = -70 mV', 'E_L mV = |'))).not.toContain('E_L');
  });

  test('random numbers in equations, and the time', () => {
    const items = completed(equation, `V_m' = (V_m - E_L) / tau_m * |`);
    expect(items.filter(({ fits }) => fits).map(({ label }) => label)).not.toContain('random_normal');
    expect(fitting(completed(equation, `V_m' = (V_m - E_L) / |`))).not.toContain('t');
    const inUpdate = completed('V_m = max(limit, V_m)', 'V_m = |').filter(({ fits }) => fits);
    expect(inUpdate.map(({ label }) => label)).toContain('random_normal');
  });
});

test('a line of equations can begin with the derivative of a state, those without equation first', () => {
  const text =
    "model two_neuron:\n    state:\n        x mV = 0 mV # first\n        y real = 0\n    equations:\n        x' = -x / ms\n        |\n    update:\n        integrate_odes()\n";
  const { file, at } = marked(text);
  const items = completion(file, at[0]!).items;
  expect(items.slice(0, 2)).toMatchObject([
    { label: "y'", detail: '1/ms', fits: true },
    { label: "x'", detail: 'mV/ms', documentation: 'first', fits: false },
  ]);
});
