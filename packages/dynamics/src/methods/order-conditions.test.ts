import { describe, expect, it } from 'vitest';
import { density, elementaryWeight, type MatrixAt, rootedTrees, vertices } from '../../test/rooted-trees.ts';
import { DORMAND_PRINCE } from './dormand-prince.ts';
import { denseWeights, type EmbeddedTableau, type ExplicitTableau } from './explicit-runge-kutta.ts';
import { FORWARD_EULER } from './forward-euler.ts';
import { ROSENBROCK, type RosenbrockTableau } from './rosenbrock.ts';
import { RUNGE_KUTTA_4 } from './runge-kutta-4.ts';
import { RUNGE_KUTTA_FEHLBERG } from './runge-kutta-fehlberg.ts';

const ROUNDING = 2e-14;
const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
const treesUpTo = (order: number) =>
  Array.from({ length: order }, (_, i) => i + 1).flatMap((vertexCount) => rootedTrees(vertexCount));

/** The largest deviation from the order conditions up to an order, of weights for a step of length θ. */
function deviation(order: number, weights: readonly number[], matrixAt: MatrixAt, theta = 1): number {
  const deviations = treesUpTo(order).map(
    (tree) => elementaryWeight(tree, weights, matrixAt) - theta ** vertices(tree) / density(tree),
  );
  return Math.max(...deviations.map(Math.abs));
}

it('there are 1, 1, 2, 4, 9 rooted trees of orders 1 to 5', () => {
  expect([1, 2, 3, 4, 5].map((order) => rootedTrees(order).length)).toEqual([1, 1, 2, 4, 9]);
  expect(
    rootedTrees(4)
      .map(density)
      .toSorted((a, b) => a - b),
  ).toEqual([4, 8, 12, 24]);
});

const explicit: readonly ExplicitTableau[] = [
  DORMAND_PRINCE,
  RUNGE_KUTTA_FEHLBERG,
  RUNGE_KUTTA_4,
  FORWARD_EULER,
];

describe.each(explicit)('the tableau of $name', ({ nodes, stages, weights, order }) => {
  it('has nodes that are the sums of its rows', () => {
    stages.forEach((row, i) => {
      expect(row).toHaveLength(i);
      expect(Math.abs(sum(row) - nodes[i]!)).toBeLessThan(ROUNDING);
    });
  });

  it('meets the conditions of its order and not those of the next', () => {
    expect(deviation(order, weights, () => stages)).toBeLessThan(ROUNDING);
    expect(deviation(order + 1, weights, () => stages)).toBeGreaterThan(1e-4);
  });
});

const embedded: readonly EmbeddedTableau[] = [DORMAND_PRINCE, RUNGE_KUTTA_FEHLBERG];

describe.each(embedded)('the error estimate and dense output of $name', (tableau) => {
  const { stages, weights, errorWeights, errorOrder, isFirstSameAsLast } = tableau;
  const extended = isFirstSameAsLast ? stages : [...stages, weights];

  it('compares with a solution of the order that it states', () => {
    const other = weights.map((weight, i) => weight - errorWeights[i]!);
    expect(deviation(errorOrder, other, () => stages)).toBeLessThan(ROUNDING);
    expect(deviation(errorOrder + 1, other, () => stages)).toBeGreaterThan(1e-4);
  });

  it('meets the conditions of order 4 at every place of the step', () => {
    for (const theta of [0, 0.1, 0.37, 0.5, 0.8, 1])
      expect(deviation(4, denseWeights(tableau, theta), () => extended, theta)).toBeLessThan(ROUNDING);
  });

  it('ends where the step ends', () => {
    denseWeights(tableau, 1).forEach((weight, i) => {
      expect(Math.abs(weight - (weights[i] ?? 0))).toBeLessThan(ROUNDING);
    });
  });

  it('has the slopes of the solution at both ends', () => {
    const slopesAt = (theta: number) =>
      tableau.dense.map((row) =>
        row.reduce((total, coefficient, k) => total + (k + 1) * coefficient * theta ** k, 0),
      );
    slopesAt(0).forEach((slope, i) => {
      expect(Math.abs(slope - (i === 0 ? 1 : 0))).toBeLessThan(ROUNDING);
    });
    slopesAt(1).forEach((slope, i) => {
      expect(Math.abs(slope - (i === extended.length - 1 ? 1 : 0))).toBeLessThan(ROUNDING);
    });
  });
});

/** The usual coefficients α, α + Γ and those of a row in front of u, from the transformed ones: Γ = (I/γ − C)⁻¹, α = A Γ, b = Γᵀ m. */
function untransformed({ gamma, couplings, stages }: RosenbrockTableau) {
  const size = stages.length;
  const gammas = stages.map(() => new Array<number>(size).fill(0));
  for (let column = 0; column < size; column += 1) {
    for (let row = column; row < size; row += 1) {
      const inner = couplings[row]!.reduce((total, c, k) => total + c * gammas[k]![column]!, 0);
      gammas[row]![column] = gamma * ((row === column ? 1 : 0) + inner);
    }
  }
  const inFrontOfSlopes = (row: readonly number[]) =>
    gammas.map((_, j) => row.reduce((total, value, k) => total + value * gammas[k]![j]!, 0));
  const alphas = stages.map(inFrontOfSlopes);
  const betas = alphas.map((row, i) => row.map((alpha, j) => alpha + gammas[i]![j]!));
  return { alphas, betas, gammas, inFrontOfSlopes };
}

