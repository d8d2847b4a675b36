import type { ExpressionNode, ExpressionSymbol } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import type { AffineGroup } from '../partition.ts';
import { type RateCase, rateCases } from './equal-rates.ts';
import { type InverseSetting, inverseLaplace, timesLaurent } from './inverse-laplace.ts';
import { type Laurent, scaleLaurent, ZERO } from './laurent.ts';
import { toLaurent } from './laurent-nodes.ts';
import { rationalOf } from './rational.ts';
import { type PairChoice, pairChoices, type RealTerm, realTerms } from './real-factors.ts';
import { type Block, type ResolventEntry, resolvent } from './resolvent.ts';
import { isSpectrum, type LaurentMatrix, type SpectralFactor, spectralFactors } from './spectral-factors.ts';

/** The solution of x′ = A x + b over a step h in one case of the parameters: x(h) = P x(0) + R b. Rows of matrices. */
export interface ClosedFormCase {
  /** All must hold; none for the first case if it is the only one. */
  readonly conditions: readonly ExpressionNode[];
  /** P, entries that are 0 by structure left out. */
  readonly propagators: readonly (readonly (ExpressionNode | undefined)[])[];
  /** R, only the columns whose b is not the constant 0. */
  readonly responses: readonly (readonly (ExpressionNode | undefined)[])[];
}

/** The cases, the generic one first; or the first block of states that has no closed form, or whose form is too long. */
export type ClosedForm =
  | {
      readonly kind: 'closed';
      readonly cases: readonly ClosedFormCase[];
      /** Equalities for which there are no cases, since they would be too many: the forms are 0/0 there. */
      readonly excluded: readonly ExpressionNode[];
    }
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
  const choices = writeCases({ pool, step: pool.symbol(step), table, entries, hasInput });
  return {
    kind: 'closed',
    cases: choices.flatMap(({ cases }) => cases),
    excluded: choices.flatMap(({ excluded }) => excluded),
  };
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

interface Writing {
  readonly pool: ExpressionPool;
  readonly step: ExpressionNode;
  readonly table: readonly SpectralFactor[];
  readonly entries: readonly (readonly ResolventEntry[])[];
  readonly hasInput: readonly boolean[];
}

function writeCases(writing: Writing): readonly {
  readonly cases: readonly ClosedFormCase[];
  readonly excluded: readonly ExpressionNode[];
}[] {
  const { pool, table, entries } = writing;
  const used = new Set(entries.flat(2).flatMap(({ factors }) => factors));
  return pairChoices(pool, table, used).map((choice) => {
    const terms = entries.flatMap((row) =>
      row.flatMap((entry, column) =>
        entry.flatMap((term) => [
          ...realTerms(term, false, table, choice.forms),
          ...(writing.hasInput[column] ? realTerms(term, true, table, choice.forms) : []),
        ]),
      ),
    );
    const { cases, excluded } = rateCases(pool, terms);
    return { cases: cases.map((one) => writeCase(writing, choice, one)), excluded };
  });
}

function writeCase(writing: Writing, choice: PairChoice, one: RateCase): ClosedFormCase {
  const { pool, step, table, entries, hasInput } = writing;
  const setting: InverseSetting = { pool, step, ...one.same, known: new Map() };
  const write = (entry: ResolventEntry, isIntegral: boolean): ExpressionNode | undefined => {
    if (entry.length === 0) return undefined;
    const parts = entry.flatMap((term) =>
      realTerms(term, isIntegral, table, choice.forms).map((real: RealTerm) => {
        const weight = scaleLaurent(term.coefficient, rationalOf(real.weight));
        return timesLaurent(pool, weight, inverseLaplace(setting, real));
      }),
    );
    return pool.sum(parts.map((operand) => ({ sign: 1, operand })));
  };
  return {
    conditions: [...choice.conditions, ...one.conditions],
    propagators: entries.map((row) => row.map((entry) => write(entry, false))),
    responses: entries.map((row) => row.map((entry, j) => (hasInput[j] ? write(entry, true) : undefined))),
  };
}
