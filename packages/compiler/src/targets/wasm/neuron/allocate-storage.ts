import type { Storage } from '@nestml/engine/interface';

/** Gives out columns and shared doubles. */
export interface StorageAllocator {
  readonly column: () => number;
  readonly share: () => number;
  /** So many places, one after the other; columns if every instance has its own values. */
  readonly take: (isOwn: boolean, size: number) => Storage;
  readonly totals: () => { readonly columns: number; readonly shared: number };
}

/** Nothing is given out yet. */
export function createAllocator(): StorageAllocator {
  let columns = 0;
  let shared = 0;
  const take = (isOwn: boolean, size: number): Storage => {
    const index = isOwn ? columns : shared;
    if (isOwn) columns += size;
    else shared += size;
    return { kind: isOwn ? 'column' : 'shared', index };
  };
  return {
    column: () => take(true, 1).index,
    share: () => take(false, 1).index,
    take,
    totals: () => ({ columns, shared }),
  };
}
