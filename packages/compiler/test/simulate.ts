import {
  advanceAffine,
  type Environment,
  type ExpressionNode,
  type ExpressionSymbol,
  evaluateAll,
  solveAffine,
  type Value,
} from '@nestml/dynamics';
import {
  type AffineSystem,
  type Countdown,
  calleeOf,
  type IntegrationVariant,
  type ModelFunction,
  type ModelVariable,
  type SolvedModel,
  type Statement,
  symbolOf,
} from '../src/index.ts';
import { integrateNumerically } from './integrate-numerically.ts';

/** What one neuron is fed with; ports and elements as in `exc` and `exc[1]`. Steps from 0. */
export interface Stimulus {
  readonly stepNs: number;
  readonly steps: number;
  readonly set?: Readonly<Record<string, number>>;
  readonly spikes?: readonly { readonly port: string; readonly step: number; readonly weight: number }[];
  readonly currents?: readonly {
    readonly port: string;
    readonly firstStep: number;
    readonly endStep: number;
    readonly value: number;
  }[];
  readonly record: readonly string[];
  /** Replaces the tolerances of the model, which are too coarse to compare with. */
  readonly tolerance: number;
}

export interface Simulation {
  readonly recorded: ReadonlyMap<string, readonly number[]>;
  /** Numbers of the steps at whose end a spike was emitted, from 1. */
  readonly spikeSteps: readonly number[];
  readonly printed: readonly string[];
}

/** Runs a solved model step by step, as literally as possible. Without vectors of variables and random numbers. */
export function simulate(model: SolvedModel, stimulus: Stimulus): Simulation {
  const neuron = createNeuron(model, stimulus);
  const recorded = new Map(stimulus.record.map((name) => [name, [] as number[]]));
  setInputs(neuron, 0);
  for (neuron.step = 0; neuron.step < stimulus.steps; neuron.step += 1) makeStep(neuron, recorded);
  return { recorded, spikeSteps: neuron.spikeSteps, printed: neuron.printed };
}

interface Neuron {
  readonly model: SolvedModel;
  readonly stimulus: Stimulus;
  readonly h: number;
  readonly values: Map<ExpressionSymbol, Value>;
  readonly counts: Map<ModelVariable, { valueAtSet: number; steps: number }>;
  readonly integrated: Set<ModelVariable>;
  readonly trials: Map<IntegrationVariant, number>;
  /** Sums of weights and currents by port and element. */
  readonly inputs: Map<string, number>;
  /** Number of spikes by port and element. */
  readonly events: Map<string, number>;
  readonly spikeSteps: number[];
  readonly printed: string[];
  step: number;
}

function createNeuron(model: SolvedModel, stimulus: Stimulus): Neuron {
  const h = stimulus.stepNs / 1e6;
  const neuron: Neuron = {
    model,
    stimulus,
    h,
    values: new Map<ExpressionSymbol, Value>([
      [model.resolution, h],
      [model.time, 0],
    ]),
    counts: new Map(),
    integrated: new Set(),
    trials: new Map(),
    inputs: new Map(),
    events: new Map(),
    spikeSteps: [],
    printed: [],
    step: -1,
  };
  for (const state of model.convolutions.flatMap(({ system }) => system.states)) neuron.values.set(state, 0);
  for (const { variable, value } of model.initialisation) {
    const given = stimulus.set?.[variable.writtenName];
    setVariable(neuron, variable, given ?? valueIn(neuron, value));
  }
  return neuron;
}

function environmentOf(neuron: Neuron): Environment {
  const environment: Environment = {
    valueOf: (symbol) => {
      const known = neuron.values.get(symbol);
      if (known !== undefined) return known;
      const { role, name } = symbolOf(symbol);
      if (role === 'element' || role === 'spikePort' || role === 'continuousPort') {
        return inputAt(neuron, name);
      }
      throw new Error(`${name} has no value`);
    },
    call: (callee, values) => {
      const found = calleeOf({ id: 0, kind: 'call', function: callee, arguments: [] });
      if (found.kind === 'elementOf') {
        return inputAt(neuron, `${found.vector.name}[${values[0]}]`);
      }
      return callFunction(neuron, found, values);
    },
  };
  return environment;
}

function valueIn(neuron: Neuron, node: ExpressionNode): Value {
  return evaluateAll([node], environmentOf(neuron))[0]!;
}

function callFunction(neuron: Neuron, callee: ModelFunction, values: readonly Value[]): Value {
  const definition = neuron.model.functions.find((other) => other.function === callee);
  if (definition === undefined) throw new Error(`${callee.name} has no body`);
  const before = callee.parameters.map((parameter) => neuron.values.get(parameter));
  callee.parameters.forEach((parameter, i) => {
    neuron.values.set(parameter, values[i]!);
  });
  const returned = execute(neuron, definition.body);
  callee.parameters.forEach((parameter, i) => {
    const value = before[i];
    if (value !== undefined) neuron.values.set(parameter, value);
  });
  return returned?.value ?? 0;
}

