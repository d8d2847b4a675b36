// One repeat of a workload on the engine.
import { createPlan, generateDevices, generateNeuron, type SolvedModel } from '@nestml/compiler';
import { solveAffine } from '@nestml/dynamics';
import {
  type Block,
  type BlockInputs,
  createBlock,
  createEngine,
  type Engine,
  loadNeuron,
  type NeuronArtefact,
  type NeuronModule,
  runBlock,
  type SolveAffine,
  type SpikeInput,
} from '@nestml/engine';
import { libraryModel, solvedModel } from '../../packages/compiler/test/models.ts';
import { processorMs } from '../clock.ts';
import { type Arrivals, currentOf, STEP_NS, STEPS, type Workload } from './workloads.ts';

/** What one repeat gave, of the engine or of a C++ peer. */
export interface Repeat {
  /** Processor time of the update of the neurons alone, and of all that the run does (inputs, update, collection of spikes), s. */
  readonly update: number;
  readonly total: number;
  readonly spikes: number;
}

/** Propagators by the exact solution of dynamics. */
const propagators: SolveAffine = (matrix, size, interval) => {
  const solution = solveAffine(matrix, size, interval);
  return solution.kind === 'solved' ? solution.propagator : undefined;
};

/** An engine without blocks, put together as workbench does it. */
export function emptyEngine(): Engine {
  return createEngine(propagators, generateDevices);
}

/** A compiled neuron. */
export interface Compiled {
  readonly engine: Engine;
  readonly artefact: NeuronArtefact;
  readonly module: NeuronModule;
  /** Seconds spent in `advance` so far. */
  readonly spent: () => number;
}

/** The solved form of a library neuron. */
export function solvedNeuron(neuron: string): SolvedModel {
  return solvedModel(libraryModel(neuron));
}

/** Compiles a neuron whose instances differ in these parameters, and counts the time in its `advance`. */
export function compileNeuron(
  solved: SolvedModel,
  perInstance: readonly string[],
  recorded: readonly string[] = [],
): Compiled {
  const planned = createPlan(solved, { perInstance, recorded });
  if (!('plan' in planned)) throw new Error(planned.problem);
  const artefact = generateNeuron(planned.plan);
  const engine = emptyEngine();
  const loaded = loadNeuron(engine, artefact);
  let spent = 0;
  const advance = (block: number, steps: number): number => {
    const start = processorMs();
    const code = loaded.exports.advance(block, steps);
    spent += (processorMs() - start) / 1000;
    return code;
  };
  const module = { ...loaded, exports: { ...loaded.exports, advance } };
  return { engine, artefact, module, spent: () => spent };
}

/** All instances of a workload before the first step. */
export function createWorkload({ engine, module }: Compiled, workload: Workload): Block {
  const currents = Float64Array.from({ length: workload.instances }, (_, i) => currentOf(workload, i));
  const creation = createBlock(engine, module, {
    instances: workload.instances,
    stepNs: STEP_NS,
    values: new Map([['I_e', currents]]),
    identity: { population: 'neurons', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(`${workload.neuron}: ${creation.failure.kind}`);
  return creation.block;
}

/** The spikes that arrive during a run. */
export function inputsOf({ excitatory, inhibitory }: Workload): BlockInputs {
  return { currents: [], spikes: [...arrivalsOf(excitatory), ...arrivalsOf(inhibitory)], poisson: [] };
}

function arrivalsOf({ port, weight, period, phase }: Arrivals): readonly SpikeInput[] {
  const count = Math.max(0, Math.ceil((STEPS - phase) / period));
  return Array.from({ length: count }, (_, k) => ({ port, weight, step: phase + k * period }));
}

/** Runs a workload once from t = 0. */
export function runWorkload(compiled: Compiled, workload: Workload): Repeat {
  const { arena } = compiled.engine;
  const mark = arena.mark();
  const block = createWorkload(compiled, workload);
  const inputs = inputsOf(workload);
  const before = compiled.spent();
  const start = processorMs();
  const { spikes, failure } = runBlock(block, { steps: STEPS, inputs });
  const total = (processorMs() - start) / 1000;
  arena.release(mark);
  if (failure !== undefined) throw new Error(`${workload.neuron}: ${failure.kind} at ${failure.time} ms`);
  return { update: compiled.spent() - before, total, spikes: spikes.steps.length };
}
