/** Square matrices of doubles, `size` × `size`, row by row. */

/** The matrix with 1 on the diagonal. */
export function identity(size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) result[i * size + i] = 1;
  return result;
}

/** The product. Zeros of the left matrix are skipped, so that 0 · ∞ makes no NaN where the structure says 0. */
export function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < size; k += 1) {
      const factor = left[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j += 1) {
        const other = right[k * size + j]!;
        if (other !== 0) result[i * size + j]! += factor * other;
      }
    }
  }
  return result;
}

/** ‖A‖∞, the largest sum of absolute values in a row. */
export function rowSumNorm(matrix: ArrayLike<number>, size: number): number {
  let norm = 0;
  for (let row = 0; row < size; row += 1) {
    let sum = 0;
    for (let column = 0; column < size; column += 1) sum += Math.abs(matrix[row * size + column]!);
    norm = Math.max(norm, sum);
  }
  return norm;
}

/** value · 2^exponent, in two factors, since 2 to the power of more than 1023 overflows. */
export function timesPowerOfTwo(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** The entries of some rows and columns, in their order. */
export function submatrix(matrix: ArrayLike<number>, size: number, places: readonly number[]): Float64Array {
  return Float64Array.from(places.flatMap((row) => places.map((column) => matrix[row * size + column]!)));
}
