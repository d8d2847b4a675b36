/** A numeric system over a stimulus, as the stiffness test sees it. */
export interface StiffnessProblem {
  /** Number of states that are solved exactly. */
  readonly exactSize: number;
  /** Numeric states at the start; not changed. */
  readonly start: Float64Array;
  /** Writes the slopes of the numeric states; `time` is after the start of the interval. */
  derivative(time: number, states: Float64Array, exact: Float64Array, slopes: Float64Array): void;
  /** Writes ∂fᵢ/∂xⱼ to matrix[i·n + j], n numeric states. */
  jacobian(time: number, states: Float64Array, exact: Float64Array, matrix: Float64Array): void;
  /** Writes df/dt with the numeric states fixed, as for `ImplicitProblem`. */
  timeDerivative(time: number, states: Float64Array, exact: Float64Array, slopes: Float64Array): void;
  /** The stimulus: intervals without events, one after the other. */
  readonly intervals: readonly StimulusInterval[];
  /** As for `AdaptiveProblem`. */
  readonly absoluteTolerances: ArrayLike<number>;
  readonly relativeTolerance: number;
  /**
   * A state that a sub-step takes beyond its bounds goes back to its start, as a membrane potential that has fired. Absent: no bounds.
   */
  readonly bounds?: { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> };
}

/** From one event of the stimulus to the next. */
export interface StimulusInterval {
  /** Length, > 0. */
  readonly duration: number;
  /** What the event at its begin adds to the numeric states; absent: nothing. */
  readonly jumps?: ArrayLike<number>;
  /** Writes the exact states at `time` after the begin of the interval, events included. */
  exactStates(time: number, exact: Float64Array): void;
}

export interface StiffnessSettings {
  /**
   * The longest sub-step that is of use, in the unit of the time: the resolution of a simulation. Longer ones count as several of this
   * length.
   */
  readonly longestStep: number;
  /** An implicit method is recommended if its average step is longer than that of the explicit one by more than this factor. */
  readonly averageRatio: number;
  /** More attempts of the implicit method than this mean that it fails. */
  readonly mostImplicitAttempts: number;
  /** The Jacobian is looked at in so many places of the trajectory at most; ≥ 1. */
  readonly samples: number;
}

/** The factor of averages is that of ODE-toolbox. */
export const STIFFNESS_SETTINGS: StiffnessSettings = Object.freeze({
  longestStep: 0.1,
  averageRatio: 6,
  mostImplicitAttempts: 20_000,
  samples: 8,
});

/** What a method needed. Times in the unit of the problem. */
export interface StepFigures {
  /** Average and least accepted sub-step; those that only an event cut short are not counted in the least. NaN if there were none. */
  readonly averageStep: number;
  readonly leastStep: number;
  /** Average with every sub-step longer than `longestStep` counted as several. */
  readonly averageUsefulStep: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Of the right-hand side. */
  readonly evaluations: number;
  /** Why the method did not come to the end of the stimulus; `too-many-steps` too if the test needed no more of it. */
  readonly failure?: 'not-finite' | 'step-too-small' | 'too-many-steps';
  /** How far it came. */
  readonly time: number;
}

/** The Jacobian along the trajectory. */
export interface EigenvalueFigures {
  /** Largest |λ|, per unit of the time; NaN if no Jacobian was finite. */
  readonly largest: number;
  /**
   * Largest ratio in one place of the fastest decay to the slowest, −Re λ; rates below 1e-9 of the fastest count as conserved. 1 if there
   * are no two.
   */
  readonly stiffnessRatio: number;
  /** In how many places. */
  readonly samples: number;
}

/**
 * The recommendation and what led to it:
 * - `steps-long-enough`: the explicit method has such long steps that no implicit one could be better by the factor; none was tried;
 * - `steps-compared`: the averages decided;
 * - `explicit-fails`, `implicit-fails`, `both-fail`: a method did not come to the end.
 */
export interface StiffnessReport {
  readonly verdict: 'explicit' | 'implicit' | 'warning';
  readonly reason: 'steps-long-enough' | 'steps-compared' | 'explicit-fails' | 'implicit-fails' | 'both-fail';
  readonly explicit: StepFigures;
  /** Absent if the explicit figures decided. */
  readonly implicit?: StepFigures;
  readonly eigenvalues: EigenvalueFigures;
}
