import { expect, test } from 'vitest';
import { firstDifference } from './compare.ts';
import { runText } from './run-text.ts';

const lines = (...text: string[]) => `${text.join('\n')}\n`;

const DELTA = (equation: string, update: readonly string[]) =>
  lines(
    'model delta_neuron:',
    '    state:',
    '        V mV = 0 mV',
    '        W mV = 0 mV',
    '        seen mV = 0 mV',
    '        refr ms = 0 ms',
    '    parameters:',
    '        tau ms = 10 ms',
    '        u mV = 2 mV',
    '    equations:',
    '        kernel G = delta(t)',
    `        V' = ${equation}`,
    "        W' = -W / tau + u * p",
    "        refr' = -1",
    '    input:',
    '        p <- spike',
    '    output:',
    '        spike',
    '    update:',
    ...update.map((line) => `        ${line}`),
    '    onReceive(p):',
    '        seen = V',
  );

const RIGHT_HAND_SIDES = [
  '-V / tau + u * p',
  'u * p - V / tau',
  '-V / tau + u * convolve(G, p) / (1 ms)',
  '-(V - u * p * tau) / tau',
];

test.each(RIGHT_HAND_SIDES)(
  "V' = %s jumps by coefficient times weight, after the integration and before handlers",
  (side) => {
    const { trace } = runText(DELTA(side, ['integrate_odes()']), {
      steps: 20,
      spikes: {
        p: [
          [0.5, 3],
          [0.5, -1],
          [1.2, 1],
        ],
      },
      record: ['V', 'seen'],
    });
    const expected = Array.from({ length: 20 }, (_, i) => {
      const t = (i + 1) * 0.1;
      return (t > 0.45 ? 4 * Math.exp(-(t - 0.5) / 10) : 0) + (t > 1.15 ? 2 * Math.exp(-(t - 1.2) / 10) : 0);
    });
    expect(firstDifference(trace('V'), expected, { relative: 1e-11 })).toBeUndefined();
    expect(trace('seen')[4]).toBe(trace('V')[4]);
  },
);

test('a pulse on a variable that is not integrated in its step is lost, others receive it', () => {
  const update = ['if refr > 0 ms:', '    integrate_odes(W, refr)', 'else:', '    integrate_odes(V, W)'];
  const { trace } = runText(DELTA('-V / tau + u * p', update), {
    steps: 6,
    set: { refr: 0.3 },
    spikes: {
      p: [
        [0.2, 1],
        [0.5, 1],
      ],
    },
    record: ['V', 'W', 'refr'],
  });
  expect([...trace('V')].slice(0, 5)).toEqual([0, 0, 0, 0, 2]);
  expect(trace('W')[1]).toBe(2);
  expect(trace('W')[4]).toBeGreaterThan(3.9);
  expect([...trace('refr')]).toEqual([0.2, 0.1, 0, 0, 0, 0]);
});

test('integrated twice in a step, a variable advances twice, receives the pulse once, and there is one notice', () => {
  const { trace, notices } = runText(DELTA('-V / tau + u * p', ['integrate_odes(V)', 'integrate_odes(V)']), {
    steps: 4,
    set: { V: 1 },
    spikes: { p: [[0.3, 1]] },
    record: ['V'],
  });
  const decay = Math.exp(-0.01);
  const before = decay ** 4;
  const expected = [decay ** 2, before, (before * decay + 2) * decay, (before * decay + 2) * decay ** 3];
  expect(firstDifference(trace('V'), expected, { relative: 1e-11 })).toBeUndefined();
  expect(notices).toMatchObject([{ kind: 'integrated-twice', variable: 'V', time: 0.1 }]);
});

test('a handler that integrates a variable for the first time gives it the pulse', () => {
  const text = DELTA('-V / tau + u * p', ['integrate_odes(W)']).replace('seen = V', 'integrate_odes(V)');
  const { trace, notices } = runText(text, { steps: 2, spikes: { p: [[0.1, 1]] }, record: ['V', 'W'] });
  expect([...trace('V')]).toEqual([2, 2]);
  expect(trace('W')[0]).toBe(2);
  expect(notices).toEqual([]);
});

