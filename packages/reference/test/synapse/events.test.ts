import { describe, expect, it, test } from 'vitest';
import { firstDifference } from '../compare.ts';
import { runText } from '../run-text.ts';
import { runParts, type SynapseParts, textOf } from './synapse-parts.ts';

/** Digits that handlers append to w: the order in which they ran. */
const orderParts = {
  pre: ['w = 10 * w + 3', 'emit_spike(w)'],
  post: ['w = 10 * w + 2'],
  mod: ['w = 10 * w + 1'],
};
const atOnce = { pre: [5], post: [4], modulatory: { mod: [5] }, delay: 1 };

describe('spikes at one instant (D4)', () => {
  it('act modulatory, post, pre', () => {
    expect([...runParts(orderParts, atOnce).weights]).toEqual([123]);
  });

  it('act by priority, the smaller number first, if the handlers have one', () => {
    const last = { ...atOnce, record: ['w'], recordAt: [6] };
    const order = (priorities: SynapseParts['priorities']) =>
      runParts({ ...orderParts, ...(priorities === undefined ? {} : { priorities }) }, last).trace('w')[0];
    expect(order({ pre: 1, post: 2 })).toBe(132);
    expect(order({ pre: 2, post: 1 })).toBe(123);
    expect(order({ pre: 1, mod: 2 })).toBe(321);
  });

  it('are one delay later than the post spike, and apart without it', () => {
    const early = runParts(orderParts, { ...atOnce, delay: 0.9, modulatory: {} });
    const late = runParts(orderParts, { ...atOnce, delay: 1.1, modulatory: {} });
    expect([...early.weights, ...late.weights]).toEqual([23, 3]);
  });

  const counted = {
    state: ['n real = 0', 'seen real = 0'],
    post: ['n += 1', 'seen = n'],
    pre: ['w = n', 'emit_spike(w)'],
  };

  it('show pre handlers what the post neuron owns as it was before', () => {
    const { weights, trace } = runParts(counted, {
      pre: [5, 6],
      post: [3, 4, 5],
      delay: 1,
      record: ['n', 'seen'],
      recordAt: [5, 5.5, 6],
    });
    expect([...weights]).toEqual([1, 2]);
    expect([...trace('n'), ...trace('seen')]).toEqual([2, 2, 3, 2, 2, 3]);
  });

  it('show it to modulatory handlers in the same way, even after the post handler', () => {
    const parts = {
      ...counted,
      mod: ['w = 100 + n'],
      pre: ['emit_spike(w)'],
      priorities: { post: 1, mod: 2 },
    };
    expect([...runParts(parts, { ...atOnce, post: [2, 4] }).weights]).toEqual([101]);
  });

  it('show the pre handler what is the synapse’s as the post handler left it', () => {
    const parts = { ...counted, more: ['onCondition(n > 1000):', '    n = 0'] };
    expect([...runParts(parts, { pre: [5], post: [3, 4], delay: 1 }).weights]).toEqual([2]);
  });

  it('show pre handlers convolutions with post spikes as they were before, of functions and of equations', () => {
    const parts = {
      state: ['g real = 1', 'u real = 0'],
      equations: [
        'kernel K = exp(-t / tau)',
        "kernel g' = -g / tau",
        'inline both real = convolve(K, post) + 10 * convolve(g, post)',
      ],
      pre: ['w = both', 'emit_spike(w)'],
      post: ['u = both'],
      update: ['w += 0'],
    };
    const { weights, trace } = runParts(parts, {
      pre: [5, 9],
      post: [2, 4],
      delay: 1,
      record: ['u', 'both'],
      recordAt: [5, 9],
    });
    const exact = [11 * Math.exp(-0.2), 11 * (Math.exp(-0.6) + Math.exp(-0.4))];
    expect(firstDifference(weights, exact, { relative: 1e-11 })).toBeUndefined();
    expect(
      firstDifference(trace('both'), [11 * (Math.exp(-0.2) + 1), exact[1]!], { relative: 1e-11 }),
    ).toBeUndefined();
    // The post handler sees them before its own spike, too.
    expect(trace('u')[0]).toBeCloseTo(exact[0]!, 10);
  });

  it('of one port run the handler once each', () => {
    const { weights, emitted } = runParts(orderParts, { pre: [5, 5], post: [4, 4], delay: 1 });
    expect([...weights]).toEqual([223, 2233]);
    expect(emitted.map(({ weight }) => weight)).toEqual([223, 2233]);
  });
});

