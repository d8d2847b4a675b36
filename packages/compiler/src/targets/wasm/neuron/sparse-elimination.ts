import { InternalError } from '@nestml/diagnostics';
import type { Lanes, Real } from '../ssa/lanes.ts';

/** An entry of a square matrix that may differ from 0. */
export interface MatrixPlace {
  readonly row: number;
  readonly column: number;
}

/** How a matrix of known pattern, its diagonal full, is brought to triangular form: straight on, without pivoting. */
export interface Elimination {
  readonly size: number;
  /** The places of the diagonal in the order in which they are eliminated. */
  readonly steps: readonly EliminationStep[];
}

/** Lists of places that are eliminated later. */
export interface EliminationStep {
  readonly pivot: number;
  /** Rows with an entry in the column of the pivot. */
  readonly rows: readonly number[];
  /** Columns with an entry in the row of the pivot. */
  readonly columns: readonly number[];
}

/**
 * Chooses the order that seems to add fewest entries: next comes the place of the diagonal whose row and column have the smallest product of
 * numbers of entries that are left. Source: Markowitz (1957), The elimination form of the inverse and its application to linear programming,
 * Management Science 3:255–269. A neuron's gates, which couple through the membrane alone, come before the membrane, and nothing is added.
 */
export function planElimination(size: number, entries: readonly MatrixPlace[]): Elimination {
  const rows = Array.from({ length: size }, (_, i) => new Set([i]));
  for (const { row, column } of entries) rows[row]?.add(column);
  const left = new Set(rows.keys());
  const steps: EliminationStep[] = [];
  while (left.size > 0) {
    const candidates = [...left].map((pivot) => stepAt(pivot, rows, left));
    const step = candidates.reduce((best, other) => (costOf(other) < costOf(best) ? other : best));
    left.delete(step.pivot);
    steps.push(step);
    for (const row of step.rows) for (const column of step.columns) rows[row]?.add(column);
  }
  return { size, steps };
}

function stepAt(
  pivot: number,
  rows: readonly ReadonlySet<number>[],
  left: ReadonlySet<number>,
): EliminationStep {
  const others = [...left].filter((place) => place !== pivot);
  return {
    pivot,
    rows: others.filter((row) => rows[row]?.has(pivot)),
    columns: others.filter((column) => rows[pivot]?.has(column)),
  };
}

function costOf({ rows, columns }: EliminationStep): number {
  return rows.length * columns.length;
}

/** A matrix in triangular form. */
export interface Factors {
  readonly elimination: Elimination;
  /** What the pivot row is multiplied with before it is subtracted from a row, and what is left of pivot rows: by row · size + column. */
  readonly values: ReadonlyMap<number, Real>;
  /** By place: 1/pivot. */
  readonly reciprocals: ReadonlyMap<number, Real>;
}

/**
 * Emits the elimination. A pivot of 0 gives values that are not finite in its lane, and nothing else.
 * @param entry the value at a place; undefined: 0 by structure
 */
export function emitFactors(
  lanes: Lanes,
  elimination: Elimination,
  entry: (row: number, column: number) => Real | undefined,
): Factors {
  const { size, steps } = elimination;
  const values = new Map<number, Real>();
  const reciprocals = new Map<number, Real>();
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const value = entry(row, column);
      if (value !== undefined) values.set(row * size + column, value);
    }
  }
  for (const { pivot, rows, columns } of steps) {
    const reciprocal = lanes.div(lanes.constant(1), found(values, pivot * size + pivot));
    reciprocals.set(pivot, reciprocal);
    for (const row of rows) {
      const factor = lanes.mul(found(values, row * size + pivot), reciprocal);
      values.set(row * size + pivot, factor);
      for (const column of columns) {
        const place = row * size + column;
        const product = lanes.mul(factor, found(values, pivot * size + column));
        const before = values.get(place);
        values.set(place, before === undefined ? lanes.neg(product) : lanes.sub(before, product));
      }
    }
  }
  return { elimination, values, reciprocals };
}

/** Emits the solution of a linear system with a matrix in triangular form. */
export function emitSolution(
  lanes: Lanes,
  { elimination, values, reciprocals }: Factors,
  right: readonly Real[],
): readonly Real[] {
  const { size, steps } = elimination;
  const solution = new Map(right.entries());
  for (const { pivot, rows } of steps) {
    for (const row of rows) {
      const product = lanes.mul(found(values, row * size + pivot), found(solution, pivot));
      solution.set(row, lanes.sub(found(solution, row), product));
    }
  }
  for (const { pivot, columns } of steps.toReversed()) {
    const rest = columns.reduce(
      (sum, column) =>
        lanes.sub(sum, lanes.mul(found(values, pivot * size + column), found(solution, column))),
      found(solution, pivot),
    );
    solution.set(pivot, lanes.mul(rest, found(reciprocals, pivot)));
  }
  return right.map((_, place) => found(solution, place));
}

function found(values: ReadonlyMap<number, Real>, place: number): Real {
  const value = values.get(place);
  if (value === undefined) throw new InternalError(`no value at ${place}`);
  return value;
}
