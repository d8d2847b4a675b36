import { identity, rowSumNorm, timesPowerOfTwo } from './matrix.ts';
import { reflectColumns, reflectorOf, reflectRows, rotateColumns, rotateRows } from './rotations.ts';
import { type Block2, standardize } from './standard-block.ts';

/** A = Q T Qᵀ with Q orthogonal and T block upper triangular. */
export interface SchurForm {
  readonly size: number;
  /**
   * T, row by row: blocks of size 1 (a real eigenvalue) and 2 along the diagonal. A block of size 2 is [[a, b], [c, a]] with b·c < 0,
   * its eigenvalues are a ± i·√(−b c).
   */
  readonly triangular: Float64Array;
  /** Q, row by row. */
  readonly orthogonal: Float64Array;
}

/** An eigenvalue re + i·im. */
export interface Eigenvalue {
  readonly re: number;
  readonly im: number;
}

/** Double shift steps per eigenvalue before giving up; two or three are usual. */
const LARGEST_NUMBER_OF_STEPS = 60;
/** Subdiagonal entries below this part of the norm are dropped, so that squares of the others do not underflow. */
const NEGLIGIBLE = 2 ** -500;
/** Every so many steps without success the shifts are replaced by others, which breaks cycles. */
const STEPS_BETWEEN_EXCEPTIONS = 10;

/**
 * The real Schur form of a matrix of finite entries, row by row, by reduction to Hessenberg form and implicit double shift steps
 * (Francis 1961/62, The QR transformation, Computer Journal 4; Golub and Van Loan, Matrix computations, 4th ed., section 7.5). It is
 * backward stable: the result is exact for a matrix that differs from A by a few ε ‖A‖.
 *
 * @throws RangeError if an entry is not finite or the iteration does not converge (no such matrix is known)
 */
export function realSchur(matrix: ArrayLike<number>, size: number): SchurForm {
  const norm = rowSumNorm(
    Float64Array.from(matrix, (entry) => timesPowerOfTwo(entry, -40)),
    size,
  );
  if (!Number.isFinite(norm)) throw new RangeError('the entries of a matrix must be finite');
  const exponent = norm === 0 ? 0 : Math.floor(Math.log2(norm)) + 40;
  const work = Float64Array.from(matrix, (entry) => timesPowerOfTwo(entry, -exponent));
  const orthogonal = identity(size);
  reduceToHessenberg(work, orthogonal, size);
  for (let end = size - 1; end >= 0; ) end = deflate(work, orthogonal, size, end);
  return { size, triangular: work.map((entry) => timesPowerOfTwo(entry, exponent)), orthogonal };
}

/** Zeros below the first subdiagonal by reflections from both sides. */
function reduceToHessenberg(work: Float64Array, orthogonal: Float64Array, size: number): void {
  for (let column = 0; column + 2 < size; column += 1) {
    const below = Array.from(
      { length: size - column - 1 },
      (_, i) => work[(column + 1 + i) * size + column]!,
    );
    const reflector = reflectorOf(below);
    reflectRows(work, size, reflector, column + 1, column + 1);
    reflectColumns(work, size, reflector, column + 1, size);
    reflectColumns(orthogonal, size, reflector, column + 1, size);
    work[(column + 1) * size + column] = reflector.first;
    for (let row = column + 2; row < size; row += 1) work[row * size + column] = 0;
  }
}

/** Splits one or two eigenvalues off at `end`; the end of what is left. */
function deflate(work: Float64Array, orthogonal: Float64Array, size: number, end: number): number {
  for (let step = 1; step <= LARGEST_NUMBER_OF_STEPS * size; step += 1) {
    const start = startOfBlock(work, size, end);
    if (start === end) return end - 1;
    if (start === end - 1) {
      standardizeAt(work, orthogonal, size, start);
      return end - 2;
    }
    const shifts =
      step % STEPS_BETWEEN_EXCEPTIONS === 0 ? exceptional(work, size, end) : trailing(work, size, end);
    francisStep(work, orthogonal, size, start, end, shifts);
  }
  throw new RangeError('the eigenvalues of the matrix could not be found');
}

/** The first row of the unreduced block that ends at `end`; the subdiagonal entry before it is set to 0. */
function startOfBlock(work: Float64Array, size: number, end: number): number {
  for (let row = end; row > 0; row -= 1) {
    if (isNegligible(work, size, row)) {
      work[row * size + row - 1] = 0;
      return row;
    }
  }
  return 0;
}

/**
 * Whether the subdiagonal entry of a row is lost in the rounding of its neighbours: |h| ≤ ε of them, and by the sharper criterion of
 * Ahues and Tisseur (1997), A new deflation criterion for the QR algorithm, which spares the small eigenvalues of graded matrices.
 */
