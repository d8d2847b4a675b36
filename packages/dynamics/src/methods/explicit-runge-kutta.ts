/**
 * An explicit Runge–Kutta method as data. Stage i is evaluated at time t + nodes[i]·h and at x + h Σ stages[i][j]·slope[j]; the step ends
 * at x + h Σ weights[i]·slope[i].
 */
export interface ExplicitTableau {
  readonly name: string;
  /** The local error of a step of length h grows with h to the power of order + 1. */
  readonly order: number;
  readonly nodes: readonly number[];
  /** Row i has i entries. */
  readonly stages: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** A method with an estimate of its error: h Σ errorWeights[i]·slope[i]. */
export interface EmbeddedTableau extends ExplicitTableau {
  readonly errorWeights: readonly number[];
  /** Order of the less accurate of the two solutions that the estimate compares. */
  readonly errorOrder: number;
  /** Whether the last stage is evaluated at the end of the step, so that its slope is the first of the next step. */
  readonly isFirstSameAsLast: boolean;
  /**
   * Inside the step, with θ = (time − t)/h from 0 to 1, the solution is x(t) + h Σ bᵢ(θ)·slope[i] with
   * bᵢ(θ) = Σₖ dense[i][k]·θ^(k + 1). A method whose last stage is not at the end has one row more, for the slope there.
   */
  readonly dense: readonly (readonly number[])[];
}

/** Right-hand side: writes dx/dt at a time into `slopes`. */
export type RightHandSide = (time: number, states: Float64Array, slopes: Float64Array) => void;

/** The slopes of all stages of a step of length h from the states x at a time; `first` is the slope there if it is known. */
export function stageSlopes(
  { nodes, stages }: ExplicitTableau,
  derivative: RightHandSide,
  time: number,
  step: number,
  states: Float64Array,
  first?: Float64Array,
): readonly Float64Array[] {
  const slopes: Float64Array[] = first === undefined ? [] : [first];
  for (let stage = slopes.length; stage < stages.length; stage += 1) {
    const slope = new Float64Array(states.length);
    derivative(time + nodes[stage]! * step, advance(states, step, stages[stage]!, slopes), slope);
    slopes.push(slope);
  }
  return slopes;
}

/** x + h Σ weightᵢ·slopeᵢ. */
export function advance(
  states: Float64Array,
  step: number,
  weights: readonly number[],
  slopes: readonly Float64Array[],
): Float64Array {
  const result = new Float64Array(states.length);
  for (let i = 0; i < states.length; i += 1) {
    let sum = 0;
    for (let j = 0; j < weights.length; j += 1) sum += weights[j]! * slopes[j]![i]!;
    result[i] = states[i]! + step * sum;
  }
  return result;
}

/** The weights of the slopes in the solution inside a step, at θ from 0 to 1. See `EmbeddedTableau`. */
export function denseWeights({ dense }: EmbeddedTableau, theta: number): readonly number[] {
  return dense.map((row) => theta * row.reduceRight((sum, coefficient) => sum * theta + coefficient, 0));
}
