import { generateDevices } from '@nestml/compiler';
import { expect, test } from 'vitest';
import { propagators } from '../../test/leaky-block.ts';
import { leakyNeuron } from '../../test/leaky-neuron.ts';
import { createEngine } from '../engine.ts';
import type { AffineSlots, NeuronArtefact } from '../interface/index.ts';
import { loadNeuron } from '../module-cache.ts';
import { cellsOf } from './cells.ts';
import { createBlock } from './create-block.ts';

/** The leaky neuron, whose module derives one coefficient a = −1/tau, with another system made of it, and shared doubles for what it asks for. */
function withSystem(
  makeSystem: (a: AffineSlots['coefficients'][number]['storage'], first: number) => AffineSlots,
): NeuronArtefact {
  const artefact = leakyNeuron({ perInstance: false, mostSpikesPerStep: 1 });
  const { layout } = artefact;
  const system = makeSystem(layout.affine[0]!.coefficients[0]!.storage, layout.shared);
  return { ...artefact, layout: { ...layout, shared: layout.shared + 4, affine: [system] } };
}

/** The four doubles behind those of the leaky neuron. */
function solved(artefact: NeuronArtefact, tau: number, stepNs: number): readonly number[] {
  const engine = createEngine(propagators, generateDevices);
  const created = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 3,
    stepNs,
    values: new Map([['tau', tau]]),
    identity: { population: 'neuron', firstIndex: 0, seed: 0 },
  });
  if (!created.ok) throw new Error(created.failure.kind);
  const cells = cellsOf(created.block);
  const first = artefact.layout.shared - 4;
  return [0, 1, 2, 3].map((i) => cells.read({ kind: 'shared', index: first + i }, 0));
}

/** x₀′ = a x₀ + a x₁ with anchors, at most four; stored: their number, E₀₀, E₀₁, R₀₀. */
const anchored = withSystem((a, first) => ({
  size: 2,
  coefficients: [
    { row: 0, column: 0, storage: a },
    { row: 0, column: 1, storage: a },
  ],
  targets: [
    {
      fraction: { kind: 'anchors', limit: 4, count: { kind: 'shared', index: first } },
      increment: [
        { row: 0, column: 0, storage: { kind: 'shared', index: first + 1 } },
        { row: 0, column: 1, storage: { kind: 'shared', index: first + 2 } },
      ],
      response: [{ row: 0, column: 0, storage: { kind: 'shared', index: first + 3 } }],
    },
  ],
}));

test.each([
  // The largest column sum is 1/tau; the largest row sum, twice that, would ask for more.
  [10, 1],
  [0.2, 1],
  [0.19, 2],
  [0.1, 2],
  [0.05, 4],
  [0.01, 4],
])(
  'anchors for tau = %d ms in a step of 0.1 ms are so close that the norm stays at 0.5: %d',
  (tau, parts) => {
    const [count, increment00, increment01, response] = solved(anchored, tau, 100_000);
    expect(count).toBe(parts);
    const exact = Math.expm1(-0.1 / parts / tau);
    for (const increment of [increment00!, increment01!])
      expect(Math.abs(increment / exact - 1)).toBeLessThan(1e-14);
    expect(Math.abs(response! / (-exact * tau) - 1)).toBeLessThan(1e-14);
  },
);

test('several targets of a system are solved for their own intervals', () => {
  const slot = (index: number) => [{ row: 0, column: 0, storage: { kind: 'shared', index } as const }];
  const artefact = withSystem((a, first) => ({
    size: 1,
    coefficients: [{ row: 0, column: 0, storage: a }],
    targets: [
      { fraction: { kind: 'step' }, increment: slot(first), response: [] },
      {
        fraction: { kind: 'anchors', limit: 256, count: { kind: 'shared', index: first + 1 } },
        increment: slot(first + 2),
        response: slot(first + 3),
      },
    ],
  }));
  const [whole, count, part, response] = solved(artefact, 0.5, 1_000_000);
  expect([whole, count, part]).toEqual([Math.expm1(-2), 4, Math.expm1(-0.5)]);
  expect(Math.abs(response! - 0.5 * -Math.expm1(-0.5))).toBeLessThan(1e-16);
});
