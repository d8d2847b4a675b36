import { descriptor } from '@nestml/engine/interface';
import { describe, expect, it } from 'vitest';
import { wasmTarget } from '../src/targets/wasm/neuron/index.ts';
import { checkedModel, libraryModel, solvedModel } from './models.ts';
import { type BlockOptions, createBlock, type RunInput } from './neuron-block.ts';

function block(text: string, options: BlockOptions = {}) {
  return createBlock(solvedModel(checkedModel(text)), options);
}

function failureOf(text: string, input: RunInput = { steps: 20 }, options: BlockOptions = {}) {
  const { failure, steps } = block(text, options).run(input);
  return { ...failure, steps };
}

const withUpdate = (states: readonly string[], update: readonly string[], more: readonly string[] = []) =>
  [
    'model test_neuron:',
    '    state:',
    ...states.map((line) => `        ${line}`),
    ...more.map((line) => `    ${line}`),
    '    output:',
    '        spike',
    '    update:',
    ...update.map((line) => `        ${line}`),
    '',
  ].join('\n');

describe('a failure names instance, place and step:', () => {
  const input: RunInput = { steps: 20, currents: [{ instance: 1, port: 'I', first: 3, end: 4, value: 1 }] };
  const failing = (update: string | readonly string[]) =>
    withUpdate(['x real = 1', 'n integer = 4'], [update].flat(), ['input:', '    I pA <- continuous']);

  it.each([
    [
      'an infinite state',
      'x = x / (1 - I / pA)',
      { kind: 'notFinite', place: 'x', value: Number.POSITIVE_INFINITY },
    ],
    ['a NaN', 'x = ln(0.5 - I / pA)', { kind: 'notFinite', place: 'x' }],
    ['an integer division by 0', ['k integer = n * (1 - I / pA)', 'n = 5 // k'], { kind: 'integerDivision' }],
    ['a mean that is none', 'x = random_poisson(1 - 2 * I / pA)', { kind: 'random', value: -1 }],
  ] as const)('%s', (_what, update, expected) => {
    for (const flavour of ['pair', 'scalar'] as const) {
      for (const instances of [2, 3]) {
        expect(failureOf(failing(update), input, { instances, flavour })).toMatchObject({
          ...expected,
          instance: 1,
          steps: 3,
        });
      }
    }
  });

  it('an index outside its vector', () => {
    const text = withUpdate(['v[3] real = 0', 'n integer = 0'], ['n += 1', 'v[n] = n']);
    expect(failureOf(text, { steps: 9 }, { sizes: { v: 3 } })).toMatchObject({
      kind: 'index',
      place: 'v',
      value: 3,
      steps: 2,
    });
  });

  it('an endless loop', () => {
    const text = withUpdate(['x real = 0'], ['while x >= 0:', '    x += 1']);
    expect(failureOf(text)).toMatchObject({ kind: 'loop', steps: 0 });
  });

  it('calls that are too deep', () => {
    const text = withUpdate(
      ['x real = 0'],
      ['x = deep(1)'],
      ['function deep(k integer) real:', '    return deep(k + 1) + deep(k + 2)'],
    );
    expect(failureOf(text)).toMatchObject({ kind: 'recursion', steps: 0 });
  });

  it('a solution that runs away', () => {
    const text = withUpdate(['x real = 1.02'], ['integrate_odes(x)'], ['equations:', "    x' = x**2 / ms"]);
    for (const flavour of ['pair', 'scalar'] as const) {
      expect(failureOf(text, { steps: 20 }, { flavour })).toMatchObject({
        kind: 'stepTooSmall',
        place: 'x',
        steps: 9,
      });
    }
  });

  it('an oscillation that is too fast for the step and drives an equation', () => {
    const text = withUpdate(
      ['x real = 1', "x' 1/ms = 0 / ms", 'y real = 0'],
      ['integrate_odes()'],
      ['parameters:', '    w 1/ms = 3 / ms', 'equations:', "    x'' = -x * w**2", "    y' = (x - y**3) / ms"],
    );
    expect(failureOf(text, { steps: 5 }, { set: { w: 30 } }).kind).toBeUndefined();
    const failure = failureOf(text, { steps: 5 }, { set: { w: 3000 } });
    expect(failure).toMatchObject({ kind: 'tooFast', place: 'x', steps: 0 });
  });

  it('a state that leaves the numbers keeps its last good value', () => {
    const text = withUpdate(['x real = 1'], ['x = x * 1e200']);
    const compiled = block(text);
    expect(compiled.run({ steps: 5 }).failure).toMatchObject({ kind: 'notFinite', place: 'x' });
    expect(compiled.read('x')).toBe(1e200);
    expect(compiled.descriptorF64(descriptor.step)).toBe(1);
  });

  it('a recorded NaN', () => {
    const text = withUpdate(
      ['x real = 1'],
      ['x -= 0.25'],
      ['equations:', '    recordable inline y real = ln(x) - ln(x)'],
    );
    expect(failureOf(text, { steps: 9 }, { record: ['y'] })).toMatchObject({
      kind: 'notFinite',
      place: 'y',
      steps: 4,
    });
  });

  it('a failing lane beyond the last instance does not count', () => {
    const text = withUpdate(['x real = 1'], ['x = x + ln(x)'], []);
    const result = block(text, { instances: 3, record: [] }).run({ steps: 3 });
    expect(result.failure).toBeUndefined();
  });
});

