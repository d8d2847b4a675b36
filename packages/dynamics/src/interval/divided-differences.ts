/** Terms of the series that are smaller than this part of its sum are left out. */
const NEGLIGIBLE = 2 ** -55;
/** An exponential below this is taken in two factors, so that a large factor can make up for it. */
const SMALL = 1e-250;

/**
 * The divided difference of λ ↦ exp(λ Δ) at rates λ₀ ≤ … ≤ λₖ, k ≥ 1, some or all of which can be equal or nearly so: for k = 1
 * (exp(λ₁ Δ) − exp(λ₀ Δ))/(λ₁ − λ₀), Δ exp(λ₀ Δ) if they are equal. It is positive.
 *
 * Rates that are far apart by Δ use Newton's table of quotients of differences; others the series
 *
 *     exp(λ₀ Δ) Δᵏ Σₘ hₘ(x)/(m + k)!,   xᵢ = (λᵢ − λ₀) Δ ≥ 0,
 *
 * hₘ the complete homogeneous symmetric polynomials. All its terms are positive, so that nothing cancels; it converges like
 * exp(xₖ). (McCurdy, Ng, Parlett 1984, Accurate computation of divided differences of the exponential function, Math. Comp. 43:501–528.)
 * @param rates all rates, ascending
 * @param exponentials exp(λ Δ) of each
 * @param places those of λ₀ … λₖ
 */
export function dividedDifference(
  rates: readonly number[],
  exponentials: Float64Array,
  places: readonly number[],
  interval: number,
): number {
  const order = places.length - 1;
  if (isClose(rates, places, 0, order, interval)) {
    return positiveSeries(rates, exponentials, places, 0, order, interval);
  }
  const table = Float64Array.from(places, (place) => exponentials[place]!);
  for (let span = 1; span <= order; span += 1) {
    for (let first = 0; first + span <= order; first += 1) {
      const last = first + span;
      table[first] = isClose(rates, places, first, last, interval)
        ? positiveSeries(rates, exponentials, places, first, last, interval)
        : (table[first + 1]! - table[first]!) / (rates[places[last]!]! - rates[places[first]!]!);
    }
  }
  return table[0]!;
}

/**
 * Where the series is used: in a quotient of differences of k + 1 rates that are x = (λₖ − λ₀) Δ apart the subtraction enlarges
 * errors up to 1 + 2 k/x times, so at most twice beyond this.
 */
function isClose(
  rates: readonly number[],
  places: readonly number[],
  first: number,
  last: number,
  interval: number,
): boolean {
  return (rates[places[last]!]! - rates[places[first]!]!) * interval <= 2 * (last - first);
}

function positiveSeries(
  rates: readonly number[],
  exponentials: Float64Array,
  places: readonly number[],
  first: number,
  last: number,
  interval: number,
): number {
  const order = last - first;
  const lowest = rates[places[first]!]!;
  const sum =
    order === 1
      ? relativeExponential((rates[places[last]!]! - lowest) * interval)
      : sumOfSymmetricPolynomials(rates, places, first, last, interval);
  let scale = sum;
  for (let i = 1; i <= order; i += 1) scale *= interval / i;
  const exponential = exponentials[places[first]!]!;
  if (exponential >= SMALL) return scale * exponential;
  const half = Math.exp((lowest * interval) / 2);
  return scale * half * half;
}

/** (exp(x) − 1)/x for 0 ≤ x ≤ 2, by its series. */
function relativeExponential(x: number): number {
  let [sum, term] = [1, 1];
  for (let m = 1; term > NEGLIGIBLE * sum; m += 1) {
    term *= x / (m + 1);
    sum += term;
  }
  return sum;
}

/** k! Σₘ hₘ(x₀, …, xₖ)/(m + k)!, by hₘ(x₀ … xⱼ) = hₘ(x₀ … xⱼ₋₁) + xⱼ hₘ₋₁(x₀ … xⱼ) with x₀ = 0. */
function sumOfSymmetricPolynomials(
  rates: readonly number[],
  places: readonly number[],
  first: number,
  last: number,
  interval: number,
): number {
  const order = last - first;
  const lowest = rates[places[first]!]!;
  const terms = new Float64Array(order + 1).fill(1);
  let sum = 1;
  for (let m = 1; terms[order]! > NEGLIGIBLE * sum; m += 1) {
    terms[0] = 0;
    for (let j = 1; j <= order; j += 1) {
      const x = (rates[places[first + j]!]! - lowest) * interval;
      terms[j] = terms[j - 1]! + (x * terms[j]!) / (m + order);
    }
    sum += terms[order]!;
  }
  return sum;
}
