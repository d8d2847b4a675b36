import type { Equation, IntegrateStatement, VariableSymbol } from '@nestml/language';
import { toCanonical } from '@nestml/units';
import { type Integration, integrateAdaptively } from './adaptive-integration.ts';
import { endOfStep, lengthInMs, lengthInSteps, startOfStep } from './clock.ts';
import { breaksInStep } from './convolutions.ts';
import { type Countdown, countdownValue } from './countdown.ts';
import type { Derivative } from './dormand-prince.ts';
import { evaluateNumber } from './evaluate-expression.ts';
import { type KernelSystem, kernelSystemDerivative } from './kernel-system.ts';
import { type Integrated, type Neuron, notFiniteStop, notify, statesByName, storeState } from './neuron.ts';
import { rememberCourse } from './past.ts';
import { definitionOf } from './program.ts';
import { arrivingPulses, jumpsOf, type Pulse } from './pulses.ts';
import { RunStop } from './run-stop.ts';
import { readNumber } from './store.ts';
import type { Value } from './values.ts';

/** From this number of sub-steps in one step on there is a notice. */
const MANY_SUBSTEPS = 1000;

/**
 * `integrate_odes(…)`: the listed variables, with all their derivatives, advance over one step; all others stay as they are.
 * Then the pulses of this step act on those that are integrated for the first time in it (rule D2).
 */
export function integrateOdes(neuron: Neuron, statement: IntegrateStatement): void {
  advanceEquations(neuron, statement, statement.variables);
  applyPulses(neuron, firstIntegrated(neuron, statement), arrivingPulses(neuron.ports));
}

/** These variables of order 0, with all their derivatives, advance over the step, or over the steps that are made at once. */
export function advanceEquations(
  neuron: Integrated,
  statement: IntegrateStatement,
  variables: readonly VariableSymbol[],
): void {
  const { program, countdowns } = neuron;
  const equations = variables.map((variable) => definitionOf(program.equations, variable));
  const running = equations.flatMap((equation) => countdowns.get(equation.variables[0]!) ?? []);
  const moving = equations.filter((equation) => !countdowns.has(equation.variables[0]!));
  if (moving.length > 0) solve(neuron, statement, moving, running);
  for (const countdown of running) advanceCountdown(neuron, countdown, statement);
}

/** The equations of a statement that were not integrated in this step before; a second time gives a notice. */
export function firstIntegrated(neuron: Integrated, statement: IntegrateStatement): readonly Equation[] {
  return statement.variables
    .map((variable) => definitionOf(neuron.program.equations, variable))
    .filter((equation) => isFirstCall(neuron, equation, statement));
}

/** The unknowns of an integration, in the order in which their values lie in one array. */
interface Unknowns {
  readonly equations: readonly Equation[];
  readonly states: readonly VariableSymbol[];
  readonly systems: readonly KernelSystem[];
  readonly variables: readonly VariableSymbol[];
}

function solve(
  neuron: Integrated,
  statement: IntegrateStatement,
  equations: readonly Equation[],
  running: readonly Countdown[],
): void {
  const { store, clock, tolerance, trialSteps, convolutions, past } = neuron;
  const states = equations.flatMap(({ variables }) => variables);
  const { systems } = convolutions;
  const variables = [...states, ...systems.flatMap((system) => system.variables)];
  const unknowns = { equations, states, systems, variables };
  const length = lengthInMs(clock);
  const before = new Map(
    [...states, ...running.map(({ symbol }) => symbol)].map((s) => [s, readNumber(store, s)]),
  );
  const start = Float64Array.from([
    ...states.map((symbol) => readNumber(store, symbol)),
    ...systems.flatMap((system) => [...system.values]),
  ]);
  const integration = integrateAdaptively({
    f: rightHandSides(neuron, unknowns, running, length),
    start,
    length,
    absolute: Float64Array.from(variables, (symbol) => absoluteTolerance(symbol, tolerance.absolute)),
    relative: tolerance.relative,
    trial: trialSteps.get(statement) ?? length,
    breaks: [...breaksInStep(convolutions), ...past.breaks]
      .sort((a, b) => a - b)
      .map((theta) => theta * length),
    keepsCourse: states.some((symbol) => past.histories.has(symbol)),
  });
  for (const [symbol, value] of before) store.set(symbol, value);
  if (integration.kind !== 'done') throw integrationStop(neuron, integration, unknowns, statement);
  trialSteps.set(statement, integration.trial);
  if (integration.substeps > MANY_SUBSTEPS * lengthInSteps(clock)) {
    const { substeps } = integration;
    notify(neuron, { kind: 'many-substeps', substeps, time: endOfStep(clock), span: statement.span });
  }
  states.forEach((symbol, i) => {
    storeState(neuron, symbol, integration.x[i]!, statement.span);
    const course = integration.course.map((points) =>
      points.map(({ tau, x, slopes }) => ({ tau, value: x[i]!, slope: slopes[i]! })),
    );
    if (course.length > 0) rememberCourse(past, symbol, clock, course);
  });
}

