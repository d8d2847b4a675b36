/** Where a value lies: in a column of the tiles (one per instance), or in the shared doubles (one for all). */
export type Storage =
  | { readonly kind: 'column'; readonly index: number }
  | { readonly kind: 'shared'; readonly index: number };

/** How a stored number stands for a value. */
export type Encoding =
  /** The value itself; truth values as 0 and 1. */
  | { readonly kind: 'plain' }
  /** A countdown in whole nanoseconds: value = stored / 1e6 (a time with a rate of ±1 or 0). */
  | { readonly kind: 'nanoseconds' }
  /**
   * A countdown: value = base + rate · (count · (h in ns) / 1e6), in this order; `count` is the column of the steps since it was set, `rate`
   * where the rate is. `isTime` if the state is a time: then a value that is set is rounded to 1 ns, and at a rate of ±1 the sum is made in whole
   * nanoseconds, value = ((base · 1e6, rounded) + rate · count · (h in ns)) / 1e6.
   */
  | { readonly kind: 'counted'; readonly count: number; readonly rate: Storage; readonly isTime?: boolean };

/** A variable that can be read and written by name. Values are canonical; states and convolutions are columns. */
export interface StoredVariable {
  /** Written name; elements of vectors as `a[0]`. */
  readonly name: string;
  readonly role: 'parameter' | 'internal' | 'state' | 'convolution';
  readonly storage: Storage;
  readonly encoding: Encoding;
}

/** One row of inputs per step. What reaches a port that has no row has no effect. */
export interface InputRow {
  /** Name of the port, `name[i]` for an element. */
  readonly port: string;
  /** `current`: value of a continuous port. `weight`: sum of the weights of a spike port. `count`: number of spikes of a spike port. */
  readonly content: 'current' | 'weight' | 'count';
}

/**
 * An affine system x′ = A x + b whose propagators the engine provides. `coefficients` are written by the module's `derive`; the engine
 * calls `solveAffine(A, size, interval)` and stores what `targets` ask for. All are columns if the system depends on a parameter that
 * differs between instances, else shared.
 */
export interface AffineSlots {
  readonly size: number;
  /** Written names of the states, `size` of them, for messages. */
  readonly states?: readonly string[];
  /** Non-zero entries of A. */
  readonly coefficients: readonly {
    readonly row: number;
    readonly column: number;
    readonly storage: Storage;
  }[];
  readonly targets: readonly AffineTarget[];
}

/** Matrices of one interval. `increment` is P − I = exp(A·interval) − I, `response` = ∫₀^interval exp(A s) ds. */
export interface AffineTarget {
  /** Part of a step: 1 for the step itself, 1/m for anchors inside it. */
  readonly fraction: AffineFraction;
  readonly increment: readonly MatrixSlot[];
  readonly response: readonly MatrixSlot[];
}

/**
 * `step`: the whole step. `anchors`: h/m with the smallest integer m from 1 to `limit` so that ‖A‖₁ h/m ≤ 0.5 (largest sum of absolute values
 * in a column), or `limit` if none is large enough: then the module ends the run with `tooFast`, since the system is too fast for the
 * step. m goes to `count`.
 */
export type AffineFraction =
  | { readonly kind: 'step' }
  | { readonly kind: 'anchors'; readonly limit: number; readonly count: Storage };

export interface MatrixSlot {
  readonly row: number;
  readonly column: number;
  readonly storage: Storage;
}

/** A place that a failure can name: a variable (or what else fails) by written name (empty for a statement), and offsets into the source, end exclusive. */
export interface FailurePlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What the engine must know about a module; comes with it as plain data. */
export interface Layout {
  readonly version: number;
  /** Number of columns of a tile, and of shared doubles. */
  readonly columns: number;
  readonly shared: number;
  readonly scratchBytes: number;
  readonly variables: readonly StoredVariable[];
  readonly rows: readonly InputRow[];
  readonly affine: readonly AffineSlots[];
  /** Names of what `record` writes, in order. */
  readonly recorded: readonly string[];
  /** States that a step may integrate more than once (rule D2), by name, and their places in `places`; absent if there is none. */
  readonly repeated?: readonly { readonly name: string; readonly place: number }[];
  /** Most spikes of one instance in one step; absent if a loop can emit. */
  readonly mostSpikesPerStep?: number;
  /**
   * Given if the model draws random numbers: the column with each instance's key of kind 0 (rule D14), its two words as the two u32 in
   * the bits of a double, first word first. Written by the engine before `initialise`.
   */
  readonly randomKeyColumn?: number;
  /** Shared slots of h in ms and in ns, written by the engine before `initialise`. */
  readonly resolution: { readonly milliseconds: number; readonly nanoseconds: number };
  readonly places: readonly FailurePlace[];
}
