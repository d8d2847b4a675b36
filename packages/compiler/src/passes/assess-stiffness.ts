import {
  compileEvaluator,
  type Evaluator,
  type ExpressionNode,
  type ExpressionSymbol,
  nodesBelow,
  recommendSolver,
  STIFFNESS_SETTINGS,
  type StiffnessProblem,
  type StiffnessReport,
  type StiffnessSettings,
} from '@nestml/dynamics';
import type { Model, Pulse } from '../ir/model.ts';
import type { ModelVariable } from '../ir/variables.ts';
import type { AffineSystem, ConvolutionSystem, Jacobian, NumericSystem } from '../solved/solved-model.ts';
import { type DefaultValues, defaultValues } from './default-values.ts';
import { driverCourse, type NumberSystem } from './driver-course.ts';

/** The resolution for which solvers are compared, ms: the usual one. */
const RESOLUTION = 0.1;
/** Time from one event of the stimulus to the next, ms; an event is a spike of weight 1 at every port. */
const INTERVALS: readonly number[] = [2, 3, 5];
/** Eigenvalues in fewer places than usual, since every compilation computes them. */
const SETTINGS: StiffnessSettings = Object.freeze({
  ...STIFFNESS_SETTINGS,
  longestStep: RESOLUTION,
  samples: 4,
});
/** More equations take the eigenvalues too long. */
const MOST_EQUATIONS = 30;

/** What a numeric system is disturbed by. */
export interface Disturbance {
  readonly convolutions: readonly ConvolutionSystem[];
  readonly pulses: readonly Pulse[];
}

/**
 * Whether a numeric system needs an implicit method, at the default parameters, after a resting time and under spikes at all ports. Equal
 * models get equal answers. Undefined if there is no answer: the equations draw, call functions with loops, read the past, or have no
 * default values; or a driver is too fast to be followed.
 */
export function assessStiffness(
  system: Pick<NumericSystem, 'equations' | 'drivers' | 'relativeTolerance'>,
  jacobian: Jacobian,
  disturbance: Disturbance,
  model: Model,
): StiffnessReport | undefined {
  const { equations, drivers, relativeTolerance } = system;
  if (equations.length > MOST_EQUATIONS) return undefined;
  const defaults = defaultValues(model, RESOLUTION);
  const systems = drivers.map((driver) => numbersOf(driver.system, disturbance, defaults));
  const states = equations.map(({ state }) => state);
  const start = defaults.evaluate(states.map((state) => model.pool.symbol(state)));
  const jumps = jumpsOf(states, disturbance, defaults);
  const known = systems.filter((one) => one !== undefined);
  if (start === undefined || jumps === undefined || known.length < systems.length) return undefined;
  const course = driverCourse(known, INTERVALS);
  const moving = [...states, ...drivers.flatMap((driver) => driver.system.states)];
  const functions = prepareFunctions(equations, jacobian, moving, defaults);
  if (course === undefined || functions === undefined) return undefined;
  const speeds = new Float64Array(course.size);
  const places = jacobian.driven.map(({ state }) => moving.indexOf(state) - states.length);
  const problem: StiffnessProblem = {
    exactSize: course.size,
    start: Float64Array.from(start),
    absoluteTolerances: equations.map(({ absoluteTolerance }) => absoluteTolerance),
    relativeTolerance,
    derivative: (_time, numeric, exact, slopes) => functions.slopes(numeric, exact, slopes),
    jacobian: (_time, numeric, exact, matrix) => {
      const values = functions.partials(numeric, exact);
      jacobian.entries.forEach(({ row, column }, i) => {
        matrix[row * states.length + column] = values[i]!;
      });
    },
    timeDerivative: (_time, numeric, exact, slopes) => {
      const values = functions.partials(numeric, exact);
      course.slopesOf(exact, speeds);
      slopes.fill(0);
      jacobian.driven.forEach(({ row }, i) => {
        slopes[row]! += values[jacobian.entries.length + i]! * speeds[places[i]!]!;
      });
    },
    intervals: INTERVALS.map((duration, interval) => ({
      duration,
      exactStates: (time, exact) => course.statesAt(interval, time, exact),
      ...(interval === 0 ? {} : { jumps }),
    })),
  };
  return recommendSolver(problem, SETTINGS);
}

