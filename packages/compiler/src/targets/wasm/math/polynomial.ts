import type { Lanes, Real } from '../ssa/lanes.ts';

/** The polynomial with these coefficients, lowest power first, by Horner's rule: the smallest rounding error. */
export function horner(lanes: Lanes, coefficients: readonly number[], x: Real): Real {
  const [last = 0, ...rest] = coefficients.toReversed();
  return rest.reduce((sum, c) => lanes.add(lanes.mul(sum, x), lanes.constant(c)), lanes.constant(last));
}

/**
 * The same polynomial by Estrin's scheme: pairs of terms, then pairs of pairs. Shorter chains of dependent operations,
 * slightly larger rounding error.
 */
export function estrin(lanes: Lanes, coefficients: readonly number[], x: Real): Real {
  let terms: readonly Real[] = coefficients.map(lanes.constant);
  let power = x;
  while (terms.length > 1) {
    const pairs: Real[] = [];
    for (let i = 0; i < terms.length; i += 2) {
      const [low, high] = [terms[i], terms[i + 1]];
      if (low !== undefined) pairs.push(high === undefined ? low : lanes.add(low, lanes.mul(high, power)));
    }
    terms = pairs;
    power = lanes.mul(power, power);
  }
  return terms[0] ?? lanes.constant(0);
}
