import type { SolvedModel } from '../solved/solved-model.ts';

/** How a solved model is used in a run. Two plans with the same key have the same artefact. */
export interface Plan {
  readonly model: SolvedModel;
  readonly usage: Usage;
  /**
   * Equal for plans that mean the same: the solved model as text and the usage. Places in the source are not part of it, so an artefact
   * must not contain them.
   */
  readonly key: string;
}

/** Guarantees: names exist in the model, are sorted and unique; every vector has a size that is an integer ≥ 1. */
export interface Usage {
  /** Written names of the parameters with a value of their own for each instance; all others are homogeneous. */
  readonly perInstance: readonly string[];
  /** Written names of what is recorded; elements of vectors as `a[0]`. */
  readonly recorded: readonly string[];
  /** Sizes of vector variables and ports by written name, the same for all instances. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Steps that are remembered of each state that is read delayed, by written name: the longest delay, rounded up, and one. */
  readonly pastSteps: Readonly<Record<string, number>>;
}
