import type { CheckedModel, Expression, PortSymbol, VariableSymbol } from '@nestml/language';
import type { Clock } from './clock.ts';
import { noEffects } from './effects.ts';
import type { Environment } from './environment.ts';
import { evaluate, evaluateBoolean, evaluateNumber } from './evaluate-expression.ts';
import { callDefinition } from './execute-statement.ts';
import { notFiniteStop } from './neuron.ts';
import { createProgram, definitionOf, type Program } from './program.ts';
import { createRandomSource, type RandomSource } from './random.ts';
import { KEY_KIND, neuronKey } from './random-key.ts';
import type { GivenValue, NeuronIdentity, RunFailure } from './run.ts';
import { executionStop, RunStop } from './run-stop.ts';
import { silentSignals } from './signals.ts';
import { elementName, elementsOf, type Store } from './store.ts';
import { convertTo, type OwnedValue, type StoredValue } from './values.ts';

/** Values of all parameters, internals and states before the first step, canonical; or why there are none. */
export type InitialValues =
  | { readonly values: ReadonlyMap<VariableSymbol, StoredValue> }
  | { readonly failure: RunFailure };

const ONE_TENTH_MS = 100_000;
const NOBODY: NeuronIdentity = Object.freeze({ seed: 0, population: '', index: 0 });

/**
 * Derives what a neuron starts from (rules D11, D12): values set by hand as they are, everything else from its declaration.
 * @param given by symbol, in canonical units; a vector takes an array of its size, or one value for all elements.
 * @param stepNs what `resolution()` in a declaration means, in ns.
 */
export function initialValues(
  model: CheckedModel,
  given: ReadonlyMap<VariableSymbol, GivenValue>,
  stepNs = ONE_TENTH_MS,
): InitialValues {
  const clock = { stepNs, step: -1 };
  const random = createRandomSource(neuronKey(NOBODY, KEY_KIND.statements), clock);
  try {
    const environment = startEnvironment(createProgram(model), clock, random);
    deriveInitialValues(environment, given);
    return { values: environment.store };
  } catch (problem) {
    if (problem instanceof RunStop) return { failure: problem.failure };
    throw problem;
  }
}

/** The surroundings of initial values, guards, sizes and kernels: an empty store, no input, nothing to act on. */
export function startEnvironment(program: Program, clock: Clock, random: RandomSource): Environment {
  const environment: Environment = {
    program,
    clock,
    store: new Map(),
    locals: new Map(),
    callDepth: 0,
    signals: silentSignals((port) => sizeOfPort(port, environment)),
    random,
    effects: noEffects(clock),
    call: callDefinition,
  };
  return environment;
}

/**
 * Fills the store in an order in which each value uses only earlier ones, then checks the guards if anything was set by hand.
 * @throws RunStop if a guard does not hold, a size is not a positive integer, or a value is not a number.
 */
export function deriveInitialValues(
  environment: Environment,
  given: ReadonlyMap<VariableSymbol, GivenValue>,
): void {
  const { store, program } = environment;
  for (const symbol of program.model.initialisationOrder) {
    const set = given.get(symbol);
    const value =
      set === undefined ? declaredValue(symbol, environment) : givenValue(symbol, set, environment);
    checkNumbers(symbol, value, store);
    store.set(symbol, value);
  }
  if (given.size > 0) checkGuards(environment);
}

/** The declared value, in all elements of a vector. */
function declaredValue(symbol: VariableSymbol, environment: Environment): OwnedValue {
  const declaration = definitionOf(environment.program.declarations, symbol);
  const value = convertTo(symbol.type, evaluate(declaration.value, environment));
  if (symbol.size === undefined) return value;
  const size = evaluateSize(symbol.size, symbol.writtenName, environment);
  return Array.from({ length: size }, () => value);
}

function givenValue(symbol: VariableSymbol, given: GivenValue, environment: Environment): OwnedValue {
  const isArray = typeof given === 'object';
  if (symbol.size === undefined) {
    if (!isArray) return convertTo(symbol.type, given);
    throw executionStop(`${symbol.writtenName} is no vector`, environment.clock, symbol.declared);
  }
  const size = evaluateSize(symbol.size, symbol.writtenName, environment);
  if (!isArray) return Array.from({ length: size }, () => convertTo(symbol.type, given));
  if (given.length !== size) {
    const reason = `${symbol.writtenName} has ${size} elements, but ${given.length} values were given`;
    throw executionStop(reason, environment.clock, symbol.declared);
  }
  return given.map((element) => convertTo(symbol.type, element));
}

/** A larger vector is more likely a mistake than meant, and would exhaust the memory before anything could be said about it. */
const LARGEST_SIZE = 10_000_000;

function evaluateSize(size: Expression, name: string, environment: Environment): number {
  const value = evaluateNumber(size, environment);
  const isCount = Number.isInteger(value) && value >= 1;
  if (isCount && value <= LARGEST_SIZE) return value;
  const reason = isCount
    ? `the size of ${name} must be at most 10,000,000, not ${value}`
    : `the size of ${name} must be an integer ≥ 1, not ${value}`;
  throw executionStop(reason, environment.clock, size.span);
}

function sizeOfPort(port: PortSymbol, environment: Environment): number {
  return port.size === undefined ? 1 : evaluateSize(port.size, port.name, environment);
}

/** Infinity is a value that can be meant (no upper bound); NaN never is. */
function checkNumbers(symbol: VariableSymbol, value: StoredValue, store: Store): void {
  for (const [element, single] of elementsOf(value).entries()) {
    if (Number.isNaN(single)) {
      throw notFiniteStop(elementName(symbol, element, value), Number.NaN, 0, symbol.declared, store);
    }
  }
}

/** Every guard must hold, whichever value was set: a guard may compare two parameters. */
function checkGuards(environment: Environment): void {
  for (const { symbol, guard } of environment.program.declarations.values()) {
    if (guard !== undefined && !evaluateBoolean(guard, environment)) {
      throw new RunStop({ kind: 'guard', symbol, span: guard.span });
    }
  }
}
