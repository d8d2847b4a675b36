import { chebyshevNodes, interpolate } from './chebyshev.ts';
import { stepsToMs } from './clock.ts';

/** Degrees of the polynomials that are tried for one step of a kernel's age. */
export const DEGREES = [8, 16, 32] as const;
export type Degree = (typeof DEGREES)[number];

/** Chebyshev points of each degree and of the finest check. */
export const NODES: Readonly<Record<Degree | 64, Float64Array>> = Object.freeze({
  8: chebyshevNodes(8),
  16: chebyshevNodes(16),
  32: chebyshevNodes(32),
  64: chebyshevNodes(64),
});

/** A polynomial counts as the kernel if it is this close to it between its nodes, in units of the kernel's maximum. */
const FIT_TOLERANCE = 1e-14;
/** The tail of a kernel is dropped where it stays below this part of the maximum. */
const TAIL = 1e-20;

/** The kernel during one step of its age: a polynomial that equals it to rounding, or nothing but the kernel itself. */
export type AgeStep =
  | { readonly kind: 'polynomial'; readonly degree: Degree; readonly values: Float64Array }
  | { readonly kind: 'direct' };

/**
 * A kernel K(t) by step of its age: entry a covers [a·h, (a+1)·h]. The kernel is 0 beyond the entries, to 1e-20 of its maximum.
 */
export interface KernelTable {
  readonly ages: readonly AgeStep[];
}

/** A kernel as a function of the time since the spike, in ms. */
export type KernelFunction = (age: number) => number;

/** Tabulates a kernel for the ages 0 … `steps` − 1. */
export function tabulateKernel(kernel: KernelFunction, stepNs: number, steps: number): KernelTable {
  const coarse = Array.from({ length: steps }, (_, age) => sample(kernel, stepNs, age, NODES[8]));
  let maximum = 0;
  for (const values of coarse) {
    for (const value of values) if (Number.isFinite(value)) maximum = Math.max(maximum, Math.abs(value));
  }
  const isTail = (values: Float64Array) => values.every((value) => Math.abs(value) <= TAIL * maximum);
  const used = coarse.findLastIndex((values) => !isTail(values)) + 1;
  const ages = coarse
    .slice(0, used)
    .map((values, age) => fitStep(kernel, stepNs, age, values, FIT_TOLERANCE * maximum));
  return { ages };
}

function fitStep(
  kernel: KernelFunction,
  stepNs: number,
  age: number,
  coarse: Float64Array,
  tolerance: number,
): AgeStep {
  let values = coarse;
  for (const degree of DEGREES) {
    const finerNodes = NODES[degree === 8 ? 16 : degree === 16 ? 32 : 64];
    const finer = refine(kernel, stepNs, age, values, finerNodes);
    if (isFit(NODES[degree], values, finerNodes, finer, tolerance))
      return { kind: 'polynomial', degree, values };
    values = finer;
  }
  return { kind: 'direct' };
}

/** Whether the polynomial through `values` meets the kernel at the finer points between its nodes. */
function isFit(
  nodes: Float64Array,
  values: Float64Array,
  finerNodes: Float64Array,
  finer: Float64Array,
  tolerance: number,
): boolean {
  for (let j = 1; j < finerNodes.length; j += 2) {
    const distance = Math.abs(interpolate(nodes, values, finerNodes[j]!) - finer[j]!);
    if (!(distance <= tolerance)) return false;
  }
  return true;
}

function sample(kernel: KernelFunction, stepNs: number, age: number, nodes: Float64Array): Float64Array {
  return nodes.map((theta) => kernelInStep(kernel, stepNs, age, theta));
}

/** Values at the finer points, of which every other one is known. */
function refine(
  kernel: KernelFunction,
  stepNs: number,
  age: number,
  known: Float64Array,
  finerNodes: Float64Array,
): Float64Array {
  return finerNodes.map((theta, j) =>
    j % 2 === 0 ? known[j / 2]! : kernelInStep(kernel, stepNs, age, theta),
  );
}

/** The kernel at the age (age + theta) steps; at both ends of a step the age is the double nearest to a multiple of h. */
export function kernelInStep(kernel: KernelFunction, stepNs: number, age: number, theta: number): number {
  if (age === 0 && theta === 0) return limitAtZero(kernel);
  if (theta === 0 || theta === 1) return kernel(stepsToMs(stepNs, age + theta));
  return kernel(stepsToMs(stepNs, age) + theta * stepsToMs(stepNs, 1));
}

/** A time after the spike, in ms, that is as good as none. */
const JUST_AFTER = 2 ** -1000;

/** K(0+): the value at 0, unless the kernel is undefined there or jumps there. */
function limitAtZero(kernel: KernelFunction): number {
  const atZero = kernel(0);
  const after = kernel(JUST_AFTER);
  const isClose = Math.abs(atZero - after) <= 1e-15 * Math.abs(after) + 2 ** -900;
  const isPole = Math.abs(atZero) === Number.POSITIVE_INFINITY;
  return isClose || isPole ? atZero : after;
}
