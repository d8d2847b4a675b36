import { interpolate } from './chebyshev.ts';
import {
  type Degree,
  type KernelFunction,
  type KernelTable,
  kernelInStep,
  NODES,
  tabulateKernel,
} from './kernel-table.ts';

/** A kernel in a run; shared by all convolutions with it. */
export interface KernelResponse {
  readonly kernel: KernelFunction;
  readonly stepNs: number;
  /** Number of steps of the run, beyond which no age is needed. */
  readonly steps: number;
  /** Made at the first spike. */
  table?: KernelTable;
}

/** The spikes that arrived in one step. */
interface Arrival {
  /** They arrived at this step boundary, at time `boundary` · h. */
  readonly boundary: number;
  readonly weight: number;
}

/**
 * Convolution of the spikes at one element of a port with a kernel that is a function of time:
 * the sum over the past spikes of weight · K(t − t_spike).
 *
 * The table only saves work: inside a step, the summands that are polynomials to rounding are added at the nodes once.
 */
export interface FunctionConvolution {
  readonly response: KernelResponse;
  /** Number of the present step boundary. */
  boundary: number;
  arrivals: readonly Arrival[];
  /** Sums of the polynomials over the step after the present boundary, by degree, at the nodes; made when needed. */
  sums?: ReadonlyMap<Degree, Float64Array>;
}

/** A convolution before any spike. */
export function createFunctionConvolution(response: KernelResponse): FunctionConvolution {
  return { response, boundary: 0, arrivals: [] };
}

/** Goes to the next boundary, where spikes of summed weight arrive; they count at once with K(0+). */
export function advanceFunctionConvolution(convolution: FunctionConvolution, weight: number): void {
  convolution.boundary += 1;
  delete convolution.sums;
  const { boundary, response } = convolution;
  if (weight !== 0) response.table ??= tabulateKernel(response.kernel, response.stepNs, response.steps + 1);
  const usedAges = response.table?.ages.length ?? 0;
  const arrived = weight === 0 ? convolution.arrivals : [...convolution.arrivals, { boundary, weight }];
  const oldest = arrived[0];
  const hasExpired = oldest !== undefined && boundary - oldest.boundary >= usedAges;
  convolution.arrivals = hasExpired
    ? arrived.filter((arrival) => boundary - arrival.boundary < usedAges)
    : arrived;
}

/** Value at the fraction `theta` in [0, 1] of the step after the present boundary; 0 is the boundary itself. */
export function functionConvolutionAt(convolution: FunctionConvolution, theta: number): number {
  const { arrivals, boundary, response } = convolution;
  const { kernel, stepNs, table } = response;
  if (arrivals.length === 0 || table === undefined) return 0;
  let value = 0;
  for (const [degree, sums] of nodeSums(convolution, table)) value += interpolate(NODES[degree], sums, theta);
  for (const arrival of arrivals) {
    const age = boundary - arrival.boundary;
    if (table.ages[age]?.kind === 'direct')
      value += arrival.weight * kernelInStep(kernel, stepNs, table.atSpike, age, theta);
  }
  return value;
}

/**
 * Adds the places in the step after the present boundary, as fractions of it, between which the convolution is smooth: an integration
 * must not step over them.
 */
export function addBreaksInStep(
  { arrivals, boundary, response }: FunctionConvolution,
  breaks: Set<number>,
): void {
  for (const arrival of arrivals) {
    const step = response.table?.ages[boundary - arrival.boundary];
    if (step?.kind === 'direct') for (const theta of step.breaks()) breaks.add(theta);
  }
}

function nodeSums(convolution: FunctionConvolution, table: KernelTable): ReadonlyMap<Degree, Float64Array> {
  if (convolution.sums !== undefined) return convolution.sums;
  const sums = new Map<Degree, Float64Array>();
  for (const { boundary, weight } of convolution.arrivals) {
    const step = table.ages[convolution.boundary - boundary];
    if (step?.kind !== 'polynomial') continue;
    const sum = sums.get(step.degree) ?? new Float64Array(step.degree + 1);
    sums.set(step.degree, sum);
    for (let j = 0; j < sum.length; j += 1) sum[j]! += weight * step.values[j]!;
  }
  convolution.sums = sums;
  return sums;
}
