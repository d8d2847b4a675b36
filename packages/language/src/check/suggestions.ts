import type { Fix, Span } from '@nestml/diagnostics';
import type { Dimension } from '@nestml/units';
import { nearestName } from '../parse/closest.ts';
import type { Scope } from './scope.ts';

/** Help for messages, with bounded cost however many findings a file has. */
export interface Suggestions {
  /** The name that was probably meant at a place; empty if none is near, or after too many comparisons. */
  readonly closest: (name: string, place: Span, candidates: Iterable<string>) => NameSuggestion;
  /** Parameters and internals that measure this, in the order of their declaration. */
  readonly constantsOf: (dimension: Dimension) => readonly string[];
}

/** A name for a message, and the fix that writes it: a guess unless nothing else can be meant. */
export interface NameSuggestion {
  readonly suggestion: string | undefined;
  readonly fixes: readonly Fix[];
}

/** The fix that writes a word at a place. */
export function writeWord(text: string, span: Span): Fix {
  return { title: `Write \`${text}\``, edits: [{ span, text }] };
}

/** After comparing this many names, a file has other problems than spelling. */
const mostComparisons = 200_000;

/** Suggestions for one model. */
export function createSuggestions(scope: Scope): Suggestions {
  let comparisons = 0;
  let constants: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    closest: (name, place, candidates) => {
      if (comparisons > mostComparisons) return { suggestion: undefined, fixes: [] };
      const all = [...candidates];
      comparisons += all.length;
      const near = nearestName(name, all);
      if (near === undefined) return { suggestion: undefined, fixes: [] };
      const fix = writeWord(near.name, place);
      return { suggestion: near.name, fixes: [near.isCertain ? fix : { ...fix, isGuess: true }] };
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
