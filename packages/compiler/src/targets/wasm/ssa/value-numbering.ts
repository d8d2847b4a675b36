/** What a value computes: a number for the common short keys, because hashing text costs more than all else. */
export type ValueKey = string | number;

/** Finds values that were computed before, as far as they dominate the present place. */
export interface ValueNumbering {
  readonly find: (key: ValueKey) => number | undefined;
  readonly add: (key: ValueKey, value: number) => void;
  /** As `add`, for values that need no place: valid in the whole function. */
  readonly addEverywhere: (key: ValueKey, value: number) => void;
  /** Enters a construct; what is added until the matching `exit` is forgotten there. */
  readonly enter: () => void;
  readonly exit: () => void;
}

/** An empty numbering, outside every construct. */
export function createValueNumbering(): ValueNumbering {
  const everywhere = new Map<ValueKey, number>();
  const scopes: Map<ValueKey, number>[] = [everywhere];
  return {
    find: (key) => {
      for (let depth = scopes.length - 1; depth >= 0; depth -= 1) {
        const value = scopes[depth]?.get(key);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    add: (key, value) => void scopes.at(-1)?.set(key, value),
    addEverywhere: (key, value) => void everywhere.set(key, value),
    enter: () => void scopes.push(new Map()),
    exit: () => void scopes.pop(),
  };
}
