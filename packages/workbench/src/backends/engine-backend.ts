import { type SolvedModel, type SolverChoice, solveModel } from '@nestml/compiler';
import { createDiagnostic, type Diagnostic } from '@nestml/diagnostics';
import { type BlockInputs, type BlockNotice, runBlock } from '@nestml/engine';
import type { CheckedModel } from '@nestml/language';
import { solverReports } from '../analysis/solver-reports.ts';
import { workbenchMessages } from '../messages/index.ts';
import type { ResolvedRun, RunInputs, SolverReport } from '../simulation/request.ts';
import { solverName } from '../simulation/solver-names.ts';
import type { Backend, BackendFailure, BackendNotice, BackendOutcome } from './backend.ts';
import { createModelBlock, inputName, solveForEngine, toBackendFailure } from './engine-block.ts';
import { referenceBackend } from './reference-backend.ts';

/**
 * The engine for a model, with notes about its solver; or a note (`runs-on-reference`) that says why the model must run on the reference
 * interpreter, or an error if the method that is wanted does not fit the model.
 */
export type EngineChoice =
  | { readonly ok: true; readonly backend: Backend; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** How a model is compiled. */
export interface EngineOptions {
  /** Tolerance of adaptive methods relative to 1e-6; default 1. */
  readonly toleranceFactor?: number;
  /** What integrates equations that have no exact solution; default `auto`. */
  readonly solver?: SolverChoice;
}

/** Compiles a neuron for the engine: WebAssembly, exact propagators, a numeric method for the rest. */
export function createEngineBackend(
  model: CheckedModel,
  { toleranceFactor = 1, solver = 'auto' }: EngineOptions = {},
): EngineChoice {
  const solution = solveForEngine(model, solver);
  if (!solution.ok) return solution;
  const { solved } = solution;
  return {
    ok: true,
    diagnostics: notesOf(model, solved, solver),
    backend: {
      name: 'engine',
      // Initial values and sizes are those of the definition.
      layout: referenceBackend.layout,
      runEach: (run, inputs) => runOnEngine(solved, run, inputs, toleranceFactor),
      solvers: () => reportsOf(solved),
    },
  };
}

/** What is to be said about the solver of a model that can be compiled. */
function notesOf(
  model: CheckedModel,
  { variants }: SolvedModel,
  solver: SolverChoice,
): readonly Diagnostic[] {
  const place = { source: model.source, span: model.span };
  const systems = variants.flatMap(({ numeric }) => (numeric === undefined ? [] : [numeric]));
  if (solver !== 'auto') {
    if (systems.length > 0) return [];
    const parameters = { model: model.name, solver: solverName(solver) };
    return [createDiagnostic(workbenchMessages, 'solver-without-effect', place, parameters)];
  }
  const stiff = systems.find(({ stiffness }) => stiffness?.verdict === 'implicit');
  if (stiff?.stiffness?.implicit === undefined) return [];
  const states = stiff.equations.map(({ state }) => state.writtenName);
  const { explicit, implicit } = stiff.stiffness;
  const parameters = {
    model: model.name,
    states,
    explicit: explicit.averageStep,
    implicit: implicit.averageStep,
  };
  return [createDiagnostic(workbenchMessages, 'implicit-solver', place, parameters)];
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
    notices: notices.map((notice) => toBackendNotice(notice, solved, run.model)),
    ...(failure === undefined ? {} : { failure: toBackendFailure(run.model, failure) }),
  }));
}

function toBackendNotice(notice: BlockNotice, solved: SolvedModel, model: CheckedModel): BackendNotice {
  if (notice.kind === 'integrated-twice') return { ...notice, span: notice.place ?? model.span };
  const isExplicit = solved.variants.some(({ numeric }) => numeric && numeric.method.name !== 'rosenbrock');
  const canBeImplicit = isExplicit && solveModel(model, { solver: 'rosenbrock' }).model !== undefined;
  return { ...notice, span: model.span, ...(canBeImplicit ? { cure: solverName('rosenbrock') } : {}) };
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
