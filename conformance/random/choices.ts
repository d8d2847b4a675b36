/** A source of random choices that gives the same sequence for the same seed (mulberry32). */
export interface Choices {
  /** Uniform in [low, high). */
  readonly between: (low: number, high: number) => number;
  /** Whole number from 0 to count − 1. */
  readonly below: (count: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of the given things, each equally likely. */
  readonly pick: <T>(things: readonly T[]) => T;
  /** Some of the given things, each with this probability, in their order. */
  readonly some: <T>(things: readonly T[], probability: number) => readonly T[];
}

/** Random choices from a seed. */
export function createChoices(seed: number): Choices {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number): number => Math.floor(count * next());
  return {
    between: (low, high) => low + (high - low) * next(),
    below,
    chance: (probability) => next() < probability,
    pick: (things) => {
      if (things.length === 0) throw new RangeError('nothing to choose from');
      return things[below(things.length)]!;
    },
    some: (things, probability) => things.filter(() => next() < probability),
  };
}
