import { highWord, lowWord } from './keys.ts';
import { philox } from './philox.ts';

/** Draws the number of a step: key of the instance (two words), number of the device, number n of the step. */
export type PoissonDraw = (key0: number, key1: number, site: number, step: number) => number;

/** From this mean on the number is drawn by rejection instead of by inversion (rule D14). */
const REJECTION_FROM = 10;

/** Poisson-distributed numbers with mean λ, finite and ≥ 0, as rule D14 says. */
export function createPoisson(lambda: number): PoissonDraw {
  return lambda < REJECTION_FROM ? createInversion(lambda) : createRejection(lambda);
}

/** The counter of block number `draw` of a site in a step. */
function setCounter(words: Uint32Array, draw: number, site: number, step: number): void {
  words[0] = draw;
  words[1] = site;
  words[2] = lowWord(step);
  words[3] = highWord(step);
}

/** The multiple of 2⁻⁵³ in [0, 1) that the words at `first` and after it make. */
function uniform(words: Uint32Array, first: 0 | 2): number {
  return ((words[first]! >>> 5) * 2 ** 26 + (words[first + 1]! >>> 6)) / 2 ** 53;
}

/** The smallest k whose cumulated probability exceeds a uniform number; ends where rounding makes p_k vanish against the sum. */
function createInversion(lambda: number): PoissonDraw {
  const words = new Uint32Array(4);
  const none = Math.exp(-lambda);
  return (key0, key1, site, step) => {
    setCounter(words, 0, site, step);
    philox(words, key0, key1);
    const u = uniform(words, 0);
    let k = 0;
    let probability = none;
    let sum = none;
    while (u >= sum) {
      k += 1;
      probability *= lambda / k;
      const next = sum + probability;
      if (next === sum) break;
      sum = next;
    }
    return k;
  };
}

/**
 * Transformed rejection with squeeze, a block per trial.
 * Source: Hörmann (1993), The transformed rejection method for generating Poisson random variables, Insurance: Mathematics and
 * Economics 12:39–45, algorithm PTRS.
 */
function createRejection(lambda: number): PoissonDraw {
  const words = new Uint32Array(4);
  const logLambda = Math.log(lambda);
  const b = 0.931 + 2.53 * Math.sqrt(lambda);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const largestV = 0.9277 - 3.6224 / (b - 2);
  return (key0, key1, site, step) => {
    for (let trial = 0; ; trial += 1) {
      setCounter(words, trial, site, step);
      philox(words, key0, key1);
      const u = uniform(words, 0) - 0.5;
      const v = uniform(words, 2);
      const us = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / us + b) * u + lambda + 0.43);
      if (us >= 0.07 && v <= largestV) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      const bound = k * logLambda - lambda - logFactorial(k);
      if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= bound) return k;
    }
  };
}

/** From here on five terms of Stirling's series are exact to 1e-16. */
const SERIES_FROM = 16;

/** ln k! for an integer k ≥ 0: the logarithm of the product, or Stirling's series for ln Γ(k + 1). */
function logFactorial(k: number): number {
  if (k < SERIES_FROM) {
    let product = 1;
    for (let factor = 2; factor <= k; factor += 1) product *= factor;
    return Math.log(product);
  }
  const n = k + 1;
  const square = n * n;
  const tail = (((1 / 1188 / square - 1 / 1680) / square + 1 / 1260) / square - 1 / 360) / square + 1 / 12;
  return (n - 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + tail / n;
}
