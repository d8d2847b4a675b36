/** Chebyshev points of the second kind on [0, 1], ends included: θ_j = sin²(jπ/2N), j = 0 … N. Those of N are among those of 2N. */
export function chebyshevNodes(degree: number): Float64Array {
  return Float64Array.from({ length: degree + 1 }, (_, j) =>
    j === degree ? 1 : Math.sin((j * Math.PI) / (2 * degree)) ** 2,
  );
}

/**
 * The polynomial through values at Chebyshev points, at θ in [0, 1], by the second barycentric formula.
 * Source: Berrut and Trefethen (2004), Barycentric Lagrange interpolation, SIAM Review 46:501–517, section 5.
 */
export function interpolate(nodes: Float64Array, values: ArrayLike<number>, theta: number): number {
  const degree = nodes.length - 1;
  let numerator = 0;
  let denominator = 0;
  for (let j = 0; j <= degree; j += 1) {
    const distance = theta - nodes[j]!;
    if (distance === 0) return values[j]!;
    const sign = j % 2 === 0 ? 1 : -1;
    const weight = (j === 0 || j === degree ? sign / 2 : sign) / distance;
    numerator += weight * values[j]!;
    denominator += weight;
  }
  return numerator / denominator;
}
