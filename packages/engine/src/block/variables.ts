import { EngineError } from '../errors.ts';
import type { StoredVariable } from '../interface/index.ts';
import { solveAffineSystems } from './affine.ts';
import { allInstances, type Block, checkInstance, variableOf } from './block.ts';
import { cellsOf, lanesOf } from './cells.ts';
import { nextStep } from './descriptor-fields.ts';
import { decode, encode, startCount } from './encoding.ts';
import { type BlockFailure, checkRuns, clearFailure, failureAt, type ReportedFailure } from './failure.ts';
import { type Consequence, settle } from './settle.ts';

/**
 * Values by written name, canonical, truth values as 0 and 1, integers whole: one number for all instances that are set, or an array
 * with one per instance, in their order.
 */
export type Values = ReadonlyMap<string, number | Float64Array>;

/**
 * The values of a variable, one per instance, canonical.
 * @throws EngineError if there is no such variable.
 */
export function readVariable(block: Block, name: string): Float64Array {
  const variable = variableOf(block, name);
  const cells = cellsOf(block);
  return Float64Array.from({ length: block.instances }, (_, lane) => decode(block, cells, variable, lane));
}

/**
 * Sets variables in all or some instances. Before the first step everything that was not set by hand is derived anew; after it, parameters
 * change what is derived from them and propagators, never states (rule D11). If a guard does not hold or something else fails, nothing has changed (rule D12).
 * @throws EngineError if there is no such variable, or one that all instances share is set in some alone or to different values; or if
 * the block failed before.
 */
export function setVariables(
  block: Block,
  values: Values,
  instances: readonly number[] = allInstances(block),
): BlockFailure | undefined {
  checkRuns(block);
  const { arena } = block.engine;
  const { state, stateBytes } = block.memory;
  const before = arena.bytes(state, stateBytes).slice();
  const reported = applyValues(block, values, instances);
  if (reported === undefined) return undefined;
  arena.bytes(state, stateBytes).set(before);
  clearFailure(block.fields);
  return failureAt(block, nextStep(block) - 1, reported);
}

function applyValues(
  block: Block,
  values: Values,
  instances: readonly number[],
): ReportedFailure | undefined {
  const variables = [...values.keys()].map((name) => variableOf(block, name));
  const consequence = consequenceOf(block, variables);
  const affected = variables.some(({ storage }) => storage.kind === 'shared')
    ? allInstances(block)
    : instances;
  for (const [name, value] of values) {
    const isUndefined = typeof value === 'number' ? Number.isNaN(value) : value.some(Number.isNaN);
    if (isUndefined) return undefinedValue(name, value, instances);
  }
  const wereSet = new Set(instances);
  const isHeld = ({ name }: StoredVariable, instance: number): boolean =>
    !values.has(name) || !wereSet.has(instance);
  const restoreCounts = consequence === 'derive' ? holdCounts(block, affected, isHeld) : undefined;
  writeValues(block, values, instances);
  const failure = settle(block, affected, consequence, variables.length > 0);
  if (failure !== undefined || consequence === 'nothing') return failure;
  restoreCounts?.();
  return solveAffineSystems(block, affected);
}

/** A NaN is no value (rule D11). */
function undefinedValue(
  variable: string,
  value: number | Float64Array,
  instances: readonly number[],
): ReportedFailure {
  const place = typeof value === 'number' ? 0 : value.findIndex(Number.isNaN);
  const instance = instances[place] ?? 0;
  return { kind: 'not-finite', variable, place: undefined, instance, value: Number.NaN };
}

/** Writes values and notes that they were given; nothing is derived. */
export function writeValues(block: Block, values: Values, instances: readonly number[]): void {
  for (const [name, value] of values) checkFits(block, variableOf(block, name), value, instances);
  const cells = cellsOf(block);
  for (const [name, value] of values) {
    const variable = variableOf(block, name);
    instances.forEach((instance, place) => {
      const own = typeof value === 'number' ? value : value[place]!;
      for (const lane of lanesOf(block, instance)) encode(cells, variable, lane, own);
    });
    markGiven(block, variable, instances);
  }
}

function consequenceOf(block: Block, variables: readonly StoredVariable[]): Consequence {
  if (variables.length === 0) return 'nothing';
  if (nextStep(block) === 0) return 'initialise';
  return variables.some(isFixed) ? 'derive' : 'nothing';
}

/** Whether a variable changes only when it, or another like it, is set. */
function isFixed({ role }: StoredVariable): boolean {
  return role === 'parameter' || role === 'internal';
}

function checkFits(
  block: Block,
  { name, storage }: StoredVariable,
  value: number | Float64Array,
  instances: readonly number[],
): void {
  if (typeof value !== 'number' && value.length !== instances.length) {
    throw new EngineError(`${name} is set in ${instances.length} instances by ${value.length} values`);
  }
  for (const instance of instances) checkInstance(block, instance);
  if (storage.kind !== 'shared') return;
  const isSame = typeof value === 'number' || value.every((other) => Object.is(other, value[0]));
  if (instances.length === block.instances && isSame) return;
  throw new EngineError(
    `${name} is the same in all instances of ${block.module.key}; it cannot be set in some`,
  );
}

/** Notes that a variable was set by hand and is not to be derived in these instances (rule D11). */
function markGiven(block: Block, variable: StoredVariable, instances: readonly number[]): void {
  const { engine, memory, module } = block;
  const place = module.layout.variables.indexOf(variable);
  const masks = engine.arena.bytes(memory.given, block.instances * memory.givenBytes);
  for (const instance of instances) {
    masks[instance * memory.givenBytes + (place >> 3)]! |= 1 << (place & 7);
  }
}

/**
 * Countdowns that are held keep their values when their rates change: gives a function that, once rates are derived anew, starts the count at
 * the value of before wherever the rate has changed.
 */
function holdCounts(
  block: Block,
  instances: readonly number[],
  isHeld: (variable: StoredVariable, instance: number) => boolean,
): () => void {
  const counted = block.module.layout.variables.filter(({ encoding }) => encoding.kind === 'counted');
  const before = cellsOf(block);
  const held = counted.flatMap((variable) => {
    const lanes = instances.filter((instance) => isHeld(variable, instance));
    return lanes
      .flatMap((instance) => lanesOf(block, instance))
      .map((lane) => ({
        variable,
        lane,
        rate: rateOf(before, variable, lane),
        value: decode(block, before, variable, lane),
      }));
  });
  return () => {
    const cells = cellsOf(block);
    for (const { variable, lane, rate, value } of held) {
      if (!Object.is(rate, rateOf(cells, variable, lane))) startCount(cells, variable, lane, value);
    }
  };
}

function rateOf(cells: ReturnType<typeof cellsOf>, { encoding }: StoredVariable, lane: number): number {
  return encoding.kind === 'counted' ? cells.read(encoding.rate, lane) : 0;
}