function setVariable(neuron: Neuron, variable: ModelVariable, value: Value): void {
  const countdown = neuron.model.countdowns.find(({ state }) => state === variable);
  const held =
    countdown?.isTime === true && Number.isFinite(value) ? Math.round(Number(value) * 1e6) / 1e6 : value;
  if (countdown !== undefined) neuron.counts.set(variable, { valueAtSet: Number(held), steps: 0 });
  neuron.values.set(variable, held);
}

function makeStep(neuron: Neuron, recorded: ReadonlyMap<string, number[]>): void {
  const { model } = neuron;
  neuron.values.set(model.time, ((neuron.step + 1) * neuron.stimulus.stepNs) / 1e6);
  neuron.integrated.clear();
  for (const action of model.step) {
    switch (action.kind) {
      case 'collectSpikes':
        collectSpikes(neuron);
        break;
      case 'update':
        execute(neuron, model.update.body);
        break;
      case 'receive': {
        const { port, element, body } = model.receiveHandlers[action.handler]!;
        const names = [...neuron.events.keys()].filter((name) =>
          element === undefined
            ? name === port.name || name.startsWith(`${port.name}[`)
            : name === `${port.name}[${element}]`,
        );
        if (names.length > 0) execute(neuron, body);
        break;
      }
      case 'advanceConvolutions':
        advanceConvolutions(neuron);
        break;
      case 'condition': {
        const { condition, body } = model.conditionHandlers[action.handler]!;
        if (valueIn(neuron, condition) === true) execute(neuron, body);
        break;
      }
      case 'nextInputs':
        setInputs(neuron, neuron.step + 1);
        break;
      case 'record':
        for (const [name, list] of recorded) list.push(recordedValue(neuron, name));
        break;
      default:
        action satisfies never;
    }
  }
}

function recordedValue(neuron: Neuron, name: string): number {
  const recordable = neuron.model.recordables.find((other) => other.name === name);
  if (recordable === undefined || !('scalar' in recordable.value)) throw new Error(`no recordable ${name}`);
  return Number(valueIn(neuron, recordable.value.scalar));
}

function setPort(neuron: Neuron, name: string, value: number): void {
  neuron.inputs.set(name, value);
}

function collectSpikes(neuron: Neuron): void {
  for (const name of neuron.events.keys()) setPort(neuron, name, 0);
  neuron.events.clear();
  for (const { port, step, weight } of neuron.stimulus.spikes ?? []) {
    if (step !== neuron.step) continue;
    setPort(neuron, port, inputAt(neuron, port) + weight);
    neuron.events.set(port, (neuron.events.get(port) ?? 0) + 1);
  }
}

function inputAt(neuron: Neuron, port: string): number {
  return neuron.inputs.get(port) ?? 0;
}

function setInputs(neuron: Neuron, step: number): void {
  const sums = new Map<string, number>();
  for (const { port, firstStep, endStep, value } of neuron.stimulus.currents ?? []) {
    sums.set(port, (sums.get(port) ?? 0) + (step >= firstStep && step < endStep ? value : 0));
  }
  for (const [port, value] of sums) setPort(neuron, port, value);
}

function elementName(port: ModelVariable, element: number): string {
  return port.size === undefined ? port.name : `${port.name}[${element}]`;
}

function advanceConvolutions(neuron: Neuron): void {
  for (const { system, port, element, increments } of neuron.model.convolutions) {
    const after = solveSystem(neuron, system, neuron.h);
    const weight = inputAt(neuron, elementName(port, element));
    system.states.forEach((state, i) => {
      const jump = weight === 0 ? 0 : weight * Number(valueIn(neuron, increments[i]!));
      neuron.values.set(state, after[i]! + jump);
    });
  }
}

/** The states of a system after an interval from the begin of the step. */
function solveSystem(neuron: Neuron, system: AffineSystem, interval: number): Float64Array {
  const size = system.states.length;
  const matrix = new Float64Array(size * size);
  for (const { row, column, value } of system.coefficients) {
    matrix[row * size + column] = Number(valueIn(neuron, value));
  }
  const solution = solveAffine(matrix, size, interval);
  if (solution.kind === 'not-finite') throw new Error('no finite propagator');
  const state = system.states.map((variable) => Number(neuron.values.get(variable)));
  const input = system.input.map((node) => Number(valueIn(neuron, node)));
  return advanceAffine(solution.propagator, state, input);
}

