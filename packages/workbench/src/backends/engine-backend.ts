import type { SolvedModel } from '@nestml/compiler';
import type { Diagnostic } from '@nestml/diagnostics';
import { type BlockInputs, runBlock } from '@nestml/engine';
import type { CheckedModel } from '@nestml/language';
import { solverReports } from '../analysis.ts';
import type { ResolvedRun, SolverReport } from '../simulation/request.ts';
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
      run: (run) => runOnEngine(solved, run, toleranceFactor),
      solvers: () => reportsOf(solved),
    },
  };
}

function reportsOf(solved: SolvedModel): readonly SolverReport[] {
  return solverReports(solved).map(({ states, solver, reason }) => ({ states, solver, reason }));
}

function runOnEngine(solved: SolvedModel, run: ResolvedRun, toleranceFactor: number): BackendOutcome {
  const creation = createModelBlock(solved, run, { instances: 1, toleranceFactor });
  if (!creation.ok) return failedOutcome(run, creation.failure);
  const outcome = runBlock(creation.block, {
    steps: run.steps,
    inputs: inputsOf(run),
    record: { every: run.recordEvery },
  });
  const rows = new Map(creation.recorded.map((name, index) => [name, outcome.recorded.values[index]!]));
  return {
    recorded: run.record.map(({ name }) => rows.get(name)!),
    recordedSteps: outcome.recorded.steps,
    spikeSteps: outcome.spikes.steps,
    printed: [],
    notices: outcome.notices.map((notice) => ({ ...notice, span: run.model.span })),
    ...(outcome.failure === undefined ? {} : { failure: toBackendFailure(run.model, outcome.failure) }),
  };
}

function failedOutcome(run: ResolvedRun, failure: BackendFailure): BackendOutcome {
  const recorded = run.record.map(() => new Float64Array());
  return { recorded, recordedSteps: [], spikeSteps: [], printed: [], notices: [], failure };
}

function inputsOf(run: ResolvedRun): BlockInputs {
  return {
    currents: run.currents.map((input) => ({ ...input, port: inputName(input) })),
    spikes: run.spikes.map((input) => ({ ...input, port: inputName(input) })),
    poisson: run.poisson.map((input, device) => ({ ...input, port: inputName(input), device })),
  };
}
