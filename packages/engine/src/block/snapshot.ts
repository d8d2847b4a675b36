import { EngineError } from '../errors.ts';
import { type BlockIdentity, indicesOf } from '../random/keys.ts';
import type { Block } from './block.ts';
import { checkRuns, clearFailure } from './failure.ts';

/** All that changes in a block, as plain data: what continues from it continues bit by bit. */
export interface BlockSnapshot {
  /** Key of the artefact. */
  readonly key: string;
  readonly instances: number;
  readonly stepNs: number;
  readonly identity: BlockIdentity;
  /** Number n of the next step. */
  readonly step: number;
  /** Shared doubles, tiles and what was set by hand; its meaning is that of the artefact's layout. */
  readonly state: Uint8Array;
}

/**
 * A copy of the state of a block between two runs.
 * @throws EngineError if the block failed before.
 */
export function snapshotBlock(block: Block): BlockSnapshot {
  checkRuns(block);
  const { engine, module, instances, stepNs, identity, memory } = block;
  return {
    key: module.key,
    instances,
    stepNs,
    identity,
    step: block.fields.double('step'),
    state: engine.arena.bytes(memory.state, memory.stateBytes).slice(),
  };
}

/**
 * Puts a block, also one that failed or lies in another engine, into the state of a snapshot.
 * @throws EngineError if the snapshot is of another model, size, step length or identity.
 */
export function restoreBlock(block: Block, snapshot: BlockSnapshot): void {
  const { engine, module, memory } = block;
  const isSame =
    snapshot.key === module.key &&
    snapshot.instances === block.instances &&
    snapshot.stepNs === block.stepNs &&
    snapshot.state.length === memory.stateBytes &&
    isSameIdentity(snapshot.identity, block.identity, block.instances);
  if (!isSame)
    throw new EngineError(`a snapshot of ${snapshot.key} does not fit this block of ${module.key}`);
  engine.arena.bytes(memory.state, memory.stateBytes).set(snapshot.state);
  const { fields } = block;
  fields.setDouble('step', snapshot.step);
  clearFailure(fields);
}

function isSameIdentity(a: BlockIdentity, b: BlockIdentity, instances: number): boolean {
  if (a.population !== b.population || a.seed !== b.seed) return false;
  const indices = indicesOf(b, instances);
  return indicesOf(a, instances).every((index, instance) => index === indices[instance]);
}
