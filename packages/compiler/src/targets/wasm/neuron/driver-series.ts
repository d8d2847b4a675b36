import { InternalError } from '@nestml/diagnostics';
import type { ModelVariable } from '../../../ir/variables.ts';
import type { AffineSystem } from '../../../solved/solved-model.ts';
import type { Real } from '../ssa/lanes.ts';
import { emitInput } from './emit-integration.ts';
import type { Frame, Scope } from './frame.ts';
import { readStorage, readVariable } from './variable-access.ts';

/** Entries of A and b, and the states, at the begin of the step; undefined where an entry is 0 by structure. */
export interface Coefficients {
  readonly entries: readonly { readonly row: number; readonly column: number; readonly value: Real }[];
  readonly input: readonly (Real | undefined)[];
  readonly states: readonly Real[];
}

/** What the system is at the begin of the step. */
export function readCoefficients(system: AffineSystem, scope: Scope): Coefficients {
  const { frame } = scope;
  const slots = frame.setting.storage.systems.get(system);
  if (slots === undefined) throw new InternalError('a driver without place');
  return {
    entries: slots.coefficients.map(({ row, column, storage }) => ({
      row,
      column,
      value: readStorage(frame, storage),
    })),
    input: emitInput(system, scope),
    states: system.states.map((state) => readVariable(state, 0, scope)),
  };
}

/** Coefficients of powers of the time: by power, by state; undefined is 0. */
export type Terms = readonly (readonly (Real | undefined)[])[];

/** c_0 = x, c_{k+1} = (A c_k + [k = 0] b)/(k + 1); undefined is 0. Ends where a power vanishes. */
export function expand({ lanes }: Frame, { entries, input, states }: Coefficients, degree: number): Terms {
  const terms: (readonly (Real | undefined)[])[] = [states];
  let last: readonly (Real | undefined)[] = states;
  for (let k = 0; k < degree; k += 1) {
    const next = states.map((_, row) => {
      let sum = k === 0 ? input[row] : undefined;
      for (const entry of entries) {
        const factor = last[entry.column];
        if (entry.row !== row || factor === undefined) continue;
        const product = lanes.mul(entry.value, factor);
        sum = sum === undefined ? product : lanes.add(sum, product);
      }
      return sum === undefined || k === 0 ? sum : lanes.mul(sum, lanes.constant(1 / (k + 1)));
    });
    if (next.every((term) => term === undefined)) break;
    terms.push(next);
    last = next;
  }
  return terms;
}

/** The polynomial with these coefficients at a time. */
export function horner({ lanes }: Frame, terms: readonly (Real | undefined)[], time: Real): Real {
  const sum = terms.reduceRight<Real | undefined>((rest, term) => {
    const product = rest === undefined ? undefined : lanes.mul(rest, time);
    if (product === undefined || term === undefined) return product ?? term;
    return lanes.add(term, product);
  }, undefined);
  return sum ?? lanes.constant(0);
}

/** The coefficients of the derivative of the polynomial. */
export function slopeTerms(
  { lanes }: Frame,
  terms: readonly (Real | undefined)[],
): readonly (Real | undefined)[] {
  return terms
    .slice(1)
    .map((term, power) => (term === undefined ? undefined : lanes.mul(lanes.constant(power + 1), term)));
}

/** The state at a place of a system. */
export function stateAt({ states }: AffineSystem, place: number): ModelVariable {
  const state = states[place];
  if (state === undefined) throw new InternalError('a state outside of its system');
  return state;
}
