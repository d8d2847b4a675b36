import type { Equation, Model } from '../ir/model.ts';

/**
 * Writes each equation of order n as n equations of order 1, and lists all derivatives where `integrate_odes` lists a variable.
 * In: any model. Out: every equation has one state.
 */
export function lowerToFirstOrder(model: Model): Model {
  const orders = new Map(model.equations.map(({ states }) => [states[0]!, states]));
  return {
    ...model,
    equations: model.equations.flatMap((equation) => firstOrder(equation, model)),
    integrations: model.integrations.map((integration) => ({
      ...integration,
      states: integration.states.flatMap((state) => orders.get(state) ?? []),
    })),
  };
}

function firstOrder({ states, value, order, span }: Equation, { pool }: Model): readonly Equation[] {
  return states.map((state, i) => {
    const next = states[i + 1];
    return { states: [state], value: next === undefined ? value : pool.symbol(next), order, span };
  });
}
