import { describe, expect, it } from 'vitest';
import { checkedModel, solvedModel } from './models.ts';
import { createBlock } from './neuron-block.ts';

const TEXT = `model awkward:
    state:
        x real = 0.3
        y real = 0.1
    equations:
        x' = (sin(x * (a * b + c + exp(a / b)) / d) + (a * b + c + d) * cos(x)) / tau - min(x, a * b / c + d) / tau
        y' = -y / tau * x
    parameters:
        a real = 0.1
        b real = 0.7
        c real = 0.3
        d real = 1.9
        tau ms = 3.3 ms
    update:
        integrate_odes()
`;

describe('sums and quotients of parameters in right-hand sides', () => {
  it('have the same bits in common and per instance, in one lane and in two', () => {
    const model = solvedModel(checkedModel(TEXT));
    const runs = (['pair', 'scalar'] as const).flatMap((flavour) =>
      [[], ['a', 'b', 'c', 'd', 'tau']].map((perInstance) => {
        const { trace, failure } = createBlock(model, { flavour, perInstance }).run({ steps: 100 });
        return { failure, x: trace('x'), y: trace('y') };
      }),
    );
    expect(runs[0]?.failure).toBeUndefined();
    for (const run of runs) expect(run).toEqual(runs[0]);
  });
});
