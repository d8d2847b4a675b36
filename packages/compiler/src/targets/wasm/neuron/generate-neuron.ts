import { nodesBelow } from '@nestml/dynamics';
import { interfaceVersion, type Layout, type NeuronArtefact } from '@nestml/engine/interface';
import type { Statement } from '../../../ir/statements.ts';
import { calleeOf } from '../../../ir/symbol-of.ts';
import type { Plan } from '../../../plan/plan.ts';
import { expressionsOfSteps, statementsOfModel } from '../../../solved/expressions-of-model.ts';
import { buildModule } from '../encoder/build-module.ts';
import { withLibrary } from '../library.ts';
import type { Flavour } from '../ssa/lanes.ts';
import { lowerFunction } from '../ssa/lower-function.ts';
import { createSetting, scratchBytes } from './create-setting.ts';
import { defineAdvance } from './define-advance.ts';
import { defineFunction } from './define-function.ts';
import { defineCheckGuards, defineDerive, defineInitialise } from './define-initialise.ts';
import { defineRecord } from './define-record.ts';
import { defineEvents } from './emit-failure.ts';
import { defineRemainder } from './emit-remainder.ts';
import { literalElement } from './emit-statement.ts';
import type { NeuronSetting } from './frame.ts';
import { mostSpikesPerStep } from './most-spikes.ts';
import { noticedStates } from './repeated-integration.ts';
import { sizeOf } from './storage.ts';

/** From this number of columns on a step works in memory: so many variables fit in no processor. */
const MOST_COLUMNS_IN_VARIABLES = 400;

const EXPORTS = Object.freeze(['initialise', 'derive', 'checkGuards', 'advance', 'record'] as const);

/** How a step is computed. Results have the same bits. */
export interface GenerateOptions {
  /** Two instances at once in vectors, or one after the other; what suits the model if absent. Two only where `canPair` says so. */
  readonly flavour?: Flavour;
}

/**
 * The module of a planned neuron. The model must be one that `wasmTarget` does not refuse.
 * Its layout depends on the source by `places` alone; bytes depend on the key of the plan.
 */
export function generateNeuron(plan: Plan, options: GenerateOptions = {}): NeuronArtefact {
  const setting = createSetting(plan);
  const flavour = options.flavour ?? (isPairable(setting) ? 'pair' : 'scalar');
  const mostSpikes = mostSpikesPerStep(setting);
  const recursive = [...setting.recursive.keys()].flatMap((callee) => setting.functions.get(callee) ?? []);
  const functions = withLibrary([
    defineInitialise(setting),
    defineDerive(setting),
    defineCheckGuards(setting),
    defineAdvance(setting, flavour, mostSpikes),
    defineRecord(setting),
    ...recursive.map((definition) => defineFunction(definition, setting)),
    ...defineEvents(),
    defineRemainder(),
  ]);
  const bytes = buildModule({
    memory: { module: 'env', name: 'memory', minimumPages: 1 },
    imports: [],
    functions: functions.map(lowerFunction),
    exports: EXPORTS.map((name) => ({ name, callee: name })),
  });
  return { key: plan.key, bytes, layout: layoutOf(setting, mostSpikes) };
}

function layoutOf(setting: NeuronSetting, mostSpikes: number | undefined): Layout {
  const { storage, places, plan, extras } = setting;
  const repeated = noticedStates(extras.integrated.keys()).map((state) => ({
    name: state.writtenName,
    place: places.ofVariable(state),
  }));
  const { tileColumns, shared, variables, rows, affine, randomKeyColumn, resolution } = storage;
  return {
    version: interfaceVersion,
    columns: tileColumns,
    shared,
    scratchBytes: scratchBytes(setting),
    variables,
    rows,
    affine,
    recorded: plan.usage.recorded,
    ...(repeated.length === 0 ? {} : { repeated }),
    ...(mostSpikes === undefined ? {} : { mostSpikesPerStep: mostSpikes }),
    ...(randomKeyColumn === undefined ? {} : { randomKeyColumn }),
    resolution,
    places: places.list,
  };
}

/**
 * Whether two instances can be advanced at once: not if functions call themselves or indices are computed, since then lanes need
 * different code or addresses.
 */
export function canPair(plan: Plan): boolean {
  return isPairable(createSetting(plan));
}

function isPairable({ plan, recursive, storage }: NeuronSetting): boolean {
  if (recursive.size > 0 || storage.columns > MOST_COLUMNS_IN_VARIABLES) return false;
  return !usesComputedIndices(plan);
}

function usesComputedIndices({ model, usage }: Plan): boolean {
  const isComputed = (statement: Statement): boolean =>
    statement.kind === 'set' &&
    statement.index !== undefined &&
    literalElement(statement, sizeOf(statement.target, usage.sizes)) === undefined;
  if (statementsOfModel(model).some(isComputed)) return true;
  const nodes = nodesBelow(expressionsOfSteps(model));
  return nodes.some((node) => node.kind === 'call' && calleeOf(node).kind === 'elementOf');
}
