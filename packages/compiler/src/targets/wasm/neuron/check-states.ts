import type { ModelVariable } from '../../../ir/variables.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import type { Real } from '../ssa/lanes.ts';
import { COLUMN_BYTES } from './cells.ts';
import { failWhere } from './emit-failure.ts';
import { branchWhere, forgetful, type Scope } from './frame.ts';
import { slotOf, type VariableSlot } from './storage.ts';
import { readStorage } from './variable-access.ts';

/** A state that becomes NaN or infinite ends the run. */
export function checkFinite(variable: ModelVariable, element: number, value: Real, scope: Scope): void {
  const { lanes, setting } = scope.frame;
  // x − x is 0 for finite numbers and NaN for others.
  const difference = lanes.sub(value, value);
  const place = setting.places.ofVariable(variable, element);
  failWhere(scope, lanes.ne(difference, difference), 'notFinite', place, value);
}

/**
 * No state of these may have become infinite or NaN in the active lanes. If all are finite their sum is, unless they are enormous; otherwise
 * those fail that are not finite and not as at the begin of the step, since an initial state may be infinite (rule D13). The tile holds the
 * values of then.
 */
export function checkFiniteStates(slots: readonly VariableSlot[], scope: Scope): void {
  const { frame } = scope;
  const { lanes, builder } = frame;
  const cells = slots.flatMap((slot) =>
    Array.from({ length: slot.size }, (_, element) => ({ slot, element })),
  );
  const values = cells.map(({ slot, element }) => readStorage(frame, slot.storage, element));
  const total = values.reduce<Real | undefined>((a, b) => (a === undefined ? b : lanes.add(a, b)), undefined);
  if (total === undefined) return;
  const difference = lanes.sub(total, total);
  builder.branch(lanes.any(lanes.ne(difference, difference)), () => {
    for (const { slot, element } of cells) {
      const value = readStorage(frame, slot.storage, element);
      const before = lanes.load(frame.tile, (slot.storage.index + element) * COLUMN_BYTES);
      branchWhere(forgetful(scope), lanes.ne(value, before), (inner) =>
        checkFinite(slot.variable, element, value, inner),
      );
    }
  });
}

/** Whether steps move the state by equations; countdowns, which are computed anew from what was assigned, are not meant. */
export function isIntegrated(variable: ModelVariable, { variants, countdowns }: SolvedModel): boolean {
  return (
    variants.some(({ states }) => states.includes(variable)) &&
    !countdowns.some(({ state }) => state === variable)
  );
}

/** Before an assignment: a state that an integration or a pulse has made infinite or NaN ends the run, which the assignment would hide. */
export function checkOverwritten(target: ModelVariable, scope: Scope): void {
  const { plan, storage } = scope.frame.setting;
  if (isIntegrated(target, plan.model)) checkFiniteStates([slotOf(storage, target)], scope);
}
