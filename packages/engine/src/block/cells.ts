import { doubleBytes, type Storage, tileWidth } from '../interface/index.ts';
import type { Block, BlockMemory } from './block.ts';

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
  const tiles = engine.arena.doubles(memory.tiles, (memory.tileCount * memory.tileBytes) / doubleBytes);
  const placeOf = (column: number, lane: number): number => cellOf(memory, column, lane);
  return {
    read: ({ kind, index }, lane) => (kind === 'shared' ? shared[index]! : tiles[placeOf(index, lane)]!),
    write: ({ kind, index }, lane, value) => {
      if (kind === 'shared') shared[index] = value;
      else tiles[placeOf(index, lane)] = value;
    },
  };
}

/** Number of the cell of a column and lane among those of the tiles. */
function cellOf({ tileBytes }: BlockMemory, column: number, lane: number): number {
  const tileCells = tileBytes / doubleBytes;
  return Math.floor(lane / tileWidth) * tileCells + tileWidth * column + (lane % tileWidth);
}

/** Copies the columns of a lane as bits: keys of random numbers are no doubles, and a copy of a NaN may change its payload. */
export function copyLane(from: Block, fromLane: number, to: Block, toLane: number): void {
  const source = bitsOf(from);
  const target = bitsOf(to);
  for (let column = 0; column < from.module.layout.columns; column += 1) {
    target[cellOf(to.memory, column, toLane)] = source[cellOf(from.memory, column, fromLane)]!;
  }
}

function bitsOf({ engine, memory }: Block): BigUint64Array {
  const { buffer } = engine.arena.memory;
  return new BigUint64Array(buffer, memory.tiles, (memory.tileCount * memory.tileBytes) / doubleBytes);
}

/** The lanes that hold an instance: its own, and for the last one of an odd number the mirror. */
export function lanesOf({ instances, memory }: Block, instance: number): readonly number[] {
  const isMirrored = instance === instances - 1 && instances < memory.tileCount * tileWidth;
  return isMirrored ? [instance, instance + 1] : [instance];
}
