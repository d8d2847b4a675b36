import { generateDevices } from '@nestml/compiler';
import { solveAffine } from '@nestml/dynamics';
import {
  type Block,
  type BlockInputs,
  type BlockOptions,
  createBlock,
  createEngine,
  type Engine,
  loadNeuron,
  type SolveAffine,
} from '../src/index.ts';
import { type LeakyOptions, leakyNeuron } from './leaky-neuron.ts';

export const NO_INPUTS: BlockInputs = { currents: [], spikes: [], poisson: [] };

/** Propagators as workbench passes them. */
export const propagators: SolveAffine = (matrix, size, interval) => {
  const solution = solveAffine(matrix, size, interval);
  return solution.kind === 'solved' ? solution.propagator : undefined;
};

/** An engine with the propagators of dynamics and the devices of the compiler. */
export function testEngine(): Engine {
  return createEngine(propagators, generateDevices);
}

/** A block of leaky neurons; by default one instance, steps of 0.1 ms, tau per instance, at most one spike per step. */
export function leakyBlock(
  options: Partial<Omit<BlockOptions, 'values'>> & {
    readonly values?: Readonly<Record<string, number | readonly number[]>>;
    readonly neuron?: LeakyOptions;
    readonly engine?: Engine;
  } = {},
): Block {
  const created = tryLeakyBlock(options);
  if (!created.ok) throw new Error(`no block: ${created.failure.kind}`);
  return created.block;
}

/** As `leakyBlock`, but failures are given back. */
export function tryLeakyBlock(
  options: Parameters<typeof leakyBlock>[0] = {},
): ReturnType<typeof createBlock> {
  const {
    engine = testEngine(),
    neuron = { perInstance: true, mostSpikesPerStep: 1 },
    values = {},
  } = options;
  return createBlock(engine, loadNeuron(engine, leakyNeuron(neuron)), {
    instances: options.instances ?? 1,
    stepNs: options.stepNs ?? 100_000,
    identity: options.identity ?? { population: 'neuron', firstIndex: 0, seed: 1 },
    values: new Map(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : Float64Array.from(value),
      ]),
    ),
  });
}
