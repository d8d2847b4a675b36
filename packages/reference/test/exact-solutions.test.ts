import { expect, test, vi } from 'vitest';
import { firstDifference } from './compare.ts';
import { runText } from './run-text.ts';

const times = (steps: number, h = 0.1) => Float64Array.from({ length: steps }, (_, i) => (i + 1) * h);

const LEAKY = `model leaky_neuron:
    state:
        V mV = E_L
    parameters:
        E_L mV = -65 mV
        tau ms = 10 ms
        C pF = 250 pF
    equations:
        V' = -(V - E_L) / tau + I / C
    input:
        I pA <- continuous
    output:
        spike
    update:
        integrate_odes()
`;

test('a leaky membrane under a current step follows the exponential to 1e-11', () => {
  const { trace } = runText(LEAKY, { steps: 1000, currents: { I: [[500, 20, 60]] }, record: ['V'] });
  const expected = times(1000).map((t) => {
    const peak = ((500 * 10) / 250) * (1 - Math.exp(-(Math.min(t, 60) - 20) / 10));
    return -65 + (t <= 20 ? 0 : t <= 60 ? peak : peak * Math.exp(-(t - 60) / 10));
  });
  expect(firstDifference(trace('V'), expected, { relative: 1e-11 })).toBeUndefined();
});

test('the result does not depend on the length of the step beyond 1e-11', () => {
  const coarse = runText(LEAKY, { h: 1, steps: 100, currents: { I: [[500, 20, 60]] }, record: ['V'] });
  const fine = runText(LEAKY, {
    steps: 1000,
    recordEvery: 10,
    currents: { I: [[500, 20, 60]] },
    record: ['V'],
  });
  expect(firstDifference(coarse.trace('V'), fine.trace('V'), { relative: 1e-11 })).toBeUndefined();
  expect(fine.recordedSteps.slice(0, 3)).toEqual([10, 20, 30]);
});

const ALPHA_THREE_WAYS = `model alpha_neuron:
    state:
        V mV = 0 mV
        W mV = 0 mV
        U mV = 0 mV
        K2 real = 0
        K2' 1/ms = e / tau_s
        y real = 0
        dy 1/ms = 0 / ms
    parameters:
        tau ms = 10 ms
        tau_s ms = 2 ms
        C pF = 100 pF
    equations:
        kernel K1 = (e / tau_s) * t * exp(-t / tau_s)
        kernel K2'' = -2 / tau_s * K2' - K2 / tau_s**2
        y' = dy
        dy' = -2 / tau_s * dy - y / tau_s**2
        V' = -V / tau + 1 pA * convolve(K1, p) / C
        W' = -W / tau + 1 pA * convolve(K2, p) / C
        U' = -U / tau + 1 pA * y / C
    input:
        p <- spike
    output:
        spike
    update:
        integrate_odes()
    onReceive(p):
        dy += e / tau_s * p * 1 s
`.replace('0 / ms', '0 1/ms');

test('an alpha kernel as a function, as a kernel ODE and as a state with a handler gives the closed form', () => {
  const spikes = [
    [3, 500],
    [3.7, -200],
    [11.5, 800],
  ] as const;
  const { trace, failure } = runText(ALPHA_THREE_WAYS, {
    steps: 400,
    spikes: { p: spikes },
    record: ['V', 'W', 'U', 'y', 'convolve(K1, p)', 'convolve(K2, p)'],
  });
  expect(failure).toBeUndefined();
  const [tau, tauS, C] = [10, 2, 100];
  const sumOver = (response: (s: number) => number) =>
    times(400).map((t) =>
      spikes.reduce(
        (sum, [at, weight]) => sum + (t >= at - 1e-9 ? weight * response(Math.max(t - at, 0)) : 0),
        0,
      ),
    );
  const alpha = sumOver((s) => (Math.E / tauS) * s * Math.exp(-s / tauS));
  for (const name of ['y', 'convolve(K1, p)', 'convolve(K2, p)']) {
    expect(firstDifference(trace(name), alpha, { relative: 1e-11, absolute: 1e-10 })).toBeUndefined();
  }
  // Convolution of exp(-s/tau) with the alpha function, with b = 1/tauS - 1/tau.
  const b = 1 / tauS - 1 / tau;
  const membrane = sumOver(
    (s) =>
      (Math.E / tauS / C) *
      Math.exp(-s / tau) *
      ((1 - Math.exp(-b * s)) / b ** 2 - (s * Math.exp(-b * s)) / b),
  );
  for (const name of ['V', 'W', 'U']) {
    expect(firstDifference(trace(name), membrane, { relative: 1e-10, absolute: 1e-10 })).toBeUndefined();
  }
});

