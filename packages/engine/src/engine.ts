import type { NeuronExports, SolveAffine } from './interface/index.ts';
import { Arena } from './memory.ts';

/** Runs compiled models in one memory. Blocks of different engines share nothing. */
export interface Engine {
  readonly arena: Arena;
  /** Propagators of affine systems; workbench passes the one of dynamics. */
  readonly solveAffine: SolveAffine;
  /** What modules that are instantiated on the memory export, by key of their artefact. */
  readonly modules: Map<string, NeuronExports>;
}

/** An engine without blocks. */
export function createEngine(solveAffine: SolveAffine): Engine {
  return { arena: new Arena(), solveAffine, modules: new Map() };
}
