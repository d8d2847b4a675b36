import {
  addLaurent,
  constantLaurent,
  isZeroLaurent,
  type Laurent,
  multiplyLaurent,
  subtractLaurent,
  ZERO,
} from './laurent.ts';
import { rational } from './rational.ts';
import {
  type LaurentMatrix,
  longestEntry,
  multiplyMatrices,
  type SpectralFactor,
} from './spectral-factors.ts';

/**
 * coefficient · Π (s − centre) / Π factor: one summand of an entry of the resolvent (s − A)⁻¹. Factors are numbers in a table;
 * `centred` are the pairs whose s − centre stands in the numerator.
 */
export interface ResolventTerm {
  readonly coefficient: Laurent;
  readonly factors: readonly number[];
  readonly centred: readonly number[];
}

/** The summands of one entry. */
export type ResolventEntry = readonly ResolventTerm[];

const ONE: Laurent = constantLaurent(rational(1n));

/** Entries with more summands, or with longer coefficients, are of no use as text. */
const MOST_SUMMANDS = 150;
const LONGEST_COEFFICIENT = 60;
/** A divided difference over n different rates has 2ⁿ⁻² parts. */
const MOST_DIFFERENT_FACTORS = 9;

/** Adds summands over the same product of factors. */
function collect(terms: readonly ResolventTerm[]): ResolventEntry {
  const sums = new Map<string, ResolventTerm>();
  for (const term of terms) {
    const key = `${term.factors.join(',')};${term.centred.join(',')}`;
    const known = sums.get(key);
    const coefficient =
      known === undefined ? term.coefficient : addLaurent(known.coefficient, term.coefficient);
    sums.set(key, { ...term, coefficient });
  }
  return [...sums.values()].filter(({ coefficient }) => !isZeroLaurent(coefficient));
}

function ascending(numbers: readonly number[]): readonly number[] {
  return numbers.toSorted((a, b) => a - b);
}

function multiplyTerms(a: ResolventTerm, b: ResolventTerm): ResolventTerm {
  return {
    coefficient: multiplyLaurent(a.coefficient, b.coefficient),
    factors: ascending([...a.factors, ...b.factors]),
    centred: ascending([...a.centred, ...b.centred]),
  };
}

/**
 * The resolvent of one block B with known factors f₁ … fₙ, in Newton's form: with N₁ = I, Nₖ₊₁ = Nₖ fₖ(B), it is Σ Nₖ/(f₁ … fₖ) for
 * rates; a pair contributes ((s − centre) Nₖ + Nₖ (B − centre))/(f₁ … fₖ). Nothing is divided. Undefined if an entry is too long.
 */
export function resolventOfBlock(
  block: LaurentMatrix,
  factors: readonly number[],
  table: readonly SpectralFactor[],
): readonly (readonly ResolventEntry[])[] | undefined {
  const entries = block.map((row) => row.map((): ResolventTerm[] => []));
  const put = (matrix: LaurentMatrix, below: readonly number[], centred: readonly number[]): void => {
    matrix.forEach((row, i) => {
      row.forEach((coefficient, j) => {
        if (!isZeroLaurent(coefficient))
          entries[i]![j]!.push({ coefficient, factors: ascending(below), centred });
      });
    });
  };
  let newton: LaurentMatrix = block.map((row, i) => row.map((_, j) => (i === j ? ONE : ZERO)));
  for (const [k, factor] of factors.entries()) {
    if (longestEntry(newton) > LONGEST_COEFFICIENT) return undefined;
    const below = factors.slice(0, k + 1);
    const found = table[factor]!;
    if (found.kind === 'rate') {
      put(newton, below, []);
      newton = multiplyMatrices(newton, shifted(block, found.rate));
      continue;
    }
    const centred = shifted(block, found.centre);
    const product = multiplyMatrices(newton, centred);
    put(newton, below, [factor]);
    put(product, below, []);
    const next = multiplyMatrices(product, centred);
    newton = next.map((row, i) =>
      row.map((entry, j) => subtractLaurent(entry, multiplyLaurent(found.square, newton[i]![j]!))),
    );
  }
  return entries.map((row) => row.map(collect));
}

function shifted(block: LaurentMatrix, by: Laurent): LaurentMatrix {
  return block.map((row, i) => row.map((entry, j) => (i === j ? subtractLaurent(entry, by) : entry)));
}

/** A block on the diagonal: its first state, and its factors by their numbers. */
export interface Block {
  readonly start: number;
  readonly size: number;
  readonly factors: readonly number[];
}

/**
 * The resolvent of a block lower triangular matrix: with Rᵢ that of block i, Xᵢⱼ = Rᵢ Σ Aᵢₖ Xₖⱼ over j ≤ k < i. Nothing if an entry
 * is too long.
 */
export function resolvent(
  matrix: LaurentMatrix,
  blocks: readonly Block[],
  table: readonly SpectralFactor[],
): readonly (readonly ResolventEntry[])[] | undefined {
  const size = matrix.length;
  const result: ResolventEntry[][] = matrix.map((row) => row.map(() => []));
  for (const block of blocks) {
    const { start } = block;
    const rows = Array.from({ length: block.size }, (_, i) => start + i);
    const own = resolventOfBlock(
      rows.map((i) => rows.map((j) => matrix[i]![j]!)),
      block.factors,
      table,
    );
    if (own === undefined) return undefined;
    for (const i of rows) for (const j of rows) result[i]![j] = own[i - start]![j - start]!;
    for (let j = 0; j < start; j += 1) {
      const drive = rows.map((row) => driveFrom(matrix, result, row, j, start));
      for (const i of rows) {
        const terms = rows.flatMap((_, k) =>
          own[i - start]![k]!.flatMap((left) => drive[k]!.map((right) => multiplyTerms(left, right))),
        );
        if (terms.length > MOST_SUMMANDS * size) return undefined;
        const entry = collect(terms);
        if (isTooLong(entry)) return undefined;
        result[i]![j] = entry;
      }
    }
  }
  return result;
}

/** Σ A(row, k) X(k, column) over the states before the block. */
function driveFrom(
  matrix: LaurentMatrix,
  found: readonly (readonly ResolventEntry[])[],
  row: number,
  column: number,
  start: number,
): ResolventEntry {
  const terms: ResolventTerm[] = [];
  for (let k = 0; k < start; k += 1) {
    const weight = matrix[row]![k]!;
    if (isZeroLaurent(weight)) continue;
    for (const term of found[k]![column]!)
      terms.push({ ...term, coefficient: multiplyLaurent(weight, term.coefficient) });
  }
  return collect(terms);
}

function isTooLong(entry: ResolventEntry): boolean {
  return (
    entry.length > MOST_SUMMANDS ||
    entry.some(
      ({ coefficient, factors }) =>
        coefficient.terms.length > LONGEST_COEFFICIENT || new Set(factors).size > MOST_DIFFERENT_FACTORS,
    )
  );
}
