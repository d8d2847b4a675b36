import { structureOf } from '../linear-algebra/structure.ts';
import type { IntervalPreparation, IntervalTable, Transfer } from './interval-propagation.ts';
import { tabulate } from './interval-table.ts';

/** Connected states with more ways between them than this are tabulated. */
const MOST_WAYS = 64;

/**
 * Prepares x′ = A x + b for intervals of any length.
 * @param matrix A, row by row, 1/ms
 * @param driven the states whose input b can be other than 0; the input of others is not read
 */
export function prepareIntervals(
  matrix: ArrayLike<number>,
  size: number,
  driven: readonly number[],
): IntervalPreparation {
  for (let place = 0; place < size * size; place += 1) {
    if (!Number.isFinite(matrix[place]!)) {
      return { kind: 'not-finite', row: Math.floor(place / size), column: place % size };
    }
  }
  const builder: Builder = { matrix, size, ways: [], tables: [], inTable: new Set() };
  const { part, isAlone } = structureOf(matrix, size);
  for (let first = 0; first < size; first += 1) {
    if (part[first] !== first) continue;
    const states = [...part.keys()].filter((state) => part[state] === first);
    const ways = states.every((state) => isAlone[state] === 1)
      ? findWays(builder, states, driven)
      : undefined;
    if (ways === undefined) {
      const table = tabulate(matrix, size, states);
      if (table === undefined) return largestEntry(matrix, size, states);
      builder.tables.push(table);
      for (const state of states) builder.inTable.add(state);
    } else builder.ways.push(...ways);
  }
  return { kind: 'prepared', propagation: assemble(builder) };
}

function largestEntry(
  matrix: ArrayLike<number>,
  size: number,
  states: readonly number[],
): IntervalPreparation & { readonly kind: 'not-finite' } {
  let [row, column] = [states[0]!, states[0]!];
  for (const i of states) {
    for (const j of states) {
      if (Math.abs(matrix[i * size + j]!) > Math.abs(matrix[row * size + column]!)) [row, column] = [i, j];
    }
  }
  return { kind: 'not-finite', row, column };
}

interface Builder {
  readonly matrix: ArrayLike<number>;
  readonly size: number;
  readonly ways: Way[];
  readonly tables: IntervalTable[];
  readonly inTable: Set<number>;
}

/** A way from a source to a target: the rates of the states on it (0 for an input) and the product of the entries between them. */
interface Way {
  readonly source: number;
  readonly target: number;
  readonly isInput: boolean;
  readonly coefficient: number;
  readonly rates: readonly number[];
}

/** All ways along entries of A between states that act on each other in no circle; nothing if they are too many or a product overflows. */
function findWays(
  { matrix, size }: Builder,
  states: readonly number[],
  driven: readonly number[],
): readonly Way[] | undefined {
  const rateOf = (state: number) => matrix[state * size + state]!;
  const found: Way[] = [];
  const open: Way[] = states.flatMap((state) => {
    const own = { source: state, target: state, isInput: false, coefficient: 1, rates: [rateOf(state)] };
    if (!driven.includes(state)) return [own];
    return [own, { ...own, isInput: true, rates: [0, rateOf(state)] }];
  });
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    if (way.rates.length > 1) found.push(way);
    if (found.length > MOST_WAYS || !Number.isFinite(way.coefficient)) return undefined;
    for (const target of states) {
      const entry = matrix[target * size + way.target]!;
      if (target === way.target || entry === 0) continue;
      const rates = [...way.rates, rateOf(target)];
      open.push({ ...way, target, coefficient: way.coefficient * entry, rates });
    }
  }
  return found;
}

function assemble({ matrix, size, ways, tables, inTable }: Builder) {
  const states = Array.from({ length: size }, (_, state) => state);
  const own = states.flatMap((state) => (inTable.has(state) ? [] : [matrix[state * size + state]!]));
  const values = [...own, ...ways.flatMap((way) => way.rates)].map((rate) => rate + 0);
  const rates = [...new Set(values)].sort((a, b) => a - b);
  const placeOf = new Map(rates.map((rate, place) => [rate, place]));
  const differences = new Map<string, readonly number[]>();
  const transfers = new Map<string, Transfer>();
  for (const { source, target, isInput, coefficient, rates: onWay } of ways) {
    const places = onWay.map((rate) => placeOf.get(rate + 0)!).sort((a, b) => a - b);
    const name = places.join(' ');
    if (!differences.has(name)) differences.set(name, places);
    const difference = [...differences.keys()].indexOf(name);
    const key = `${source} ${target} ${isInput} ${difference}`;
    const total = (transfers.get(key)?.coefficient ?? 0) + coefficient;
    transfers.set(key, { source, target, isInput, coefficient: total, difference });
  }
  const rateOf = states.map((state) =>
    inTable.has(state) ? -1 : placeOf.get(matrix[state * size + state]! + 0)!,
  );
  return {
    size,
    rates,
    rateOf,
    differences: [...differences.values()],
    transfers: [...transfers.values()].filter(({ coefficient }) => coefficient !== 0),
    tables,
  };
}
