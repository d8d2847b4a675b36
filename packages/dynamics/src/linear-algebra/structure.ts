/** How the states of x′ = A x act on each other. */
export interface Structure {
  /** For each state the smallest number of a state that it is connected with at all. */
  readonly part: Uint32Array;
  /** For each state 1 if it is in no circle: its diagonal entry of any function f(A) is f of its rate. Else 0. */
  readonly isAlone: Uint8Array;
}

/** The structure of a matrix of `size` × `size` entries, row by row, from its entries that are not 0. */
export function structureOf(matrix: ArrayLike<number>, size: number): Structure {
  const reaches = reachability(matrix, size);
  const isAlone = new Uint8Array(size).fill(1);
  const part = new Uint32Array(size);
  for (let i = 0; i < size; i += 1) {
    part[i] = i;
    for (let j = 0; j < i; j += 1) {
      const [there, back] = [reaches[i * size + j]!, reaches[j * size + i]!];
      if ((there & back) === 1) isAlone[i] = isAlone[j] = 0;
      if ((there | back) === 1 && part[i] !== part[j]) join(part, part[i]!, part[j]!);
    }
  }
  return { part, isAlone };
}

function join(part: Uint32Array, first: number, second: number): void {
  const [kept, lost] = [Math.min(first, second), Math.max(first, second)];
  for (let i = 0; i < part.length; i += 1) if (part[i] === lost) part[i] = kept;
}

/** 1 where a path of entries leads from column to row. */
function reachability(matrix: ArrayLike<number>, size: number): Uint8Array {
  const reaches = new Uint8Array(size * size);
  for (let i = 0; i < reaches.length; i += 1) reaches[i] = matrix[i] === 0 ? 0 : 1;
  for (let via = 0; via < size; via += 1) {
    for (let row = 0; row < size; row += 1) {
      if (row === via || reaches[row * size + via] === 0) continue;
      for (let column = 0; column < size; column += 1) {
        reaches[row * size + column]! |= reaches[via * size + column]!;
      }
    }
  }
  return reaches;
}