/** The system at the default parameters; undefined if they have no values. */
function numbersOf(
  { states, coefficients, input }: AffineSystem,
  { convolutions, pulses }: Disturbance,
  defaults: DefaultValues,
): NumberSystem | undefined {
  const size = states.length;
  const entries = defaults.evaluate(coefficients.map(({ value }) => value));
  const inputs = defaults.evaluate(input);
  const jumps = jumpsOf(states, { convolutions, pulses }, defaults);
  if (entries === undefined || inputs === undefined || jumps === undefined) return undefined;
  const start = states.map((state) => Number(defaults.valueOf(state) ?? Number.NaN));
  const matrix = new Float64Array(size * size);
  coefficients.forEach(({ row, column }, i) => {
    matrix[row * size + column] = entries[i]!;
  });
  return { size, matrix, input: Float64Array.from(inputs), start: Float64Array.from(start), jump: jumps };
}

/** What a spike of weight 1 at every port adds to the states. */
function jumpsOf(
  states: readonly ModelVariable[],
  { convolutions, pulses }: Disturbance,
  defaults: DefaultValues,
): Float64Array | undefined {
  const jumps = new Float64Array(states.length);
  const sources: readonly (readonly [ModelVariable | undefined, ExpressionNode])[] = [
    ...convolutions.flatMap(({ system, increments }) =>
      increments.map((increment, i) => [system.states[i], increment] as const),
    ),
    ...pulses.map(({ state, coefficient }) => [state, coefficient] as const),
  ];
  for (const [state, size] of sources) {
    const place = state === undefined ? -1 : states.indexOf(state);
    if (place < 0) continue;
    const [value] = defaults.evaluate([size]) ?? [];
    if (value === undefined) return undefined;
    jumps[place]! += value;
  }
  return jumps;
}

/** Right-hand sides, and all partial derivatives in the order of the Jacobian; the latter are prepared when they are first wanted. */
interface Functions {
  readonly slopes: (numeric: Float64Array, exact: Float64Array, into: Float64Array) => void;
  readonly partials: (numeric: Float64Array, exact: Float64Array) => Float64Array;
}

function prepareFunctions(
  equations: NumericSystem['equations'],
  { entries, driven }: Jacobian,
  moving: readonly ModelVariable[],
  defaults: DefaultValues,
): Functions | undefined {
  const derivatives = equations.map(({ derivative }) => derivative);
  const partials = [...entries, ...driven].map(({ value }) => value);
  const nodes = nodesBelow([...derivatives, ...partials]);
  if (nodes.some(({ kind }) => kind === 'call' || kind === 'draw')) return undefined;
  const read = new Set(nodes.flatMap((node) => (node.kind === 'symbol' ? [node.symbol] : [])));
  const fixed = [...read].filter((symbol) => !moving.some((variable) => variable === symbol));
  const values = fixed.map((symbol) => defaults.valueOf(symbol));
  if (values.includes(undefined)) return undefined;
  const symbols: readonly ExpressionSymbol[] = [...moving, ...fixed];
  const inputs = Float64Array.from([...moving.map(() => 0), ...values.map(Number)]);
  const setMoving = (numeric: Float64Array, exact: Float64Array): void => {
    inputs.set(numeric);
    inputs.set(exact, numeric.length);
  };
  const evaluateSlopes = compileEvaluator(derivatives, symbols);
  const results = new Float64Array(partials.length);
  let evaluatePartials: Evaluator | undefined;
  return {
    slopes: (numeric, exact, into) => {
      setMoving(numeric, exact);
      evaluateSlopes(inputs, into);
    },
    partials: (numeric, exact) => {
      evaluatePartials ??= compileEvaluator(partials, symbols);
      setMoving(numeric, exact);
      evaluatePartials(inputs, results);
      return results;
    },
  };
}
