import type { ExpressionNode, ExpressionSymbol } from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';

/** A differential equation as written: x⁽ⁿ⁾ = expression. */
export interface DifferentialEquation {
  /** x, x′, …, x⁽ⁿ⁻¹⁾: one symbol per derivative below the order n ≥ 1. */
  readonly states: readonly ExpressionSymbol[];
  /** The highest derivative; mentions the lower ones by their symbols. */
  readonly expression: ExpressionNode;
}

/** state′ = derivative. */
export interface FirstOrderEquation {
  readonly state: ExpressionSymbol;
  readonly derivative: ExpressionNode;
}

/**
 * Equations of first order with the same solutions: each derivative below the highest is a state whose derivative is the next one.
 * The order of the states is kept.
 */
export function toFirstOrder(
  pool: ExpressionPool,
  equations: readonly DifferentialEquation[],
): readonly FirstOrderEquation[] {
  return equations.flatMap(({ states, expression }) =>
    states.map((state, i) => {
      const next = states[i + 1];
      return { state, derivative: next === undefined ? expression : pool.symbol(next) };
    }),
  );
}