describe('`update` (D6)', () => {
  const logged = {
    state: ['intervals ms = 0 ms', 'calls real = 0'],
    update: [
      'intervals += timestep()',
      'calls += 1',
      'over ms = timestep()',
      'println("from {t} over {over}")',
    ],
    pre: ['emit_spike(w)'],
  };
  const spikes = { pre: [1, 4, 7.5], post: [3, 6.5], modulatory: { mod: [2, 4, 7.5] }, delay: 1 };

  it('runs once for each interval between instants and knows its length and start', () => {
    const { printed, trace } = runParts(logged, {
      ...spikes,
      record: ['intervals', 'calls'],
      recordAt: [7.5],
    });
    expect(printed.map(({ text: line }) => line)).toEqual([
      'from 0 ms over 1 ms',
      'from 1 ms over 1 ms',
      'from 2 ms over 2 ms',
      'from 4 ms over 3.5 ms',
    ]);
    expect([trace('intervals')[0], trace('calls')[0]]).toEqual([7.5, 4]);
  });

  it('runs on a copy for a record, which changes nothing', () => {
    const recordAt = Array.from({ length: 80 }, (_, i) => i / 10);
    const silent = runParts(logged, spikes);
    const watched = runParts(logged, { ...spikes, record: ['intervals', 'calls'], recordAt });
    expect({ ...watched, recorded: [], recordedNs: [], trace: 0 }).toEqual({ ...silent, trace: 0 });
    // At 1.5 ms one full interval and half of the next one have passed.
    expect([watched.trace('intervals')[15], watched.trace('calls')[15]]).toEqual([1.5, 2]);
    expect(watched.trace('intervals').every((value, i) => Math.abs(value - i / 10) < 1e-12)).toBe(true);
  });

  it('draws for a record what it will draw, and the run draws the same', () => {
    const parts = {
      state: ['x real = 0'],
      update: ['x += random_normal(0, 1)'],
      pre: ['w = x + random_uniform(0, 1)', 'emit_spike(w)'],
    };
    const alone = runParts(parts, spikes);
    const watched = runParts(parts, { ...spikes, record: ['x'], recordAt: [0.5, 0.9, 1] });
    expect([...watched.weights]).toEqual([...alone.weights]);
    expect(watched.trace('x')[0]).toBe(watched.trace('x')[2]);
  });

  it('sees the signal and its own state at the start of the interval', () => {
    const parts = {
      state: ['sum real = 0'],
      input: ['I pA <- continuous'],
      update: ['sum += I / 1 pA'],
    };
    const { trace } = runParts(parts, {
      ...spikes,
      signals: { I: (time) => 100 + time },
      record: ['sum'],
      recordAt: [7.5],
    });
    // Intervals begin at 0, 1, 2 and 4 ms; the signal is 1 ms older.
    expect(trace('sum')[0]).toBeCloseTo(100 + 100 + 101 + 103, 10);
  });
});

test('`t` is the time of the spike: pre and modulatory at the synapse, post without the delay (D15)', () => {
  const parts = {
    state: ['tp ms = 0 ms', 'to ms = 0 ms', 'tm ms = 0 ms'],
    equations: ['inline now ms = t'],
    pre: ['tp = now', 'emit_spike(w)'],
    post: ['to = t'],
    mod: ['tm = t'],
  };
  const { trace } = runParts(parts, {
    pre: [7],
    post: [6.5],
    modulatory: { mod: [8] },
    delay: 1,
    record: ['tp', 'to', 'tm', 'now'],
    recordAt: [9.3],
  });
  expect(['tp', 'to', 'tm', 'now'].map((name) => trace(name)[0])).toEqual([7, 6.5, 8, 9.3]);
});

