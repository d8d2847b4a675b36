import { expect, test } from 'vitest';
import { firstDifference } from './compare.ts';
import { runText } from './run-text.ts';

const TIMER = `model timer_neuron:
    state:
        r ms = T
        spent integer = 0
        grown ms = 0 ms
        level real = 0
    parameters:
        T ms = 2 ms
    equations:
        r' = -1
        grown' = 0.25
        level' = 1 / T
    output:
        spike
    update:
        if r > 0 ms:
            spent += 1
            integrate_odes(r)
        else:
            integrate_odes(grown, level)
`;

test.each([
  [2, 0.1, 20, 0],
  [2, 0.05, 40, 0],
  [2, 0.01, 200, 0],
  [3, 0.1, 30, 0],
  [3, 0.05, 60, 0],
  [3, 0.01, 300, 0],
  [0.5, 0.1, 5, 0],
  [0.5, 0.05, 10, 0],
  [0.5, 0.01, 50, 0],
  [0.07, 0.1, 1, -0.03],
  [0.07, 0.05, 2, -0.03],
  [0.07, 0.01, 7, 0],
])('a timer of %d ms at steps of %d ms lasts %d steps and ends at %d ms', (T, h, steps, rest) => {
  const { trace } = runText(TIMER, { h, steps: steps + 3, set: { T }, record: ['r', 'spent'] });
  expect(trace('spent').at(-1)).toBe(steps);
  expect(trace('r').at(-1)).toBe(rest);
});

test('a timer that is set again starts its count again, and only integrated steps count', () => {
  const text = TIMER.replace('integrate_odes(grown, level)', 'r = T');
  const { trace } = runText(text, { steps: 7, set: { T: 0.2 }, record: ['r'] });
  expect([...trace('r')]).toEqual([0.1, 0, 0.2, 0.1, 0, 0.2, 0.1]);
});

test('other constant rates do not accumulate rounding either', () => {
  const { trace } = runText(TIMER, { steps: 1000, set: { T: 0 + 3, r: 0 }, record: ['grown', 'level'] });
  expect(trace('grown')[999]).toBe(25);
  expect(trace('level')[299]).toBe(10);
});

test('a state is no countdown if its rate can change', () => {
  const text = TIMER.replace("r' = -1", "r' = -1 - 0 * level");
  const { trace } = runText(text, { steps: 30, record: ['r'] });
  expect(trace('r')[0]).toBeCloseTo(1.9, 12);
});

test('other equations see a countdown move inside the step', () => {
  const text = `model ramp_neuron:
    state:
        r ms = 1 ms
        x real = 0
    equations:
        r' = -1
        x' = r / (1 ms**2)
    output:
        spike
    update:
        integrate_odes()
`;
  const { trace } = runText(text, { steps: 5, record: ['x', 'r'] });
  const expected = [1, 2, 3, 4, 5].map((i) => 0.1 * i - (0.1 * i) ** 2 / 2);
  expect(firstDifference(trace('x'), expected, { absolute: 1e-13 })).toBeUndefined();
  expect([...trace('r')]).toEqual([0.9, 0.8, 0.7, 0.6, 0.5]);
});

test('t is the end of the step everywhere in a neuron', () => {
  const text = `model clock_neuron:
    state:
        in_update ms = 0 ms
        in_handler ms = 0 ms
        in_condition ms = 0 ms
    equations:
        recordable inline now ms = t
    input:
        p <- spike
    output:
        spike
    update:
        in_update = t
    onReceive(p):
        in_handler = t
    onCondition(t > 0.15 ms):
        in_condition = t
`;
  const { trace } = runText(text, {
    steps: 3,
    spikes: { p: [[0.3, 1]] },
    record: ['in_update', 'in_handler', 'in_condition', 'now'],
  });
  expect([...trace('in_update')]).toEqual([0.1, 0.2, 0.3]);
  expect([...trace('in_handler')]).toEqual([0, 0, 0.3]);
  expect([...trace('in_condition')]).toEqual([0, 0.2, 0.3]);
  expect([...trace('now')]).toEqual([0.1, 0.2, 0.3]);
});

test('resolution and timestep are the step, steps rounds a duration to 1 ns and then up', () => {
  const text = `model grid_neuron:
    state:
        a ms = 0 ms
        b ms = 0 ms
        n integer = 0
        m integer = 0
    parameters:
        T ms = 0.3 ms
    internals:
        h ms = resolution()
    output:
        spike
    update:
        a = h
        b = timestep()
        n = steps(T)
        m = steps(0.31 ms)
`;
  const { trace } = runText(text, { h: 0.1, steps: 1, record: ['a', 'b', 'n', 'm'] });
  expect(['a', 'b', 'n', 'm'].map((name) => trace(name)[0])).toEqual([0.1, 0.1, 3, 4]);
  const fine = runText(text, { h: 0.05, steps: 1, record: ['a', 'n', 'm'] });
  expect(['a', 'n', 'm'].map((name) => fine.trace(name)[0])).toEqual([0.05, 6, 7]);
});

test('a countdown that starts at infinity runs and stays infinite until it is set', () => {
  const { trace, failure } = runText(
    TIMER.replace('grown, level)', 'grown, level)\n        if t > 0.25 ms:\n            r = 1 ms'),
    {
      steps: 4,
      set: { T: Number.POSITIVE_INFINITY },
      record: ['r', 'spent'],
    },
  );
  expect(failure).toBeUndefined();
  expect([...trace('r')]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1, 1]);
  expect(trace('spent')[3]).toBe(4);
});

test('spikes that do not enter its equation leave an infinite countdown alone', () => {
  const text = `model waiting_neuron:
    state:
        r ms = inf
        x real = 0
    equations:
        r' = -1
        x' = -x / (5 ms)
    input:
        p <- spike
    output:
        spike
    onReceive(p):
        r = 0.5 ms
    update:
        integrate_odes()
`;
  const { trace, failure } = runText(text, {
    h: 0.1,
    steps: 3,
    spikes: { p: [[0.2, 2]] },
    record: ['r'],
  });
  expect(failure).toBeUndefined();
  expect([...trace('r')]).toEqual([Number.POSITIVE_INFINITY, 0.5, 0.4]);
});

test('a current without end lasts through the last step, and a spike in the last step arrives', () => {
  const text = `model ending_neuron:
    state:
        x real = 0
        n integer = 0
        q real = 0
    equations:
        kernel K = exp(-t / (1 ms))
        recordable inline c real = convolve(K, p)
        x' = I / (1 pA * 1 ms) + p
    input:
        I pA <- continuous
        p <- spike
    output:
        spike
    update:
        integrate_odes()
    onReceive(p):
        n += 1
    onCondition(c > 1):
        q = c
`;
  const { trace } = runText(text, {
    steps: 10,
    currents: { I: [[2, 0.5, 1e6]] },
    spikes: { p: [[1, 3]] },
    record: ['x', 'n', 'c', 'q'],
  });
  expect(trace('x')[8]).toBeCloseTo(0.8, 12);
  expect(trace('x')[9]).toBeCloseTo(4, 12);
  expect(trace('n')[9]).toBe(1);
  expect(trace('c')[9]).toBe(3);
  expect(trace('q')[9]).toBe(3);
});
