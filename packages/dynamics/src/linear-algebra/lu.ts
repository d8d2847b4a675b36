/** P A = L U of a square matrix, for as many right-hand sides as wanted. */
export interface LuFactors {
  readonly size: number;
  /** U on and above the diagonal, L below it (its diagonal is 1), row by row, rows in the order of the pivots. */
  readonly factors: Float64Array;
  /** Row i of the factors is row pivots[i] of the matrix. */
  readonly pivots: Int32Array;
}

/**
 * Factors a matrix, given row by row, by Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix computations, 4th ed.,
 * section 3.4). A singular matrix or one with entries that are not finite gives factors with which no solution is finite.
 */
export function factorize(matrix: Float64Array, size: number): LuFactors {
  const factors = Float64Array.from(matrix);
  const pivots = Int32Array.from({ length: size }, (_, row) => row);
  for (let column = 0; column < size; column += 1) {
    exchangeRows(factors, pivots, size, column, pivotRow(factors, size, column));
    const pivot = factors[column * size + column]!;
    for (let row = column + 1; row < size; row += 1) {
      const factor = factors[row * size + column]! / pivot;
      factors[row * size + column] = factor;
      if (factor === 0) continue;
      for (let j = column + 1; j < size; j += 1)
        factors[row * size + j]! -= factor * factors[column * size + j]!;
    }
  }
  return { size, factors, pivots };
}

/** The row at or below the diagonal with the largest entry in a column; one that is not a number is taken at once. */
function pivotRow(factors: Float64Array, size: number, column: number): number {
  let best = column;
  for (let row = column; row < size; row += 1) {
    const entry = Math.abs(factors[row * size + column]!);
    if (Number.isNaN(entry)) return row;
    if (entry > Math.abs(factors[best * size + column]!)) best = row;
  }
  return best;
}

function exchangeRows(
  factors: Float64Array,
  pivots: Int32Array,
  size: number,
  one: number,
  other: number,
): void {
  if (one === other) return;
  for (let j = 0; j < size; j += 1) {
    const entry = factors[one * size + j]!;
    factors[one * size + j] = factors[other * size + j]!;
    factors[other * size + j] = entry;
  }
  const pivot = pivots[one]!;
  pivots[one] = pivots[other]!;
  pivots[other] = pivot;
}

/** The solution x of A x = right-hand side; components that are not finite if A is singular. */
export function solveFactorized({ size, factors, pivots }: LuFactors, right: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let sum = right[pivots[row]!]!;
    for (let j = 0; j < row; j += 1) sum -= factors[row * size + j]! * x[j]!;
    x[row] = sum;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = x[row]!;
    for (let j = row + 1; j < size; j += 1) sum -= factors[row * size + j]! * x[j]!;
    x[row] = sum / factors[row * size + row]!;
  }
  return x;
}
