import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { StoredVariable } from '../interface/index.ts';
import type { NeuronModule } from '../module-cache.ts';
import type { BlockIdentity } from '../random/keys.ts';
import type { DescriptorFields } from './descriptor-fields.ts';

/** Nanoseconds in a millisecond, the canonical unit of time. */
export const NS_PER_MS = 1_000_000;

/**
 * n instances of one compiled neuron. The record itself never changes: everything that does lies in the memory of the engine, the
 * state of the instances at `memory.state`, the number of the next step in the descriptor.
 */
export interface Block {
  readonly engine: Engine;
  readonly module: NeuronModule;
  readonly instances: number;
  /** Length of a step in ns, an integer ≥ 1. */
  readonly stepNs: number;
  readonly identity: BlockIdentity;
  readonly memory: BlockMemory;
  /** Of the descriptor at `memory.descriptor`. */
  readonly fields: DescriptorFields;
}

/** Where the parts of a block lie: addresses, all multiples of 16. */
export interface BlockMemory {
  readonly descriptor: number;
  readonly scratch: number;
  /** The shared doubles, the tiles and the masks one after the other: all that a snapshot has to keep. */
  readonly state: number;
  readonly stateBytes: number;
  readonly shared: number;
  readonly tiles: number;
  readonly tileCount: number;
  readonly tileBytes: number;
  /** One mask of `givenBytes` per instance: which variables were set by hand (rule D11). */
  readonly given: number;
  readonly givenBytes: number;
  /** A double per entry of `Layout.repeated`; not part of the state. */
  readonly repeated: number;
}

/** The numbers of all instances. */
export function allInstances({ instances }: Block): readonly number[] {
  return Array.from({ length: instances }, (_, instance) => instance);
}

/**
 * The variable of that written name.
 * @throws EngineError if there is none.
 */
export function variableOf({ module }: Block, name: string): StoredVariable {
  const variable = module.layout.variables.find((candidate) => candidate.name === name);
  if (variable === undefined) throw new EngineError(`${module.key} has no variable ${name}`);
  return variable;
}

/** @throws EngineError if the block has no such instance. */
export function checkInstance({ module, instances }: Block, instance: number): void {
  if (Number.isInteger(instance) && instance >= 0 && instance < instances) return;
  throw new EngineError(`a block of ${instances} instances of ${module.key} has no instance ${instance}`);
}
