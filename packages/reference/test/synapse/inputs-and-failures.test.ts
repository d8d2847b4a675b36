import { describe, expect, it, test } from 'vitest';
import { firstDifference } from '../compare.ts';
import { runSynapseText, type SynapseTextRun } from './run-synapse-text.ts';
import { runParts, type SynapseParts, textOf } from './synapse-parts.ts';

describe('convolutions and pulses', () => {
  it('convolutions always advance, whatever is integrated, and one in an equation acts inside the interval', () => {
    const parts = {
      state: ['x real = 0', 'y real = 0', 'g real = 1'],
      equations: [
        'kernel K = exp(-t / tau)',
        "kernel g' = -g / (2 * tau)",
        "x' = convolve(K, pre) / tau",
        "y' = convolve(g, post) / tau",
      ],
      pre: ['w = x + 10 * y', 'emit_spike(w)'],
    };
    const { weights } = runParts(parts, { pre: [3, 9, 20], post: [4], delay: 2 });
    const [e, f] = [(t: number) => 1 - Math.exp(-t / 10), (t: number) => 2 * (1 - Math.exp(-t / 20))];
    const expected = [0, e(6) + 10 * f(3), e(17) + e(11) + 10 * f(14)];
    expect(firstDifference(weights, expected, { absolute: 1e-10 })).toBeUndefined();
  });

  it('statements of `update` see convolutions at the start of the interval, before and after the integration', () => {
    const parts = {
      state: ['a real = 0', 'b real = 0', 'x real = 0', 'g real = 1'],
      equations: [
        "kernel g' = -g / tau",
        'kernel K = exp(-t / tau)',
        'inline c real = convolve(g, pre) + convolve(K, pre)',
        "x' = c / tau",
      ],
      update: ['a = c', 'integrate_odes()', 'b = c'],
    };
    const { trace } = runParts(parts, { pre: [1, 2], record: ['a', 'b', 'c'], recordAt: [2, 12] });
    expect([trace('a')[0], trace('b')[0]]).toEqual([2, 2]);
    expect(trace('a')[1]).toBeCloseTo(2 + 2 * Math.exp(-0.1), 11);
    expect(trace('c')[1]).toBeCloseTo(2 * Math.exp(-1) + 2 * Math.exp(-1.1), 11);
  });

  it('a spike in an equation is a jump before its handler, if the equation was integrated', () => {
    const parts = {
      state: ['x real = 0', 'y real = 0', 'on real = 1'],
      parameters: ['u real = 2'],
      equations: [
        "x' = -x / tau + u * pre",
        "y' = -y / tau + convolve(D, post) / 1 ms",
        'kernel D = delta(t)',
      ],
      update: ['if on > 0:', '    integrate_odes(x)', 'integrate_odes(y)'],
      pre: ['w = x', 'emit_spike(w)'],
      mod: ['on = 0'],
      post: ['println("{y}")'],
    };
    const { weights, printed } = runParts(parts, {
      pre: [1, 6, 8],
      post: [4],
      modulatory: { mod: [7] },
      delay: 1,
    });
    const second = 2 + 2 * Math.exp(-0.5);
    expect(
      firstDifference(weights, [2, second, second * Math.exp(-0.1)], { relative: 1e-11 }),
    ).toBeUndefined();
    expect(printed.map(({ text: line }) => line)).toEqual(['1']);
  });

  it('a spike port is 1/(1 s) in the handler of its spike and 0 elsewhere', () => {
    const parts = {
      pre: ['w = 100 * pre * 1 s + 10 * post * 1 s + 7', 'emit_spike(w)'],
      post: ['w = post * 1 s', 'println("{post}")'],
      update: ['println("{pre}")'],
    };
    const { weights, printed } = runParts(parts, { pre: [2], post: [1], delay: 1 });
    expect([...weights]).toEqual([107]);
    expect(printed.map(({ text: line }) => line)).toEqual(['0 1/s', '1 1/s']);
  });
});

test('`resolution()` is the step of the neurons, countdowns run over whole intervals', () => {
  const parts = {
    state: ['left ms = 5 ms', 'h ms = 0 ms'],
    equations: ["left' = -1"],
    pre: ['h = resolution()', 'if left <= 0 ms:', '    w += 1', 'emit_spike(w)'],
  };
  const { weights, trace } = runParts(parts, {
    h: 0.05,
    pre: [4.95, 5, 5.05],
    record: ['h', 'left'],
    recordAt: [5, 8],
  });
  expect([...weights]).toEqual([0, 1, 2]);
  expect([...trace('h'), ...trace('left')]).toEqual([0.05, 0.05, 0, -3]);
});

test('spikes are sent when the handler runs, with the number in the declared unit, or 1', () => {
  const model = [
    'model test_synapse:',
    '    parameters:',
    '        g uS = 2 uS',
    '    input:',
    '        pre <- spike',
    '        post <- spike',
    '    output:',
    '        spike',
    '    onReceive(pre):',
    '        emit_spike(g)',
    '        emit_spike()',
    '    onReceive(post):',
    '        emit_spike(5)',
    '',
  ].join('\n');
  const { emitted, weights } = runSynapseText(model, { pre: [3], post: [4], delay: 2 });
  expect(emitted).toEqual([
    { timeNs: 3_000_000, weight: 2 },
    { timeNs: 3_000_000, weight: 1 },
    { timeNs: 6_000_000, weight: 5 },
  ]);
  expect([...weights]).toEqual([2000]);
});

