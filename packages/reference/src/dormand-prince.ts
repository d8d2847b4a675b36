/**
 * The embedded Runge–Kutta method of order 5 with an error estimate of order 4, seven stages, the last of which is the first
 * of the next step. Source: Dormand and Prince (1980), A family of embedded Runge-Kutta formulae, J. Comput. Appl. Math. 6:19–26,
 * RK5(4)7M.
 */
export const DORMAND_PRINCE = Object.freeze({
  /** Times of the stages, in steps. */
  nodes: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  /** Row i: weights of the derivatives of the earlier stages in stage i; the last row is the solution of order 5. */
  stages: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  /** Weights of the solution of order 5 minus those of order 4. */
  error: [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40],
} as const);

/** Right-hand side: writes dx/dτ at time τ (ms from the start of the interval) into `out`. */
export type Derivative = (tau: number, x: Float64Array, out: Float64Array) => void;

/** One attempt: the solution after the step, the error estimate, and the derivative at its end. */
export interface Attempt {
  readonly x: Float64Array;
  readonly error: Float64Array;
  readonly derivativeAtEnd: Float64Array;
}

/** One step of length dt from x at τ; `derivativeAtStart` is f(τ, x). */
export function dormandPrinceStep(
  f: Derivative,
  tau: number,
  dt: number,
  x: Float64Array,
  derivativeAtStart: Float64Array,
): Attempt {
  const slopes: Float64Array[] = [derivativeAtStart];
  let stage = x;
  for (let i = 1; i < DORMAND_PRINCE.stages.length; i += 1) {
    stage = addSlopes(x, dt, DORMAND_PRINCE.stages[i]!, slopes);
    const slope = new Float64Array(x.length);
    f(tau + DORMAND_PRINCE.nodes[i]! * dt, stage, slope);
    slopes.push(slope);
  }
  const error = addSlopes(new Float64Array(x.length), dt, DORMAND_PRINCE.error, slopes);
  return { x: stage, error, derivativeAtEnd: slopes.at(-1)! };
}

/** x + dt · Σ weight · slope. */
function addSlopes(
  x: Float64Array,
  dt: number,
  weights: readonly number[],
  slopes: readonly Float64Array[],
): Float64Array {
  const result = new Float64Array(x.length);
  for (let component = 0; component < x.length; component += 1) {
    let sum = 0;
    for (let i = 0; i < weights.length; i += 1) sum += weights[i]! * slopes[i]![component]!;
    result[component] = x[component]! + dt * sum;
  }
  return result;
}
