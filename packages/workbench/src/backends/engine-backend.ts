import {
  createPlan,
  generateNeuron,
  type SolvedModel,
  solveModel,
  vectorsOf,
  wasmTarget,
} from '@nestml/compiler';
import { InternalError } from '@nestml/diagnostics';
import { solveAffine } from '@nestml/dynamics';
import {
  type BlockFailure,
  type BlockInputs,
  createBlock,
  createEngine,
  loadNeuron,
  runBlock,
  type SolveAffine,
} from '@nestml/engine';
import type { CheckedModel } from '@nestml/language';
import { solverReports } from '../analysis.ts';
import type { PortAddress, ResolvedRun, SolverReport } from '../simulation/request.ts';
import type { Backend, BackendFailure, BackendOutcome, Layout } from './backend.ts';
import { referenceBackend } from './reference-backend.ts';

/** The engine for a model, or why the model must run on the reference interpreter. */
export type EngineChoice =
  | { readonly ok: true; readonly backend: Backend }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Compiles a neuron for the engine: WebAssembly, exact propagators, adaptive Dormand-Prince 5(4) at 1e-6 for the rest.
 * @param toleranceFactor of the adaptive solver relative to 1e-6
 */
export function createEngineBackend(model: CheckedModel, toleranceFactor = 1): EngineChoice {
  const { model: solved, diagnostics } = solveModel(model);
  if (solved === undefined) return { ok: false, reasons: diagnostics.map(({ message }) => message) };
  const limitations = wasmTarget.limitations(solved);
  if (limitations.length > 0)
    return { ok: false, reasons: limitations.map(({ what }) => `the model ${what}`) };
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

/** Propagators by the exact solution of dynamics. */
const propagators: SolveAffine = (matrix, size, interval) => {
  const solution = solveAffine(matrix, size, interval);
  return solution.kind === 'solved' ? solution.propagator : undefined;
};

function runOnEngine(solved: SolvedModel, run: ResolvedRun, toleranceFactor: number): BackendOutcome {
  const layout = referenceBackend.layout(run.model, run.values, run.stepNs);
  if (!layout.ok) return failedOutcome(run, layout.failure);
  const names = [...new Set(run.record.map(({ name }) => name))];
  const planned = createPlan(solved, { recorded: names, sizes: sizesOf(solved, run, layout) });
  if (!('plan' in planned)) throw new InternalError(planned.problem);
  const artefact = generateNeuron(planned.plan);
  const engine = createEngine(propagators);
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: 1,
    stepNs: run.stepNs,
    values: valuesByName(run),
    toleranceFactor,
    identity: { population: 'neuron', firstIndex: 0, seed: run.seed },
  });
  if (!creation.ok) return failedOutcome(run, toFailure(run.model, creation.failure));
  const outcome = runBlock(creation.block, {
    steps: run.steps,
    inputs: inputsOf(run),
    record: { every: run.recordEvery },
  });
  const rows = new Map(
    artefact.layout.recorded.map((name, index) => [name, outcome.recorded.values[index]!]),
  );
  return {
    recorded: run.record.map(({ name }) => rows.get(name)!),
    recordedSteps: outcome.recorded.steps,
    spikeSteps: outcome.spikes.steps,
    printed: [],
    notices: outcome.notices.map((notice) => ({ ...notice, span: run.model.span })),
    ...(outcome.failure === undefined ? {} : { failure: toFailure(run.model, outcome.failure) }),
  };
}

function failedOutcome(run: ResolvedRun, failure: BackendFailure): BackendOutcome {
  const recorded = run.record.map(() => new Float64Array());
  return { recorded, recordedSteps: [], spikeSteps: [], printed: [], notices: [], failure };
}

/** Sizes of all vectors by written name. */
function sizesOf(
  solved: SolvedModel,
  run: ResolvedRun,
  layout: Extract<Layout, { ok: true }>,
): Readonly<Record<string, number>> {
  const { parameters, internals, states, ports } = run.model;
  const variables = [...parameters, ...internals, ...states].map(({ symbol }) => symbol);
  const sizes = new Map([
    ...variables.map((symbol) => [symbol.writtenName, layout.variableSize(symbol)] as const),
    ...ports.map((port) => [port.name, layout.portSize(port)] as const),
  ]);
  return Object.fromEntries(
    vectorsOf(solved).map(({ writtenName }) => [writtenName, sizes.get(writtenName) ?? 0]),
  );
}

/** Values set by hand: truth values as 0 and 1, vectors element by element. */
function valuesByName(run: ResolvedRun): ReadonlyMap<string, number> {
  const values = [...run.values].flatMap(([symbol, value]): (readonly [string, number])[] => {
    const name = symbol.writtenName;
    if (typeof value === 'object') return value.map((element, index) => [`${name}[${index}]`, element]);
    return typeof value === 'string' ? [] : [[name, Number(value)]];
  });
  return new Map(values);
}

function inputsOf(run: ResolvedRun): BlockInputs {
  return {
    currents: run.currents.map((input) => ({ ...input, port: nameOf(input) })),
    spikes: run.spikes.map((input) => ({ ...input, port: nameOf(input) })),
    poisson: run.poisson.map((input, device) => ({ ...input, port: nameOf(input), device })),
  };
}

function nameOf({ port, element }: PortAddress): string {
  return element === undefined ? port.name : `${port.name}[${element}]`;
}

const reasons = {
  index: 'an index lies outside its vector',
  loop: 'a loop made more than 10,000,000 iterations in one step',
  recursion: 'more than 250 calls of functions inside each other',
  'integer-division': 'a division of integers by 0',
  random: 'a rate or width of a random number is not possible',
  propagator:
    'the equations have no finite solution over one step: a time constant or capacitance is perhaps 0',
} as const;

/** A failure of the engine in the words of all backends, at the place of the variable that it names. */
function toFailure(model: CheckedModel, failure: BlockFailure): BackendFailure {
  const declarations = [...model.states, ...model.parameters, ...model.internals];
  const symbol = declarations
    .map((entry) => entry.symbol)
    .find(({ writtenName }) => writtenName === failure.variable);
  const variable = failure.variable ?? 'a value';
  const { time, value, lastGood } = failure;
  const span = symbol?.declared ?? model.span;
  switch (failure.kind) {
    case 'not-finite':
      return { kind: 'not-finite', variable, value, time, span, lastGood };
    case 'step-too-small':
      return { kind: 'step-too-small', variable, time, span, lastGood };
    case 'guard': {
      const guard = declarations.find((entry) => entry.symbol === symbol)?.guard;
      if (symbol === undefined)
        throw new InternalError(`a guard of ${variable} fails, which is not declared`);
      return { kind: 'guard', symbol, span: guard?.span ?? span, value };
    }
    default:
      return { kind: 'execution', reason: reasons[failure.kind], time, span };
  }
}