test('a difference of exponentials as a coupled kernel equals the same as a function', () => {
  const text = `model beta_neuron:
    state:
        g real = 0
        h 1/ms = (1 / tau_1 - 1 / tau_2)
        V mV = 0 mV
    parameters:
        tau_1 ms = 0.5 ms
        tau_2 ms = 5 ms
    equations:
        kernel g' = h - g / tau_2,
               h' = -h / tau_1
        kernel D = exp(-t / tau_2) - exp(-t / tau_1)
        V' = -V / (10 ms) + convolve(g, p) * 1 mV/ms
    input:
        p <- spike
    output:
        spike
    update:
        integrate_odes()
`;
  const { trace } = runText(text, {
    steps: 300,
    spikes: { p: [[2, 3]] },
    record: ['convolve(g, p)', 'convolve(D, p)', 'convolve(h, p)', 'V'],
  });
  const expected = times(300).map((t) =>
    t < 1.95 ? 0 : 3 * (Math.exp(-(t - 2) / 5) - Math.exp(-(t - 2) / 0.5)),
  );
  const component = times(300).map((t) => (t < 1.95 ? 0 : 3 * (2 - 0.2) * Math.exp(-(t - 2) / 0.5)));
  expect(firstDifference(trace('convolve(D, p)'), expected, { absolute: 1e-13 })).toBeUndefined();
  expect(firstDifference(trace('convolve(g, p)'), expected, { absolute: 1e-11 })).toBeUndefined();
  expect(firstDifference(trace('convolve(h, p)'), component, { absolute: 1e-11 })).toBeUndefined();
});

test('a damped oscillator of second order follows its closed form', () => {
  const text = `model oscillator_neuron:
    state:
        x real = 1
        x' 1/ms = 0 1/ms
    parameters:
        gamma 1/ms = 0.1 1/ms
        omega 1/ms = 2 1/ms
    equations:
        x'' = -2 * gamma * x' - omega**2 * x
    output:
        spike
    update:
        integrate_odes(x)
`;
  const { trace } = runText(text, { steps: 500, record: ['x', "x'"] });
  const nu = Math.sqrt(4 - 0.01);
  const x = times(500).map((t) => Math.exp(-0.1 * t) * (Math.cos(nu * t) + (0.1 / nu) * Math.sin(nu * t)));
  const velocity = times(500).map((t) => -Math.exp(-0.1 * t) * (4 / nu) * Math.sin(nu * t));
  expect(firstDifference(trace('x'), x, { absolute: 1e-10 })).toBeUndefined();
  expect(firstDifference(trace("x'"), velocity, { absolute: 1e-10 })).toBeUndefined();
});

test('the logistic equation follows its closed form', () => {
  const text = `model logistic_neuron:
    state:
        x real = 0.01
    equations:
        x' = x * (1 - x) / (2 ms)
    output:
        spike
    update:
        integrate_odes()
`;
  const { trace } = runText(text, { steps: 300, record: ['x'] });
  const expected = times(300).map((t) => 1 / (1 + 99 * Math.exp(-t / 2)));
  expect(firstDifference(trace('x'), expected, { relative: 1e-10 })).toBeUndefined();
});

test('a Hodgkin-Huxley membrane agrees at 0.1 ms and 0.05 ms steps to 1e-8 mV', () => {
  const text = `model squid_neuron:
    state:
        V mV = -65 mV
        m real = 0.0529
        h real = 0.5961
        n real = 0.3177
    parameters:
        C pF = 100 pF
    equations:
        inline v real = V / 1 mV
        inline a_m 1/ms = 0.1 / 1 ms * (v + 40.013) / (1 - exp(-(v + 40.013) / 10))
        inline b_m 1/ms = 4 / 1 ms * exp(-(v + 65) / 18)
        inline a_h 1/ms = 0.07 / 1 ms * exp(-(v + 65) / 20)
        inline b_h 1/ms = 1 / 1 ms / (1 + exp(-(v + 35) / 10))
        inline a_n 1/ms = 0.01 / 1 ms * (v + 55.017) / (1 - exp(-(v + 55.017) / 10))
        inline b_n 1/ms = 0.125 / 1 ms * exp(-(v + 65) / 80)
        m' = a_m * (1 - m) - b_m * m
        h' = a_h * (1 - h) - b_h * h
        n' = a_n * (1 - n) - b_n * n
        V' = (-12 uS * m**3 * h * (V - 50 mV) - 3.6 uS * n**4 * (V + 77 mV) - 30 nS * (V + 54.4 mV) + I) / C
    input:
        I pA <- continuous
    output:
        spike
    update:
        integrate_odes()
`;
  const currents = { I: [[1000, 5, 40]] } as const;
  const coarse = runText(text, { steps: 500, currents, record: ['V'] });
  const fine = runText(text, { h: 0.05, steps: 1000, recordEvery: 2, currents, record: ['V'] });
  expect(Math.max(...coarse.trace('V'))).toBeGreaterThan(20);
  expect(firstDifference(coarse.trace('V'), fine.trace('V'), { absolute: 1e-8 })).toBeUndefined();
});

