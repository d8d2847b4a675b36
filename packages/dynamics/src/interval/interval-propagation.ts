/**
 * The exact solution of x′ = A x + b, b constant, over intervals that vary: what depends on A alone, as plain data. It is made when
 * parameters are set; `propagateOver` makes an interval of it. See docs/numerics/varying-intervals.md.
 *
 * States that act on each other in no circle get exponentials; the others get tables.
 */
export interface IntervalPropagation {
  readonly size: number;
  /** The distinct rates, 1/ms, ascending: one exponential each per interval. */
  readonly rates: readonly number[];
  /** The place in `rates` of each state's own rate, or -1 if the state is in a table. */
  readonly rateOf: readonly number[];
  /**
   * The divided differences of λ ↦ exp(λ Δ) that are needed: places in `rates`, ascending, two at least, equal ones as often as the
   * rate occurs.
   */
  readonly differences: readonly (readonly number[])[];
  /** What a state receives from others and from inputs. */
  readonly transfers: readonly Transfer[];
  readonly tables: readonly IntervalTable[];
}

/** target(Δ) = … + coefficient · (divided difference) · source(0). */
export interface Transfer {
  readonly target: number;
  /** A state, or the input of a state. */
  readonly source: number;
  readonly isInput: boolean;
  /** Product of the entries of A on the ways from source to target along these rates, added over the ways. */
  readonly coefficient: number;
  /** Place in `differences`. */
  readonly difference: number;
}

/** Connected states of which some act on each other in a circle, or whose ways are too many. */
export interface IntervalTable {
  /** Their numbers in the whole system. */
  readonly states: readonly number[];
  /** A of these states, row by row. */
  readonly matrix: Float64Array;
  /** Whether a short Taylor series is exact below the table: always but for rates above 10^10 per ms. */
  readonly isSeriesEnough: boolean;
  /** The shortest tabulated interval is 2^lowest ms. */
  readonly lowest: number;
  /** Propagators over 2^lowest, 2^(lowest + 1), … ms. */
  readonly propagators: readonly TabulatedPropagator[];
}

/** x ← x + (E x + R b), or, where more than half of a state decays or grows, its remainder instead of 1 + E (see `AffinePropagator`). */
export interface TabulatedPropagator {
  readonly size: number;
  readonly increment: Float64Array;
  readonly response: Float64Array;
  readonly remainder: Float64Array;
}

/** The data, or the place of the first entry of A that is not a finite number, or of one too large for a table. */
export type IntervalPreparation =
  | { readonly kind: 'prepared'; readonly propagation: IntervalPropagation }
  | { readonly kind: 'not-finite'; readonly row: number; readonly column: number };
