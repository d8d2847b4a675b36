import { chebyshevNodes, interpolate } from './chebyshev.ts';
import { stepsToMs } from './clock.ts';
import { findBreaks, SCAN } from './kernel-features.ts';
import { limitAtZero } from './limit-at-zero.ts';

/** Degrees of the polynomials that are tried for one step of a kernel's age. */
export const DEGREES = [8, 16, 32] as const;
export type Degree = (typeof DEGREES)[number];

/** Chebyshev points of each degree and of the finest check. */
export const NODES: Readonly<Record<Degree | 64 | 'scan', Float64Array>> = Object.freeze({
  /** Fractions of a step at which a kernel is always looked at. */
  scan: Float64Array.from({ length: SCAN + 1 }, (_, i) => i / SCAN),
  8: chebyshevNodes(8),
  16: chebyshevNodes(16),
  32: chebyshevNodes(32),
  64: chebyshevNodes(64),
});

/** A polynomial counts as the kernel if it is this close to it between its nodes, in units of the kernel's maximum. */
const FIT_TOLERANCE = 1e-14;
/** Changes of a kernel that are smaller than this part of its maximum need no sub-steps of their own. */
const FEATURE = 1e-9;
/** The tail of a kernel is dropped where it stays below this part of the maximum. */
const TAIL = 1e-20;

/** The kernel during one step of its age: a polynomial that equals it to rounding, or nothing but the kernel itself. */
export type AgeStep =
  | { readonly kind: 'polynomial'; readonly degree: Degree; readonly values: Float64Array }
  | {
      readonly kind: 'direct';
      /** Places in the step, as fractions of it, between which the kernel is smooth (`findBreaks`). */
      readonly breaks: () => readonly number[];
    };

/**
 * A kernel K(t) by step of its age: entry a covers [a·h, (a+1)·h]. The kernel is 0 beyond the entries, to 1e-20 of its maximum.
 */
export interface KernelTable {
  readonly ages: readonly AgeStep[];
  /** K(0+). */
  readonly atSpike: number;
}

/** A kernel as a function of the time since the spike, in ms. */
export type KernelFunction = (age: number) => number;

/** A kernel, looked at step by step. */
interface Sampler {
  readonly kernel: KernelFunction;
  readonly stepNs: number;
  readonly atSpike: number;
  readonly maximum: number;
}

/** Tabulates a kernel for the ages 0 … `steps` − 1. */
export function tabulateKernel(kernel: KernelFunction, stepNs: number, steps: number): KernelTable {
  const atSpike = limitAtZero(kernel, stepsToMs(stepNs, 1));
  let maximum = 0;
  const peaks = Float64Array.from({ length: steps }, (_, age) => {
    let peak = 0;
    for (const value of sample({ kernel, stepNs, atSpike }, age, NODES.scan)) {
      const size = Math.abs(value);
      if (Number.isFinite(size)) maximum = Math.max(maximum, size);
      peak = Number.isNaN(size) ? Number.POSITIVE_INFINITY : Math.max(peak, size);
    }
    return peak;
  });
  const used = peaks.findLastIndex((peak) => peak > TAIL * maximum) + 1;
  const sampler = { kernel, stepNs, atSpike, maximum };
  return { ages: Array.from({ length: used }, (_, age) => fitStep(sampler, age)), atSpike };
}

function fitStep(sampler: Sampler, age: number): AgeStep {
  const { maximum } = sampler;
  const scanned = sample(sampler, age, NODES.scan);
  let values = sample(sampler, age, NODES[8]);
  for (const degree of DEGREES) {
    const finerNodes = NODES[degree === 8 ? 16 : degree === 16 ? 32 : 64];
    const finer = refine(sampler, age, values, finerNodes);
    const isMet = (nodes: Float64Array, samples: Float64Array) =>
      isFit(NODES[degree], values, nodes, samples, FIT_TOLERANCE * maximum);
    if (isMet(finerNodes, finer) && isMet(NODES.scan, scanned)) return { kind: 'polynomial', degree, values };
    values = finer;
  }
  let breaks: readonly number[] | undefined;
  const find = () => findBreaks((theta) => at(sampler, age, theta), scanned, FEATURE * maximum);
  return {
    kind: 'direct',
    breaks: () => {
      breaks ??= find();
      return breaks;
    },
  };
}

/** Whether the polynomial through `values` meets the kernel at the samples. */
function isFit(
  nodes: Float64Array,
  values: Float64Array,
  places: Float64Array,
  samples: Float64Array,
  tolerance: number,
): boolean {
  for (let j = 0; j < places.length; j += 1) {
    const distance = Math.abs(interpolate(nodes, values, places[j]!) - samples[j]!);
    if (!(distance <= tolerance)) return false;
  }
  return true;
}

function sample(sampler: Omit<Sampler, 'maximum'>, age: number, places: Float64Array): Float64Array {
  return places.map((theta) => at(sampler, age, theta));
}

function at({ kernel, stepNs, atSpike }: Omit<Sampler, 'maximum'>, age: number, theta: number): number {
  return kernelInStep(kernel, stepNs, atSpike, age, theta);
}

/** Values at the finer points, of which every other one is known. */
function refine(sampler: Sampler, age: number, known: Float64Array, finerNodes: Float64Array): Float64Array {
  return finerNodes.map((theta, j) => (j % 2 === 0 ? known[j / 2]! : at(sampler, age, theta)));
}

/**
 * The kernel at the age (age + theta) steps; at both ends of a step the age is the double nearest to a multiple of h. `atSpike` is
 * K(0+).
 */
export function kernelInStep(
  kernel: KernelFunction,
  stepNs: number,
  atSpike: number,
  age: number,
  theta: number,
): number {
  if (age === 0 && theta === 0) return atSpike;
  if (theta === 0 || theta === 1) return kernel(stepsToMs(stepNs, age + theta));
  return kernel(stepsToMs(stepNs, age) + theta * stepsToMs(stepNs, 1));
}
