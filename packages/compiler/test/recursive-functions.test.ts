import { describe, expect, it } from 'vitest';
import { compareText } from './against-reference.ts';

/** A function that calls itself and reads what the equation of V moves, or what moves beside it. */
function neuron(state: string, equation: string, result: string): string {
  return `model recursive_neuron:
    state:
        V mV = 10 mV
        ${state}
    equations:
        V' = -f(3) * 1 mV/ms
        ${equation}
    input:
        exc <- spike
    update:
        integrate_odes()
    function f(n integer) real:
        if n <= 0:
            return ${result}
        return f(n - 1)
`;
}

describe('a function that calls itself, in an equation that is integrated in stages, sees', () => {
  it.each([
    ['the state of the equation', neuron('', '', 'V / (1 mV)')],
    ['a state that moves beside it', neuron('w real = 3', "w' = -w / (2 ms)", 'w * V / (1 mV)')],
    [
      'a countdown in nanoseconds',
      neuron('c ms = 1.05 ms', "c' = -1", '(c > 0 ms ? c : 0 ms) * V / (1 mV*ms)'),
    ],
    ['a countdown with a rate of its own', neuron('c real = 2', "c' = -0.7 / ms", 'c * V / (1 mV)')],
    [
      'a convolution',
      neuron(
        '',
        'kernel K = exp(-t / (0.7 ms))\n        inline g real = convolve(K, exc)',
        '(g + 0.1) * V / (1 mV)',
      ),
    ],
  ])('%s at the time of the stage', (_what, text) => {
    const { compiled, differences } = compareText(text, {
      steps: 20,
      spikes: [{ port: 'exc', step: 3, weight: 2 }],
      toleranceFactor: 1e-5,
    });
    expect(compiled.failure).toBeUndefined();
    for (const [name, { relative }] of differences) expect([name, relative < 1e-9]).toEqual([name, true]);
  });
});

describe('calls inside each other (rule D9)', () => {
  const text = `model deep_neuron:
    state:
        x real = 0
    parameters:
        depth integer = 250
    input:
        exc <- spike
    update:
        x = f(depth - 1)
    function f(n integer) real:
        if n <= 0:
            return 1
        return f(n - 1) + 1
`;

  it.each([[249], [250]])('may be %i', (depth) => {
    const { compiled, reference } = compareText(text, { steps: 2, set: { depth } });
    expect(reference.failure).toBeUndefined();
    expect(compiled.failure).toBeUndefined();
    expect(compiled.trace('x').at(-1)).toBe(depth);
  });

  it.each([[251], [252]])('may not be %i', (depth) => {
    const { compiled, reference } = compareText(text, { steps: 2, set: { depth } });
    expect(reference.failure).toMatchObject({ kind: 'execution' });
    expect(compiled.failure).toMatchObject({ kind: 'recursion' });
  });
});
