/**
 * How the length of the next sub-step follows from the error of the last. With `ratio`, the largest error of a component in units of its
 * share of the tolerance, a sub-step is accepted if ratio ≤ 1, and the next has `safety`·ratio^(−1/(errorOrder + 1)) times its length,
 * within the limits. Source: Hairer, Nørsett, Wanner (1993), Solving Ordinary Differential Equations I, section II.4.
 */
export interface StepSizeControl {
  /**
   * What one sub-step may use up of the tolerance, which is meant for the solution: errors of sub-steps add up, and unstable equations
   * make them grow. > 0, ≤ 1.
   */
  readonly share: number;
  readonly safety: number;
  readonly smallestFactor: number;
  readonly largestFactor: number;
  /** Shortest sub-step, in units of the interval; shorter ones mean failure. The last sub-step of an interval may be shorter. */
  readonly shortestStep: number;
  /** More attempts than this in one interval mean failure. */
  readonly mostAttempts: number;
}

export const STEP_SIZE_CONTROL: StepSizeControl = Object.freeze({
  share: 0.04,
  safety: 0.9,
  smallestFactor: 0.2,
  largestFactor: 5,
  shortestStep: 1e-12,
  mostAttempts: 1_000_000,
});

/**
 * The control of Rosenbrock methods. At a kink of the right-hand side their error estimate is larger than that of explicit methods, so that
 * their sub-steps over it are shorter: a spike of `aeif_cond_exp`, which ends in a kink where the slope is 2e10 mV/ms, takes sub-steps of less
 * than 1e-13 ms.
 */
export const ROSENBROCK_CONTROL: StepSizeControl = Object.freeze({
  ...STEP_SIZE_CONTROL,
  shortestStep: 1e-14,
});

/** The factor for the next sub-step after one whose error was `ratio` tolerances; NaN and infinity count as far too large. */
export function stepSizeFactor(
  { safety, smallestFactor, largestFactor }: StepSizeControl,
  errorOrder: number,
  ratio: number,
): number {
  if (Number.isNaN(ratio)) return smallestFactor;
  const factor = safety * ratio ** (-1 / (errorOrder + 1));
  return Math.min(Math.max(factor, smallestFactor), largestFactor);
}

/** An error in units of its share of the tolerance, and the component that has it. */
export interface WorstError {
  readonly ratio: number;
  readonly component: number;
}

/**
 * The largest of |errorᵢ| / (share·(absoluteᵢ + relative·max(|beforeᵢ|, |afterᵢ|))); infinite for a component that is not finite.
 */
export function worstError(
  { share }: StepSizeControl,
  error: Float64Array,
  before: Float64Array,
  after: Float64Array,
  absolute: ArrayLike<number>,
  relative: number,
): WorstError {
  let worst: WorstError = { ratio: 0, component: 0 };
  for (let component = 0; component < error.length; component += 1) {
    const size = Math.max(Math.abs(before[component]!), Math.abs(after[component]!));
    const own = Math.abs(error[component]!) / (share * (absolute[component]! + relative * size));
    const isUsable = Number.isFinite(own) && Number.isFinite(after[component]!);
    const ratio = isUsable ? own : Number.POSITIVE_INFINITY;
    if (ratio > worst.ratio) worst = { ratio, component };
  }
  return worst;
}
