import type { Layout } from './layout.ts';

/**
 * A compiled neuron: the bytes of a module that imports nothing but the memory `env.memory` (without a maximum), and its layout. Artefacts
 * with the same key are the same but for `Layout.places`.
 */
export interface NeuronArtefact {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly layout: Layout;
}

/** What a neuron module exports. `block` is the address of a descriptor; the functions give 0, or a `failureKind`. */
export interface NeuronExports {
  /**
   * Gives the instances of all tiles their initial values (rule D11), in dependency order, and derives internals and coefficients. Values
   * set by hand are given as bits: bit v mod 8 of byte ⌊v/8⌋ at `given` says that variable v of `Layout.variables` holds its value already.
   */
  initialise(block: number, given: number): number;
  /** Derives parameters that depend on others, internals and the coefficients of the affine systems anew; states, and what depends on them, stay. Same meaning of `given`. */
  derive(block: number, given: number): number;
  /** Checks the guards for all instances; the failure names the first that does not hold. */
  checkGuards(block: number): number;
  /**
   * Advances all instances by `steps` steps, whose inputs are there, and `descriptor.step` with them. In which order tiles and steps are
   * visited is the module's choice. After a failure of one instance the others are at the end of some step; what was emitted in the step that failed, or later, does not count.
   */
  advance(block: number, steps: number): number;
  /**
   * Writes what is recorded, one row of doubles per entry of `Layout.recorded`, one double per instance (padded to whole tiles), rows of `rowBytes`.
   * `inputStep` is the step, counted from `inputAddress`, whose continuous inputs recorded inlines see: the one that comes next.
   */
  record(block: number, destination: number, inputStep: number): number;
}

/**
 * The signature by which the engine asks for propagators; workbench passes the one of dynamics. Matrices are stored row by row;
 * undefined if the matrix or its propagator is not finite.
 */
export type SolveAffine = (
  matrix: Float64Array,
  size: number,
  interval: number,
) => { readonly increment: Float64Array; readonly response: Float64Array } | undefined;
