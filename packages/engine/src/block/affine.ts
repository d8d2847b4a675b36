import type { AffineSlots, AffineTarget, MatrixSlot, Storage } from '../interface/index.ts';
import { type Block, NS_PER_MS } from './block.ts';
import { type Cells, cellsOf, lanesOf } from './cells.ts';
import type { ReportedFailure } from './failure.ts';

/** What one target gets for one matrix. */
interface TargetSolution {
  /** Number of parts of a step. */
  readonly parts: number;
  readonly increment: Float64Array;
  readonly response: Float64Array;
}

type Solutions = readonly TargetSolution[] | undefined;

/** Anchors stand so close that the norm of A times their distance is at most this. */
const ANCHOR_NORM = 0.5;

/**
 * Provides the propagators of all affine systems from the coefficients that the module derived, for these instances. Instances with
 * the same coefficients, bit by bit, share one solution. Gives the first that has none.
 */
export function solveAffineSystems(block: Block, instances: readonly number[]): ReportedFailure | undefined {
  for (const slots of block.module.layout.affine) {
    const failure = solveSlots(block, slots, instances);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function solveSlots(
  block: Block,
  slots: AffineSlots,
  instances: readonly number[],
): ReportedFailure | undefined {
  const cells = cellsOf(block);
  const known = new Map<string, Solutions>();
  const perInstance = storagesOf(slots).some(({ kind }) => kind === 'column');
  for (const instance of perInstance ? instances : [0]) {
    for (const lane of lanesOf(block, instance)) {
      const coefficients = Float64Array.from(slots.coefficients, ({ storage }) => cells.read(storage, lane));
      const key = new BigUint64Array(coefficients.buffer).join();
      if (!known.has(key)) known.set(key, solve(block, slots, coefficients));
      const solutions = known.get(key);
      if (solutions === undefined) return noPropagator(slots, instance);
      slots.targets.forEach((target, i) => {
        store(cells, target, solutions[i]!, slots.size, lane);
      });
    }
  }
  return undefined;
}

function storagesOf({ coefficients, targets }: AffineSlots): readonly Storage[] {
  const slots = targets.flatMap(({ increment, response }) => [...increment, ...response]);
  return [...coefficients, ...slots].map(({ storage }) => storage);
}

function solve(block: Block, slots: AffineSlots, coefficients: Float64Array): Solutions {
  const { size } = slots;
  const matrix = new Float64Array(size * size);
  slots.coefficients.forEach(({ row, column }, i) => {
    matrix[row * size + column] = coefficients[i]!;
  });
  const step = block.stepNs / NS_PER_MS;
  const solutions: TargetSolution[] = [];
  for (const { fraction } of slots.targets) {
    const parts =
      fraction.kind === 'step' ? 1 : anchorParts(columnSumNorm(matrix, size) * step, fraction.limit);
    const solution = block.engine.solveAffine(matrix, size, step / parts);
    if (solution === undefined) return undefined;
    solutions.push({ parts, ...solution });
  }
  return solutions;
}

/** The smallest m from 1 to `limit` with norm/m ≤ 0.5, or `limit`. */
function anchorParts(norm: number, limit: number): number {
  const parts = Math.ceil(norm / ANCHOR_NORM);
  return parts <= limit ? Math.max(parts, 1) : limit;
}

/** ‖A‖₁, the largest sum of absolute values in a column. */
function columnSumNorm(matrix: Float64Array, size: number): number {
  const sums = new Float64Array(size);
  matrix.forEach((entry, place) => {
    sums[place % size]! += Math.abs(entry);
  });
  return Math.max(...sums);
}

function store(
  cells: Cells,
  target: AffineTarget,
  { parts, increment, response }: TargetSolution,
  size: number,
  lane: number,
): void {
  const storeMatrix = (slots: readonly MatrixSlot[], matrix: Float64Array): void => {
    for (const { row, column, storage } of slots) cells.write(storage, lane, matrix[row * size + column]!);
  };
  storeMatrix(target.increment, increment);
  storeMatrix(target.response, response);
  if (target.fraction.kind === 'anchors') cells.write(target.fraction.count, lane, parts);
}

function noPropagator({ states }: AffineSlots, instance: number): ReportedFailure {
  return {
    kind: 'propagator',
    variable: states?.join(', '),
    place: undefined,
    instance,
    value: Number.NaN,
  };
}
