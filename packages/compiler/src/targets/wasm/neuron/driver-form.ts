import type { ExpressionNode } from '@nestml/dynamics';
import type { AffineSystem } from '../../../solved/solved-model.ts';

/**
 * How the states of a driver are found inside a step. `closed`: A = r I + N with N^size = 0 by structure, and no input unless there
 * is no r: x(τ) = e^{rτ} Σ (N^k x + N^{k−1} b) τ^k / k!. `anchors`: by Taylor series around points between which ‖A‖ Δτ ≤ 1/2.
 */
export type DriverForm =
  | { readonly kind: 'closed'; readonly rate: ExpressionNode | undefined }
  | { readonly kind: 'anchors' };

/** The cheapest way to know the driver inside a step. */
export function driverForm({ states, blocks, coefficients, input }: AffineSystem): DriverForm {
  const diagonal = states.map(
    (_, i) => coefficients.find(({ row, column }) => row === i && column === i)?.value,
  );
  const [rate] = diagonal;
  const hasOneRate = diagonal.every((value) => value === rate);
  const isChain = blocks.every((size) => size === 1);
  const isHomogeneous = input.every(isZero);
  return hasOneRate && isChain && (rate === undefined || isHomogeneous)
    ? { kind: 'closed', rate }
    : { kind: 'anchors' };
}

/** Whether the node is the constant 0. */
export function isZero(node: ExpressionNode): boolean {
  return node.kind === 'constant' && node.value === 0;
}
