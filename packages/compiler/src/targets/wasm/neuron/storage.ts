import { InternalError } from '@nestml/diagnostics';
import { type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import type { AffineSlots, Encoding, InputRow, Storage, StoredVariable } from '@nestml/engine/interface';
import { effectsOf } from '../../../ir/effects.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { Plan } from '../../../plan/plan.ts';
import { expressionsOfModel } from '../../../solved/expressions-of-model.ts';
import type {
  AffineSystem,
  ConvolutionSystem,
  NumericSystem,
  SolvedModel,
} from '../../../solved/solved-model.ts';
import { createAllocator, type StorageAllocator } from './allocate-storage.ts';
import { haveSameNumerics } from './equal-variants.ts';
import { isAdaptive } from './method-tableau.ts';
import { allocatePast, type PastSlots } from './past-storage.ts';
import { usesCount } from './receive-handlers.ts';
import { allocateSystems, type SystemSlots } from './system-slots.ts';

/** Where a variable lies: its elements one after the other. */
export interface VariableSlot {
  readonly variable: ModelVariable;
  readonly storage: Storage;
  /** Number of elements; 1 for a scalar. */
  readonly size: number;
  readonly encoding: Encoding;
  /** Place of the first element in `Layout.variables`. */
  readonly first: number;
}

/** Where everything of a block lies that a module reads and writes. */
export interface NeuronStorage {
  readonly columns: number;
  /** Columns of a tile, with the rings of the past behind those that have a name. */
  readonly tileColumns: number;
  /** Where the past of states lies that are read delayed. */
  readonly past: ReadonlyMap<ModelVariable, PastSlots>;
  readonly shared: number;
  readonly variables: readonly StoredVariable[];
  readonly slots: ReadonlyMap<ModelVariable, VariableSlot>;
  readonly rows: readonly InputRow[];
  readonly affine: readonly AffineSlots[];
  readonly systems: ReadonlyMap<AffineSystem, SystemSlots>;
  /** One storage per state of a convolution. */
  readonly increments: ReadonlyMap<ConvolutionSystem, readonly Storage[]>;
  /** Length of the next sub-step in ms, by variant; only variants with an adaptive method have one, and equal parts the same. */
  readonly trials: ReadonlyMap<number, number>;
  /** Columns that a step can change. */
  readonly mutable: ReadonlySet<number>;
  readonly randomKeyColumn: number | undefined;
  readonly resolution: { readonly milliseconds: number; readonly nanoseconds: number };
}

/** Lays out a block: a value is shared if all instances have the same, else it has a column. */
export function createStorage(plan: Plan): NeuronStorage {
  const { model, usage } = plan;
  const allocator = createAllocator();
  const resolution = { milliseconds: allocator.share(), nanoseconds: allocator.share() };
  const own = ownVariables(model, usage.perInstance);
  const slots = new Map<ModelVariable, VariableSlot>();
  const variables: StoredVariable[] = [];
  const mutable = new Set<number>();
  for (const variable of variablesOf(model)) {
    const size = variable.size === undefined ? 1 : sizeOf(variable, usage.sizes);
    const storage = allocator.take(own.has(variable), size);
    const encoding = encodingOf(variable, { model, own, allocator, mutable });
    slots.set(variable, { variable, storage, size, encoding, first: variables.length });
    variables.push(...storedVariables(variable, storage, size, encoding));
    if (isMutable(variable)) for (let i = 0; i < size; i += 1) mutable.add(storage.index + i);
  }
  const isOwn = (expressions: readonly ExpressionNode[]) => dependsOnOwn(expressions, model, own);
  const systems = allocateSystems(model, isOwn, allocator);
  const increments = new Map(
    model.convolutions.map((convolution) => [
      convolution,
      convolution.increments.map((increment) => allocator.take(isOwn([increment]), 1)),
    ]),
  );
  const trials = allocateTrials(model, allocator);
  for (const column of trials.values()) mutable.add(column);
  const randomKeyColumn = drawsAnywhere(model) ? allocator.column() : undefined;
  const totals = allocator.totals();
  return {
    randomKeyColumn,
    ...totals,
    ...allocatePast(plan, totals.columns),
    variables,
    slots,
    rows: rowsOf(model, usage.sizes),
    affine: systems.layout,
    systems: systems.slots,
    increments,
    trials,
    mutable,
    resolution,
  };
}

function allocateTrials({ variants }: SolvedModel, allocator: StorageAllocator): ReadonlyMap<number, number> {
  const trials = new Map<number, number>();
  const known: { readonly system: NumericSystem; readonly column: number }[] = [];
  for (const { index, numeric } of variants) {
    if (numeric === undefined || !isAdaptive(numeric.method)) continue;
    const same = known.find(({ system }) => haveSameNumerics(system, numeric));
    const { column } = same ?? { column: allocator.column() };
    if (same === undefined) known.push({ system: numeric, column });
    trials.set(index, column);
  }
  return trials;
}

/** The slot of a variable that is stored. */
export function slotOf({ slots }: NeuronStorage, variable: ModelVariable): VariableSlot {
  const slot = slots.get(variable);
  if (slot === undefined) throw new InternalError(`${variable.writtenName} has no place`);
  return slot;
}

/**
 * The number of a row of inputs.
 * @throws InternalError if the module does not ask for it.
 */
export function rowOf(
  { rows }: NeuronStorage,
  port: ModelVariable,
  element: number,
  content: InputRow['content'],
): number {
  const name = elementName(port, element);
  const row = rows.findIndex((candidate) => candidate.port === name && candidate.content === content);
  if (row < 0) throw new InternalError(`no row for the ${content} of ${name}`);
  return row;
}

/** `a[1]` for an element of a vector, the written name of a scalar. */
export function elementName(variable: ModelVariable, element: number): string {
  return variable.size === undefined ? variable.writtenName : `${variable.writtenName}[${element}]`;
}

/** Number of elements of a vector in this plan. */
export function sizeOf(variable: ModelVariable, sizes: Readonly<Record<string, number>>): number {
  const size = sizes[variable.writtenName];
  if (size === undefined) throw new InternalError(`the plan gives no size of ${variable.writtenName}`);
  return size;
}

function variablesOf(model: SolvedModel): readonly ModelVariable[] {
  const declared = [...model.parameters, ...model.internals, ...model.states];
  return [
    ...declared.map(({ variable }) => variable),
    ...model.convolutions.flatMap(({ system }) => system.states),
  ];
}

function isMutable({ role }: ModelVariable): boolean {
  return role === 'state' || role === 'convolution';
}

function storedVariables(
  variable: ModelVariable,
  storage: Storage,
  size: number,
  encoding: Encoding,
): readonly StoredVariable[] {
  const { role } = variable;
  if (role !== 'parameter' && role !== 'internal' && role !== 'state' && role !== 'convolution') {
    throw new InternalError(`${variable.writtenName} is not stored`);
  }
  return Array.from({ length: size }, (_, element) => ({
    name: elementName(variable, element),
    role,
    storage: { kind: storage.kind, index: storage.index + element },
    encoding,
  }));
}

interface EncodingSetting {
  readonly model: SolvedModel;
  readonly own: ReadonlySet<ModelVariable>;
  readonly allocator: StorageAllocator;
  readonly mutable: Set<number>;
}

/** A time that runs at a literal rate of ±1 or 0 is kept in whole nanoseconds (rule D3). */
function encodingOf(variable: ModelVariable, { model, own, allocator, mutable }: EncodingSetting): Encoding {
  const countdown = model.countdowns.find(({ state }) => state === variable);
  if (countdown === undefined) return { kind: 'plain' };
  const { rate, isTime } = countdown;
  if (isTime && rate.kind === 'constant' && [-1, 0, 1].includes(rate.value)) return { kind: 'nanoseconds' };
  const count = allocator.column();
  mutable.add(count);
  return { kind: 'counted', count, rate: allocator.take(dependsOnOwn([rate], model, own), 1), isTime };
}

/**
 * Variables with a value per instance: states, parameters that vary, and whatever is derived from one of them or drawn. What is derived
 * from the initial value of a state counts too, since that can be set for each instance.
 */
function ownVariables(model: SolvedModel, perInstance: readonly string[]): ReadonlySet<ModelVariable> {
  const own = new Set<ModelVariable>(variablesOf(model).filter(isMutable));
  for (const { variable } of model.parameters) {
    if (perInstance.includes(variable.writtenName)) own.add(variable);
  }
  for (const { variable, value } of model.initialisation) {
    if (own.has(variable)) continue;
    const { on } = model.dependencies.find((entry) => entry.variable === variable) ?? { on: [] };
    if (on.some((other) => own.has(other)) || draws([value], model)) own.add(variable);
  }
  return own;
}

function dependsOnOwn(
  expressions: readonly ExpressionNode[],
  model: SolvedModel,
  own: ReadonlySet<ModelVariable>,
): boolean {
  const { reads } = effectsOf([], expressions, functionBodies(model));
  return reads.some((read) => own.has(read));
}

function draws(expressions: readonly ExpressionNode[], model: SolvedModel): boolean {
  return effectsOf([], expressions, functionBodies(model)).draws.length > 0;
}

/** The bodies of the functions, for `effectsOf`. */
export function functionBodies({ functions }: SolvedModel) {
  return new Map(functions.map((definition) => [definition.function, definition.body]));
}

function drawsAnywhere(model: SolvedModel): boolean {
  return nodesBelow(expressionsOfModel(model)).some(({ kind }) => kind === 'draw');
}

/**
 * A row per element of each continuous port and for the weights of each spike port, those of a port one after the other; then counts, only
 * where a handler needs them.
 */
function rowsOf(model: SolvedModel, sizes: Readonly<Record<string, number>>): readonly InputRow[] {
  return model.ports.flatMap(({ variable }) => {
    const size = variable.size === undefined ? 1 : sizeOf(variable, sizes);
    const isSpike = variable.role === 'spikePort';
    const counted = model.receiveHandlers.filter(
      (handler) => handler.port === variable && usesCount(handler),
    );
    const elements = Array.from({ length: size }, (_, element) => ({
      element,
      port: elementName(variable, element),
    }));
    const isCounted = (element: number): boolean =>
      counted.some((handler) => (handler.element ?? element) === element);
    const content = isSpike ? 'weight' : 'current';
    return [
      ...elements.map(({ port }): InputRow => ({ port, content })),
      ...elements.flatMap(({ element, port }): readonly InputRow[] =>
        isSpike && isCounted(element) ? [{ port, content: 'count' }] : [],
      ),
    ];
  });
}