describe('the list of spikes', () => {
  const everyStep = withUpdate(['x real = 0'], ['emit_spike(x)', 'x += 1']);

  it('is full before the step that would overflow it', () => {
    const compiled = block(everyStep, { instances: 3, record: [], spikeCapacity: 7 });
    const first = compiled.run({ steps: 5 });
    expect(first).toMatchObject({ failure: { kind: 'spikesFull' }, steps: 2 });
    expect(first.spikes(2)).toEqual([
      { step: 1, weight: 0 },
      { step: 2, weight: 1 },
    ]);
    expect(compiled.run({ steps: 2 }).spikes(0)).toEqual([
      { step: 3, weight: 2 },
      { step: 4, weight: 3 },
    ]);
  });

  it('can become full in a loop that emits', () => {
    const text = withUpdate(
      ['x integer = 0'],
      ['i integer = 0', 'for i in 0 ... 5 step 1:', '    emit_spike()'],
    );
    const compiled = block(text, { record: [], spikeCapacity: 7 });
    expect(compiled.layout.mostSpikesPerStep).toBeUndefined();
    expect(compiled.run({ steps: 3 })).toMatchObject({ failure: { kind: 'spikesFull' }, steps: 1 });
  });
});

describe('initial values', () => {
  const text = [
    'model test_neuron:',
    '    state:',
    '        V mV = E',
    '        n integer = k',
    '        r ms = 0.5 ms',
    '        v[2] real = rate',
    '    parameters:',
    '        E mV = -70 mV [[E < top]]',
    '        k integer = 3',
    '    internals:',
    '        top mV = 2 * F',
    '        F mV = -E / 10',
    '        rate real = F / mV',
    '    equations:',
    "        r' = -1",
    '    output:',
    '        spike',
    '    update:',
    '        integrate_odes(r)',
    '',
  ].join('\n');
  const sizes = { v: 2 };

  it('are derived from what is set, each from those that it uses', () => {
    const plain = block(text, { sizes });
    expect(['V', 'n', 'top', 'F', 'v[1]'].map((name) => plain.read(name))).toEqual([-70, 3, 14, 7, 7]);
    const set = block(text, { sizes, set: { E: -50, n: 5.9, 'v[0]': 1 } });
    expect(['V', 'n', 'top', 'v[0]', 'v[1]'].map((name) => set.read(name))).toEqual([-50, 5, 10, 1, 5]);
  });

  it('follow parameters that differ between instances', () => {
    const compiled = block(text, { sizes, instances: 3, perInstance: ['E'], set: { E: [-10, -20, -30] } });
    expect([0, 1, 2].map((instance) => compiled.read('top', instance))).toEqual([2, 4, 6]);
    expect([0, 1, 2].map((instance) => compiled.read('v[1]', instance))).toEqual([1, 2, 3]);
    expect(compiled.read('V', 3)).toBe(-30);
  });

  it('stay when internals are derived anew', () => {
    const compiled = block(text, { sizes, set: { E: -70 } });
    compiled.write('E', -100);
    compiled.call('derive');
    expect(['V', 'E', 'top', 'F'].map((name) => compiled.read(name))).toEqual([-70, -100, 20, 10]);
  });

  it('are guarded', () => {
    const compiled = block(text, { sizes, instances: 3, perInstance: ['E'], set: { E: [-10, -20, 30] } });
    expect(compiled.call('checkGuards')).toBe(9);
    expect(compiled.failure()).toEqual({ kind: 'guard', instance: 2, place: 'E', value: 30 });
    compiled.write('E', -1, 2);
    compiled.call('derive');
    expect(compiled.call('checkGuards')).toBe(0);
  });

  it('that are NaN end the run', () => {
    const compiled = block(withUpdate(['x real = inf - inf'], ['x = 0']));
    expect(compiled.failure()).toMatchObject({ kind: 'notFinite', place: 'x' });
  });
});

describe('parameters of each instance', () => {
  it('give each the run that it has alone, propagators included', () => {
    const model = solvedModel(libraryModel('iaf_psc_alpha'));
    const currents = [{ port: 'I_stim', first: 0, end: 900, value: 500 }];
    const taus = [8, 10, 13];
    const record = ['V_m'];
    const together = createBlock(model, {
      record,
      instances: 3,
      perInstance: ['tau_m'],
      set: { tau_m: taus },
    });
    const result = together.run({ steps: 900, currents });
    taus.forEach((tau, instance) => {
      const alone = createBlock(model, { record, set: { tau_m: tau } }).run({ steps: 900, currents });
      expect(result.trace('V_m', instance)).toEqual(alone.trace('V_m'));
      expect(result.spikes(instance)).toEqual(alone.spikes());
    });
  });
});

describe('the target', () => {
  it('refuses models that print, at the place', () => {
    const text = withUpdate(['x real = 0'], ['if x > 1:', '    println("{x}")', 'x += 1']);
    const limits = wasmTarget.limitations(solvedModel(checkedModel(text)));
    expect(limits.map(({ what, span }) => [what, text.slice(span.start, span.end)])).toEqual([
      ['prints', 'println("{x}")'],
    ]);
  });

  it('gives the same bytes for a model with other comments', () => {
    const text = withUpdate(['x real = 0'], ['x += 1']);
    expect(block(text.replace('x += 1', 'x += 1  # more')).bytes).toEqual(block(text).bytes);
  });
});