describe('random numbers (D14)', () => {
  const parts = { pre: ['w = random_uniform(0, 1)', 'emit_spike(w)'], post: ['w = random_normal(0, 1)'] };
  const identity = { seed: 7, connection: 'E_E', source: 3, target: 4, ordinal: 0 };
  const weightsOf = (change: Partial<typeof identity>) => [
    ...runParts(parts, { pre: [1, 2, 3], identity: { ...identity, ...change } }).weights,
  ];

  it('are a function of the identity and the number of the event', () => {
    expect(weightsOf({})).toEqual(weightsOf({}));
    const others = [{ seed: 8 }, { connection: 'E_I' }, { source: 4 }, { target: 3 }, { ordinal: 1 }].map(
      weightsOf,
    );
    expect(new Set([weightsOf({}), ...others].map(String)).size).toBe(6);
    // A post spike between is an event: from then on the numbers are those of one event later.
    const shifted = runParts(parts, { pre: [1, 2, 3], post: [1.4], identity });
    const longer = runParts(parts, { pre: [1, 2, 3, 4], identity });
    expect([...shifted.weights]).toEqual([0, 2, 3].map((event) => longer.weights[event]));
  });
});

describe('vector ports', () => {
  const parts = {
    input: ['cue[2] <- spike'],
    more: ['onReceive(cue[1]):', '    w += 10'],
  };

  it('a handler of an element hears that element alone', () => {
    const { weights } = runParts(parts, { pre: [5], modulatory: { 'cue[0]': [1, 2], 'cue[1]': [3] } });
    expect([...weights]).toEqual([10]);
  });

  it('an element that is not there is a failure', () => {
    const { failure } = runSynapseText(textOf(parts), { pre: [5], modulatory: { 'cue[2]': [3] } });
    expect(failure).toMatchObject({ kind: 'execution', reason: expect.stringContaining('elements 0 to 1') });
  });
});

describe('failures', () => {
  const fails = (parts: SynapseParts, options: SynapseTextRun) => {
    const { failure, weights } = runSynapseText(textOf(parts), options);
    return { failure, weights: [...weights] };
  };

  it('a value that is not finite ends the run with its name, time and last good value', () => {
    const parts = { pre: ['w = 1 / (3 - w) + w', 'emit_spike(w)'], post: ['w = 3'] };
    const { failure, weights } = fails(parts, { pre: [1, 8], post: [5], delay: 1 });
    expect(failure).toMatchObject({ kind: 'not-finite', variable: 'w', time: 8 });
    expect(failure?.kind === 'not-finite' && failure.lastGood.get('w')).toBe(3);
    expect(weights).toEqual([1 / 3]);
  });

  it('a solution that runs away ends the run with the time that was reached', () => {
    const parts = { state: ['x real = 1'], equations: ["x' = x**2 / tau"] };
    const { failure } = fails(parts, { pre: [4, 30] });
    expect(failure).toMatchObject({ kind: 'step-too-small', variable: 'x' });
    expect(failure?.kind === 'step-too-small' && failure.time).toBeCloseTo(10, 6);
  });

  it('so does an index, a guard, and a past that is read', () => {
    const vector = { state: ['a[2] real = 0', 'i integer = 2'], pre: ['a[i] = 1', 'emit_spike(w)'] };
    expect(fails(vector, { pre: [4] }).failure).toMatchObject({ kind: 'execution', time: 4 });
    const guarded = { parameters: ['rate real = 1 [[rate > 0]]'], pre: ['w += rate', 'emit_spike(w)'] };
    expect(fails(guarded, { pre: [4], set: { rate: -1 } }).failure).toMatchObject({ kind: 'guard' });
    const past = { state: ['x real = 1'], equations: ["x' = -x(t - tau) / tau"] };
    expect(fails(past, { pre: [4] }).failure).toMatchObject({
      kind: 'execution',
      reason: expect.stringContaining('past'),
    });
  });

  it('a recorded inline that is no number ends the run at its time', () => {
    const parts = { equations: ['inline q real = (w - w) / (w - w)'], update: ['w += 0'] };
    const { failure } = runSynapseText(textOf(parts), { pre: [4], record: ['q'], recordAt: [2] });
    expect(failure).toMatchObject({ kind: 'not-finite', variable: 'q', time: 2 });
  });

  it('integrating twice is a notice', () => {
    const parts = {
      state: ['x real = 1'],
      equations: ["x' = -x / tau"],
      update: ['integrate_odes()', 'integrate_odes(x)'],
    };
    const { notices } = runParts(parts, { pre: [4, 5] });
    expect(notices).toEqual([expect.objectContaining({ kind: 'integrated-twice', variable: 'x' })]);
  });

  it('times that are not on the grid, or before the first step, are refused', () => {
    const base = { pre: [1], recordAt: [] };
    expect(() => runSynapseText(textOf({}), { ...base, delay: -1 })).toThrow('delay');
    expect(() => runSynapseText(textOf({}), { pre: [0] })).toThrow('presynaptic spike');
  });
});
