import { differentiate, type ExpressionNode, nodesBelow } from '@nestml/dynamics';
import { effectsOf } from '../ir/effects.ts';
import type { Model } from '../ir/model.ts';
import { calleeOf } from '../ir/symbol-of.ts';
import type { ModelVariable } from '../ir/variables.ts';
import type { Jacobian, NumericSystem } from '../solved/solved-model.ts';

/** An equation without derivatives, and the call in its right-hand side that stands in the way. */
export interface MissingDerivative {
  readonly kind: 'missing';
  readonly state: ModelVariable;
  readonly because: ExpressionNode;
}

/**
 * The partial derivatives of right-hand sides with respect to all that moves during a step: the states themselves, and states of drivers.
 * A call of a function with statements has none if it reads any of them.
 */
export function jacobianOf(
  { equations, drivers, delays }: Pick<NumericSystem, 'equations' | 'drivers' | 'delays'>,
  { pool, functions }: Model,
): (Jacobian & { readonly kind: 'jacobian' }) | MissingDerivative {
  const states = equations.map(({ state }) => state);
  const driving = drivers.flatMap(({ system, read }) => read.flatMap((place) => system.states[place] ?? []));
  const moving = new Set([...states, ...driving, ...delays.map(({ variable }) => variable)]);
  const bodies = new Map(functions.map((definition) => [definition.function, definition.body]));
  const entries: Jacobian['entries'][number][] = [];
  const driven: Jacobian['driven'][number][] = [];
  for (const [row, { state, derivative }] of equations.entries()) {
    const nodes = nodesBelow([derivative]);
    const opaque = nodes.find((node) => {
      if (node.kind !== 'call' || calleeOf(node).kind === 'elementOf') return false;
      return effectsOf([], [node], bodies).reads.some((read) => moving.has(read));
    });
    if (opaque !== undefined) return { kind: 'missing', state, because: opaque };
    const read = new Set(nodes.flatMap((node) => (node.kind === 'symbol' ? [node.symbol] : [])));
    for (const variable of moving) {
      if (!read.has(variable)) continue;
      const slope = differentiate(pool, derivative, variable);
      if (slope.kind === 'not-differentiable') return { kind: 'missing', state, because: slope.because };
      const { expression: value } = slope;
      if (value.kind === 'constant' && value.value === 0) continue;
      const column = states.indexOf(variable);
      if (column >= 0) entries.push({ row, column, value });
      else driven.push({ row, state: variable, value });
    }
  }
  return { kind: 'jacobian', entries, driven };
}
