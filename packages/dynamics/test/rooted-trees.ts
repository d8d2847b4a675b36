/** A rooted tree: its subtrees. The tree of order 1 has none. */
export type RootedTree = readonly RootedTree[];

/** All rooted trees of an order, 1 or more: 1, 1, 2, 4, 9 of orders 1 to 5. */
export function rootedTrees(order: number): readonly RootedTree[] {
  return forests(order - 1, order - 1);
}

/** Multisets of trees with `order` vertices in all, none larger than `largest`. */
function forests(order: number, largest: number): readonly (readonly RootedTree[])[] {
  if (order === 0) return [[]];
  const sizes = Array.from({ length: Math.min(order, largest) }, (_, i) => i + 1);
  return sizes.flatMap((size) => forestsWithLargest(order, size));
}

/** Those whose largest trees have `size` vertices. */
function forestsWithLargest(order: number, size: number): readonly (readonly RootedTree[])[] {
  const most = Math.floor(order / size);
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  return counts.flatMap((count) =>
    multisets(rootedTrees(size), count).flatMap((chosen) =>
      forests(order - count * size, size - 1).map((rest) => [...chosen, ...rest]),
    ),
  );
}

function multisets<Item>(items: readonly Item[], count: number): readonly (readonly Item[])[] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) => multisets(items.slice(i), count - 1).map((rest) => [item, ...rest]));
}

export function vertices(tree: RootedTree): number {
  return tree.reduce((sum, subtree) => sum + vertices(subtree), 1);
}

/** γ(t): the number of vertices times γ of each subtree. */
export function density(tree: RootedTree): number {
  return tree.reduce((product, subtree) => product * density(subtree), vertices(tree));
}

/** The weight of a subtree below a vertex with this number of subtrees, to be multiplied with from the left. */
export type MatrixAt = (siblings: number) => readonly (readonly number[])[];

/**
 * The vector whose product with the weights of a method must be 1/γ(t): at each vertex the product of the vectors of its subtrees,
 * each multiplied with the matrix that belongs there.
 */
export function elementaryVector(tree: RootedTree, stages: number, matrixAt: MatrixAt): readonly number[] {
  const result = Array.from({ length: stages }, () => 1);
  const matrix = matrixAt(tree.length);
  for (const subtree of tree) {
    const inner = elementaryVector(subtree, stages, matrixAt);
    for (let i = 0; i < stages; i += 1)
      result[i]! *= inner.reduce((sum, value, j) => sum + (matrix[i]?.[j] ?? 0) * value, 0);
  }
  return result;
}

/** Σ weightᵢ·vectorᵢ of the tree. */
export function elementaryWeight(tree: RootedTree, weights: readonly number[], matrixAt: MatrixAt): number {
  const vector = elementaryVector(tree, weights.length, matrixAt);
  return weights.reduce((sum, weight, i) => sum + weight * vector[i]!, 0);
}
