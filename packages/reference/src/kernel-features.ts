import { chebyshevNodes, interpolate } from './chebyshev.ts';

/** Number of equal intervals at whose ends a kernel is looked at in each step of its age: anything wider than one is found. */
export const SCAN = 256;

/** A piece is as narrow as a kernel needs it to be when a polynomial of this degree is the kernel in it. */
const DEGREE = 16;
const NODES = Object.freeze({ coarse: chebyshevNodes(DEGREE), fine: chebyshevNodes(2 * DEGREE) });
/** Below this width, in steps, a piece holds an edge. */
export const EDGE_WIDTH = 2 ** -40;
/** A kernel that needs more pieces in one step is not resolved any further; its integration then takes that many sub-steps. */
const MOST_PIECES = 1024;

interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts a step into pieces in each of which a function is a polynomial of degree 16 to `tolerance`: narrow where it is fast, and down to
 * 2^-40 of the step around an edge.
 * @param scanned the function at the multiples of 1/256.
 * @returns the cuts inside (0, 1), ascending.
 */
export function findBreaks(
  f: (theta: number) => number,
  scanned: Float64Array,
  tolerance: number,
): readonly number[] {
  const breaks: number[] = [];
  let pieces: readonly Piece[] = [{ from: 0, to: 1 }];
  while (pieces.length > 0 && breaks.length + 1 < MOST_PIECES) {
    const rough = pieces.filter(
      (piece) => piece.to - piece.from > EDGE_WIDTH && !isSmooth(f, piece, scanned, tolerance),
    );
    pieces = rough.flatMap(({ from, to }) => {
      const middle = (from + to) / 2;
      breaks.push(middle);
      return [
        { from, to: middle },
        { from: middle, to },
      ];
    });
  }
  return breaks.sort((a, b) => a - b);
}

/** Whether the polynomial through the values at the nodes of a piece meets the function between them and where it was scanned. */
function isSmooth(
  f: (theta: number) => number,
  { from, to }: Piece,
  scanned: Float64Array,
  tolerance: number,
): boolean {
  const width = to - from;
  const { coarse, fine } = NODES;
  const values = coarse.map((node) => f(from + node * width));
  const isMet = (place: number, value: number) =>
    Math.abs(interpolate(coarse, values, place) - value) <= tolerance;
  for (let j = 1; j < fine.length; j += 2) {
    if (!isMet(fine[j]!, f(from + fine[j]! * width))) return false;
  }
  for (let i = Math.ceil(from * SCAN); i <= to * SCAN; i += 1) {
    if (!isMet((i / SCAN - from) / width, scanned[i]!)) return false;
  }
  return true;
}
