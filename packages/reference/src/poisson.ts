import type { Words4 } from './philox.ts';
import { firstUniform, secondUniform } from './uniform.ts';

/** From this mean on the number is drawn by rejection instead of by inversion. */
const REJECTION_FROM = 10;

/** Poisson-distributed integer with mean `lambda` ≥ 0 from as many blocks as are needed. */
export function poissonFromBlocks(lambda: number, nextBlock: () => Words4): number {
  return lambda < REJECTION_FROM
    ? poissonByInversion(lambda, firstUniform(nextBlock()))
    : poissonByRejection(lambda, nextBlock);
}

/**
 * The smallest k whose cumulated probability exceeds u, by summing from k = 0. Ends early where rounding makes the
 * next probability vanish against the sum.
 */
function poissonByInversion(lambda: number, u: number): number {
  let k = 0;
  let probability = Math.exp(-lambda);
  let sum = probability;
  while (u >= sum) {
    k += 1;
    probability *= lambda / k;
    if (sum + probability === sum) break;
    sum += probability;
  }
  return k;
}

/**
 * Transformed rejection with squeeze, for means from 10 on; one block per trial.
 * Source: Hörmann (1993), The transformed rejection method for generating Poisson random variables,
 * Insurance: Mathematics and Economics 12:39–45, algorithm PTRS.
 */
function poissonByRejection(lambda: number, nextBlock: () => Words4): number {
  const b = 0.931 + 2.53 * Math.sqrt(lambda);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const block = nextBlock();
    const u = firstUniform(block) - 0.5;
    const v = secondUniform(block);
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + lambda + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const left = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (left <= k * Math.log(lambda) - lambda - logFactorial(k)) return k;
  }
}

/** Coefficients of Stirling's series for ln Γ: B_{2j} / (2j (2j − 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188] as const;
/** Below this the logarithms are added; from it on five terms of the series are exact to 1e-16. */
const STIRLING_FROM = 16;

/** ln k! for an integer k ≥ 0. */
export function logFactorial(k: number): number {
  if (k < STIRLING_FROM) {
    let factorial = 1;
    for (let factor = 2; factor <= k; factor += 1) factorial *= factor;
    return Math.log(factorial);
  }
  const n = k + 1;
  const series = STIRLING.reduceRight((sum, coefficient) => sum / (n * n) + coefficient, 0) / n;
  return (n - 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
