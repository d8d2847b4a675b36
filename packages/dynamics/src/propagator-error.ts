import { rowSumNorm } from './linear-algebra/matrix.ts';

/** Upper bounds of rounding and truncation errors, in the maximum norm of matrices (largest sum of a row). */
export interface PropagatorErrorBound {
  /** Of E, and of what remains of each state. */
  readonly increment: number;
  /** Of R, in units of h. */
  readonly response: number;
}

/**
 * How wrong `solveAffine` can be at most, to first order in ε, from A and h alone:
 *
 *     ‖Ê − E‖∞ ≤ 60 (n + 3) ε ‖h A‖∞ g,   ‖R̂ − R‖∞ ≤ 120 (n + 3) ε (1 + ‖h A‖∞) g h,   g = exp(h max(μ, 0)),
 *
 * where μ = maxᵢ (aᵢᵢ + Σ |aᵢⱼ|) is the logarithmic norm of A, with which ‖exp(A t)‖∞ ≤ exp(μ t). Derivation in
 * docs/numerics/matrix-exponential.md. It is infinite where g is.
 */
export function propagatorErrorBound(
  matrix: ArrayLike<number>,
  size: number,
  interval: number,
): PropagatorErrorBound {
  const norm = rowSumNorm(matrix, size) * interval;
  const growth = Math.exp(Math.max(0, logarithmicNorm(matrix, size)) * interval);
  const unit = 60 * (size + 3) * Number.EPSILON * growth;
  return { increment: unit * norm, response: 2 * unit * (1 + norm) };
}

/** maxᵢ (aᵢᵢ + Σ |aᵢⱼ|), j ≠ i: the largest rate at which the maximum norm of a solution of x′ = A x can grow. */
function logarithmicNorm(matrix: ArrayLike<number>, size: number): number {
  let norm = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let column = 0; column < size; column += 1) {
      const entry = matrix[row * size + column]!;
      sum += column === row ? entry : Math.abs(entry);
    }
    norm = Math.max(norm, sum);
  }
  return norm;
}
