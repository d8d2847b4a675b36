import {
  DORMAND_PRINCE,
  type ExponentialProblem,
  FORWARD_EULER,
  type ImplicitProblem,
  integrateAdaptive,
  integrateRosenbrock,
  NUMERIC_METHODS,
  type NumericMethodName,
  ROSENBROCK,
  RUNGE_KUTTA_4,
  RUNGE_KUTTA_FEHLBERG,
  type SingleStepResult,
  STEP_SIZE_CONTROL,
  type StepObserver,
  stepExplicit,
  stepExponentialEuler,
} from '../src/index.ts';

/** A problem for every method whose solution is known. */
export interface KnownSolution {
  readonly name: string;
  readonly problem: ImplicitProblem & ExponentialProblem;
  solution(time: number): readonly number[];
}

/** Tolerances and first step are not used: steps are of one length. */
const UNUSED = { absoluteTolerances: [1e300, 1e300], relativeTolerance: 0, firstStep: 1 } as const;
const NONE = { exactSize: 0, exactStates: () => {} } as const;

const LOGISTIC: KnownSolution = {
  name: 'logistic growth',
  problem: {
    ...UNUSED,
    ...NONE,
    start: Float64Array.of(0.2),
    interval: 2,
    derivative: (_, x, __, out) => {
      out[0] = 4 * x[0]! * (1 - x[0]!);
    },
    jacobian: (_, x, __, out) => {
      out[0] = 4 - 8 * x[0]!;
    },
    timeDerivative: (_, __, ___, out) => {
      out[0] = 0;
    },
    rates: (_, __, ___, out) => {
      out[0] = 0;
    },
  },
  solution: (t) => [1 / (1 + 4 * Math.exp(-4 * t))],
};

/** With r² = x² + y²: x′ = 4 y − x (r² − 1), y′ = −4 x − y (r² − 1), on the circle r = 1. */
const LIMIT_CYCLE: KnownSolution = {
  name: 'a limit cycle',
  problem: {
    ...UNUSED,
    ...NONE,
    start: Float64Array.of(0, 1),
    interval: 2,
    derivative: (_, x, __, out) => {
      const excess = x[0]! ** 2 + x[1]! ** 2 - 1;
      out[0] = 4 * x[1]! - x[0]! * excess;
      out[1] = -4 * x[0]! - x[1]! * excess;
    },
    jacobian: (_, x, __, out) => {
      const [a, b] = [x[0]!, x[1]!];
      const excess = a * a + b * b - 1;
      out.set([-excess - 2 * a * a, 4 - 2 * a * b, -4 - 2 * a * b, -excess - 2 * b * b]);
    },
    timeDerivative: (_, __, ___, out) => {
      out.fill(0);
    },
    rates: (_, __, ___, out) => {
      out.fill(0);
    },
  },
  solution: (t) => [Math.sin(4 * t), Math.cos(4 * t)],
};

/**
 * x′ = 4 g x (1 − x) and z′ = −g (z − cos t) − sin t with the exact state g = e^(−t): with s = 1 − e^(−t) is x = 1/(1 + 4 e^(−4 s))
 * and z = cos t + e^(−s).
 */
const DRIVEN: KnownSolution = {
  name: 'states that are driven by an exact state and the time',
  problem: {
    ...UNUSED,
    exactSize: 1,
    exactStates: (t, exact) => {
      exact[0] = Math.exp(-t);
    },
    start: Float64Array.of(0.2, 2),
    interval: 2,
    derivative: (t, x, g, out) => {
      out[0] = 4 * g[0]! * x[0]! * (1 - x[0]!);
      out[1] = -g[0]! * (x[1]! - Math.cos(t)) - Math.sin(t);
    },
    jacobian: (_, x, g, out) => {
      out.set([4 * g[0]! * (1 - 2 * x[0]!), 0, 0, -g[0]!]);
    },
    timeDerivative: (t, x, g, out) => {
      out[0] = -4 * g[0]! * x[0]! * (1 - x[0]!);
      out[1] = g[0]! * (x[1]! - Math.cos(t) - Math.sin(t)) - Math.cos(t);
    },
    rates: (_, __, g, out) => {
      out[0] = 0;
      out[1] = -g[0]!;
    },
  },
  solution: (t) => [1 / (1 + 4 * Math.exp(4 * Math.expm1(-t))), Math.cos(t) + Math.exp(Math.expm1(-t))],
};

export const KNOWN_SOLUTIONS: readonly KnownSolution[] = [LOGISTIC, LIMIT_CYCLE, DRIVEN];

