import {
  createPlan,
  generateDevices,
  generateNeuron,
  type PlanProblem,
  type SolvedModel,
  type SolverChoice,
  solveModel,
  vectorsOf,
  wasmTarget,
} from '@nestml/compiler';
import { createDiagnostic, type Diagnostic, InternalError, type Span } from '@nestml/diagnostics';
import { solveAffine } from '@nestml/dynamics';
import {
  type Block,
  type BlockFailure,
  createBlock,
  createEngine,
  loadNeuron,
  type SolveAffine,
} from '@nestml/engine';
import type { CheckedModel } from '@nestml/language';
import { workbenchMessages } from '../messages/index.ts';
import type { PortAddress, ResolvedRun } from '../simulation/request.ts';
import { solverName } from '../simulation/solver-names.ts';
import type { BackendFailure, Layout } from './backend.ts';
import { referenceBackend } from './reference-backend.ts';

/** A model that the engine can run; or a note (`runs-on-reference`) that says why it cannot, an error if a method was wanted. */
export type SolvedForEngine =
  | { readonly ok: true; readonly solved: SolvedModel }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Lowers and solves a neuron, and asks the WebAssembly target whether it can run the result. */
export function solveForEngine(model: CheckedModel, solver: SolverChoice): SolvedForEngine {
  const { model: solved, diagnostics } = solveModel(model, { solver });
  const misfits = diagnostics.filter(({ code }) => code === 'no-derivative');
  if (misfits.length > 0) return { ok: false, diagnostics: misfits };
  const refusals =
    solved === undefined
      ? diagnostics.map(({ message, span = model.span }) => ({ reason: message, span }))
      : wasmTarget.limitations(solved).map(({ what, span }) => ({ reason: `It ${what}.`, span }));
  if (solved !== undefined && refusals.length === 0) return { ok: true, solved };
  return { ok: false, diagnostics: [refusalOf(model, refusals, solver)] };
}

/** Something that the engine cannot run, as a sentence. */
interface Refusal {
  readonly reason: string;
  readonly span: Span;
}

/** One finding, at the first place, with the reasons of all: a note, or an error if the model cannot run as it is wanted. */
function refusalOf(model: CheckedModel, refusals: readonly Refusal[], solver: SolverChoice): Diagnostic {
  const span = refusals[0]?.span ?? model.span;
  const reasons = [...new Set(refusals.map(({ reason }) => reason))];
  const parameters = { model: model.name, reason: reasons.join(' ') };
  const place = { source: model.source, span };
  if (solver === 'auto') return createDiagnostic(workbenchMessages, 'runs-on-reference', place, parameters);
  const named = { ...parameters, solver: solverName(solver) };
  return createDiagnostic(workbenchMessages, 'solver-needs-engine', place, named);
}

/** What a block is made from: a run without its inputs and its end. */
export type BlockSource = Pick<ResolvedRun, 'model' | 'stepNs' | 'values' | 'record' | 'seed'>;

/** How many neurons of the population `neuron`, from which number on, and the tolerance of adaptive solvers relative to 1e-6. */
export interface BlockExtent {
  readonly instances: number;
  readonly firstIndex?: number;
  readonly toleranceFactor?: number;
}

/** A block before its first step, with the names that it records in their order; or why the values are not possible. */
export type ModelBlock =
  | { readonly ok: true; readonly block: Block; readonly recorded: readonly string[] }
  | { readonly ok: false; readonly failure: BackendFailure };

/** Compiles a solved model for what is recorded, and creates instances of it in an engine of their own. */
export function createModelBlock(solved: SolvedModel, source: BlockSource, extent: BlockExtent): ModelBlock {
  const layout = referenceBackend.layout(source.model, source.values, source.stepNs);
  if (!layout.ok) return layout;
  const names = [...new Set(source.record.map(({ name }) => name))];
  const planned = createPlan(solved, {
    recorded: names,
    sizes: sizesOf(solved, source.model, layout),
    pastSteps: Object.fromEntries(layout.pastSteps),
  });
  if (!('plan' in planned)) return { ok: false, failure: failureOfPlan(planned) };
  const [refusal] = wasmTarget.limitationsOfPlan(planned.plan);
  if (refusal !== undefined) {
    const reason = `it ${refusal.what}; the reference interpreter has no such limit`;
    return { ok: false, failure: { kind: 'execution', reason, time: 0, span: refusal.span } };
  }
  const artefact = generateNeuron(planned.plan);
  const engine = createEngine(propagators, generateDevices);
  const creation = createBlock(engine, loadNeuron(engine, artefact), {
    instances: extent.instances,
    stepNs: source.stepNs,
    values: valuesByName(source.values),
    toleranceFactor: extent.toleranceFactor ?? 1,
    identity: { population: 'neuron', firstIndex: extent.firstIndex ?? 0, seed: source.seed },
  });
  if (!creation.ok) return { ok: false, failure: toBackendFailure(source.model, creation.failure) };
  return { ok: true, block: creation.block, recorded: artefact.layout.recorded };
}

