import { expect, test } from 'vitest';
import { runText } from './run-text.ts';

const ORDER = `model order_neuron:
    state:
        log real = 0
        seen_in_update real = -1
        seen_in_handler real = -1
        seen_in_condition real = -1
        at_condition real = 0
    equations:
        kernel K = exp(-t / (1 ms))
        recordable inline c real = convolve(K, p)
    input:
        p <- spike
        q <- spike
    output:
        spike
    onCondition(log == 12 or log == 123):
        seen_in_condition = c
        log = log * 10 + 9
    update:
        log = 0
        seen_in_update = c
    onReceive(q, priority=1):
        log = log * 10 + 2
    onReceive(p, priority=2):
        log = log * 10 + 1
        seen_in_handler = c
    onCondition(log == 129):
        log = log * 10 + 8
        at_condition += 1
`;

test('in a step the update block runs, then handlers by descending priority, then conditions in the order of the text', () => {
  const { trace } = runText(ORDER, {
    steps: 4,
    spikes: {
      p: [
        [0.2, 1],
        [0.4, 1],
      ],
      q: [[0.2, 1]],
    },
    record: ['log', 'at_condition'],
  });
  expect([...trace('log')]).toEqual([0, 1298, 0, 1]);
  expect([...trace('at_condition')]).toEqual([0, 1, 1, 1]);
});

test('update and handlers see convolutions before the step, conditions and recordings after it with its spikes', () => {
  const { trace } = runText(ORDER, {
    steps: 3,
    spikes: { p: [[0.2, 1]], q: [[0.2, 1]] },
    record: ['seen_in_update', 'seen_in_handler', 'seen_in_condition', 'c'],
  });
  expect([...trace('seen_in_update')]).toEqual([0, 0, 1]);
  expect([...trace('seen_in_handler')]).toEqual([-1, 0, 0]);
  expect([...trace('seen_in_condition')]).toEqual([-1, 1, 1]);
  expect(trace('c')[1]).toBe(1);
  expect(trace('c')[2]).toBeCloseTo(Math.exp(-0.1), 14);
});

test('a handler runs in every step with an event, also for weight 0 and for weights that cancel', () => {
  const text = `model counting_neuron:
    state:
        n integer = 0
    input:
        p <- spike
    output:
        spike
    onReceive(p):
        n += 1
`;
  const { trace } = runText(text, {
    steps: 4,
    spikes: {
      p: [
        [0.1, 0],
        [0.3, 2],
        [0.3, -2],
      ],
    },
    record: ['n'],
  });
  expect([...trace('n')]).toEqual([1, 1, 2, 2]);
});

test('each condition is evaluated once, with the state that the previous handler left', () => {
  const text = `model chain_neuron:
    state:
        a integer = 0
    output:
        spike
    update:
        a = 0
    onCondition(a == 1):
        a = 2
    onCondition(a == 0):
        a = 1
        emit_spike()
    onCondition(a == 1):
        a = 5
        emit_spike(3)
`;
  const { trace, spikeSteps, spikeWeights } = runText(text, { steps: 2, record: ['a'] });
  expect([...trace('a')]).toEqual([5, 5]);
  expect(spikeSteps).toEqual([1, 1, 2, 2]);
  expect(spikeWeights).toEqual([1, 3, 1, 3]);
});

test('a continuous port changes after the conditions: recordings see the value of the next step', () => {
  const text = `model current_neuron:
    state:
        in_update pA = 0 pA
        in_condition pA = 0 pA
    equations:
        recordable inline now pA = I
    input:
        I pA <- continuous
    output:
        spike
    update:
        in_update = I
    onCondition(true):
        in_condition = I
`;
  const { trace } = runText(text, {
    steps: 4,
    currents: {
      I: [
        [5, 0.1, 0.3],
        [2, 0.2, 0.4],
      ],
    },
    record: ['in_update', 'in_condition', 'now'],
  });
  expect([...trace('in_update')]).toEqual([0, 5, 7, 2]);
  expect([...trace('in_condition')]).toEqual([0, 5, 7, 2]);
  expect([...trace('now')]).toEqual([5, 7, 2, 0]);
});
