import { dividedDifference } from './divided-differences.ts';
import type { IntervalPropagation, IntervalTable } from './interval-propagation.ts';
import { advanceByTable } from './interval-table.ts';

/** Decays and growths of up to this much are changes of the old value. */
const SLOW = 0.5;
/** 35 years, in ms: a table takes time in proportion to an interval beyond 2^20 ms. */
const LONGEST = 2 ** 40;

/**
 * x(Δ) from x(0) and an input b that is constant in between. What grows beyond the range of numbers is infinite or NaN.
 * @param interval Δ from 0 to 2^40 ms
 * @param input b; what is not driven is not read
 * @throws RangeError if the interval is no such number
 */
export function propagateOver(
  propagation: IntervalPropagation,
  interval: number,
  state: ArrayLike<number>,
  input: ArrayLike<number>,
): Float64Array {
  if (!(interval >= 0 && interval <= LONGEST)) {
    throw new RangeError(`an interval of ${interval} ms`);
  }
  const { size, rates, rateOf, differences, transfers, tables } = propagation;
  const result = new Float64Array(size);
  const increments = new Float64Array(rates.length);
  const exponentials = new Float64Array(rates.length);
  for (let place = 0; place < rates.length; place += 1) {
    const exponent = rates[place]! * interval;
    const isSlow = Math.abs(exponent) <= SLOW;
    increments[place] = isSlow ? Math.expm1(exponent) : 0;
    exponentials[place] = isSlow ? 1 + increments[place]! : Math.exp(exponent);
  }
  if (transfers.length > 0) {
    const values = new Float64Array(differences.length);
    for (let i = 0; i < values.length; i += 1) {
      values[i] = dividedDifference(rates, exponentials, differences[i]!, interval);
    }
    for (const { source, target, isInput, coefficient, difference } of transfers) {
      const from = isInput ? input[source]! : state[source]!;
      if (from !== 0) result[target]! += coefficient * values[difference]! * from;
    }
  }
  for (let i = 0; i < size; i += 1) {
    const place = rateOf[i]!;
    const own = state[i]!;
    if (place < 0 || own === 0) continue;
    const isSlow = Math.abs(rates[place]! * interval) <= SLOW;
    const rest = isSlow ? own : exponentials[place]! * own;
    result[i] = rest + (isSlow ? increments[place]! * own + result[i]! : result[i]!);
  }
  for (const table of tables) writeTable(table, interval, state, input, result);
  return result;
}

function writeTable(
  table: IntervalTable,
  interval: number,
  state: ArrayLike<number>,
  input: ArrayLike<number>,
  result: Float64Array,
): void {
  const { states } = table;
  const start = Float64Array.from(states, (place) => state[place]!);
  const own = Float64Array.from(states, (place) => input[place]!);
  const end = advanceByTable(table, interval, start, own);
  for (let i = 0; i < states.length; i += 1) result[states[i]!] = end[i]!;
}
