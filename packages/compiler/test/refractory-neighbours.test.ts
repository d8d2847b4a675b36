import { describe, expect, it } from 'vitest';
import { differByCountdowns } from '../src/targets/wasm/neuron/equal-variants.ts';
import { checkedModel, solvedModel } from './models.ts';
import { createBlock, type RunResult } from './neuron-block.ts';

/** The membrane moves whether or not the refractory time counts; spikes kick it, and statements follow the integrations. */
const TEXT = `model restless:
    state:
        v real = 0.1
        u real = 0
        a real = 1
        refr ms = 0 ms
        n integer = 0
        before real = 0
    equations:
        kernel K = exp(-t / (2 ms))
        v' = (v - v**3 - u + drive + convolve(K, p)) / tau + p * 0.1
        u' = 0.2 * (v + 0.5 - u * a) / (1 ms)
        a' = (1 - a) / (7 ms)
        refr' = -1
    parameters:
        drive real = 0.4
        tau ms = 0.2 ms
    input:
        p <- spike
    output:
        spike
    update:
        before = v
        if refr > 0 ms:
            integrate_odes(v, u, a, refr)
            n += 1
        else:
            integrate_odes(v, u, a)
            n -= 1
    onCondition(refr <= 0 ms and v > 0.8):
        refr = 3.3 ms
        a += 0.1
        emit_spike()
`;

const STEPS = 400;
const DRIVES = [0.9, 0.35, 0.62, 0.8, 0.55];
const NAMES = ['v', 'u', 'a', 'refr', 'n'] as const;

function live(drives: readonly number[], flavour: 'pair' | 'scalar') {
  const result = createBlock(solvedModel(checkedModel(TEXT)), {
    flavour,
    instances: drives.length,
    perInstance: ['drive'],
    set: { drive: drives },
  }).run({
    steps: STEPS,
    spikes: drives.flatMap((_, instance) =>
      [50, 51, 180].map((step) => ({ instance, port: 'p', step, weight: 2 })),
    ),
  });
  expect(result.failure).toBeUndefined();
  return drives.map((_, instance) => lifeOf(result, instance));
}

function lifeOf({ trace, spikes }: RunResult, instance: number) {
  return {
    values: NAMES.map((name) => [...new BigUint64Array(Float64Array.from(trace(name, instance)).buffer)]),
    spikes: spikes(instance),
    refractory: trace('refr', instance).map((rest) => rest > 0),
  };
}

describe('instances that are integrated in common while only some are refractory', () => {
  it('have the same bits side by side as alone, in one lane and in two', () => {
    const together = live(DRIVES, 'pair');
    expect(live(DRIVES, 'scalar')).toEqual(together);
    DRIVES.forEach((drive, instance) => {
      expect({ instance, ...live([drive], 'pair')[0] }).toEqual({ instance, ...together[instance] });
    });
    const [first, second] = together;
    const differing = first?.refractory.filter(
      (isRefractory, step) => isRefractory !== second?.refractory[step],
    );
    expect(differing?.length).toBeGreaterThan(50);
  });

  it('share the code and the length of the next sub-step', () => {
    const model = solvedModel(checkedModel(TEXT));
    const [a, b] = model.variants;
    expect(a !== undefined && b !== undefined && differByCountdowns(a, b)).toBe(true);
    const single = solvedModel(
      checkedModel(TEXT.replace('integrate_odes(v, u, a)', 'integrate_odes(v, u, a, refr)')),
    );
    const [both, one] = [createBlock(model), createBlock(single)];
    expect(both.layout.columns).toBe(one.layout.columns);
    expect(both.bytes.length).toBeLessThan(1.1 * one.bytes.length);
  });

  it('are told from those whose equations differ', () => {
    const model = solvedModel(checkedModel(TEXT.replace('integrate_odes(v, u, a)', 'integrate_odes(v, u)')));
    const [a, b] = model.variants;
    expect(a !== undefined && b !== undefined && differByCountdowns(a, b)).toBe(false);
  });
});
