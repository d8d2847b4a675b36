/** Version of the binary interface. A module of another version is refused. */
export const interfaceVersion = 1;

/** Instances in a tile: the lanes of one vector of doubles. */
export const tileWidth = 2;

/** Bytes of a double. */
export const doubleBytes = 8;

/**
 * The descriptor of a block: what a module is told about the instances that it advances. Its address is the first argument of every
 * exported function; all other addresses are read from it, so that a module contains none. Byte offsets of the fields; `i32` unless
 * said otherwise. The descriptor begins at a multiple of 16.
 *
 * A block has `tiles` tiles of `tileWidth` instances. A tile holds one vector (16 bytes) per column of the layout, so that column c of
 * tile j lies at `tileAddress + j · tileBytes + 16 · c`, and lane l of it belongs to instance 2 j + l. If the number of instances is odd, the
 * last lane is a copy of the one before when it is initialised; it receives no input, emits nothing, is not recorded, and cannot fail.
 */
export const descriptor = {
  version: 0,
  instances: 4,
  tiles: 8,
  tileAddress: 12,
  tileBytes: 16,
  /** Doubles that all instances share: homogeneous parameters and internals, coefficients, propagators; `Layout.shared` of them. */
  sharedAddress: 20,
  /**
   * Inputs. Row r of `Layout.rows` in step s of the call lies at `inputAddress + (s · rows + r) · rowBytes` and has a double per
   * instance (padded to whole tiles). The module only reads. Rows of continuous ports are filled for one step more than the call has.
   */
  inputAddress: 24,
  rowBytes: 28,
  /** Emitted spikes, `spikeRecord.bytes` each, appended from `spikeCount` on. */
  spikeAddress: 32,
  spikeCapacity: 36,
  spikeCount: 40,
  /** Space for intermediate values, `Layout.scratchBytes` long, 16-byte aligned; nothing in it outlives a call. */
  scratchAddress: 44,
  /**
   * f64: number n of the next step (t_n, t_{n+1}], from 0. Advanced by the module; after a failure it is the step that failed. −1 while
   * `initialise`, `derive` and `checkGuards` run, so that `t` is 0 in them.
   */
  step: 48,
  /** f64: length of a step in ns, an integer. */
  stepNs: 56,
  /**
   * A double per entry of `Layout.repeated`: the number n of the first step that integrated it again, −1 for none. The module lowers
   * it, the engine resets it.
   */
  repeatedAddress: 64,
  /** f64: tolerances of the adaptive solvers relative to the ones of the model: 1 is default, 1e-5 gives 1e-11. */
  toleranceFactor: 72,
  /** What ended the run: a `failureKind`, 0 for none. */
  failureKind: 88,
  /** The instance, and the index in `Layout.places`. */
  failureInstance: 92,
  failurePlace: 96,
  /** f64: the offending value; of `stepTooSmall` the time after the begin of the step that the solution reached, ms. */
  failureValue: 104,
  /** Largest number of sub-steps that one instance took in one step, and the number n of that step (f64). The module raises it, the engine resets it. */
  mostSubsteps: 112,
  mostSubstepsStep: 120,
  bytes: 128,
} as const;

/** What `descriptor.failureKind` says; from `index` to `random` the place is where in the model it happened. */
export const failureKind = {
  none: 0,
  /** A state became NaN or infinite, or a recorded value NaN; the place names it. The tile keeps the values of the end of the step before. */
  notFinite: 1,
  /** No sub-step meets the tolerance; the place names the variable. The tile keeps the values of the end of the step before. */
  stepTooSmall: 2,
  /** An index outside its vector. */
  index: 3,
  /** More than 10,000,000 iterations. */
  loop: 4,
  /** More than 250 calls inside each other. */
  recursion: 5,
  /** A division of integers by 0. */
  integerDivision: 6,
  /** A rate or width of a random number that is not possible. */
  random: 7,
  /**
   * The list of spikes is full. With `Layout.mostSpikesPerStep` the module stops before a step for which there is not room for that many
   * spikes of every instance; the engine empties the list and goes on. Without it the module stops where a spike does not fit, in the middle
   * of a step; the engine returns to the state before the call and repeats it with a longer list.
   */
  spikesFull: 8,
  /** A guard does not hold for the values that were set; the place names the variable that has it. */
  guard: 9,
  /**
   * An affine system that drives other equations is too fast for the step (see `AffineFraction`); the place names a state, the value is the
   * largest rate in 1/ms at which it acts.
   */
  tooFast: 10,
  /** A delay is shorter than a step, longer than what is remembered, or not finite; the place names the state, the value is the delay in ms. */
  delay: 11,
} as const;

/** One emitted spike: instance (i32 at 0), step within the call of `advance` from 0 (i32 at 4), weight (f64 at 8). */
export const spikeRecord = { instance: 0, step: 4, weight: 8, bytes: 16 } as const;
