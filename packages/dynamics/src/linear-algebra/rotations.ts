/** A reflection I − τ v vᵀ of three or fewer coordinates, v₀ = 1. */
export interface Reflector {
  readonly vector: readonly number[];
  readonly tau: number;
  /** What the reflected vector has as first component; its others are 0. */
  readonly first: number;
}

/** The reflection that maps x to a multiple of the first unit vector. */
export function reflectorOf(x: readonly number[]): Reflector {
  const [head = 0, ...tail] = x;
  const rest = Math.hypot(...tail);
  if (rest === 0) return { vector: [1, ...tail.map(() => 0)], tau: 0, first: head };
  const first = head > 0 ? -Math.hypot(head, rest) : Math.hypot(head, rest);
  const pivot = head - first;
  return { vector: [1, ...tail.map((entry) => entry / pivot)], tau: -pivot / first, first };
}

/** Reflects the rows `from`, `from` + 1, … in the columns from `start`. */
export function reflectRows(
  matrix: Float64Array,
  size: number,
  { vector, tau }: Reflector,
  from: number,
  start: number,
): void {
  if (tau === 0) return;
  for (let column = start; column < size; column += 1) {
    let sum = 0;
    for (let i = 0; i < vector.length; i += 1) sum += vector[i]! * matrix[(from + i) * size + column]!;
    sum *= tau;
    for (let i = 0; i < vector.length; i += 1) matrix[(from + i) * size + column]! -= sum * vector[i]!;
  }
}

/** Reflects the columns `from`, `from` + 1, … in the rows before `end`. */
export function reflectColumns(
  matrix: Float64Array,
  size: number,
  { vector, tau }: Reflector,
  from: number,
  end: number,
): void {
  if (tau === 0) return;
  for (let row = 0; row < end; row += 1) {
    let sum = 0;
    for (let i = 0; i < vector.length; i += 1) sum += vector[i]! * matrix[row * size + from + i]!;
    sum *= tau;
    for (let i = 0; i < vector.length; i += 1) matrix[row * size + from + i]! -= sum * vector[i]!;
  }
}

/** A rotation of the plane: (x, y) becomes (c x + s y, c y − s x). */
export interface Rotation {
  readonly cosine: number;
  readonly sine: number;
}

/** Rotates the rows `first` and `first` + 1 in the columns from `start`. */
export function rotateRows(
  matrix: Float64Array,
  size: number,
  { cosine, sine }: Rotation,
  first: number,
  start: number,
): void {
  for (let column = start; column < size; column += 1) {
    const [upper, lower] = [first * size + column, (first + 1) * size + column];
    const [x, y] = [matrix[upper]!, matrix[lower]!];
    matrix[upper] = cosine * x + sine * y;
    matrix[lower] = cosine * y - sine * x;
  }
}

/** Rotates the columns `first` and `first` + 1 in the rows before `end`. */
export function rotateColumns(
  matrix: Float64Array,
  size: number,
  { cosine, sine }: Rotation,
  first: number,
  end: number,
): void {
  for (let row = 0; row < end; row += 1) {
    const left = row * size + first;
    const [x, y] = [matrix[left]!, matrix[left + 1]!];
    matrix[left] = cosine * x + sine * y;
    matrix[left + 1] = cosine * y - sine * x;
  }
}
