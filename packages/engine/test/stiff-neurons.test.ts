import type { NumericMethodName } from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, readVariable, runBlock } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

interface StiffNeuron {
  readonly name: string;
  readonly text: string;
  readonly stepMs: number;
  readonly steps: number;
  /** What is compared, and what the size of its values is. */
  readonly compared: Readonly<Record<string, number>>;
}

/** Van der Pol's oscillator as a membrane with a slow recovery: time constants from 1/3000 ms to a second. */
const RELAXATION = `model relaxation:
  state:
    V mV = 2 mV
    w mV = 0 mV
  parameters:
    mu real = 1000
  equations:
    V' = w / (1 ms)
    w' = (mu * (1 - (V / (1 mV))**2) * w - V) / (1 ms)
  update:
    integrate_odes()
`;

/** A channel with three states whose rates are those of Robertson's reaction, per ms, and the membrane that it opens. */
const KINETICS = `model kinetics:
  state:
    closed real = 1
    ready real = 0
    opened real = 0
    V mV = -70 mV
  parameters:
    slow 1/ms = 0.04 /ms
    fast 1/ms = 30000000 /ms
    back 1/ms = 10000 /ms
    tau ms = 10 ms
  equations:
    closed' = -slow * closed + back * ready * opened
    ready' = slow * closed - back * ready * opened - fast * ready**2
    opened' = fast * ready**2
    V' = (-70 mV - V + opened * (-20 mV - V)) / tau
  update:
    integrate_odes()
`;

const NEURONS: readonly StiffNeuron[] = [
  { name: 'a relaxation oscillator', text: RELAXATION, stepMs: 10, steps: 20, compared: { V: 2 } },
  {
    name: 'a kinetic scheme',
    text: KINETICS,
    stepMs: 1,
    steps: 40,
    compared: { closed: 1, ready: 1e-4, opened: 1, V: 50 },
  },
];

/** Sub-steps of the whole run, and the values at its end. */
function runWith(
  { text, stepMs, steps, compared }: StiffNeuron,
  solver: NumericMethodName,
  toleranceFactor = 1,
) {
  const engine = testEngine();
  const artefact = compileText(text, { recorded: Object.keys(compared) }, solver);
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 1,
    stepNs: stepMs * 1e6,
    values: new Map(),
    toleranceFactor,
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  const { block } = creation;
  let substeps = 0;
  for (let step = 0; step < steps; step += 1) {
    const { failure } = runBlock(block, { steps: 1, inputs: NO_INPUTS });
    expect(failure).toBeUndefined();
    substeps += block.fields.integer('mostSubsteps');
  }
  return { substeps, values: Object.keys(compared).map((name) => readVariable(block, name)[0]!) };
}

describe.each(NEURONS)('$name that is stiff', (neuron) => {
  const exact = runWith(neuron, 'rosenbrock', 1e-4).values;
  const explicit = runWith(neuron, 'dormand-prince');
  const implicit = runWith(neuron, 'rosenbrock');

  it('takes the Rosenbrock method less than a fiftieth of the sub-steps of an explicit one', () => {
    expect(implicit.substeps).toBeLessThan(explicit.substeps / 50);
    expect(implicit.substeps).toBeGreaterThanOrEqual(neuron.steps);
  });

  it('comes to the same values by both, within the tolerance', () => {
    Object.values(neuron.compared).forEach((size, i) => {
      for (const { values } of [explicit, implicit])
        expect(Math.abs(values[i]! - exact[i]!)).toBeLessThan(4e-6 * Math.max(1, size));
    });
  });
});
