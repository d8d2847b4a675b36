/** D⁻¹ A D with a diagonal D of powers of two, so that no digit changes. */
export interface BalancedMatrix {
  readonly matrix: Float64Array;
  /** The diagonal of D. */
  readonly scale: Float64Array;
}

/** A change of scale must make the sum of the norms of a row and its column smaller by this factor. */
const WORTHWHILE = 0.95;
/** Powers of two beyond this would leave the range of numbers together with the entries. */
const LARGEST_SCALE = 2 ** 500;

/**
 * Makes the norms of each row and the column of the same index alike, which lowers the error of eigenvalues of matrices whose states
 * have different units. The 1-norm without the diagonal is compared, as Parlett and Reinsch (1969), Balancing a matrix for
 * calculation of eigenvalues and eigenvectors, Numerische Mathematik 13:293–304.
 */
export function balance(source: ArrayLike<number>, size: number): BalancedMatrix {
  const matrix = Float64Array.from(source);
  const scale = new Float64Array(size).fill(1);
  let changed = true;
  for (let round = 0; changed && round < 100; round += 1) {
    changed = false;
    for (let i = 0; i < size; i += 1) {
      const factor = scaleFor(matrix, size, i);
      const next = scale[i]! * factor;
      if (factor === 1 || next > LARGEST_SCALE || next < 1 / LARGEST_SCALE) continue;
      scale[i] = next;
      for (let j = 0; j < size; j += 1) {
        matrix[i * size + j]! /= factor;
        matrix[j * size + i]! *= factor;
      }
      changed = true;
    }
  }
  return { matrix, scale };
}

/** The power of two f that makes column·f and row/f closest; 1 if that gains too little. */
function scaleFor(matrix: Float64Array, size: number, index: number): number {
  let [row, column] = [0, 0];
  for (let j = 0; j < size; j += 1) {
    if (j === index) continue;
    row += Math.abs(matrix[index * size + j]!);
    column += Math.abs(matrix[j * size + index]!);
  }
  if (row === 0 || column === 0 || !Number.isFinite(row + column)) return 1;
  const factor = 2 ** Math.round((Math.log2(row) - Math.log2(column)) / 2);
  return column * factor + row / factor < WORTHWHILE * (column + row) ? factor : 1;
}
