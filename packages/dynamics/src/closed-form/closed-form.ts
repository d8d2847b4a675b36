import type { ExpressionNode, ExpressionSymbol } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import type { AffineGroup } from '../partition.ts';
import { type Laurent, ZERO } from './laurent.ts';
import { toLaurent } from './laurent-nodes.ts';
import { type Block, resolvent } from './resolvent.ts';
import { isSpectrum, type LaurentMatrix, type SpectralFactor, spectralFactors } from './spectral-factors.ts';
import { type WrittenCases, writeCases } from './write-cases.ts';

/** The cases, of which exactly one holds; or the first block of states that has no closed form, or whose form is too long. */
export type ClosedForm =
  | (WrittenCases & { readonly kind: 'closed' })
  | {
      readonly kind: 'none';
      readonly because: 'unknown-eigenvalues' | 'too-long';
      readonly states: readonly ExpressionSymbol[];
    };

/** A factor of a characteristic polynomial: s − rate, or (s − centre)² − square, whose roots are complex if the square is negative. */
export type KnownFactor =
  | { readonly kind: 'rate'; readonly rate: ExpressionNode }
  | { readonly kind: 'pair'; readonly centre: ExpressionNode; readonly square: ExpressionNode };

/**
 * All factors of strongly connected blocks, by the first state of the block, for those whose factors are not found here (three states
 * and more). Factors whose product is not the characteristic polynomial are not used.
 */
export type KnownFactors = ReadonlyMap<ExpressionSymbol, readonly KnownFactor[]>;

/**
 * Propagators as expressions in the parameters and the step. The resolvent of the block triangular matrix is a sum of products of
 * 1/(s − rate); each product is a divided difference of the exponential over its rates. Equal rates, real, double or complex pairs of
 * eigenvalues are cases of their own where they depend on parameters. See docs/numerics/closed-forms.md.
 */
export function closedForm(
  pool: ExpressionPool,
  group: AffineGroup,
  step: ExpressionSymbol,
  known: KnownFactors = new Map(),
): ClosedForm {
  const matrix: Laurent[][] = group.states.map(() => group.states.map(() => ZERO));
  for (const { row, column, value } of group.coefficients) matrix[row]![column] = toLaurent(pool, value);
  const table: SpectralFactor[] = [];
  const blocks: Block[] = [];
  let start = 0;
  for (const length of group.blocks) {
    const states = group.states.slice(start, start + length);
    const rows = matrix.slice(start, start + length);
    const block = rows.map((row) => row.slice(start, start + length));
    const factors = factorsOf(pool, block, known.get(states[0]!) ?? []);
    if (factors === undefined) return { kind: 'none', because: 'unknown-eigenvalues', states };
    blocks.push({ start, size: length, factors: factors.map((factor) => numberOf(table, factor)) });
    start += length;
  }
  const entries = resolvent(matrix, blocks, table);
  if (entries === undefined) return { kind: 'none', because: 'too-long', states: group.states };
  const hasInput = group.input.map((input) => !(input.kind === 'constant' && input.value === 0));
  const written = writeCases(pool, pool.symbol(step), { table, entries, hasInput });
  return written === undefined
    ? { kind: 'none', because: 'too-long', states: group.states }
    : { kind: 'closed', ...written };
}

function factorsOf(
  pool: ExpressionPool,
  block: LaurentMatrix,
  known: readonly KnownFactor[],
): readonly SpectralFactor[] | undefined {
  const given = known.map((factor): SpectralFactor => {
    if (factor.kind === 'rate') return { kind: 'rate', rate: toLaurent(pool, factor.rate) };
    const square = toLaurent(pool, factor.square);
    return { kind: 'pair', centre: toLaurent(pool, factor.centre), square, gap: ZERO, product: square };
  });
  return isSpectrum(block, given) ? given : spectralFactors(block);
}

function numberOf(table: SpectralFactor[], factor: SpectralFactor): number {
  const place = table.findIndex((known) => keyOf(known) === keyOf(factor));
  return place >= 0 ? place : table.push(factor) - 1;
}

function keyOf(factor: SpectralFactor): string {
  return factor.kind === 'rate' ? factor.rate.key : `${factor.centre.key} | ${factor.square.key}`;
}
