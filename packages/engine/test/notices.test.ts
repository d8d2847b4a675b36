import { runNeuron } from '@nestml/reference';
import { describe, expect, it } from 'vitest';
import { type BlockOutcome, createBlock, loadNeuron, runBlock } from '../src/index.ts';
import { checkedModel, compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

/** V with pulses, a current without, and a countdown, integrated as these statements and this handler say. */
const model = (update: string, handler: string): string => `model repeated:
  state:
    V mV = 1 mV
    I pA = 1 pA
    left ms = 3 ms
    x real = 1
    x' 1/ms = 0 /ms
  equations:
    V' = -V / (10 ms) + p * 2 mV
    I' = -I / (5 ms)
    left' = -1
    x'' = -x / ms**2
  input:
    p <- spike
  update:
${update}
  onCondition(left < 2.65 ms):
${handler}
`;

const CASES = [
  ['twice in update', '    integrate_odes()\n    integrate_odes(V)', '    I = I'],
  [
    'from some time on',
    '    integrate_odes()\n    if left < 2.75 ms:\n      integrate_odes(I, V)',
    '    I = I',
  ],
  [
    'in a loop',
    '    n integer = 0\n    for n in 0 ... 2 step 1:\n      integrate_odes(left)\n    integrate_odes(V)',
    '    I = I',
  ],
  ['in a handler', '    integrate_odes()', '    integrate_odes(V, x)'],
  [
    'never: in two branches',
    '    if left > 2.8 ms:\n      integrate_odes()\n    else:\n      integrate_odes(V, left)',
    '    I = I',
  ],
] as const;

const STEPS = 8;

function runEngine(text: string): { readonly outcome: BlockOutcome; readonly V: readonly number[] } {
  const engine = testEngine();
  const artefact = compileText(text, { recorded: ['V'] });
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 3,
    stepNs: 100_000,
    values: new Map(),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  const spikes = [2, 4, 5].map((step) => ({ port: 'p', step, weight: 1 }));
  const outcome = runBlock(creation.block, {
    steps: STEPS,
    inputs: { ...NO_INPUTS, spikes },
    record: { every: 1 },
  });
  return { outcome, V: [...outcome.recorded.values[0]!].filter((_, i) => i % 3 === 2) };
}

describe('a variable that is integrated more than once in a step', () => {
  it.each(CASES)('is noticed as by the reference, and moves alike: %s', (_when, update, handler) => {
    const text = model(update, handler);
    const { outcome, V } = runEngine(text);
    const checked = checkedModel(text);
    const symbolOf = (name: string) =>
      checked.states.find(({ symbol }) => symbol.writtenName === name)!.symbol;
    const reference = runNeuron({
      model: checked,
      stepNs: 100_000,
      steps: STEPS,
      values: new Map(),
      currents: [],
      spikes: [2, 4, 5].map((step) => ({ port: checked.ports[0]!, step, weight: 1 })),
      poisson: [],
      record: [{ kind: 'variable', symbol: symbolOf('V') }],
      recordEvery: 1,
      identity: { population: 'neuron', index: 0, seed: 1 },
    });
    const summary = (notices: readonly { kind: string; variable?: string; time: number }[]) =>
      notices.map(({ kind, variable = '', time }) => `${kind} ${variable} ${time}`).sort();
    expect(summary(outcome.notices)).toEqual(summary(reference.notices));
    expect(outcome.notices.length > 0).toBe(!_when.startsWith('never'));
    V.forEach((value, i) => {
      expect(Math.abs(value - reference.recorded[0]![i]!)).toBeLessThan(1e-11);
    });
  });

  it('is noticed anew in each run, with the place of its declaration', () => {
    const text = model('    integrate_odes()\n    integrate_odes(V)', '    I = I');
    const { outcome } = runEngine(text);
    expect(outcome.notices).toMatchObject([{ kind: 'integrated-twice', variable: 'V', step: 0, time: 0.1 }]);
    const [notice] = outcome.notices;
    if (notice?.kind !== 'integrated-twice') throw new Error('another notice');
    expect(text.slice(notice.place?.start, notice.place?.end)).toContain('V');
  });
});
