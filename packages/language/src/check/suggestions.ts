import type { Dimension } from '@nestml/units';
import { closestName } from '../parse/closest.ts';
import type { Scope } from './scope.ts';

/** Help for messages, with bounded cost however many findings a file has. */
export interface Suggestions {
  /** The name that was probably meant; undefined if none is near, or after too many comparisons. */
  readonly closest: (name: string, candidates: Iterable<string>) => string | undefined;
  /** Parameters and internals that measure this, in the order of their declaration. */
  readonly constantsOf: (dimension: Dimension) => readonly string[];
}

/** After comparing this many names, a file has other problems than spelling. */
const mostComparisons = 200_000;

/** Suggestions for one model. */
export function createSuggestions(scope: Scope): Suggestions {
  let comparisons = 0;
  let constants: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    closest: (name, candidates) => {
      if (comparisons > mostComparisons) return undefined;
      const all = [...candidates];
      comparisons += all.length;
      return closestName(name, all);
    },
    constantsOf: (dimension) => {
      constants ??= indexConstants(scope);
      return constants.get(keyOf(dimension)) ?? [];
    },
  };
}

function indexConstants(scope: Scope): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [name, entry] of scope.entries) {
    const symbol = entry.kind === 'variable' ? entry.orders.get(0) : undefined;
    const isConstant = symbol?.role === 'parameter' || symbol?.role === 'internal';
    if (!isConstant || symbol.type.kind !== 'quantity') continue;
    const key = keyOf(symbol.type.unit.dimension);
    const names = index.get(key);
    if (names === undefined) index.set(key, [name]);
    else names.push(name);
  }
  return index;
}

function keyOf({
  voltage,
  current,
  time,
  length,
  temperature,
  amount,
  luminousIntensity,
}: Dimension): string {
  const exponents = [voltage, current, time, length, temperature, amount, luminousIntensity];
  return exponents.map(({ numerator, denominator }) => `${numerator}/${denominator}`).join(' ');
}
