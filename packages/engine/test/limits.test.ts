import type { SolverChoice } from '@nestml/compiler';
import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, runBlock } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

function blockOf(
  text: string,
  values: Readonly<Record<string, number>>,
  recorded: readonly string[],
  stepNs = 100_000,
  solver: SolverChoice = 'auto',
) {
  const engine = testEngine();
  const creation = createBlock(engine, loadNeuron(engine, compileText(text, { recorded }, solver)), {
    instances: 1,
    stepNs,
    values: new Map(Object.entries(values)),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  return creation.block;
}

const LOOP = `model looping:
  state:
    n integer = 0
  parameters:
    most integer = 10
  update:
    while n < most:
      n += 1
`;

describe('a loop', () => {
  it('may have 10,000,000 iterations in a step, not more (rule D9)', () => {
    const most = 10_000_000;
    const outcome = (iterations: number) =>
      runBlock(blockOf(LOOP, { most: iterations }, ['n']), { steps: 1, inputs: NO_INPUTS });
    expect(outcome(most).failure).toBeUndefined();
    expect(outcome(most + 1).failure).toMatchObject({ kind: 'loop' });
  });
});

const STIFF = `model stiff:
  state:
    V mV = 1 mV
  parameters:
    on real = 1
  equations:
    V' = (20 mV - V) * abs(V) / (1 mV * 0.0001 ms) * on
  input:
    I pA <- continuous
  update:
    integrate_odes()
    if I > 1 pA:
      V = 0 mV
`;

describe('the notice of many sub-steps', () => {
  it('belongs to the run that needed them', () => {
    const block = blockOf(STIFF, {}, ['V'], 100_000, 'dormand-prince');
    const first = runBlock(block, { steps: 3, inputs: NO_INPUTS });
    expect(first.notices).toMatchObject([{ kind: 'many-substeps' }]);
    const currents = [{ port: 'I', firstStep: 3, endStep: 4, value: 2 }];
    runBlock(block, { steps: 2, inputs: { ...NO_INPUTS, currents } });
    expect(runBlock(block, { steps: 3, inputs: NO_INPUTS }).notices).toEqual([]);
  });
});

const ENDING = `model ending:
  state:
    V real = 1
  equations:
    V' = -2 * V**0.5 / ms
  update:
    integrate_odes()
`;

const EXPLODING = `model exploding:
  state:
    V real = 1
  equations:
    V' = V**3 / ms
  update:
    integrate_odes()
`;

describe('a solution that ends in the middle of a step', () => {
  const cases = (['dormand-prince', 'runge-kutta-fehlberg', 'rosenbrock'] as const).flatMap((solver) =>
    [100_000, 300_000, 2_000_000].map((h) => [solver, h] as const),
  );
  it.each(cases)(
    'names the time that was reached and the last good state (rule D13): %s, h = %i ns',
    (solver, h) => {
      const block = blockOf(ENDING, {}, ['V'], h, solver);
      const { failure } = runBlock(block, { steps: 20, inputs: NO_INPUTS });
      expect(failure?.kind).toBe('step-too-small');
      expect(Math.abs(failure!.time - 1)).toBeLessThan(1e-3);
      expect(failure!.step * h).toBeLessThanOrEqual(1_000_000);
      expect(failure!.variable).toBe('V');
      const before = failure!.step * h * 1e-6;
      expect(Math.abs(failure!.lastGood.get('V')! - (1 - before) ** 2)).toBeLessThan(1e-6);
    },
  );

  it.each(['runge-kutta-4', 'forward-euler', 'exponential-euler'] as const)(
    'ends single steps where the state is not finite: %s',
    (solver) => {
      const block = blockOf(EXPLODING, {}, ['V'], 100_000, solver);
      const { failure } = runBlock(block, { steps: 100, inputs: NO_INPUTS });
      expect(failure).toMatchObject({ kind: 'not-finite', variable: 'V' });
      expect(failure!.time).toBeGreaterThan(0.5);
      expect(Number.isFinite(failure!.lastGood.get('V'))).toBe(true);
    },
  );
});
