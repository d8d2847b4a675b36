import { stronglyConnectedComponents } from '../dependency-order.ts';
import { balance } from './balance.ts';
import { submatrix } from './matrix.ts';
import { type Eigenvalue, eigenvaluesOfSchurForm, realSchur } from './schur.ts';

/**
 * The eigenvalues of a matrix of `size` × `size` finite entries, row by row, each as often as its multiplicity; a complex pair stands
 * together, the one with im > 0 first.
 *
 * States that do not act on each other in a circle are taken apart first, so that the eigenvalues of a matrix that is triangular in
 * some order are its diagonal entries, without rounding. The circles are balanced and brought to real Schur form.
 *
 * @throws RangeError if an entry is not finite
 */
export function eigenvalues(matrix: ArrayLike<number>, size: number): readonly Eigenvalue[] {
  const reads = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => column).filter((column) => matrix[row * size + column] !== 0),
  );
  return stronglyConnectedComponents(reads).flatMap((places) => {
    const part = submatrix(matrix, size, places);
    return eigenvaluesOfSchurForm(realSchur(balance(part, places.length).matrix, places.length));
  });
}
