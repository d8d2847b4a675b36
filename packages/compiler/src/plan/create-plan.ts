import type { Span } from '@nestml/diagnostics';
import { type ExpressionSymbol, evaluate, nodesBelow } from '@nestml/dynamics';
import { symbolOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';
import { expressionsOfModel } from '../solved/expressions-of-model.ts';
import type { SolvedModel } from '../solved/solved-model.ts';
import { fingerprint } from './fingerprint.ts';
import type { Plan, Usage } from './plan.ts';

/** What a caller says about the use of a model; what is left out is homogeneous, not recorded. */
export interface UsageRequest {
  /** Written names of parameters. */
  readonly perInstance?: readonly string[];
  /** Written names of recordables; elements of vectors as `a[0]`. */
  readonly recorded?: readonly string[];
  /** Sizes of vector variables and ports by written name; every vector of the model needs one. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Steps to be remembered of each state that is read delayed, by written name; each such state needs a number ≥ 2. */
  readonly pastSteps?: Readonly<Record<string, number>>;
}

/** Why there is no plan, as a sentence; `isOfModel` if the text of the model names an element that its vector does not have. */
export interface PlanProblem {
  readonly problem: string;
  readonly isOfModel: boolean;
  readonly span: Span;
}

/** A plan, or the first reason why there is none. */
export type PlanResult = { readonly plan: Plan } | PlanProblem;

/** Joins a solved model with its use. The order of names in the request does not matter. */
export function createPlan(model: SolvedModel, request: UsageRequest = {}): PlanResult {
  const usage: Usage = {
    perInstance: sortedNames(request.perInstance),
    recorded: sortedNames(request.recorded),
    sizes: sortedEntries(request.sizes),
    pastSteps: sortedEntries(request.pastSteps),
  };
  const problem = findWrongRequest(model, usage);
  if (problem !== undefined) return { problem, isOfModel: false, span: model.span };
  const outside = findElementOutside(model, usage.sizes);
  if (outside !== undefined) return outside;
  return { plan: { model, usage, key: keyOf(model, usage) } };
}

/** The nodes come first, operands before those that use them, so that nothing nests deeply. */
function keyOf(model: SolvedModel, usage: Usage): string {
  return fingerprint({ _nodes: nodesBelow(expressionsOfModel(model)), model, usage }, PLACES);
}

/** Properties that say where something was written, how it is documented or why it was chosen, or that are kept elsewhere. */
const PLACES: ReadonlySet<string> = new Set([
  'source',
  'span',
  'spans',
  'documentation',
  'pool',
  'id',
  'reason',
  'stiffness',
]);

function sortedEntries(record: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(record).toSorted(([first], [second]) => (first < second ? -1 : 1)),
  );
}

function sortedNames(names: readonly string[] = []): readonly string[] {
  return [...new Set(names)].sort();
}

function findWrongRequest(model: SolvedModel, usage: Usage): string | undefined {
  return (
    findUnknownParameter(model, usage) ??
    findWrongSize(model, usage) ??
    findWrongPast(model, usage) ??
    findUnknownRecordable(model, usage)
  );
}

function findUnknownParameter({ name, parameters }: SolvedModel, { perInstance }: Usage): string | undefined {
  const known = new Set(parameters.map(({ variable }) => variable.writtenName));
  const unknown = perInstance.find((parameter) => !known.has(parameter));
  return unknown === undefined ? undefined : `${name} has no parameter ${unknown}`;
}

/** All variables and ports that are vectors. */
export function vectorsOf(model: SolvedModel): readonly ModelVariable[] {
  const declared = [...model.parameters, ...model.internals, ...model.states, ...model.ports];
  return declared.map(({ variable }) => variable).filter(({ size }) => size !== undefined);
}

function findWrongSize(model: SolvedModel, { sizes }: Usage): string | undefined {
  const vectors = vectorsOf(model);
  const known = new Map(vectors.map((vector) => [vector.writtenName, vector]));
  const unknown = Object.keys(sizes).find((name) => !known.has(name));
  if (unknown !== undefined) return `${model.name} has no vector ${unknown}`;
  for (const [name, { size }] of known) {
    const given = sizes[name];
    if (given === undefined) return `the size of ${name} is not stated`;
    if (!Number.isSafeInteger(given) || given < 1)
      return `the size of ${name} must be an integer ≥ 1, not ${given}`;
    if (size?.kind === 'constant' && evaluate(size, NOTHING) !== given) {
      return `${name} has ${evaluate(size, NOTHING)} elements, not ${given}`;
    }
  }
  return undefined;
}

function findWrongPast({ delays }: SolvedModel, { pastSteps }: Usage): string | undefined {
  const wrong = delays.find(({ state }) => {
    const steps = pastSteps[state.writtenName] ?? 0;
    return !(Number.isSafeInteger(steps) && steps >= 2);
  });
  return wrong === undefined
    ? undefined
    : `the number of steps that are remembered of ${wrong.state.writtenName} must be an integer ≥ 2`;
}

const NOTHING = Object.freeze({
  valueOf: (symbol: ExpressionSymbol): number => {
    throw new RangeError(`${symbol.name} has no value`);
  },
});

/** Elements that the model names by a number must exist. */
function findElementOutside(model: SolvedModel, sizes: Usage['sizes']): PlanProblem | undefined {
  for (const node of nodesBelow(expressionsOfModel(model))) {
    if (node.kind !== 'symbol') continue;
    const symbol = symbolOf(node.symbol);
    if (symbol.role !== 'element') continue;
    const size = sizes[symbol.vector.writtenName] ?? 0;
    if (symbol.element >= size) return outside(symbol.vector, size, symbol.element);
  }
  const pulses = model.variants.flatMap((variant) => variant.pulses);
  for (const { port, element = 0 } of [...model.convolutions, ...pulses, ...model.receiveHandlers]) {
    const size = sizes[port.writtenName];
    if (size !== undefined && element >= size) return outside(port, size, element);
  }
  return undefined;
}

function outside({ writtenName, span }: ModelVariable, size: number, element: number): PlanProblem {
  const problem = `${writtenName} has the elements 0 to ${size - 1}; there is no element ${element}`;
  return { problem, isOfModel: true, span };
}

function findUnknownRecordable(model: SolvedModel, { recorded, sizes }: Usage): string | undefined {
  const known = new Set(
    model.recordables.flatMap(({ name, value }) => {
      if ('scalar' in value) return [name];
      return Array.from({ length: sizes[value.vector.writtenName] ?? 0 }, (_, i) => `${name}[${i}]`);
    }),
  );
  const unknown = recorded.find((name) => !known.has(name));
  return unknown === undefined ? undefined : `${model.name} has nothing to record that is called ${unknown}`;
}