test('the coefficient may depend on the state and is evaluated after the integration, for all jumps before the first', () => {
  const text = `model tsodyks_neuron:
    state:
        x real = 1
        y real = 0
    parameters:
        tau ms = 5 ms
        U real = 0.4
    equations:
        inline release 1/ms = U * x * p
        x' = (1 - x) / tau - release
        y' = -y / tau + release
    input:
        p <- spike
    output:
        spike
    update:
        integrate_odes()
`;
  const { trace } = runText(text, {
    steps: 12,
    spikes: {
      p: [
        [0.1, 1],
        [1.1, 1],
      ],
    },
    record: ['x', 'y'],
  });
  expect(trace('x')[0]).toBe(0.6);
  expect(trace('y')[0]).toBe(0.4);
  const x = 1 - 0.4 * Math.exp(-0.2);
  expect(trace('x')[10]).toBeCloseTo(0.6 * x, 11);
  expect(trace('y')[10]).toBeCloseTo(0.4 * Math.exp(-0.2) + 0.4 * x, 11);
});

test('in an equation of second order the pulse acts on the first derivative', () => {
  const text = `model second_neuron:
    state:
        x real = 0
        x' 1/ms = 0 1/ms
    equations:
        x'' = p / (2 ms)
    input:
        p <- spike
    output:
        spike
    update:
        integrate_odes(x)
`;
  const { trace } = runText(text, { steps: 3, spikes: { p: [[0.1, 4]] }, record: ['x', "x'"] });
  expect(firstDifference(trace('x'), [0, 0.2, 0.4], { absolute: 1e-14 })).toBeUndefined();
  expect([...trace("x'")]).toEqual([2, 2, 2]);
});

test('in a statement a port is the sum of the weights over 1 s, whatever the step', () => {
  const text = `model reading_neuron:
    state:
        w real = 0
        raw 1/s = 0 1/s
    input:
        p <- spike
    output:
        spike
    update:
        raw = p
    onReceive(p):
        w += p * 1 s
`;
  for (const h of [0.1, 0.5, 1]) {
    const { trace } = runText(text, {
      h,
      steps: 3,
      spikes: {
        p: [
          [2 * h, 3],
          [2 * h, 4.5],
        ],
      },
      record: ['w', 'raw'],
    });
    expect([...trace('w')]).toEqual([0, 7.5, 7.5]);
    expect([...trace('raw')]).toEqual([0, 0.0075, 0]);
  }
});

test('variables that are not listed stay constant, convolutions advance and receive all the same', () => {
  const text = `model partial_neuron:
    state:
        V mV = 1 mV
        W mV = 1 mV
        k real = 1
    equations:
        kernel K = exp(-t / (2 ms))
        kernel k' = -k / (2 ms)
        V' = -V / (1 ms)
        W' = (V - W) / (1 ms) + 0 * convolve(K, p) * convolve(k, p) * 1 mV/ms
    input:
        p <- spike
    output:
        spike
    update:
        if t > 0.25 ms:
            integrate_odes(W)
`;
  const { trace } = runText(text, {
    steps: 5,
    spikes: { p: [[0.1, 2]] },
    record: ['V', 'W', 'convolve(K, p)', 'convolve(k, p)'],
  });
  expect([...trace('V')]).toEqual([1, 1, 1, 1, 1]);
  expect([...trace('W')]).toEqual([1, 1, 1, 1, 1]);
  const expected = [0, 1, 2, 3, 4].map((i) => 2 * Math.exp(-i * 0.05));
  expect(firstDifference(trace('convolve(K, p)'), expected, { relative: 1e-14 })).toBeUndefined();
  expect(firstDifference(trace('convolve(k, p)'), expected, { relative: 1e-11 })).toBeUndefined();
});

test('the coefficient of a pulse may contain a convolution, which counts as statements see it', () => {
  const text = `model gated_neuron:
    state:
        V mV = 0 mV
    equations:
        kernel K = exp(-t / (2 ms))
        V' = convolve(K, q) * p * 1 mV
    input:
        p <- spike
        q <- spike
    output:
        spike
    update:
        integrate_odes()
`;
  const { trace } = runText(text, {
    steps: 12,
    spikes: {
      q: [
        [0.2, 3],
        [1, 1],
      ],
      p: [
        [0.2, 5],
        [1, 2],
      ],
    },
    record: ['V'],
  });
  // At 0.2 ms the spike of q has not arrived for the update; at 1 ms its convolution is that of the start of the step, 0.9 ms.
  const expected = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1].map((on) => on * 6 * Math.exp(-0.35));
  expect(firstDifference(trace('V'), expected, { relative: 1e-13 })).toBeUndefined();
});
