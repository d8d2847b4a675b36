import type { Statement } from '../../../ir/statements.ts';
import { bodiesOf } from '../../../ir/traverse.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import { handlersOfModel } from '../../../solved/expressions-of-model.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';

type States = ReadonlySet<ModelVariable>;

/** States that a step may integrate more than once: pulses act in the first call alone, and the second gives a notice (rule D2). */
export function statesIntegratedAgain(model: SolvedModel): States {
  const again = new Set<ModelVariable>();
  let before: States = new Set();
  for (const { body } of handlersOfModel(model)) {
    before = visit(body, before, model, again);
  }
  return again;
}

/** The states that may have been integrated after these statements, if it may be those before; repetitions are added to `again`. */
function visit(
  statements: readonly Statement[],
  before: States,
  model: SolvedModel,
  again: Set<ModelVariable>,
): States {
  let known = before;
  for (const statement of statements) {
    if (statement.kind === 'integrate') {
      const { states } = model.variants[statement.variant] ?? { states: [] };
      for (const state of states) if (known.has(state)) again.add(state);
      known = new Set([...known, ...states]);
      continue;
    }
    const isLoop = statement.kind === 'for' || statement.kind === 'while';
    const start = known;
    for (const body of bodiesOf(statement)) {
      const after = visit(body, start, model, again);
      known = new Set([...known, ...(isLoop ? visit(body, after, model, again) : after)]);
    }
  }
  return known;
}

/** Those of `again` that notices name, in their order: of an equation of higher order the variable itself, not its derivatives. */
export function noticedStates(again: Iterable<ModelVariable>): readonly ModelVariable[] {
  return [...again].filter(({ writtenName }) => !writtenName.endsWith("'"));
}
