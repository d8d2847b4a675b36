import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { descriptor, doubleBytes, interfaceVersion, tileWidth } from '../interface/index.ts';
import { ALIGNMENT, type Arena } from '../memory.ts';
import type { NeuronModule } from '../module-cache.ts';
import { type BlockIdentity, instanceKeys, KEY_KIND } from '../random/keys.ts';
import { solveAffineSystems } from './affine.ts';
import { allInstances, type Block, type BlockMemory, NS_PER_MS } from './block.ts';
import { cellsOf, lanesOf } from './cells.ts';
import { descriptorAt } from './descriptor-fields.ts';
import { type BlockFailure, initialFailure } from './failure.ts';
import { settle } from './settle.ts';
import { type Values, writeValues } from './variables.ts';

/** What a block is made of. */
export interface BlockOptions {
  /** Number of instances, ≥ 1. */
  readonly instances: number;
  /** Length of a step in ns, an integer ≥ 1. */
  readonly stepNs: number;
  /** Parameters, internals and initial states that are set by hand. */
  readonly values: Values;
  readonly identity: BlockIdentity;
  /** Tolerances of adaptive solvers relative to those of the model; default 1. */
  readonly toleranceFactor?: number;
}

/** A block before its first step, or why its values are not possible. */
export type BlockCreation =
  | { readonly ok: true; readonly block: Block }
  | { readonly ok: false; readonly failure: BlockFailure };

/**
 * Creates instances of a neuron with their initial values (rule D11). If values were given, all guards must hold (rule D12). After
 * a failure nothing of the block is left.
 * @throws EngineError for a name that the model does not have; OutOfMemoryError
 */
export function createBlock(engine: Engine, module: NeuronModule, options: BlockOptions): BlockCreation {
  const { instances, stepNs, values, identity } = options;
  if (!(Number.isInteger(instances) && instances >= 1 && Number.isInteger(stepNs) && stepNs >= 1)) {
    throw new EngineError(`a block cannot have ${instances} instances and steps of ${stepNs} ns`);
  }
  if ('indices' in identity && identity.indices.length !== instances) {
    throw new EngineError(`${identity.indices.length} numbers cannot identify ${instances} instances`);
  }
  const mark = engine.arena.mark();
  const memory = allocate(engine.arena, module, instances);
  const fields = descriptorAt(engine.arena, memory.descriptor);
  const block: Block = { engine, module, instances, stepNs, identity, memory, fields };
  describe(block, options.toleranceFactor ?? 1);
  writeResolution(block);
  writeKeys(block);
  const all = allInstances(block);
  writeValues(block, values, all);
  const failure = settle(block, all, 'initialise', values.size > 0) ?? solveAffineSystems(block, all);
  if (failure === undefined) return { ok: true, block };
  engine.arena.release(mark);
  return { ok: false, failure: initialFailure(failure) };
}

function allocate(arena: Arena, { layout }: NeuronModule, instances: number): BlockMemory {
  const tileCount = Math.ceil(instances / tileWidth);
  const tileBytes = layout.columns * tileWidth * doubleBytes;
  const givenBytes = 4 * Math.ceil(layout.variables.length / 32);
  const sharedBytes = roundUp(layout.shared * doubleBytes);
  const tilesBytes = tileCount * tileBytes;
  const stateBytes = roundUp(sharedBytes + tilesBytes + instances * givenBytes);
  const descriptorAddress = arena.allocate(descriptor.bytes);
  const scratch = arena.allocate(layout.scratchBytes);
  const state = arena.allocate(stateBytes);
  const repeated = arena.allocate((layout.repeated ?? []).length * doubleBytes);
  const tiles = state + sharedBytes;
  return {
    descriptor: descriptorAddress,
    scratch,
    state,
    stateBytes,
    shared: state,
    tiles,
    tileCount,
    tileBytes,
    given: tiles + tilesBytes,
    givenBytes,
    repeated,
  };
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function describe(block: Block, toleranceFactor: number): void {
  const { instances, stepNs, memory } = block;
  const { fields } = block;
  fields.setInteger('version', interfaceVersion);
  fields.setInteger('instances', instances);
  fields.setInteger('tiles', memory.tileCount);
  fields.setInteger('tileAddress', memory.tiles);
  fields.setInteger('tileBytes', memory.tileBytes);
  fields.setInteger('sharedAddress', memory.shared);
  fields.setInteger('rowBytes', memory.tileCount * tileWidth * doubleBytes);
  fields.setInteger('scratchAddress', memory.scratch);
  fields.setInteger('repeatedAddress', memory.repeated);
  fields.setDouble('step', 0);
  fields.setDouble('stepNs', stepNs);
  fields.setDouble('toleranceFactor', toleranceFactor);
}

function writeResolution(block: Block): void {
  const { milliseconds, nanoseconds } = block.module.layout.resolution;
  const cells = cellsOf(block);
  cells.write({ kind: 'shared', index: milliseconds }, 0, block.stepNs / NS_PER_MS);
  cells.write({ kind: 'shared', index: nanoseconds }, 0, block.stepNs);
}

/** Keys are written as bits: as doubles some would be NaN, whose payload a copy may change. */
function writeKeys(block: Block): void {
  const { engine, module, memory, instances, identity } = block;
  const { randomKeyColumn } = module.layout;
  if (randomKeyColumn === undefined) return;
  const keys = instanceKeys(identity, instances, KEY_KIND.statements);
  const view = engine.arena.view(memory.tiles, memory.tileCount * memory.tileBytes);
  for (const instance of allInstances(block)) {
    for (const lane of lanesOf(block, instance)) {
      const tile = Math.floor(lane / tileWidth) * memory.tileBytes;
      const address = tile + doubleBytes * (tileWidth * randomKeyColumn + (lane % tileWidth));
      view.setUint32(address, keys[2 * instance]!, true);
      view.setUint32(address + 4, keys[2 * instance + 1]!, true);
    }
  }
}
