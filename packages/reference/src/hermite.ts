/** A solution at one time: its value and its slope there. */
export interface Knot {
  readonly tau: number;
  readonly value: number;
  readonly slope: number;
}

/**
 * The polynomial of lowest degree with the values and the slopes of all knots, at a time: n knots give degree 2n − 1. Newton's form with
 * every knot taken twice (Stoer and Bulirsch, Introduction to Numerical Analysis, section 2.1.5). The times of the knots ascend.
 */
export function interpolate(knots: readonly Knot[], tau: number): number {
  const places = knots.flatMap((knot) => [knot.tau, knot.tau]);
  let column = knots.flatMap(({ value }) => [value, value]);
  let sum = column[0]!;
  let factor = 1;
  for (let order = 1; order < places.length; order += 1) {
    column = column.slice(1).map((next, i) => {
      const width = places[i + order]! - places[i]!;
      return width === 0 ? knots[i >> 1]!.slope : (next - column[i]!) / width;
    });
    factor *= tau - places[order - 1]!;
    sum += column[0]! * factor;
  }
  return sum;
}
