import type { Engine } from './engine.ts';
import { EngineError } from './errors.ts';
import { interfaceVersion, type Layout, type NeuronArtefact, type NeuronExports } from './interface/index.ts';

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
  checkVersion(artefact);
  const present = engine.modules.get(artefact.key);
  if (present !== undefined) return moduleOf(artefact, present);
  const module = asEngineError(artefact, () => new WebAssembly.Module(artefact.bytes));
  return moduleOf(artefact, instantiate(engine, artefact, module));
}

/** As `loadNeuron`, compiled aside: for pages, where large modules must not be compiled on the main thread. */
export async function loadNeuronLater(engine: Engine, artefact: NeuronArtefact): Promise<NeuronModule> {
  checkVersion(artefact);
  const present = engine.modules.get(artefact.key);
  if (present !== undefined) return moduleOf(artefact, present);
  try {
    const module = await WebAssembly.compile(artefact.bytes);
    return moduleOf(artefact, engine.modules.get(artefact.key) ?? instantiate(engine, artefact, module));
  } catch (problem) {
    throw invalidModule(artefact, problem);
  }
}

function checkVersion({ key, layout }: NeuronArtefact): void {
  if (layout.version === interfaceVersion) return;
  throw new EngineError(
    `${key} follows version ${layout.version} of the binary interface; this engine runs version ${interfaceVersion}`,
  );
}

function moduleOf({ key, layout }: NeuronArtefact, exports: NeuronExports): NeuronModule {
  return { key, layout, exports };
}

function instantiate(engine: Engine, artefact: NeuronArtefact, module: WebAssembly.Module): NeuronExports {
  const imports = { env: { memory: engine.arena.memory } };
  const instance = asEngineError(artefact, () => new WebAssembly.Instance(module, imports));
  const exports = exportsOf(instance, artefact);
  engine.modules.set(artefact.key, exports);
  return exports;
}

function exportsOf({ exports }: WebAssembly.Instance, { key }: NeuronArtefact): NeuronExports {
  const find = (name: keyof NeuronExports): ((...operands: readonly number[]) => number) => {
    const exported = exports[name];
    if (!isFunction(exported)) throw new EngineError(`the module ${key} does not export ${name}`);
    return (...operands) => Number(exported(...operands));
  };
  return {
    initialise: find('initialise'),
    derive: find('derive'),
    checkGuards: find('checkGuards'),
    advance: find('advance'),
    record: find('record'),
  };
}

function isFunction(value: unknown): value is ExportedFunction {
  return typeof value === 'function';
}

function asEngineError<Result>(artefact: NeuronArtefact, make: () => Result): Result {
  try {
    return make();
  } catch (problem) {
    throw invalidModule(artefact, problem);
  }
}

function invalidModule({ key }: NeuronArtefact, problem: unknown): unknown {
  const isRefusal = problem instanceof WebAssembly.CompileError || problem instanceof WebAssembly.LinkError;
  return isRefusal ? new EngineError(`the module ${key} is not valid: ${problem.message}`) : problem;
}