/** A model may name an element that a vector of the size that was set does not have; all else that a plan lacks is our mistake. */
function failureOfPlan({ problem, isOfModel, span }: PlanProblem): BackendFailure {
  if (!isOfModel) throw new InternalError(problem);
  return { kind: 'execution', reason: problem, time: 0, span };
}

/** Propagators by the exact solution of dynamics. */
const propagators: SolveAffine = (matrix, size, interval) => {
  const solution = solveAffine(matrix, size, interval);
  return solution.kind === 'solved' ? solution.propagator : undefined;
};

/** Sizes of all vectors by written name. */
function sizesOf(
  solved: SolvedModel,
  model: CheckedModel,
  layout: Extract<Layout, { ok: true }>,
): Readonly<Record<string, number>> {
  const { parameters, internals, states, ports } = model;
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
function valuesByName(given: ResolvedRun['values']): ReadonlyMap<string, number> {
  const values = [...given].flatMap(([symbol, value]): (readonly [string, number])[] => {
    const name = symbol.writtenName;
    if (typeof value === 'object') return value.map((element, index) => [`${name}[${index}]`, element]);
    return typeof value === 'string' ? [] : [[name, Number(value)]];
  });
  return new Map(values);
}

/** `port`, or `port[i]` for an element: how the engine names inputs. */
export function inputName({ port, element }: PortAddress): string {
  return element === undefined ? port.name : `${port.name}[${element}]`;
}

const reasons = {
  loop: 'a loop made more than 10,000,000 iterations in one step',
  recursion: 'more than 250 calls of functions inside each other',
  'integer-division': 'a division of integers by 0',
  random: 'a rate or width of a random number is not possible',
  propagator:
    'the equations have no finite solution over one step: a time constant or capacitance is perhaps 0',
} as const;

function reasonOf({
  kind,
  variable,
  value,
}: BlockFailure & { kind: keyof typeof reasons | 'index' | 'too-fast' | 'delay' }): string {
  switch (kind) {
    case 'index':
      return `\`${variable}\` has no element ${value}`;
    case 'too-fast':
      return `\`${variable}\` changes too fast within a step for the equations that it drives; use a shorter step or larger time constants`;
    case 'delay':
      return `a delay of \`${variable}\` is ${value} ms, which is below the step or beyond the delay at the start of the run`;
    default:
      return reasons[kind];
  }
}

/** A failure of the engine in the words of all backends, at the place of the variable that it names. */
export function toBackendFailure(model: CheckedModel, failure: BlockFailure): BackendFailure {
  const declarations = [...model.states, ...model.parameters, ...model.internals];
  const symbol = declarations
    .map((entry) => entry.symbol)
    .find(({ writtenName }) => writtenName === failure.variable);
  const variable = failure.variable ?? 'a value';
  const { kind, time, value, lastGood, place } = failure;
  const span = place ?? symbol?.declared ?? model.span;
  switch (kind) {
    case 'not-finite':
      return { kind, variable, value, time, span, lastGood };
    case 'step-too-small':
      return { kind, variable, time, span, lastGood };
    case 'guard': {
      const guard = declarations.find((entry) => entry.symbol === symbol)?.guard;
      if (symbol === undefined)
        throw new InternalError(`a guard of ${variable} fails, which is not declared`);
      return { kind, symbol, span: guard?.span ?? span, value };
    }
    default:
      return { kind: 'execution', reason: reasonOf({ ...failure, kind }), time, span };
  }
}
