import {
  type AdaptiveResult,
  DORMAND_PRINCE,
  type ExponentialProblem,
  type ExpressionNode,
  FORWARD_EULER,
  type ImplicitProblem,
  integrateAdaptive,
  integrateRosenbrock,
  ROSENBROCK,
  RUNGE_KUTTA_4,
  RUNGE_KUTTA_FEHLBERG,
  type SingleStepResult,
  STEP_SIZE_CONTROL,
  stepExplicit,
  stepExponentialEuler,
} from '@nestml/dynamics';
import type { AffineSystem, ModelVariable, NumericSystem } from '../src/index.ts';

/** What a numeric system is integrated with: values at the begin of the step, and how others follow from them. */
export interface NumericSetting {
  readonly step: number;
  /** Length of the first sub-step. */
  readonly trial: number;
  /** Replaces the tolerances of the model. */
  readonly tolerance: number;
  readonly valueOf: (variable: ModelVariable) => number;
  /** The states of a closed system after an interval. */
  readonly advance: (system: AffineSystem, interval: number) => Float64Array;
  /** Values of expressions where some variables have other values. */
  readonly evaluate: (
    nodes: readonly ExpressionNode[],
    inside: ReadonlyMap<ModelVariable, number>,
  ) => readonly number[];
}

// At the cut of aeif_cond_exp the tolerance of the comparison needs very short sub-steps.
const CONTROL = { ...STEP_SIZE_CONTROL, shortestStep: Number.EPSILON };

/** The states at the end of a step by the scalar driver of the method. */
export function integrateNumerically(
  system: NumericSystem,
  setting: NumericSetting,
): { readonly states: Float64Array; readonly nextStep?: number } {
  const result = run(system, problemOf(system, setting));
  if (result.kind !== 'done') throw new Error(`${result.kind} at ${result.time}`);
  return result;
}

function run(
  { method }: NumericSystem,
  problem: ImplicitProblem & ExponentialProblem,
): AdaptiveResult | SingleStepResult {
  switch (method.name) {
    case 'dormand-prince':
      return integrateAdaptive(problem, DORMAND_PRINCE, CONTROL);
    case 'runge-kutta-fehlberg':
      return integrateAdaptive(problem, RUNGE_KUTTA_FEHLBERG, CONTROL);
    case 'rosenbrock':
      return integrateRosenbrock(problem, ROSENBROCK, CONTROL);
    case 'runge-kutta-4':
      return stepExplicit(problem, RUNGE_KUTTA_4);
    case 'forward-euler':
      return stepExplicit(problem, FORWARD_EULER);
    case 'exponential-euler':
      return stepExponentialEuler(problem);
  }
}

function problemOf(system: NumericSystem, setting: NumericSetting): ImplicitProblem & ExponentialProblem {
  const { equations, drivers, method } = system;
  const driving = drivers.flatMap((driver) => driver.read.map((place) => driver.system.states[place]!));
  const moving = [...equations.map(({ state }) => state), ...driving];
  const valuesAt = (nodes: readonly ExpressionNode[], states: Float64Array, exact: Float64Array) => {
    const values = [...states, ...exact];
    return setting.evaluate(nodes, new Map(moving.map((variable, i) => [variable, values[i]!])));
  };
  const statesOf = (time: number) =>
    drivers.map((driver) => ({ driver, values: setting.advance(driver.system, time) }));
  return {
    exactSize: driving.length,
    exactStates: (time, exact) =>
      exact.set(statesOf(time).flatMap(({ driver, values }) => driver.read.map((place) => values[place]!))),
    derivative: (_time, states, exact, slopes) =>
      slopes.set(
        valuesAt(
          equations.map(({ derivative }) => derivative),
          states,
          exact,
        ),
      ),
    jacobian: (_time, states, exact, matrix) => {
      const { entries } = method.name === 'rosenbrock' ? method.jacobian : { entries: [] };
      const values = valuesAt(
        entries.map(({ value }) => value),
        states,
        exact,
      );
      entries.forEach(({ row, column }, i) => {
        matrix[row * equations.length + column] = values[i]!;
      });
    },
    timeDerivative: (time, states, exact, slopes) => {
      const { driven } = method.name === 'rosenbrock' ? method.jacobian : { driven: [] };
      const speeds = new Map(
        statesOf(time).flatMap(({ driver, values }) => speedsOf(driver.system, values, setting)),
      );
      const values = valuesAt(
        driven.map(({ value }) => value),
        states,
        exact,
      );
      driven.forEach(({ row, state }, i) => {
        slopes[row]! += values[i]! * speeds.get(state)!;
      });
    },
    rates: (_time, states, exact, rates) => {
      if (method.name !== 'exponential-euler') return;
      method.rates.forEach((rate, i) => {
        rates[i] = rate === undefined ? 0 : valuesAt([rate], states, exact)[0]!;
      });
    },
    start: Float64Array.from(equations, ({ state }) => setting.valueOf(state)),
    interval: setting.step,
    absoluteTolerances: equations.map(
      ({ absoluteTolerance }) => (absoluteTolerance / 1e-6) * setting.tolerance,
    ),
    relativeTolerance: setting.tolerance,
    firstStep: setting.trial,
  };
}

/** A y + b. */
function speedsOf(
  { states, coefficients, input }: AffineSystem,
  values: Float64Array,
  { evaluate }: NumericSetting,
): readonly (readonly [ModelVariable, number])[] {
  const none: ReadonlyMap<ModelVariable, number> = new Map();
  const speeds = [...evaluate(input, none)];
  const factors = evaluate(
    coefficients.map(({ value }) => value),
    none,
  );
  coefficients.forEach(({ row, column }, i) => {
    speeds[row]! += factors[i]! * values[column]!;
  });
  return states.map((state, i) => [state, speeds[i]!] as const);
}