function isNegligible(work: Float64Array, size: number, row: number): boolean {
  const lower = Math.abs(work[row * size + row - 1]!);
  const [above, own] = [work[(row - 1) * size + row - 1]!, work[row * size + row]!];
  if (lower < NEGLIGIBLE) return true;
  if (lower > Number.EPSILON * (Math.abs(above) + Math.abs(own))) return false;
  const upper = Math.abs(work[(row - 1) * size + row]!);
  const larger = Math.max(Math.abs(own), Math.abs(above - own));
  const smaller = Math.min(Math.abs(own), Math.abs(above - own));
  const [big, small] = [Math.max(lower, upper), Math.min(lower, upper)];
  return small * (big / (larger + big)) <= Number.EPSILON * (smaller * (larger / (larger + big)));
}

/** Sum and product of the two shifts. */
interface Shifts {
  readonly sum: number;
  readonly product: number;
}

/** The eigenvalues of the last 2 × 2 block; if they are real, the one closer to the last entry twice. */
function trailing(work: Float64Array, size: number, end: number): Shifts {
  const { a, b, c, d } = block2(work, size, end - 1);
  const p = (a - d) / 2;
  const discriminant = p * p + b * c;
  if (discriminant < 0) return { sum: a + d, product: a * d - b * c };
  const z = p + (p >= 0 ? Math.sqrt(discriminant) : -Math.sqrt(discriminant));
  const shift = z === 0 ? d : d - (b * c) / z;
  return { sum: 2 * shift, product: shift * shift };
}

/** Shifts of the size of the last subdiagonal entries. */
function exceptional(work: Float64Array, size: number, end: number): Shifts {
  const last = Math.abs(work[end * size + end - 1]!);
  const radius = last + Math.abs(work[(end - 1) * size + end - 2]!);
  const centre = 0.75 * radius + work[end * size + end]!;
  return { sum: 2 * centre, product: centre * centre + 0.4375 * radius * radius };
}

function block2(work: Float64Array, size: number, row: number): Block2 {
  const place = row * size + row;
  return { a: work[place]!, b: work[place + 1]!, c: work[place + size]!, d: work[place + size + 1]! };
}

/** One implicit double shift step on the unreduced block from `start` to `end`: a bulge is made at its top and chased out. */
function francisStep(
  work: Float64Array,
  orthogonal: Float64Array,
  size: number,
  start: number,
  end: number,
  shifts: Shifts,
): void {
  let bulge = firstColumn(work, size, start, shifts);
  for (let row = start; row < end; row += 1) {
    const reflector = reflectorOf(bulge);
    const before = row > start ? row - 1 : row;
    reflectRows(work, size, reflector, row, before);
    reflectColumns(work, size, reflector, row, Math.min(row + 4, end + 1));
    reflectColumns(orthogonal, size, reflector, row, size);
    if (row > start) for (let i = 1; i < bulge.length; i += 1) work[(row + i) * size + row - 1] = 0;
    bulge = Array.from({ length: Math.min(3, end - row) }, (_, i) => work[(row + 1 + i) * size + row]!);
  }
}

/** A multiple of the first column of H² − sum·H + product·I. */
function firstColumn(
  work: Float64Array,
  size: number,
  start: number,
  { sum, product }: Shifts,
): readonly number[] {
  const { a, b, c, d } = block2(work, size, start);
  const next = work[(start + 2) * size + start + 1]!;
  const column = [a * (a - sum) + product + b * c, c * (a + d - sum), c * next];
  const scale = Math.max(...column.map(Math.abs));
  return scale === 0 ? [1, 1, 1] : column.map((entry) => entry / scale);
}

/** Brings the block at `row` to standard form and turns the rest of the matrix with it. */
function standardizeAt(work: Float64Array, orthogonal: Float64Array, size: number, row: number): void {
  const { rotation, block } = standardize(block2(work, size, row));
  rotateRows(work, size, rotation, row, row);
  rotateColumns(work, size, rotation, row, row + 2);
  rotateColumns(orthogonal, size, rotation, row, size);
  const place = row * size + row;
  work[place] = block.a;
  work[place + 1] = block.b;
  work[place + size] = block.c;
  work[place + size + 1] = block.d;
}

/** The eigenvalues on the diagonal of a real Schur form, in its order; a pair has the one with im > 0 first. */
export function eigenvaluesOfSchurForm({ triangular, size }: SchurForm): readonly Eigenvalue[] {
  const found: Eigenvalue[] = [];
  for (let row = 0; row < size; row += 1) {
    const re = triangular[row * size + row]!;
    const lower = row + 1 < size ? triangular[(row + 1) * size + row]! : 0;
    if (lower === 0) {
      found.push({ re, im: 0 });
      continue;
    }
    const im = Math.sqrt(Math.abs(triangular[row * size + row + 1]!)) * Math.sqrt(Math.abs(lower));
    found.push({ re, im }, { re, im: -im });
    row += 1;
  }
  return found;
}
