import {
  type AdaptiveResult,
  DORMAND_PRINCE,
  type ExponentialProblem,
  FORWARD_EULER,
  type ImplicitProblem,
  integrateAdaptive,
  integrateRosenbrock,
  type NumericMethodName,
  ROSENBROCK,
  ROSENBROCK_CONTROL,
  RUNGE_KUTTA_4,
  RUNGE_KUTTA_FEHLBERG,
  type SingleStepResult,
  STEP_SIZE_CONTROL,
  stepExplicit,
  stepExponentialEuler,
} from '@nestml/dynamics';
import { describe, expect, it } from 'vitest';
import { createBlock, loadNeuron, readVariable, runBlock } from '../src/index.ts';
import { compileText } from './compile-text.ts';
import { NO_INPUTS, testEngine } from './leaky-block.ts';

type Pair = readonly [number, number];

/** A system in 1/ms, as a text and as functions; the states are x and y, the driver u decays with the time constant of `DECAY`. */
interface Problem {
  readonly equations: readonly [x: string, y: string];
  readonly slopes: (x: number, y: number, u: number) => Pair;
  /** ∂f/∂x and ∂f/∂y of the first equation, then of the second. */
  readonly jacobian: (x: number, y: number, u: number) => readonly [...Pair, ...Pair];
  /** ∂f/∂u. */
  readonly driven: Pair;
  /** a of equations x′ = a x + b, else 0. */
  readonly rates: (x: number, y: number) => Pair;
  readonly start: Pair;
}

/** Time constant of the driver, ms, and its value at the start. */
const DECAY = 3;
const DRIVE = 1.5;

const PROBLEMS: Readonly<Record<string, Problem>> = {
  'a relaxation oscillator': {
    equations: ['y', '20 * (1 - x * x) * y - x'],
    slopes: (x, y) => [y, 20 * (1 - x * x) * y - x],
    jacobian: (x, y) => [0, 1, -40 * x * y - 1, 20 * (1 - x * x)],
    driven: [0, 0],
    rates: (x) => [0, 20 * (1 - x * x)],
    start: [2, 0],
  },
  'a right-hand side with kinks': {
    equations: ['y', '-90 * max(x, 0) - min(x, 0)'],
    slopes: (x, y) => [y, -90 * Math.max(x, 0) - Math.min(x, 0)],
    jacobian: (x) => [0, 1, x > 0 ? -90 : -1, 0],
    driven: [0, 0],
    rates: () => [0, 0],
    start: [0, 1],
  },
  'predator and prey': {
    equations: ['x * (5 - 10 * y)', 'y * (10 * x - 3)'],
    slopes: (x, y) => [x * (5 - 10 * y), y * (10 * x - 3)],
    jacobian: (x, y) => [5 - 10 * y, -10 * x, 10 * y, 10 * x - 3],
    driven: [0, 0],
    rates: (x, y) => [5 - 10 * y, 10 * x - 3],
    start: [0.1, 0.2],
  },
  'a driven relaxation oscillator': {
    equations: ['y + u', '20 * (1 - x * x) * y - x - 2 * u'],
    slopes: (x, y, u) => [y + u, 20 * (1 - x * x) * y - x - 2 * u],
    jacobian: (x, y) => [0, 1, -40 * x * y - 1, 20 * (1 - x * x)],
    driven: [1, -2],
    rates: (x) => [0, 20 * (1 - x * x)],
    start: [2, 0],
  },
};

/** A sum of many terms that cancel makes right-hand sides long, so that the stages become a loop. */
const LONG = Array.from({ length: 30 }, (_, i) => ` + ${i + 1} * (x - x) / (1 + exp(y * ${i + 1}))`).join('');

const STEPS = 40;
const TOLERANCE = 1e-6;

function compiledRun({ equations, start }: Problem, solver: NumericMethodName, stepMs: number, more = '') {
  const text = `model stepping:
  state:
    u real = ${DRIVE}
    x real = ${start[0]}
    y real = ${start[1]}
  equations:
    u' = -u / (${DECAY} ms)
    x' = (${equations[0]}${more}) / ms
    y' = (${equations[1]}) / ms
  update:
    integrate_odes()
`;
  const engine = testEngine();
  const creation = createBlock(engine, loadNeuron(engine, compileText(text, { recorded: ['x'] }, solver)), {
    instances: 1,
    stepNs: stepMs * 1e6,
    values: new Map(),
    identity: { population: 'neuron', firstIndex: 0, seed: 1 },
  });
  if (!creation.ok) throw new Error(creation.failure.kind);
  const { block } = creation;
  return Array.from({ length: STEPS }, () => {
    const { failure } = runBlock(block, { steps: 1, inputs: NO_INPUTS });
    expect(failure).toBeUndefined();
    return {
      substeps: block.fields.integer('mostSubsteps'),
      states: [readVariable(block, 'x')[0]!, readVariable(block, 'y')[0]!],
    };
  });
}

