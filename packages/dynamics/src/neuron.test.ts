import { describe, expect, it } from 'vitest';
import { parseExpression } from '../test/parse-expression.ts';
import {
  advanceAffine,
  DORMAND_PRINCE,
  type Environment,
  ExpressionPool,
  type ExpressionSymbol,
  evaluate,
  evaluateAll,
  integrateAdaptive,
  partitionSystem,
  STEP_SIZE_CONTROL,
  solveAffine,
  solveKernel,
  substitute,
} from './index.ts';

const number = (name: string): ExpressionSymbol => ({ name, value: 'number' });

/** A membrane with an alpha-shaped conductance and adaptation: V is not linear, the conductance is. */
function createNeuron() {
  const pool = new ExpressionPool();
  const [V, w, K, t] = ['V', 'w', 'K', 't'].map(number) as [
    ExpressionSymbol,
    ExpressionSymbol,
    ExpressionSymbol,
    ExpressionSymbol,
  ];
  const values = new Map<ExpressionSymbol, number>(
    Object.entries({ C: 250, gL: 16.7, EL: -70, E: 0, tau: 0.8, a: 4, tw: 30, e: Math.E }).map(
      ([name, value]) => [number(name), value],
    ),
  );
  const read = (text: string) => parseExpression(pool, text, [V, w, K, t, ...values.keys()]);
  const kernel = solveKernel(
    pool,
    { kind: 'function', expression: read('(e / tau) * t * exp(-t / tau)'), time: t },
    ({ order }) => number(`g${order}`),
  );
  if (kernel.kind !== 'system') throw new Error(kernel.kind);
  const [slope] = substitute(
    pool,
    [read('(-gL * (V - EL) + 2 * exp((V + 50) / 2) - K * (V - E) - w) / C')],
    new Map([[K, kernel.value]]),
  );
  const equations = [
    { state: V, derivative: slope! },
    { state: w, derivative: read('(a * (V - EL) - w) / tw') },
    ...kernel.equations,
  ];
  const parameters: Environment = { valueOf: (symbol) => values.get(symbol)! };
  return { equations, kernel, parameters, partition: partitionSystem(pool, equations, () => 'fixed') };
}

/** The states after an interval, from V = −65, w = 10 and one spike of 30 nS, at a given tolerance. */
function run(interval: number, tolerance: number, isSplit: boolean) {
  const { equations, kernel, parameters, partition } = createNeuron();
  const affine = isSplit ? partition.affine : [];
  const exact = affine.flatMap(({ states }) => states);
  const numeric = equations.filter(({ state }) => !exact.includes(state));
  const startOf = (state: ExpressionSymbol) => {
    const initial = kernel.initial.get(state);
    return initial === undefined ? (state.name === 'V' ? -65 : 10) : 30 * evaluate(initial, parameters);
  };
  const group = affine[0];
  const size = exact.length;
  const matrix = new Float64Array(size * size);
  for (const { row, column, value } of group?.coefficients ?? [])
    matrix[row * size + column] = evaluate(value, parameters);
  const result = integrateAdaptive(
    {
      exactSize: size,
      exactStates: (time, out) => {
        if (size === 0) return;
        const solution = solveAffine(matrix, size, time);
        if (solution.kind !== 'solved') throw new RangeError('overflow');
        out.set(advanceAffine(solution.propagator, exact.map(startOf), new Float64Array(size)));
      },
      derivative: (_, states, affineStates, slopes) => {
        const values = new Map(numeric.map(({ state }, i) => [state, states[i]!]));
        exact.forEach((state, i) => {
          values.set(state, affineStates[i]!);
        });
        const environment = {
          valueOf: (symbol: ExpressionSymbol) => values.get(symbol) ?? parameters.valueOf(symbol),
        };
        slopes.set(
          evaluateAll(
            numeric.map(({ derivative }) => derivative),
            environment,
          ).map(Number),
        );
      },
      start: Float64Array.from(numeric, ({ state }) => startOf(state)),
      interval,
      absoluteTolerances: numeric.map(() => tolerance),
      relativeTolerance: tolerance,
      firstStep: interval,
    },
    DORMAND_PRINCE,
    STEP_SIZE_CONTROL,
  );
  if (result.kind !== 'done') throw new Error(result.kind);
  return result;
}

describe('a neuron with an exact and a numeric part', () => {
  it('is split into conductance and membrane', () => {
    const { partition } = createNeuron();
    expect(partition.affine.map(({ states }) => states.map(({ name }) => name).toSorted())).toEqual([
      ['g0', 'g1'],
    ]);
    expect(partition.numeric.map(({ state }) => state.name)).toEqual(['V', 'w']);
  });

  it('does the same as when everything is integrated numerically', () => {
    const reference = run(5, 1e-12, false).states;
    const split = run(5, 1e-6, true);
    expect(Math.abs(split.states[0]! - reference[0]!)).toBeLessThan(1e-5 * Math.abs(reference[0]!));
    expect(Math.abs(split.states[1]! - reference[1]!)).toBeLessThan(1e-5 * Math.abs(reference[1]!));
    expect(split.accepted).toBeLessThanOrEqual(run(5, 1e-6, false).accepted);
  });
});