/**
 * dx/dτ of the states and of the copies of the kernel systems. The store holds the values of the stage while right-hand sides
 * are evaluated.
 */
function rightHandSides(
  { store, stage, stageEnvironment, clock }: Integrated,
  { equations, states, systems }: Unknowns,
  running: readonly Countdown[],
  length: number,
): Derivative {
  const inlineValues = new Map<VariableSymbol, Value>();
  const equationEnvironment = { ...stageEnvironment, inlineValues };
  return (tau, x, out) => {
    stage.theta = tau / length;
    states.forEach((symbol, i) => {
      store.set(symbol, x[i]!);
    });
    for (const countdown of running) {
      const rate = evaluateNumber(countdown.rate, stageEnvironment);
      store.set(countdown.symbol, countdownValue(countdown, rate, clock, stage.theta));
    }
    let offset = states.length;
    for (const system of systems) {
      system.stage = x.subarray(offset, offset + system.variables.length);
      kernelSystemDerivative(system, x, out, offset, stageEnvironment);
      offset += system.variables.length;
    }
    inlineValues.clear();
    let position = 0;
    for (const { variables, value } of equations) {
      const order = variables.length;
      for (let k = 0; k + 1 < order; k += 1) out[position + k] = x[position + k + 1]!;
      out[position + order - 1] = evaluateNumber(value, equationEnvironment);
      position += order;
    }
  };
}

/**
 * An absolute tolerance in canonical units, given as a number of the declared or of the canonical unit, whichever is smaller: a current
 * of 100 pA that is declared in A is not below every tolerance (rule D13).
 */
export function absoluteTolerance({ type }: VariableSymbol, tolerance: number): number {
  return type.kind === 'quantity' ? Math.min(toCanonical(tolerance, type.unit), tolerance) : tolerance;
}

function integrationStop(
  { store, clock }: Integrated,
  failure: Exclude<Integration, { readonly kind: 'done' }>,
  { equations, variables }: Unknowns,
  { span }: IntegrateStatement,
): RunStop {
  const symbol = variables[failure.component]!;
  const place = equations.find((equation) => equation.variables.includes(symbol))?.span ?? span;
  if (failure.kind === 'not-finite') {
    return notFiniteStop(symbol.writtenName, failure.value, startOfStep(clock), place, store);
  }
  return new RunStop({
    kind: 'step-too-small',
    variable: symbol.writtenName,
    time: startOfStep(clock) + failure.tau,
    span: place,
    lastGood: statesByName(store),
  });
}

/** Stores the value after one more step, or the steps that are made at once; only an assignment restarts the count. */
function advanceCountdown(neuron: Integrated, countdown: Countdown, { span }: IntegrateStatement): void {
  const { clock, past, stageEnvironment } = neuron;
  const { symbol } = countdown;
  // One that began at infinity stays there.
  if (!Number.isFinite(countdown.valueAtSet)) return;
  const slope = evaluateNumber(countdown.rate, stageEnvironment);
  const before = countdownValue(countdown, slope, clock);
  countdown.stepsSinceSet += lengthInSteps(clock);
  const after = countdownValue(countdown, slope, clock);
  storeState(neuron, symbol, after, span);
  const length = lengthInMs(clock);
  const course = [
    { tau: 0, value: before, slope },
    { tau: length, value: after, slope },
  ];
  rememberCourse(past, symbol, clock, [course]);
}

/** Whether the equation has not been integrated in this step before; a second time gives a notice. */
function isFirstCall(neuron: Integrated, { variables }: Equation, { span }: IntegrateStatement): boolean {
  const variable = variables[0]!;
  if (!neuron.integratedInStep.has(variable)) {
    neuron.integratedInStep.add(variable);
    return true;
  }
  const time = endOfStep(neuron.clock);
  notify(neuron, { kind: 'integrated-twice', variable: variable.writtenName, time, span });
  return false;
}

/** All coefficients are evaluated with the state after the integration, before the first jump. */
export function applyPulses(
  neuron: Integrated,
  equations: readonly Equation[],
  pulses: readonly Pulse[],
): void {
  for (const { symbol, size } of jumpsOf(equations, pulses, neuron.coefficientEnvironment)) {
    const equation = equations.find(({ variables }) => variables.includes(symbol))!;
    storeState(neuron, symbol, readNumber(neuron.store, symbol) + size, equation.span);
  }
}
