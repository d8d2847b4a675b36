import type { Engine } from './engine.ts';
import { EngineError } from './errors.ts';
import {
  type DeviceArtefact,
  type DeviceExports,
  interfaceVersion,
  type Layout,
  type NeuronArtefact,
  type NeuronExports,
} from './interface/index.ts';
import type { Arena } from './memory.ts';

/**
 * An artefact that is instantiated on the memory of an engine. The layout is that of the artefact at hand: its places in the source may differ
 * between artefacts with the same key.
 */
export interface NeuronModule {
  readonly key: string;
  readonly layout: Layout;
  readonly exports: NeuronExports;
}

type ExportedFunction = (...operands: readonly number[]) => unknown;

/**
 * The module of an artefact, instantiated once per engine.
 * @throws EngineError if the version is another one or the module is not valid.
 */
export function loadNeuron(engine: Engine, artefact: NeuronArtefact): NeuronModule {
  checkVersion(artefact.key, artefact.layout);
  const present = engine.modules.get(artefact.key);
  if (present !== undefined) return moduleOf(artefact, present);
  return moduleOf(artefact, instantiateNeuron(engine, artefact, compile(artefact.key, artefact.bytes)));
}

/** As `loadNeuron`, compiled aside: for pages, where large modules must not be compiled on the main thread. */
export async function loadNeuronLater(engine: Engine, artefact: NeuronArtefact): Promise<NeuronModule> {
  checkVersion(artefact.key, artefact.layout);
  const present = engine.modules.get(artefact.key);
  if (present !== undefined) return moduleOf(artefact, present);
  try {
    const module = await WebAssembly.compile(artefact.bytes);
    return moduleOf(
      artefact,
      engine.modules.get(artefact.key) ?? instantiateNeuron(engine, artefact, module),
    );
  } catch (problem) {
    throw invalidModule(artefact.key, problem);
  }
}

/**
 * Instantiates the module that draws for devices.
 * @throws EngineError if the version is another one or the module is not valid.
 */
export function loadDevices(arena: Arena, { version, bytes }: DeviceArtefact): DeviceExports {
  checkVersion(DEVICES, { version });
  const find = findExports(DEVICES, instantiate(arena, DEVICES, compile(DEVICES, bytes)));
  return { addPoissonSpikes: find('addPoissonSpikes') };
}

/** Name of the device module in messages. */
const DEVICES = 'devices';

function checkVersion(key: string, { version }: Pick<Layout, 'version'>): void {
  if (version === interfaceVersion) return;
  throw new EngineError(
    `${key} follows version ${version} of the binary interface; this engine runs version ${interfaceVersion}`,
  );
}

function moduleOf({ key, layout }: NeuronArtefact, exports: NeuronExports): NeuronModule {
  return { key, layout, exports };
}

function instantiateNeuron(
  { arena, modules }: Engine,
  { key }: NeuronArtefact,
  module: WebAssembly.Module,
): NeuronExports {
  const find = findExports(key, instantiate(arena, key, module));
  const exports = {
    initialise: find('initialise'),
    derive: find('derive'),
    checkGuards: find('checkGuards'),
    advance: find('advance'),
    record: find('record'),
  };
  modules.set(key, exports);
  return exports;
}

function compile(key: string, bytes: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (problem) {
    throw invalidModule(key, problem);
  }
}

function instantiate(arena: Arena, key: string, module: WebAssembly.Module): WebAssembly.Instance {
  try {
    return new WebAssembly.Instance(module, { env: { memory: arena.memory } });
  } catch (problem) {
    throw invalidModule(key, problem);
  }
}

/** Gives the exported functions of a module by name. */
function findExports(
  key: string,
  { exports }: WebAssembly.Instance,
): (name: keyof NeuronExports | keyof DeviceExports) => (...operands: readonly number[]) => number {
  return (name) => {
    const exported = exports[name];
    if (!isFunction(exported)) throw new EngineError(`the module ${key} does not export ${name}`);
    return (...operands) => Number(exported(...operands));
  };
}

function isFunction(value: unknown): value is ExportedFunction {
  return typeof value === 'function';
}

function invalidModule(key: string, problem: unknown): unknown {
  const isRefusal = problem instanceof WebAssembly.CompileError || problem instanceof WebAssembly.LinkError;
  return isRefusal ? new EngineError(`the module ${key} is not valid: ${problem.message}`) : problem;
}
