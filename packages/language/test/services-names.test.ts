import { describe, expect, test } from 'vitest';
import { type Expression, walkExpression, walkExpressions } from '../src/index.ts';
import { definition, hover, prepareRename, references, rename } from '../src/services/index.ts';
import { analyseText, modelTexts, offsetOf, placesOf, sample } from './services-support.ts';

const file = analyseText(sample);

describe('hover', () => {
  test.each([
    ['V_m mV', 'state V_m mV = E_L', 'a voltage (`mV`)', 'Membrane potential'],
    ["g' 1/ms", "state g' 1/ms = 0 / ms", 'a rate (1/time) (`1/ms`)', ''],
    ['E_L mV', 'parameter E_L mV = -70 mV', 'a voltage (`mV`)', 'Resting potential'],
    ['I_stim pA', 'input I_stim pA', 'a current (`pA`)', ''],
    ['K, spikes', 'kernel K = exp(-t / tau_m)', '', ''],
    ['half(E_L)', 'function half(x mV) mV', 'a voltage (`mV`)', ''],
    ['exp(-t', 'predefined function exp(number)', '', ''],
    ['limit, V_m', 'local limit mV = E_L', 'a voltage (`mV`)', ''],
    ['{V_m}', 'predefined function println(text)', '', ''],
  ])('of %s shows how it is declared', (piece, signature, description, documentation) => {
    const shift = piece === '{V_m}' ? -'println("V_m is '.length : 0;
    expect(hover(file, offsetOf(file, piece, shift))).toMatchObject({
      signature,
      description,
      documentation,
    });
  });

  test('of an operator shows the expression around it with its unit', () => {
    expect(hover(file, offsetOf(file, '/ C_m'))).toMatchObject({
      signature: '(I_syn + I_e + I_stim) / C_m',
      description: 'a voltage per time (`pA/pF`)',
    });
    expect(hover(file, offsetOf(file, '+ I_e'))?.signature).toBe('I_syn + I_e + I_stim');
  });

  test('of a unit says what it measures', () => {
    expect(hover(file, offsetOf(file, 'pF = 250'))).toMatchObject({
      signature: 'pF',
      description: 'a capacitance (`pF`)',
    });
    expect(hover(file, offsetOf(file, 'nS * 1 s'))).toMatchObject({ description: 'a conductance (`nS`)' });
  });

  test('of white space and key words is nothing', () => {
    expect(hover(file, offsetOf(file, '    state:', 1))).toBeUndefined();
    expect(hover(file, offsetOf(file, 'update:', 2))).toBeUndefined();
    expect(hover(file, 10_000_000)).toBeUndefined();
    expect(hover(file, -5)).toBeUndefined();
  });
});

describe('definition and references', () => {
  test('a use leads to its declaration, a derivative to its own', () => {
    const places = definition(file, offsetOf(file, "g' / tau_m", 0));
    expect(places.map(({ selection }) => selection.start)).toEqual([offsetOf(file, "g' 1/ms")]);
    const [place] = definition(file, offsetOf(file, 'limit, V_m'));
    expect(sample.slice(place!.span.start, place!.span.end)).toBe('limit mV = E_L');
  });

  test('what is predefined has none', () => {
    expect(definition(file, offsetOf(file, 'exp(-t'))).toEqual([]);
  });

  test('references are all uses of a variable with its derivatives, those in texts included', () => {
    expect(placesOf(file, references(file, offsetOf(file, 'V_m mV')))).toEqual([
      '4 V_m',
      '18 V_m',
      '19 V_m',
      '19 V_m',
      '32 V_m',
      '33 V_m',
      '35 V_m',
      '35 V_m',
      '36 V_m',
      '37 V_m',
    ]);
    const reads = references(file, offsetOf(file, 'w nS'), { includeDeclarations: false });
    expect(reads.map(({ access }) => access)).toEqual(['read', 'write']);
  });

  test('a kernel and the state that holds its increments are one name', () => {
    const kernel = analyseText(
      `model a_neuron:\n    state:\n        z real = 1\n    equations:\n        kernel z' = -z / (2 ms)\n`,
    );
    expect(placesOf(kernel, references(kernel, offsetOf(kernel, 'z real')))).toEqual(['3 z', '5 z', '5 z']);
    expect(definition(kernel, offsetOf(kernel, '-z', 1))).toHaveLength(1);
  });

  test('two locals of one name in two blocks are two things', () => {
    const two = analyseText(
      'model a_neuron:\n    update:\n        if true:\n            x real = 1\n            x = 2\n        else:\n            x real = 3\n',
    );
    expect(placesOf(two, references(two, offsetOf(two, 'x = 2')))).toEqual(['4 x', '5 x']);
  });
});