test.each([
  ['A', '1e-10 A', 100],
  ['F', '3e-11 F', 30],
  ['S', '2e-9 S', 2],
  ['V', '1e-6 V', 1e-3],
  ['pA', '1e-3 pA', 1e-3],
  ['nV', '2 nV', 2e-6],
])('a state declared in %s decays like exp whatever the size of its unit', (unit, start, canonical) => {
  const text = `model si_neuron:
    state:
        x ${unit} = ${start}
        g 1/ms = 0.5 1/ms
    equations:
        g' = -g / (1e9 ms)
        x' = -x * g
    output:
        spike
    update:
        integrate_odes()
`;
  const { trace } = runText(text, { steps: 50, h: 1, record: ['x'] });
  const expected = times(50, 1).map((t) => canonical * Math.exp(-t / 2));
  expect(
    firstDifference(trace('x'), expected, { absolute: 1e-7 * canonical, relative: 1e-7 }),
  ).toBeUndefined();
});

test('the absolute tolerance is that of the declared or of the canonical unit, whichever is smaller', () => {
  const substeps = (unit: string, absolute: number) => {
    const text = `model stiff_neuron:
    state:
        x ${unit} = 1000 mV
    equations:
        x' = -(x - 1000 mV * sin(1e4 * y)) / (1 ms)
        y' = 1 / (1 ms) + 0 * y / (1 ms)
    output:
        spike
    update:
        integrate_odes()
`.replace('equations', '    y real = 0\n    equations');
    const tolerance = { relative: 0, absolute };
    const { notices } = runText(text, { h: 1, steps: 1, tolerance });
    const [notice] = notices;
    return notice?.kind === 'many-substeps' ? notice.substeps : 0;
  };
  expect(substeps('V', 1e-3)).toBe(substeps('mV', 1e-3));
  expect(substeps('uV', 1)).toBe(substeps('mV', 1e-3));
  expect(substeps('mV', 1e-3)).toBeLessThan(0.8 * substeps('mV', 1e-5));
});

test('an integration begins with the sub-step at which the last one of its statement ended', () => {
  const text = `model rotating_neuron:
    state:
        x real = 1
        y real = 0
    parameters:
        omega 1/ms = 6.283185307179586 / (0.1 ms)
    equations:
        x' = y * omega * tan(pi / 4)
        y' = -x * omega
    output:
        spike
    update:
        integrate_odes()
`;
  const evaluations = (steps: number) => {
    const tangent = vi.spyOn(Math, 'tan');
    expect(runText(text, { steps }).failure).toBeUndefined();
    const { length } = tangent.mock.calls;
    tangent.mockRestore();
    return length;
  };
  const [one, two, three] = [evaluations(1), evaluations(2), evaluations(3)];
  // The first trial is the whole step: at least three sub-steps of six evaluations are rejected before one is short enough.
  expect(two - one).toBeLessThanOrEqual(one - 18);
  expect(Math.abs(three - two - (two - one))).toBeLessThanOrEqual(12);
});

test('an inline of an equation is evaluated once for all its uses, at each stage anew', () => {
  const chain = Array.from({ length: 18 }, (_, i) => `        inline c${i + 1} real = (c${i} + c${i}) / 2`);
  const text = `model chain_neuron:
    state:
        x real = 1
    equations:
        inline c0 real = tan(pi / 4) * x
${chain.join('\n')}
        x' = -c18 / (2 ms) + 0 * c18 / (1 ms)
    output:
        spike
    update:
        integrate_odes()
`;
  const tangent = vi.spyOn(Math, 'tan');
  const { trace } = runText(text, { steps: 10, record: ['x'] });
  const { length } = tangent.mock.calls;
  tangent.mockRestore();
  expect(length).toBeLessThan(10 * 100);
  const expected = times(10).map((t) => Math.exp(-t / 2));
  expect(firstDifference(trace('x'), expected, { relative: 1e-11 })).toBeUndefined();
});
