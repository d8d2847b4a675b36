import type { DeviceArtefact, DeviceExports, NeuronExports, SolveAffine } from './interface/index.ts';
import { Arena } from './memory.ts';
import { loadDevices } from './module-cache.ts';

/** Runs compiled models in one memory. Blocks of different engines share nothing. */
export interface Engine {
  readonly arena: Arena;
  /** Propagators of affine systems; workbench passes the one of dynamics. */
  readonly solveAffine: SolveAffine;
  /** What modules that are instantiated on the memory export, by key of their artefact. */
  readonly modules: Map<string, NeuronExports>;
  /** What draws for devices, instantiated when it is first asked for. */
  readonly devices: () => DeviceExports;
}

/**
 * An engine without blocks.
 * @param generateDevices gives the module that draws for devices, when the first device needs it; workbench passes the one of the compiler
 */
export function createEngine(solveAffine: SolveAffine, generateDevices: () => DeviceArtefact): Engine {
  const arena = new Arena();
  let devices: DeviceExports | undefined;
  return {
    arena,
    solveAffine,
    modules: new Map(),
    devices: () => {
      devices ??= loadDevices(arena, generateDevices());
      return devices;
    },
  };
}
