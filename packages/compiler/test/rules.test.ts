import { describe, it } from 'vitest';
import { expectSame } from './compare.ts';
import { checkedModel } from './models.ts';
import type { Stimulus } from './simulate.ts';

const CLOSE = { relative: 1e-9, absolute: 1e-9 };

const base: Omit<Stimulus, 'record'> = { stepNs: 100_000, steps: 60, tolerance: 1e-12 };

/** The model and the reference interpreter give the same courses, spikes and texts. */
function agree(text: string, stimulus: Partial<Stimulus> & Pick<Stimulus, 'record'>): void {
  expectSame(checkedModel(text), { ...base, ...stimulus }, CLOSE);
}

describe('rules of meaning, against the reference interpreter', () => {
  it('D2: pulses act at the end of the first integration and not on a variable that is not listed', () => {
    const text = `
model pulses_neuron:
    state:
        V_m mV = -70 mV
        x real = 0.25
        y real = 0

    equations:
        kernel pulse = delta(t)
        V_m' = -(V_m + 70 mV) / tau + 2 mV * (convolve(pulse, exc) - convolve(pulse, inh)) / 1 ms
        x' = -x / tau + (1 - x) * exc
        y' = -y * x / tau + exc * V_m / 1 mV

    parameters:
        tau ms = 4 ms

    input:
        exc <- excitatory spike
        inh <- inhibitory spike

    update:
        integrate_odes(V_m, y)
        if V_m < -66 mV:
            integrate_odes(V_m, x)
`;
    const spikes = [3, 4, 4, 9, 20, 41].flatMap((step, i) => [
      { port: 'exc', step, weight: 1 + i / 4 },
      { port: 'inh', step: step + 2, weight: 0.5 },
    ]);
    agree(text, { spikes, record: ['V_m', 'x', 'y'] });
  });

  it('D2: pulses move the highest derivative, and unlisted variables stay', () => {
    const text = `
model oscillator_neuron:
    state:
        x mV = 1 mV
        x' mV/ms = 0 mV/ms
        y real = 1
        z real = 1

    equations:
        x'' = -x / tau**2 - y * x' / tau + in_port * 1 mV / tau + I / (1 pF * tau)
        y' = -z * y / tau
        z' = -z / tau

    parameters:
        tau ms = 3 ms

    input:
        in_port <- spike
        I pA <- continuous

    update:
        if t < 3 ms:
            integrate_odes(x)
        else:
            integrate_odes()
`;
    agree(text, {
      spikes: [{ port: 'in_port', step: 7, weight: 2 }],
      currents: [{ port: 'I', firstStep: 15, endStep: 40, value: 3 }],
      record: ['x', "x'", 'y', 'z'],
    });
  });

  it('D2: convolutions with functions and equations, scalar and vector ports', () => {
    const text = `
model kernels_neuron:
    state:
        x real = 0
        w real = 0
        g real = 0
        g' 1/ms = 1 / tau
        a real = 1
        b real = 0.5

    equations:
        kernel K = v * exp(-t / tau) + (1 - v) * t / tau * exp(-t / slow)
        kernel g'' = -2 / tau * g' - g / tau**2
        kernel a' = -a / tau + b / slow, b' = -b / slow
        inline drive real = convolve(K, exc) - convolve(g, inh[1]) + convolve(K, inh[0])
        x' = (-x + drive + I_in[1] / 1 pA) / tau
        w' = (-w * w + drive + convolve(a, exc) * convolve(b, exc)) / slow

    parameters:
        n integer = 2
        tau ms = 2 ms
        slow ms = 7 ms
        v real = 0.75

    input:
        exc <- spike
        inh[n] <- spike
        I_in[n] pA <- continuous

    output:
        spike

    update:
        integrate_odes()

    onReceive(inh[1]):
        x += inh[1] * 0.01 s

    onCondition(drive > 1.5):
        emit_spike()
`;
    agree(text, {
      spikes: [
        { port: 'exc', step: 2, weight: 1.5 },
        { port: 'inh[1]', step: 5, weight: 2 },
        { port: 'inh[0]', step: 11, weight: 3 },
        { port: 'exc', step: 20, weight: 1.5 },
      ],
      currents: [{ port: 'I_in[1]', firstStep: 10, endStep: 30, value: 0.5 }],
      record: ['x', 'w', 'drive'],
    });
  });

  it('D2: functions in equations read states and convolutions inside the step', () => {
    const text = `
model functions_neuron:
    state:
        x real = 1
        y real = 1

    equations:
        kernel K = exp(-t / tau)
        inline drive real = convolve(K, spikes)
        x' = rate(2) * (1 - x) + summed(1) / tau
        y' = (level(y, x) - y) / tau

    parameters:
        tau ms = 2 ms

    input:
        spikes <- spike

    update:
        integrate_odes()

    function rate(a real) 1/ms:
        return a * y / tau

    function level(a real, b real) real:
        if a > 0.5:
            return b
        elif a > 0.25:
            return drive
        return 2 * b

    function summed(a real) real:
        i integer = 0
        for i in 0 ... 3 step 1:
            a += drive + i * x
        return a / 10
`;
    agree(text, {
      spikes: [4, 20, 21].map((step) => ({ port: 'spikes', step, weight: 1.5 })),
      record: ['x', 'y'],
    });
  });

  it('D3: countdowns count, inside a step too, and a time is rounded when it is set', () => {
    const text = `
model timers_neuron:
    state:
        timer ms = 0.70000049 ms
        level real = 1
        filled real = 1
        x real = 1
        y ms = 1 ms

    equations:
        timer' = -1
        level' = rate
        filled' = rate + spikes
        x' = -x * (1 + timer / 1 ms) / 5 ms
        y' = -y / 5 ms + timer / 5 ms

    parameters:
        rate 1/ms = -0.3 / 1 ms

    input:
        spikes <- spike

    update:
        integrate_odes(filled)
        if timer > 0 ms:
            integrate_odes(timer, x, y)
        else:
            integrate_odes(level, x)

    onCondition(level < 0):
        level = 1
        timer = 0.95 ms
`;
    const spikes = [2, 3, 17].map((step) => ({ port: 'spikes', step, weight: 1.5 }));
    agree(text, { spikes, record: ['timer', 'level', 'filled', 'x', 'y'] });
  });

  it('D7, D8, D15: units, integers, clock functions, and what is printed', () => {
    const text = `
model units_neuron:
    state:
        V V = -0.065 V
        n integer = 7
        k integer = steps(0.25 ms)
        on boolean = false
        r real = 0

    parameters:
        T s = 0.002 s

    update:
        V += 0.5 mV
        n = n / 2 + 4 * r
        r = n // 2 + (n % 3) + ((n & 6) | 1)
        on = n > 4 and not on
        k = k + steps(T) % 7
        r += round(V) / 1 V + ceil(T) / 1 s
        if t > 1.95 ms and t < 2.05 ms:
            print("V is {V}, n is {n}, on is {on}, T is {T}")
            println("h " + "ms")
`;
    agree(text, { record: ['V', 'n', 'k', 'on', 'r'], steps: 40 });
  });

  it('D9: loops, locals and functions', () => {
    const text = `
model statements_neuron:
    state:
        x real = 0
        i integer = 0
        total real = 0

    parameters:
        n integer = 5

    update:
        j integer = 0
        for j in 0 ... n step 2:
            x += j
            if j == 2:
                j = 3
        for i in n ... 0 step -1:
            total += half(i)
        while total > 20:
            total -= 7.5
            k integer = total
            x -= k
        y real = shift(2)
        x += y * factorial(4) / 100

    function half(a real) real:
        return a / 2

    function shift(by real) real:
        k integer = 0
        for k in 0 ... 3 step 1:
            by += k
        return total + by

    function factorial(m integer) real:
        if m <= 1:
            return 1
        return m * factorial(m - 1)
`;
    agree(text, { record: ['x', 'i', 'total'], steps: 20 });
  });

  it('D11: values set by hand, and everything that is derived from them', () => {
    const text = `
model initial_neuron:
    state:
        x real = b + c
        y real = x * 2

    parameters:
        a real = 1
        b real = 2 * a
        n integer = b

    internals:
        c real = n + a

    equations:
        x' = -x / 5 ms

    update:
        integrate_odes()
`;
    agree(text, { set: { a: 1.3, y: 4 }, record: ['x', 'y', 'b', 'n', 'c'], steps: 3 });
  });
});
