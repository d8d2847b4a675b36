import { rowSumNorm, submatrix } from '../linear-algebra/matrix.ts';
import { advanceAffine, solveAffine } from '../matrix-exponential.ts';
import type { IntervalTable, TabulatedPropagator } from './interval-propagation.ts';

/** Tabulated intervals end at 2^20 ms, 17 minutes; longer ones are several of these. They begin at 2^-40 ms or above. */
const HIGHEST = 20;
const LOWEST = -40;
/** Up to ‖A‖ Δ ≤ 2^-6 a few terms of the Taylor series are exact, so that a table need not reach further down. */
const LARGEST_PHASE = -6;
/** So that A Δ is a number for all tabulated Δ. */
const LARGEST_NORM = 2 ** 1000;
/** Of the series: the first that is left out is below (2^-6)⁷/8! = 2^-57 of the change. */
const TERMS = 7;

/** Tabulates the propagators over powers of 2. One that overflows ends the table; nothing if the norm of A is above 2^1000. */
export function tabulate(
  matrix: ArrayLike<number>,
  size: number,
  states: readonly number[],
): IntervalTable | undefined {
  const own = submatrix(matrix, size, states);
  const norm = rowSumNorm(own, states.length);
  if (norm > LARGEST_NORM) return undefined;
  const wanted = norm === 0 ? HIGHEST : LARGEST_PHASE - Math.ceil(Math.log2(norm));
  const lowest = Math.max(LOWEST, Math.min(HIGHEST, wanted));
  const propagators: TabulatedPropagator[] = [];
  for (let power = lowest; power <= HIGHEST; power += 1) {
    const solution = solveAffine(own, states.length, 2 ** power);
    if (solution.kind === 'not-finite') break;
    propagators.push(solution.propagator);
  }
  return { states, matrix: own, isSeriesEnough: wanted >= lowest, lowest, propagators };
}

/**
 * x(Δ) of the states of a table. Δ is written in binary, so that its parts are exact; each 1 is one product with a matrix. What is
 * shorter than the table is a Taylor series.
 */
export function advanceByTable(
  table: IntervalTable,
  interval: number,
  start: Float64Array,
  input: Float64Array,
): Float64Array {
  const top = table.propagators.length - 1;
  let part = 2 ** (table.lowest + top);
  let rest = interval;
  let state = start;
  let other: Float64Array = new Float64Array(start.length);
  for (let place = top; place >= 0; place -= 1, part /= 2) {
    while (rest >= part) {
      advanceInto(other, table.propagators[place]!, state, input);
      [state, other] = [other, state];
      rest -= part;
      if (place === top && !isMoving(state, other)) return state;
    }
  }
  return rest === 0 ? state : advanceRest(table, rest, state, input);
}

/** What is shorter than the table: a Taylor series, or a propagator of its own for rates so fast that the table does not reach down to it. */
function advanceRest(
  table: IntervalTable,
  rest: number,
  state: Float64Array,
  input: Float64Array,
): Float64Array {
  if (table.isSeriesEnough) return advanceBySeries(table, rest, state, input);
  const solution = solveAffine(table.matrix, state.length, rest);
  return solution.kind === 'solved'
    ? advanceAffine(solution.propagator, state, input)
    : state.map(() => Number.NaN);
}

/** Whether a longest interval changed the state and left it finite; else further ones leave it as it is. */
function isMoving(state: Float64Array, before: Float64Array): boolean {
  let hasChanged = false;
  for (let i = 0; i < state.length; i += 1) {
    if (!Number.isFinite(state[i])) return false;
    hasChanged ||= state[i] !== before[i];
  }
  return hasChanged;
}

/** `advanceAffine` without a new array. */
function advanceInto(
  result: Float64Array,
  { size, increment, response, remainder }: TabulatedPropagator,
  state: Float64Array,
  input: Float64Array,
): void {
  for (let row = 0; row < size; row += 1) {
    const own = increment[row * size + row]!;
    const isSlow = Math.abs(own) <= 0.5;
    let change = isSlow ? own * state[row]! : 0;
    for (let column = 0; column < size; column += 1) {
      const entry = row * size + column;
      if (column !== row) change += increment[entry]! * state[column]!;
      change += response[entry]! * input[column]!;
    }
    result[row] = (isSlow ? state[row]! : remainder[row]! * state[row]!) + change;
  }
}

/** x + Δ y/1! + Δ² A y/2! + … with y = A x + b. */
function advanceBySeries(
  { matrix, states: { length: size } }: IntervalTable,
  interval: number,
  start: Float64Array,
  input: Float64Array,
): Float64Array {
  const change = new Float64Array(size);
  let term = new Float64Array(size);
  let next = new Float64Array(size);
  multiplyInto(term, matrix, start);
  for (let i = 0; i < size; i += 1) change[i] = term[i] = (term[i]! + input[i]!) * interval;
  for (let order = 2; order <= TERMS; order += 1) {
    multiplyInto(next, matrix, term);
    const factor = interval / order;
    for (let i = 0; i < size; i += 1) change[i]! += next[i]! *= factor;
    [term, next] = [next, term];
  }
  for (let i = 0; i < size; i += 1) change[i]! += start[i]!;
  return change;
}

function multiplyInto(result: Float64Array, matrix: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let column = 0; column < size; column += 1) sum += matrix[row * size + column]! * vector[column]!;
    result[row] = sum;
  }
}