/** Steps of one length with one of the methods. */
export interface Stepper {
  readonly name: NumericMethodName;
  readonly title: string;
  readonly order: number;
  readonly denseOrder?: number;
  /** Numbers of steps between which the order is seen: no longer too coarse, not yet rounding. */
  readonly runs: readonly number[];
}

const RUNS: Readonly<Record<NumericMethodName, readonly number[]>> = {
  'dormand-prince': [64, 90, 128, 180],
  'runge-kutta-fehlberg': [64, 90, 128, 180],
  rosenbrock: [64, 90, 128, 180, 256],
  'exponential-euler': [256, 512, 1024, 2048],
  'runge-kutta-4': [32, 64, 128, 256],
  'forward-euler': [256, 512, 1024, 2048],
};

export const STEPPERS: readonly Stepper[] = (Object.keys(NUMERIC_METHODS) as NumericMethodName[]).map(
  (name) => ({ ...NUMERIC_METHODS[name], name, runs: RUNS[name] }),
);

export interface Errors {
  /** Largest error of a state at the end of a step. */
  readonly end: number;
  /** Largest error inside a step; NaN for methods without dense output. */
  readonly inside: number;
}

/** What goes wrong when the interval of a problem is covered with a number of steps of equal length. */
export function maximalErrors({ name }: Stepper, known: KnownSolution, steps: number): Errors {
  const step = known.problem.interval / steps;
  switch (name) {
    case 'dormand-prince':
      return adaptiveErrors(known, step, (problem, control, observe) =>
        integrateAdaptive(problem, DORMAND_PRINCE, control, observe),
      );
    case 'runge-kutta-fehlberg':
      return adaptiveErrors(known, step, (problem, control, observe) =>
        integrateAdaptive(problem, RUNGE_KUTTA_FEHLBERG, control, observe),
      );
    case 'rosenbrock':
      return adaptiveErrors(known, step, (problem, control, observe) =>
        integrateRosenbrock(problem, ROSENBROCK, control, observe),
      );
    case 'exponential-euler':
      return fixedErrors(known, steps, stepExponentialEuler);
    case 'runge-kutta-4':
      return fixedErrors(known, steps, (problem) => stepExplicit(problem, RUNGE_KUTTA_4));
    case 'forward-euler':
      return fixedErrors(known, steps, (problem) => stepExplicit(problem, FORWARD_EULER));
    default:
      return name satisfies never;
  }
}

type Run = (problem: ImplicitProblem, control: typeof STEP_SIZE_CONTROL, observe: StepObserver) => unknown;

/** Accepts every step and keeps its length. */
const CONSTANT_STEPS = { ...STEP_SIZE_CONTROL, safety: 1, smallestFactor: 1, largestFactor: 1 };

function adaptiveErrors({ problem, solution }: KnownSolution, step: number, run: Run): Errors {
  let [end, inside] = [0, 0];
  run({ ...problem, firstStep: step }, CONSTANT_STEPS, (accepted) => {
    end = Math.max(end, distance(accepted.after, solution(accepted.time + accepted.length)));
    for (const theta of [0.15, 0.4, 0.6, 0.85]) {
      const time = accepted.time + theta * accepted.length;
      inside = Math.max(inside, distance(accepted.inside(theta), solution(time)));
    }
    return false;
  });
  return { end, inside };
}

function fixedErrors(
  { problem, solution }: KnownSolution,
  steps: number,
  run: (problem: ImplicitProblem & ExponentialProblem) => SingleStepResult,
): Errors {
  const interval = problem.interval / steps;
  let [end, start] = [0, problem.start];
  for (let i = 0; i < steps; i += 1) {
    start = run({ ...shifted(problem, i * interval), start, interval }).states;
    end = Math.max(end, distance(start, solution((i + 1) * interval)));
  }
  return { end, inside: Number.NaN };
}

/** The problem as it is from a time on. */
function shifted(problem: KnownSolution['problem'], by: number): KnownSolution['problem'] {
  return {
    ...problem,
    exactStates: (time, exact) => problem.exactStates(by + time, exact),
    derivative: (time, states, exact, out) => problem.derivative(by + time, states, exact, out),
    rates: (time, states, exact, out) => problem.rates(by + time, states, exact, out),
  };
}

function distance(x: Float64Array, y: readonly number[]): number {
  return Math.max(...y.map((value, i) => Math.abs(value - x[i]!)));
}

/** The negative slope of the line through (log number of steps, log error) that is closest in the mean of squares: the observed order. */
export function slope(runs: readonly number[], errors: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [runs.map(Math.log), errors.map(Math.log)];
  const [middleX, middleY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - middleX) * (y[i]! - middleY)));
  return -covariance / mean(x.map((value) => (value - middleX) ** 2));
}
