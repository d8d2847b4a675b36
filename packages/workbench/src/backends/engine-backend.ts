import type { SolvedModel } from '@nestml/compiler';
import type { Diagnostic, Span } from '@nestml/diagnostics';
import { type BlockInputs, type BlockNotice, runBlock } from '@nestml/engine';
import type { CheckedModel } from '@nestml/language';
import { solverReports } from '../analysis.ts';
import type { ResolvedRun, RunInputs, SolverReport } from '../simulation/request.ts';
import type { Backend, BackendFailure, BackendOutcome } from './backend.ts';
import { createModelBlock, inputName, solveForEngine, toBackendFailure } from './engine-block.ts';
import { referenceBackend } from './reference-backend.ts';

/** The engine for a model, or notes (`runs-on-reference`) that say why the model must run on the reference interpreter. */
export type EngineChoice =
  | { readonly ok: true; readonly backend: Backend }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Compiles a neuron for the engine: WebAssembly, exact propagators, adaptive Dormand-Prince 5(4) at 1e-6 for the rest.
 * @param toleranceFactor of the adaptive solver relative to 1e-6
 */
export function createEngineBackend(model: CheckedModel, toleranceFactor = 1): EngineChoice {
  const solution = solveForEngine(model);
  if (!solution.ok) return solution;
  const { solved } = solution;
  return {
    ok: true,
    backend: {
      name: 'engine',
      // Initial values and sizes are those of the definition.
      layout: referenceBackend.layout,
      runEach: (run, inputs) => runOnEngine(solved, run, inputs, toleranceFactor),
      solvers: () => reportsOf(solved),
    },
  };
}

function reportsOf(solved: SolvedModel): readonly SolverReport[] {
  return solverReports(solved).map(({ integratedBy, ...report }) =>
    integratedBy === 'always' ? report : { ...report, integratedBy },
  );
}

/** All runs are instances of one block: neuron number k has the inputs number k. */
function runOnEngine(
  solved: SolvedModel,
  run: ResolvedRun,
  inputs: readonly RunInputs[],
  toleranceFactor: number,
): readonly BackendOutcome[] {
  const instances = inputs.length;
  const creation = createModelBlock(solved, run, { instances, toleranceFactor });
  if (!creation.ok) return inputs.map(() => failedOutcome(run, creation.failure));
  const { recorded, spikes, notices, failure } = runBlock(creation.block, {
    steps: run.steps,
    inputs: blockInputs(inputs),
    record: { every: run.recordEvery },
  });
  const rows = new Map(creation.recorded.map((name, index) => [name, recorded.values[index]!]));
  const valuesOf = (name: string, instance: number): Float64Array => {
    const all = rows.get(name)!;
    return instances === 1
      ? all
      : recorded.steps.reduce(
          (own, _, time) => own.fill(all[time * instances + instance]!, time, time + 1),
          new Float64Array(recorded.steps.length),
        );
  };
  const spikeSteps = inputs.map((): number[] => []);
  spikes.steps.forEach((step, index) => {
    spikeSteps[spikes.instances[index]!]!.push(step);
  });
  return inputs.map((_, instance) => ({
    recorded: run.record.map(({ name }) => valuesOf(name, instance)),
    recordedSteps: recorded.steps,
    spikeSteps: spikeSteps[instance]!,
    printed: [],
    notices: notices.map((notice) => ({ ...notice, span: placeOf(notice) ?? run.model.span })),
    ...(failure === undefined ? {} : { failure: toBackendFailure(run.model, failure) }),
  }));
}

/** Where a notice belongs, if the module knows. */
function placeOf(notice: BlockNotice): Span | undefined {
  return notice.kind === 'integrated-twice' ? notice.place : undefined;
}

function failedOutcome(run: ResolvedRun, failure: BackendFailure): BackendOutcome {
  const recorded = run.record.map(() => new Float64Array());
  return { recorded, recordedSteps: [], spikeSteps: [], printed: [], notices: [], failure };
}

function blockInputs(inputs: readonly RunInputs[]): BlockInputs {
  const all = inputs.map(({ currents, spikes, poisson }, instance) => ({
    currents: currents.map((input) => ({ ...input, port: inputName(input), instance })),
    spikes: spikes.map((input) => ({ ...input, port: inputName(input), instance })),
    poisson: poisson.map((input, device) => ({ ...input, port: inputName(input), device, instance })),
  }));
  return {
    currents: all.flatMap(({ currents }) => currents),
    spikes: all.flatMap(({ spikes }) => spikes),
    poisson: all.flatMap(({ poisson }) => poisson),
  };
}