/** The largest deviations of a Rosenbrock method from what it must meet. */
function deviationsOf(tableau: RosenbrockTableau) {
  const { alphas, betas, gammas, inFrontOfSlopes } = untransformed(tableau);
  const { nodes, timeWeights, weights, errorWeights, order, errorOrder, dense } = tableau;
  // A vertex with one subtree comes from the linear term too (Hairer and Wanner, theorem IV.7.4).
  const matrixAt: MatrixAt = (siblings) => (siblings === 1 ? betas : alphas);
  const largest = (differences: readonly number[]) => Math.max(...differences.map(Math.abs));
  const difference = (one: readonly number[], other: readonly number[]) =>
    largest(one.map((value, i) => value - other[i]!));
  const own = inFrontOfSlopes(weights);
  const compared = inFrontOfSlopes(weights.map((weight, i) => weight - errorWeights[i]!));
  const inside = (theta: number) =>
    inFrontOfSlopes(
      weights.map((weight, i) => theta * (weight + (1 - theta) * (dense[0]![i]! + theta * dense[1]![i]!))),
    );
  const ofDense = (denseOrder: number) =>
    largest([0.1, 0.37, 0.5, 0.8].map((theta) => deviation(denseOrder, inside(theta), matrixAt, theta)));
  return {
    nodes: difference(alphas.map(sum), nodes),
    timeWeights: difference(gammas.map(sum), timeWeights),
    order: deviation(order, own, matrixAt),
    nextOrder: deviation(order + 1, own, matrixAt),
    comparedOrder: deviation(errorOrder, compared, matrixAt),
    comparedNextOrder: deviation(errorOrder + 1, compared, matrixAt),
    denseOrder: ofDense(3),
    denseNextOrder: ofDense(4),
    stiffAccuracy: difference(betas.at(-1)!, own),
    comparedStiffAccuracy: difference(betas.at(-2)!, compared),
  };
}

describe('the tableau of the Rosenbrock method', () => {
  const found = deviationsOf(ROSENBROCK);

  it('has nodes and weights of ∂f/∂t that are the sums of its rows', () => {
    expect(found.nodes).toBeLessThan(ROUNDING);
    expect(found.timeWeights).toBeLessThan(ROUNDING);
  });

  it('meets all eight conditions of order 4 and not those of order 5', () => {
    expect(found.order).toBeLessThan(ROUNDING);
    expect(found.nextOrder).toBeGreaterThan(1e-4);
  });

  it('compares with a solution of order 3', () => {
    expect(found.comparedOrder).toBeLessThan(ROUNDING);
    expect(found.comparedNextOrder).toBeGreaterThan(1e-4);
  });

  it('has dense output of order 3', () => {
    expect(found.denseOrder).toBeLessThan(2e-13);
    expect(found.denseNextOrder).toBeGreaterThan(1e-5);
  });

  it('is stiffly accurate: the last row of α + Γ are the weights, the row before those of the compared solution', () => {
    expect(found.stiffAccuracy).toBeLessThan(ROUNDING);
    expect(found.comparedStiffAccuracy).toBeLessThan(ROUNDING);
  });

  it('has no coefficient whose ninth digit could be wrong unnoticed', () => {
    const worst = (tableau: RosenbrockTableau) => {
      const { nodes, timeWeights, order, comparedOrder, denseOrder, stiffAccuracy } = deviationsOf(tableau);
      return Math.max(nodes, timeWeights, order, comparedOrder, denseOrder, stiffAccuracy);
    };
    const altered = (row: readonly number[], i: number) => row.with(i, row[i]! * (1 + 1e-8));
    const inRows = (rows: readonly (readonly number[])[]) =>
      rows.flatMap((row, i) =>
        row.flatMap((value, j) => (value === 0 ? [] : [rows.with(i, altered(row, j))])),
      );
    const wrong: readonly RosenbrockTableau[] = [
      ...inRows(ROSENBROCK.stages).map((stages) => ({ ...ROSENBROCK, stages })),
      ...inRows(ROSENBROCK.couplings).map((couplings) => ({ ...ROSENBROCK, couplings })),
      ...inRows(ROSENBROCK.dense).map((dense) => ({ ...ROSENBROCK, dense })),
      ...inRows([ROSENBROCK.weights]).map(([weights]) => ({ ...ROSENBROCK, weights: weights! })),
      { ...ROSENBROCK, gamma: ROSENBROCK.gamma * (1 + 1e-8) },
    ];
    expect(wrong).toHaveLength(15 + 15 + 10 + 6 + 1);
    expect(Math.min(...wrong.map(worst))).toBeGreaterThan(1e-11);
  });
});
