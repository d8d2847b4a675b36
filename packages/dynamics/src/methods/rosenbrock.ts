/**
 * A Rosenbrock method as data, in the variables u of Hairer and Wanner (1996), equation IV.7.25, in which no matrix is multiplied with a
 * vector: with J = ∂f/∂x at the start of a step of length h, the stages are, one after the other, the solutions of
 *
 *   (I/(h·gamma) − J) uᵢ = f(t + nodes[i]·h, x + Σⱼ stages[i][j]·uⱼ) + Σⱼ (couplings[i][j]/h)·uⱼ + timeWeights[i]·h·∂f/∂t,
 *
 * with j < i, all with one matrix and ∂f/∂t at the start. The step ends at x + Σ weights[i]·uᵢ; its error is about Σ errorWeights[i]·uᵢ.
 */
export interface RosenbrockTableau {
  readonly name: string;
  readonly order: number;
  /** Order of the less accurate of the two solutions that the estimate compares. */
  readonly errorOrder: number;
  /** > 0. */
  readonly gamma: number;
  readonly nodes: readonly number[];
  readonly timeWeights: readonly number[];
  /** Row i has i entries. */
  readonly stages: readonly (readonly number[])[];
  /** Row i has i entries. */
  readonly couplings: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly errorWeights: readonly number[];
  /**
   * Inside the step, with θ = (time − t)/h from 0 to 1 and pₖ = Σ dense[k][i]·uᵢ, the solution is
   * (1 − θ) x(t) + θ x(t + h) + θ(1 − θ)(p₀ + θ p₁).
   */
  readonly dense: readonly (readonly number[])[];
}

/**
 * RODAS: order 4 with an error estimate of order 3, six stages, L-stable and stiffly accurate (the last stage alone is the error estimate),
 * dense output of order 3. Source: Hairer and Wanner (1996), Solving Ordinary Differential Equations II, 2nd edition, section VI.4.
 */
export const ROSENBROCK: RosenbrockTableau = Object.freeze({
  name: 'Rosenbrock 4(3), RODAS',
  order: 4,
  errorOrder: 3,
  gamma: 0.25,
  nodes: [0, 0.386, 0.21, 0.63, 1, 1],
  timeWeights: [0.25, -0.1043, 0.1035, -0.0362, 0, 0],
  stages: [
    [],
    [1.544],
    [0.9466785280815826, 0.2557011698983284],
    [3.314825187068521, 2.896124015972201, 0.9986419139977817],
    [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
    [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1],
  ],
  couplings: [
    [],
    [-5.6688],
    [-2.430093356833875, -0.2063599157091915],
    [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
    [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
    [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
  ],
  weights: [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1, 1],
  errorWeights: [0, 0, 0, 0, 0, 1],
  dense: [
    [10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662, 0],
    [-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872, 0],
  ],
} as const);
