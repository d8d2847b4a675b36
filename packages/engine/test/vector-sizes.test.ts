import { createPlan, generateNeuron, solveModel, wasmTarget } from '@nestml/compiler';
import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, readVariable, runBlock } from '../src/index.ts';
import { checkedModel } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

const model = (role: 'parameter' | 'state'): string => `model sums:
  state:
    s real = 0${role === 'state' ? '\n    x[n] real = 2' : ''}
  parameters:
    n integer = 3${role === 'parameter' ? '\n    x[n] real = 2' : ''}
  update:
    s = s + x[n - 1]
`;

function planOf(role: 'parameter' | 'state', size: number): ReturnType<typeof createPlan> {
  const { model: solved } = solveModel(checkedModel(model(role)));
  return createPlan(solved!, { sizes: { x: size } });
}

describe.each(['parameter', 'state'] as const)('a vector as %s', (role) => {
  it.each([1, 1000, 2000])('has %d elements', { timeout: 60_000 }, (size) => {
    const planned = planOf(role, size);
    if ('problem' in planned) throw new Error(planned.problem);
    expect(wasmTarget.limitationsOfPlan(planned.plan)).toEqual([]);
    const engine = testEngine();
    const creation = createBlock(engine, loadNeuron(engine, generateNeuron(planned.plan)), {
      instances: 3,
      stepNs: 100_000,
      values: new Map([
        ['n', size],
        [`x[${size - 1}]`, 5],
      ]),
      identity: { population: 'neuron', firstIndex: 0, seed: 1 },
    });
    if (!creation.ok) throw new Error(creation.failure.kind);
    const { failure } = runBlock(creation.block, { steps: 7, inputs: NO_INPUTS });
    expect(failure).toBeUndefined();
    expect([...readVariable(creation.block, 's')]).toEqual([35, 35, 35]);
    expect([...readVariable(creation.block, 'x[0]')]).toEqual(size === 1 ? [5, 5, 5] : [2, 2, 2]);
  });

  it.each([0, -1, 1.5, Number.NaN])('cannot have %d elements', (size) => {
    expect(planOf(role, size)).toMatchObject({
      problem: `the size of x must be an integer ≥ 1, not ${size}`,
    });
  });

  it.each([2001, 100_000])('is refused before anything is generated if it has %d elements', (size) => {
    const planned = planOf(role, size);
    if ('problem' in planned) throw new Error(planned.problem);
    const [refusal, ...others] = wasmTarget.limitationsOfPlan(planned.plan);
    expect(others).toEqual([]);
    expect(refusal?.what).toContain(`${size} elements together, most of them x; at most 2000`);
    const { start, end } = refusal!.span;
    expect(model(role).slice(start, end)).toContain('x');
  });
});
