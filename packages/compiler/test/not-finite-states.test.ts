import { describe, expect, it } from 'vitest';
import { compareText } from './against-reference.ts';

interface Parts {
  readonly equation: string;
  readonly update: readonly string[];
  readonly start?: string;
}

function neuron({ equation, update, start = '0 mV' }: Parts): string {
  return `model hiding_neuron:
    state:
        V mV = ${start}
        x real = 0
        n integer = 0
    equations:
        ${equation}
    input:
        p <- spike
    update:
        n = n + 1
${update.map((line) => `        ${line}\n`).join('')}`;
}

const INTEGRATE_SOMETIMES = ['if n % 2 == 0:', '    integrate_odes()', 'else:', '    x = 1'];

describe('a state that becomes infinite ends the run, also if the same step overwrites it (rule D13):', () => {
  it.each<readonly [string, Parts]>([
    [
      'by a pulse, then cut',
      { equation: "V' = -V / (2 ms) + p * 1e308 mV", update: ['integrate_odes()', 'V = min(V, 30 mV)'] },
    ],
    [
      'by a propagator, then reset',
      {
        equation: "V' = V / (0.001 ms)",
        start: '1e300 mV',
        update: ['integrate_odes()', 'if V > 30 mV:', '    V = 1 mV'],
      },
    ],
    [
      'by a numeric integration, then reset',
      {
        equation: "V' = V * abs(V) / (1 mV * 1 ms)",
        start: '1e3 mV',
        update: ['integrate_odes()', 'if not (V <= 30 mV):', '    V = 1 mV'],
      },
    ],
    [
      'by an integration in a branch',
      {
        equation: "V' = -V / (2 ms) + p * 1e308 mV",
        update: [...INTEGRATE_SOMETIMES, 'V = clip(V, -30 mV, 30 mV)'],
      },
    ],
    [
      'by the constant infinity',
      { equation: "V' = -V / (2 ms)", update: ['integrate_odes()', 'x = inf', 'x = 3'] },
    ],
    [
      'by a difference of infinities',
      { equation: "V' = -V / (2 ms)", update: ['integrate_odes()', 'x = inf - inf * n', 'x = 3'] },
    ],
  ])('%s', (_how, parts) => {
    for (const flavour of ['pair', 'scalar'] as const) {
      const { compiled, reference } = compareText(neuron(parts), {
        steps: 20,
        spikes: [{ port: 'p', step: 3, weight: 10 }],
        record: ['V', 'x'],
        flavour,
      });
      expect(reference.failure).toBeDefined();
      expect(['notFinite', 'stepTooSmall']).toContain(compiled.failure?.kind);
    }
  });

  it('but one that is infinite at first may stay so while it is not integrated', () => {
    const text = neuron({
      equation: "V' = -V / (2 ms)",
      start: '-inf * 1 mV',
      update: ['if n > 3:', '    V = 2 mV', 'if n > 4:', '    integrate_odes()'],
    });
    for (const flavour of ['pair', 'scalar'] as const) {
      const { compiled, reference } = compareText(text, { steps: 9, record: ['V'], flavour });
      expect(reference.failure).toBeUndefined();
      expect(compiled.failure).toBeUndefined();
      expect(compiled.trace('V').slice(0, 4)).toEqual([-Infinity, -Infinity, -Infinity, 2]);
      expect(compiled.trace('V').at(-1)).toBeCloseTo(2 * Math.exp(-0.05), 12);
    }
  });
});
