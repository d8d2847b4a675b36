import { doubleBytes, type Storage, tileWidth } from '../interface/index.ts';
import type { Block } from './block.ts';

/**
 * The doubles of a block. A lane is a place for an instance: lane i belongs to instance i; if the number of instances is odd, one more
 * lane follows, which mirrors the last instance. Valid until memory is allocated.
 */
export interface Cells {
  readonly read: (storage: Storage, lane: number) => number;
  /** Shared storage ignores the lane. */
  readonly write: (storage: Storage, lane: number, value: number) => void;
}

/** Access to the doubles of a block. */
export function cellsOf({ engine, module, memory }: Block): Cells {
  const shared = engine.arena.doubles(memory.shared, module.layout.shared);
  const tileDoubles = memory.tileBytes / doubleBytes;
  const tiles = engine.arena.doubles(memory.tiles, memory.tileCount * tileDoubles);
  const placeOf = (column: number, lane: number): number =>
    Math.floor(lane / tileWidth) * tileDoubles + tileWidth * column + (lane % tileWidth);
  return {
    read: ({ kind, index }, lane) => (kind === 'shared' ? shared[index]! : tiles[placeOf(index, lane)]!),
    write: ({ kind, index }, lane, value) => {
      if (kind === 'shared') shared[index] = value;
      else tiles[placeOf(index, lane)] = value;
    },
  };
}

/** The lanes that hold an instance: its own, and for the last one of an odd number the mirror. */
export function lanesOf({ instances, memory }: Block, instance: number): readonly number[] {
  const isMirrored = instance === instances - 1 && instances < memory.tileCount * tileWidth;
  return isMirrored ? [instance, instance + 1] : [instance];
}