describe('signals of the post neuron (D16)', () => {
  it('are those of one delay ago: at a post spike those of the moment at which it was emitted', () => {
    const parts = {
      state: ['a real = 0', 'b real = 0', 'c real = 0'],
      input: ['I pA <- continuous', 'J[2] mV <- continuous'],
      pre: ['a = I / 1 pA', 'emit_spike(w)'],
      post: ['b = I / 1 pA'],
      mod: ['c = J[1] / 1 mV'],
    };
    const { trace } = runParts(parts, {
      pre: [0.5, 7],
      post: [6.5],
      modulatory: { mod: [8] },
      delay: 1,
      signals: { I: (time) => 3 + time, 'J[1]': (time) => -time },
      record: ['a', 'b', 'c'],
      recordAt: [0.5, 9],
    });
    expect([...trace('a'), trace('b')[1], trace('c')[1]]).toEqual([3, 9, 9.5, -7]);
  });

  it('in an equation hold between two recordings', () => {
    const parts = {
      state: ['x real = 0'],
      equations: ["x' = I / 1 pA / tau"],
      input: ['I pA <- continuous'],
    };
    const { trace } = runParts(parts, {
      h: 0.5,
      pre: [2, 5],
      delay: 1,
      signals: { I: (time) => (time < 1 ? 2 : 7) },
      record: ['x'],
      recordAt: [1.5, 5],
    });
    // 2 until 1 + 1 ms at the synapse, then 7.
    expect(firstDifference(trace('x'), [0.3, 0.4 + 2.1], { relative: 1e-12 })).toBeUndefined();
  });

  it('is 0 where nothing is bound', () => {
    const parts = { input: ['I pA <- continuous'], pre: ['w = 5 + I / 1 pA', 'emit_spike(w)'] };
    expect([...runParts(parts, { pre: [1] }).weights]).toEqual([5]);
  });
});

test('conditions are looked at after all spikes of an instant', () => {
  const parts = {
    post: ['w += 1'],
    pre: ['w += 1', 'emit_spike(w)'],
    more: ['onCondition(w >= 2):', '    w = 0'],
  };
  const { weights, trace } = runParts(parts, { ...atOnce, record: ['w'], recordAt: [5] });
  expect([...weights, ...trace('w')]).toEqual([2, 0]);
});

test.each([0.1, 1, 4.3])(
  'what the post neuron owns is what a neuron with these equations shows %f ms ago',
  (delay) => {
    const state = ['x real = 1.5', "x' 1/ms = 0 / 1 ms", 'y real = 0.3', 'n integer = 2'];
    const equations = ["x'' = -x / tau**2 - x**2 * x' / tau", "y' = (x - y) / tau"];
    const handler = ["x' += 1 / tau", 'n += 1', 'y += n * x'];
    const post = [0.1, 2, 2.1, 5.5, 9];
    const times = Array.from({ length: 140 }, (_, i) => i / 10);
    const names = ['x', "x'", 'y', 'n'];
    const { trace } = runParts(
      { state, equations, post: handler },
      { post, pre: [3, 6, 6.1], delay, record: names, recordAt: times },
    );
    const neuron = textOf({ state, equations, post: handler }).replace('test_synapse', 'test_neuron');
    const spikes = { post: post.map((time) => [time, 1] as const) };
    const alone = runText(neuron, { steps: 140, spikes, record: names });
    const initial: Readonly<Record<string, number>> = { x: 1.5, "x'": 0, y: 0.3, n: 2 };
    for (const name of names) {
      const expected = times.map((time) => {
        const step = Math.round((time - delay) * 10);
        return step <= 0 ? initial[name]! : alone.trace(name)[step - 1]!;
      });
      expect(
        firstDifference(trace(name), expected, { relative: 1e-9, absolute: 1e-10 }),
        name,
      ).toBeUndefined();
    }
  },
);

test('how far apart the events are does not matter where only equations act', () => {
  const parts = {
    state: ['x real = 1', 'y real = 0'],
    equations: ["x' = -x / tau - 0.3 * sin(y) / tau", "y' = (x * y + 1) / (2 * tau)"],
    pre: ['w = x + y', 'emit_spike(w)'],
  };
  const each = runParts(parts, { h: 1, pre: Array.from({ length: 12 }, (_, i) => i + 1) });
  const last = runParts(parts, { h: 1, pre: [12] });
  expect(firstDifference(last.weights, [each.weights.at(-1)!], { relative: 1e-10 })).toBeUndefined();
});