function problemOf(
  { slopes, jacobian, driven, rates }: Problem,
  {
    start,
    interval,
    begin,
    firstStep,
  }: { start: Float64Array; interval: number; begin: number; firstStep: number },
): ImplicitProblem & ExponentialProblem {
  const of = (states: Float64Array, exact: Float64Array) => [states[0]!, states[1]!, exact[0]!] as const;
  return {
    exactSize: 1,
    exactStates: (time, exact) => exact.set([DRIVE * Math.exp(-(begin + time) / DECAY)]),
    derivative: (_, states, exact, into) => into.set(slopes(...of(states, exact))),
    jacobian: (_, states, exact, into) => into.set(jacobian(...of(states, exact))),
    timeDerivative: (_time, _states, exact, into) =>
      into.set(driven.map((slope) => (slope * -exact[0]!) / DECAY)),
    rates: (_, states, _exact, into) => into.set(rates(states[0]!, states[1]!)),
    start,
    interval,
    absoluteTolerances: [TOLERANCE, TOLERANCE],
    relativeTolerance: TOLERANCE,
    firstStep,
  };
}

function stepBy(
  method: NumericMethodName,
  problem: ReturnType<typeof problemOf>,
): AdaptiveResult | SingleStepResult {
  switch (method) {
    case 'dormand-prince':
      return integrateAdaptive(problem, DORMAND_PRINCE, STEP_SIZE_CONTROL);
    case 'runge-kutta-fehlberg':
      return integrateAdaptive(problem, RUNGE_KUTTA_FEHLBERG, STEP_SIZE_CONTROL);
    case 'rosenbrock':
      return integrateRosenbrock(problem, ROSENBROCK, ROSENBROCK_CONTROL);
    case 'runge-kutta-4':
      return stepExplicit(problem, RUNGE_KUTTA_4);
    case 'forward-euler':
      return stepExplicit(problem, FORWARD_EULER);
    case 'exponential-euler':
      return stepExponentialEuler(problem);
  }
}

/** The same by the drivers of `@nestml/dynamics`. */
function modelRun(problem: Problem, method: NumericMethodName, stepMs: number) {
  let start = Float64Array.from(problem.start);
  let firstStep = 0;
  return Array.from({ length: STEPS }, (_, step) => {
    const begin = step * stepMs;
    const result = stepBy(method, problemOf(problem, { start, interval: stepMs, begin, firstStep }));
    if (result.kind !== 'done') throw new Error(result.kind);
    start = Float64Array.from(result.states);
    const states = [...start];
    if (!('accepted' in result)) return { substeps: 0, rejected: 0, states };
    firstStep = result.nextStep;
    return { substeps: result.accepted, rejected: result.rejected, states };
  });
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
const ADAPTIVE = ['dormand-prince', 'runge-kutta-fehlberg', 'rosenbrock'] as const;
const FIXED = ['runge-kutta-4', 'forward-euler', 'exponential-euler'] as const;

/** Every method with every problem, short and long. */
function cases<Method>(methods: readonly Method[]) {
  return methods.flatMap((method) =>
    Object.keys(PROBLEMS).flatMap((name) => [
      [method, name, ''] as const,
      [method, `${name}, by stages in a loop`, LONG] as const,
    ]),
  );
}

describe('compiled integrations take the sub-steps of the driver in dynamics, step by step:', () => {
  it.each(cases(ADAPTIVE))('%s on %s', (method, name, more) => {
    const problem = PROBLEMS[name.split(', by')[0]!]!;
    const stepMs = 0.7;
    const [compiled, model] = [compiledRun(problem, method, stepMs, more), modelRun(problem, method, stepMs)];
    const counts = compiled.map(({ substeps }) => substeps);
    const expected = model.map(({ substeps }) => substeps);
    // The root in the step factor is good to 1e-3, so that a sub-step more or less is possible, at kinks one in twenty.
    counts.forEach((count, i) => {
      expect(Math.abs(count - expected[i]!)).toBeLessThanOrEqual(Math.max(1, 0.05 * expected[i]!));
    });
    expect(Math.abs(total(counts) - total(expected))).toBeLessThanOrEqual(0.02 * total(expected) + 1);
    expect(total(model.map(({ rejected }) => rejected))).toBeGreaterThan(0);
    compiled.forEach(({ states }, i) => {
      states.forEach((value, k) => {
        expect(Math.abs(value - model[i]!.states[k]!)).toBeLessThan(1e-5);
      });
    });
  });
});

describe('compiled single steps are those of dynamics, up to rounding:', () => {
  it.each(cases(FIXED))('%s on %s', (method, name, more) => {
    const problem = PROBLEMS[name.split(', by')[0]!]!;
    const stepMs = 0.01;
    const [compiled, model] = [compiledRun(problem, method, stepMs, more), modelRun(problem, method, stepMs)];
    compiled.forEach(({ states, substeps }, i) => {
      expect(substeps).toBe(0);
      states.forEach((value, k) => {
        const expected = model[i]!.states[k]!;
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));
      });
    });
  });
});