function integrate(neuron: Neuron, variant: IntegrationVariant): void {
  const results = new Map<ModelVariable, number>();
  for (const { system, moved } of variant.affine) {
    const after = solveSystem(neuron, system, neuron.h);
    for (const place of moved) results.set(system.states[place]!, after[place]!);
  }
  if (variant.numeric !== undefined) {
    const { states: after, nextStep } = integrateNumerically(variant.numeric, {
      step: neuron.h,
      trial: neuron.trials.get(variant) ?? neuron.h,
      tolerance: neuron.stimulus.tolerance,
      valueOf: (variable) => Number(neuron.values.get(variable)),
      advance: (system, interval) => solveSystem(neuron, system, interval),
      evaluate: (nodes, inside) => evaluateInside(neuron, nodes, inside),
    });
    if (nextStep !== undefined) neuron.trials.set(variant, nextStep);
    variant.numeric.equations.forEach(({ state }, i) => {
      results.set(state, after[i]!);
    });
  }
  for (const [state, value] of results) neuron.values.set(state, value);
  for (const countdown of variant.countdowns) advanceCountdown(neuron, countdown);
  applyPulses(neuron, variant);
  for (const state of variant.states) neuron.integrated.add(state);
}

/** Values of expressions where some variables have other values than at the begin of the step. */
function evaluateInside(
  neuron: Neuron,
  nodes: readonly ExpressionNode[],
  inside: ReadonlyMap<ModelVariable, number>,
): readonly number[] {
  const before = [...inside.keys()].map((state) => [state, neuron.values.get(state)!] as const);
  for (const [state, value] of inside) neuron.values.set(state, value);
  const values = evaluateAll(nodes, environmentOf(neuron)).map(Number);
  for (const [state, value] of before) neuron.values.set(state, value);
  return values;
}

function advanceCountdown(neuron: Neuron, { state, rate, isTime }: Countdown): void {
  const count = neuron.counts.get(state);
  if (count === undefined) throw new Error(`${state.name} was never set`);
  count.steps += 1;
  const slope = Number(valueIn(neuron, rate));
  const { stepNs } = neuron.stimulus;
  const value =
    isTime && Math.abs(slope) === 1
      ? (Math.round(count.valueAtSet * 1e6) + slope * count.steps * stepNs) / 1e6
      : count.valueAtSet + slope * ((count.steps * stepNs) / 1e6);
  neuron.values.set(state, value);
}

function applyPulses(neuron: Neuron, { pulses }: IntegrationVariant): void {
  const jumps = pulses.flatMap(({ state, port, element, coefficient }) => {
    const weight = inputAt(neuron, elementName(port, element));
    if (weight === 0 || neuron.integrated.has(state)) return [];
    return [{ state, size: Number(valueIn(neuron, coefficient)) * weight }];
  });
  for (const { state, size } of jumps) neuron.values.set(state, Number(neuron.values.get(state)) + size);
}

function execute(neuron: Neuron, statements: readonly Statement[]): { readonly value?: Value } | undefined {
  for (const statement of statements) {
    const returned = executeOne(neuron, statement);
    if (returned !== undefined) return returned;
  }
  return undefined;
}

function executeOne(neuron: Neuron, statement: Statement): { readonly value?: Value } | undefined {
  const value = (node: ExpressionNode) => valueIn(neuron, node);
  switch (statement.kind) {
    case 'set':
      setVariable(neuron, statement.target, value(statement.value));
      return undefined;
    case 'let':
      setVariable(neuron, statement.variable, value(statement.value));
      return undefined;
    case 'if': {
      const chosen = statement.branches.find(({ condition }) => value(condition) === true);
      return execute(neuron, chosen?.body ?? statement.otherwise);
    }
    case 'for':
      setVariable(neuron, statement.variable, value(statement.from));
      while (value(statement.condition) === true) {
        const returned = execute(neuron, statement.body);
        if (returned !== undefined) return returned;
        setVariable(neuron, statement.variable, value(statement.next));
      }
      return undefined;
    case 'while':
      while (value(statement.condition) === true) {
        const returned = execute(neuron, statement.body);
        if (returned !== undefined) return returned;
      }
      return undefined;
    case 'return':
      return statement.value === undefined ? {} : { value: value(statement.value) };
    case 'integrate':
      integrate(neuron, neuron.model.variants[statement.variant]!);
      return undefined;
    case 'emit':
      neuron.spikeSteps.push(neuron.step + 1);
      return undefined;
    case 'print': {
      const pieces = statement.pieces.map((piece) =>
        typeof piece === 'string'
          ? piece
          : `${value(piece.value)}${piece.unit === '' ? '' : ` ${piece.unit}`}`,
      );
      neuron.printed.push(pieces.join(''));
      return undefined;
    }
    case 'call':
      callFunction(neuron, statement.function, statement.arguments.map(value));
      return undefined;
    default:
      return statement satisfies never;
  }
}
