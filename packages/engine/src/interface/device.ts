/**
 * Poisson spikes that a device module adds to rows of inputs: what they are and where they go. Byte offsets of the fields of a request; `i32` unless
 * said otherwise. Instance i and step s of the request concern the doubles at `weightAddress` and `countAddress` + s · `stepBytes` + 8 i.
 */
export const poissonRequest = {
  /** Both ≥ 0. */
  instances: 0,
  steps: 4,
  /** Keys of kind 1 (rule D14), two u32 per instance; the 56 bytes that follow them may be read, and mean nothing. */
  keyAddress: 8,
  /** A table of `poissonTable.bytes`, a multiple of 16, zeros at first. Between calls it keeps what belongs to the mean that it was used for last. */
  tableAddress: 12,
  /** Doubles that sums of weights and numbers of spikes are added to; 0: none. */
  weightAddress: 16,
  countAddress: 20,
  stepBytes: 24,
  /** Number of the device: the site of its draws. */
  site: 28,
  /** f64: mean number of spikes in a step, finite and ≥ 0. */
  mean: 32,
  /** f64: of a spike. */
  weight: 40,
  /** f64: number n of the first step; all steps of a request have the same n ÷ 2^32, rounded down. */
  firstStep: 48,
  bytes: 64,
} as const;

/** Size of the table that `poissonRequest.tableAddress` names. */
export const poissonTable = { bytes: 9344 } as const;

/** The module that draws for devices: its bytes, which import nothing but the memory `env.memory`, and the interface that it follows. */
export interface DeviceArtefact {
  readonly version: number;
  readonly bytes: Uint8Array;
}

/** What the device module exports. */
export interface DeviceExports {
  /** Adds k · weight, and k, for every instance and step of a request, where k is drawn by rule D14. What gets no spike is not touched. */
  addPoissonSpikes(request: number): void;
}
