/** What a value computes: a number for the common short keys, because hashing text costs more than all else. */
export type ValueKey = string | number;

/** Finds values that were computed before, as far as they dominate the present place. */
export interface ValueNumbering {
  readonly find: (key: ValueKey) => number | undefined;
  /** The key must be one that `find` does not find. */
  readonly add: (key: ValueKey, value: number) => void;
  /** As `add`, for values that need no place: valid in the whole function. */
  readonly addEverywhere: (key: ValueKey, value: number) => void;
  /** Enters a construct; what is added until the matching `exit` is forgotten there. */
  readonly enter: () => void;
  readonly exit: () => void;
}

/** An empty numbering, outside every construct. */
export function createValueNumbering(): ValueNumbering {
  const values = new Map<ValueKey, number>();
  // What the open constructs added, outermost first: one map is searched, not one per construct.
  const added: ValueKey[][] = [];
  return {
    find: (key) => values.get(key),
    add: (key, value) => {
      values.set(key, value);
      added.at(-1)?.push(key);
    },
    addEverywhere: (key, value) => void values.set(key, value),
    enter: () => void added.push([]),
    exit: () => {
      for (const key of added.pop() ?? []) values.delete(key);
    },
  };
}
