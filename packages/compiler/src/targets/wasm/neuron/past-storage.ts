import type { ModelVariable } from '../../../ir/variables.ts';
import type { Plan } from '../../../plan/plan.ts';

/** Coefficients of the polynomial that a variable follows in one step, by powers of the fraction of the step: up to the fifth. */
export const PAST_TERMS = 6;

/** Where the past of a variable lies: a ring of steps, `PAST_TERMS` columns each, behind the columns of the tile that have a name. */
export interface PastSlots {
  readonly column: number;
  /** Number of steps that the ring holds. */
  readonly steps: number;
}

/** The rings of all variables that are read delayed, from a column on, and the number of columns behind them. */
export function allocatePast(
  { model, usage }: Plan,
  first: number,
): { readonly past: ReadonlyMap<ModelVariable, PastSlots>; readonly tileColumns: number } {
  const past = new Map<ModelVariable, PastSlots>();
  let column = first;
  for (const { state } of model.delays) {
    if (past.has(state)) continue;
    const steps = usage.pastSteps[state.writtenName] ?? 0;
    past.set(state, { column, steps });
    column += steps * PAST_TERMS;
  }
  return { past, tileColumns: column };
}