test('in every library model the index binds each name as the checker does', () => {
  let compared = 0;
  for (const [name, text] of modelTexts()) {
    const analysed = analyseText(text);
    const [model] = analysed.models;
    expect(model, name).toBeDefined();
    const starts = new Map(
      analysed.index.occurrences.map((occurrence) => [occurrence.span.start, occurrence]),
    );
    const compare = (part: Expression) => {
      if (part.kind !== 'variable' && part.kind !== 'port') return;
      const { declared } = part.kind === 'variable' ? part.symbol : part.port;
      const found = [...starts].find(([start]) => start >= part.span.start && start < part.span.end)?.[1];
      expect(
        found?.definition.declarations.map(({ span }) => span.start),
        `${name} ${part.span.start}`,
      ).toContain(declared.start);
      compared += 1;
    };
    const { update, equations, inlines, receiveHandlers, conditionHandlers } = model!;
    for (const { value } of [...equations, ...inlines]) walkExpression(value, compare);
    for (const body of [update, ...[...receiveHandlers, ...conditionHandlers].map((handler) => handler.body)])
      walkExpressions(body, compare);
    const units = new Set(['ms', 'mV', 's', 'pA', 'nS', 'pF', 'mol', 'K']);
    expect(
      analysed.index.loose.map((loose) => loose.text).filter((text) => !units.has(text)),
      name,
    ).toEqual([]);
  }
  expect(compared).toBeGreaterThan(500);
});

describe('rename', () => {
  const at = (piece: string) => offsetOf(file, piece);
  const apply = (offset: number, to: string): string => {
    const result = rename(file, offset, to);
    if (!result.ok) throw new Error(result.reason);
    return result.edits.reduceRight(
      (text, { span, text: insert }) => text.slice(0, span.start) + insert + text.slice(span.end),
      sample,
    );
  };

  test('changes every place, and the model stays as good as it was', () => {
    const renamed = apply(at('V_m mV'), 'V_soma');
    expect(renamed.match(/V_m/g)).toHaveLength(1);
    expect(renamed).toContain('println("V_m is {V_soma}")');
    const codes = (text: string) => analyseText(text).diagnostics.map(({ code }) => code);
    expect(codes(renamed)).toEqual(codes(sample));
  });

  test.each([
    ['V_m mV', 'E_L', 'used already'],
    ['V_m mV', 'update', 'keyword'],
    ['V_m mV', 'inf', 'keyword'],
    ['V_m mV', 't', 'predefined'],
    ['V_m mV', 'exp', 'predefined'],
    ['V_m mV', 'half', 'function'],
    ['V_m mV', 'limit', 'used already'],
    ['V_m mV', '2x', 'no name'],
    ['V_m mV', 'a b', 'no name'],
    ['V_m mV', '', 'no name'],
    ['tau_m ms', 'ms', 'used as a unit'],
    ['limit mV', 'V_m', 'used already'],
    ['exp(-t', 'exponential', 'predefined'],
    ['half(x', 'E_L', 'used already'],
  ])('of %s to `%s` is refused: %s', (piece, to, reason) => {
    const result = rename(file, at(piece), to);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.reason).toContain(reason);
  });

  test('two locals in blocks beside each other may have one name', () => {
    const two = analyseText(
      'model a_neuron:\n    update:\n        if true:\n            x real = 1\n        else:\n            y real = 3\n',
    );
    expect(rename(two, offsetOf(two, 'y real'), 'x').ok).toBe(true);
  });

  test('is refused while a line with the name cannot be read', () => {
    const broken = analyseText(sample.replace('count += 1', 'count += V_m *'));
    const other = analyseText(sample.replace('count += 1', ') V_m V_m ('));
    expect(rename(other, offsetOf(other, 'V_m mV'), 'V').ok).toBe(false);
    expect(rename(broken, offsetOf(broken, 'tau_m ms'), 'tau').ok).toBe(true);
  });

  test('is refused for a name that is declared twice', () => {
    const twice = analyseText('model a_neuron:\n    parameters:\n        x real = 1\n        x real = 2\n');
    expect(rename(twice, offsetOf(twice, 'x real'), 'y')).toMatchObject({ ok: false });
    expect(prepareRename(twice, offsetOf(twice, 'x real'))).toBeUndefined();
  });

  test('of a function and of a model changes their names', () => {
    expect(apply(at('half(x'), 'middle')).toContain('if V_m > middle(E_L)');
    expect(apply(at('sample_neuron'), 'other_neuron')).toContain('model other_neuron:');
  });
});
