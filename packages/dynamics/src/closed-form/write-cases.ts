import type { ExpressionNode } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import { nodesBelow, operandsOf } from '../expression/traverse.ts';
import type { DifferenceSetting } from './divided-differences.ts';
import { ALL_DIFFERENT, type RateCase, rateCases } from './equal-rates.ts';
import { type InverseSetting, inverseLaplace, timesLaurent } from './inverse-laplace.ts';
import { type Laurent, scaleLaurent } from './laurent.ts';
import { rationalOf } from './rational.ts';
import { type PairChoice, pairChoices, type RealTerm, realTerms } from './real-factors.ts';
import type { ResolventEntry } from './resolvent.ts';
import type { SpectralFactor } from './spectral-factors.ts';

/** The solution of x′ = A x + b over a step h in one case of the parameters: x(h) = P x(0) + R b. Rows of matrices. */
export interface ClosedFormCase {
  /** All must hold; none for the first case if it is the only one. */
  readonly conditions: readonly ExpressionNode[];
  /** P, entries that are 0 by structure left out. */
  readonly propagators: readonly (readonly (ExpressionNode | undefined)[])[];
  /** R, only the columns whose b is not the constant 0. */
  readonly responses: readonly (readonly (ExpressionNode | undefined)[])[];
}

/** The cases, of which exactly one holds, the generic one first. */
export interface WrittenCases {
  readonly cases: readonly ClosedFormCase[];
  /** Equalities of rates for which there are no cases, since they would be too many: where one holds, an entry may be 0/0. */
  readonly excluded: readonly ExpressionNode[];
}

/** A resolvent (s − A)⁻¹ over a table of factors, to be written as functions of the step. */
export interface Resolvent {
  readonly table: readonly SpectralFactor[];
  readonly entries: readonly (readonly ResolventEntry[])[];
  /** For each state, whether its b is not the constant 0. */
  readonly hasInput: readonly boolean[];
}

const MOST_CASES = 64;
/** In nodes, those that are shared counted wherever they stand. */
const LONGEST_ENTRY = 10_000;

/** Writes P and R for every case of the parameters; nothing if there are too many cases by the pairs of eigenvalues, or too long texts. */
export function writeCases(
  pool: ExpressionPool,
  step: ExpressionNode,
  resolvent: Resolvent,
): WrittenCases | undefined {
  const used = new Set(resolvent.entries.flat(2).flatMap(({ factors }) => factors));
  const choices = pairChoices(pool, resolvent.table, used, MOST_CASES);
  if (choices === undefined) return undefined;
  const written = new Map<string, ExpressionNode>();
  const parts = choices.map((choice): WrittenCases => {
    const real = realMatrices(resolvent, choice);
    const terms = [...real.propagators, ...real.responses].flat().flatMap((entry) => entry?.terms ?? []);
    const { cases, isComplete, excluded } = rateCases(pool, terms, Math.floor(MOST_CASES / choices.length));
    const plain: DifferenceSetting = isComplete
      ? { pool, step, mayBeEqual: false, written }
      : { pool, step, mayBeEqual: true, written: new Map() };
    return {
      cases: cases.map((one): ClosedFormCase => {
        const write = (entry: RealEntry | undefined) => entry && writeEntry(plain, one.same, entry);
        return {
          conditions: [...choice.conditions, ...one.conditions],
          propagators: real.propagators.map((row) => row.map(write)),
          responses: real.responses.map((row) => row.map(write)),
        };
      }),
      excluded,
    };
  });
  const cases = parts.flatMap((part) => part.cases);
  if (isTooLong(cases)) return undefined;
  return {
    cases,
    excluded: [...new Set(parts.flatMap(({ excluded }) => excluded))],
  };
}

function isTooLong(cases: readonly ClosedFormCase[]): boolean {
  const matrices = cases.flatMap(({ propagators, responses }) => [...propagators, ...responses]);
  const roots = new Set(matrices.flatMap((row) => row.flatMap((node) => node ?? [])));
  const lengths = new Map<ExpressionNode, number>();
  for (const node of nodesBelow([...roots])) {
    const length = operandsOf(node).reduce((sum, operand) => sum + lengths.get(operand)!, 1);
    if (length > LONGEST_ENTRY) return true;
    lengths.set(node, length);
  }
  return false;
}

/** An entry of P or R as Σ weight · term, not 0 by structure. */
interface RealEntry {
  readonly terms: readonly (RealTerm & { readonly coefficient: Laurent })[];
  /** What stands in the terms, each once. */
  readonly rates: readonly Laurent[];
  readonly oscillations: readonly RealTerm['oscillations'][number][];
  /** What has been written, by which of the factors are equal. */
  readonly written: Map<string, ExpressionNode>;
}

type RealMatrix = readonly (readonly (RealEntry | undefined)[])[];

function realMatrices(
  { table, entries, hasInput }: Resolvent,
  { forms }: PairChoice,
): { readonly propagators: RealMatrix; readonly responses: RealMatrix } {
  const realEntry = (entry: ResolventEntry, isIntegral: boolean): RealEntry | undefined => {
    if (entry.length === 0) return undefined;
    const terms = entry.flatMap(({ coefficient, ...term }) =>
      realTerms(term, isIntegral, table, forms).map((real) => ({
        ...real,
        coefficient: real.weight === 1 ? coefficient : scaleLaurent(coefficient, rationalOf(real.weight)),
      })),
    );
    return {
      terms,
      rates: uniqueByKey(terms.flatMap(({ rates }) => rates)),
      oscillations: uniqueByKey(terms.flatMap(({ oscillations, centred }) => [...oscillations, ...centred])),
      written: new Map(),
    };
  };
  return {
    propagators: entries.map((row) => row.map((entry) => realEntry(entry, false))),
    responses: entries.map((row) =>
      row.map((entry, j) => (hasInput[j] ? realEntry(entry, true) : undefined)),
    ),
  };
}

function uniqueByKey<Item extends { readonly key: string }>(list: readonly Item[]): readonly Item[] {
  return [...new Map(list.map((item) => [item.key, item])).values()];
}

/** Where all factors of the entry are different, it is that of the generic case; many cases differ in other entries only. */
function writeEntry(plain: DifferenceSetting, same: RateCase['same'], entry: RealEntry): ExpressionNode {
  const rates = entry.rates.map(same.sameRate);
  const oscillations = entry.oscillations.map(same.sameOscillation);
  const isGeneric =
    uniqueByKey(rates).length === rates.length && uniqueByKey(oscillations).length === oscillations.length;
  const factors = isGeneric ? 'generic' : [...rates, ...oscillations].map(({ key }) => key).join(' & ');
  const known = entry.written.get(factors);
  if (known !== undefined) return known;
  const setting: InverseSetting = { ...plain, ...(isGeneric ? ALL_DIFFERENT : same) };
  const { pool } = setting;
  const node = pool.sum(
    entry.terms.map((term) => ({
      sign: 1,
      operand: timesLaurent(pool, term.coefficient, inverseLaplace(setting, term)),
    })),
  );
  entry.written.set(factors, node);
  return node;
}
