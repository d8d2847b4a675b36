const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
/** Up to here the series of erf is used, beyond it the continued fraction of erfc. */
const SERIES_UP_TO = 2.25;
/** erfc is below the smallest double from here on. */
const ERFC_VANISHES_FROM = 27.3;
/** Enough terms of the continued fraction for full precision from `SERIES_UP_TO` on. */
const FRACTION_TERMS = 80;

/** The error function, 2/√π ∫₀ˣ exp(−s²) ds. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const size = Math.abs(x);
  return size <= SERIES_UP_TO ? erfSeries(x) : Math.sign(x) * (1 - erfcOfLarge(size));
}

/** The complementary error function, 1 − erf(x), without cancellation for x > 0. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > SERIES_UP_TO) return erfcOfLarge(x);
  if (x > 0.5) return erfcByTaylor(x);
  return 1 - erf(x);
}

/** erf(x) = 2/√π exp(−x²) Σ 2ⁿ x^(2n+1) / (1·3···(2n+1)): all terms have one sign. NIST DLMF 7.6.2. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * expMinusSquare(x) * sum;
}

/** Spacing of the points around which `erfcByTaylor` expands. */
const ANCHOR_SPACING = 0.25;

/**
 * erfc between 0.5 and 2.25, where 1 − erf would lose digits: from an anchor above, where the continued fraction holds,
 * down in short Taylor steps, adding positive numbers only.
 */
function erfcByTaylor(x: number): number {
  const steps = Math.ceil((SERIES_UP_TO - x) / ANCHOR_SPACING);
  const width = (SERIES_UP_TO - x) / steps;
  let sum = erfcOfLarge(SERIES_UP_TO);
  for (let step = 0; step < steps; step += 1) sum += integralDownFrom(SERIES_UP_TO - step * width, width);
  return sum;
}

/**
 * 2/√π ∫ exp(−s²) ds over [a − width, a] by the Taylor series of g(u) = exp(−(a − u)²), whose coefficients obey
 * (k + 1) g₍k+1₎ = 2 a g₍k₎ − 2 g₍k−1₎.
 */
function integralDownFrom(a: number, width: number): number {
  let before = 0;
  let coefficient = expMinusSquare(a);
  let power = width;
  let sum = coefficient * power;
  for (let k = 0; k < 40; k += 1) {
    const next = (2 * a * coefficient - 2 * before) / (k + 1);
    before = coefficient;
    coefficient = next;
    power *= width;
    sum += (coefficient * power) / (k + 2);
  }
  return TWO_OVER_SQRT_PI * sum;
}

/** erfc(x) = exp(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), from the innermost term. NIST DLMF 7.9.1. */
function erfcOfLarge(x: number): number {
  if (x >= ERFC_VANISHES_FROM) return 0;
  let denominator = x;
  for (let k = FRACTION_TERMS; k >= 1; k -= 1) denominator = x + k / 2 / denominator;
  return expMinusSquare(x) / Math.sqrt(Math.PI) / denominator;
}

/** exp(−x²) with x² split into an exactly squared leading part and a small rest, so that no digits of x² are lost. */
function expMinusSquare(x: number): number {
  const leading = Math.fround(x);
  return Math.exp(-leading * leading) * Math.exp(-(x - leading) * (x + leading));
}
