import { InternalError, unreachable } from '@nestml/diagnostics';
import type { Pulse } from '../../../ir/model.ts';
import type { ModelVariable } from '../../../ir/variables.ts';
import type {
  AffineGroup,
  AffineSystem,
  Countdown,
  IntegrationVariant,
} from '../../../solved/solved-model.ts';
import { emitFlush } from '../math/flush.ts';
import type { Lanes, Mask, Real } from '../ssa/lanes.ts';
import { isZero } from './driver-form.ts';
import { emitNumber } from './emit-expression.ts';
import { noteRepetition } from './emit-failure.ts';
import { emitNumericSystem } from './emit-numeric.ts';
import { differByCountdowns } from './equal-variants.ts';
import { branchWhere, forgetful, type Scope, whereActive } from './frame.ts';
import { keepCountdown, keepExact } from './keep-past.ts';
import { noticedStates } from './repeated-integration.ts';
import { rowOf, slotOf } from './storage.ts';
import type { TargetSlots } from './system-slots.ts';
import { readStorage, readVariable, writeStorage, writeVariable } from './variable-access.ts';

/** Up to this number of operations the coefficients of pulses are computed whether or not a spike has come. */
const CHEAP = 12;

/** A state and its value after the step. */
export interface NewValue {
  readonly state: ModelVariable;
  readonly value: Real;
}

/** Advances the states of a variant over the step in the active lanes, then lets the pulses of the step act (rule D2). */
export function emitIntegrate(index: number, scope: Scope): void {
  emitAlternatives([{ variant: variantAt(index, scope), where: (body) => body(scope) }], scope);
}

/**
 * Where a condition holds the first variant, elsewhere the second. If they differ by countdowns alone, all active lanes are integrated at
 * once, so that lanes on different sides cost no more than lanes on the same. Gives whether that is so; otherwise nothing is emitted.
 */
export function emitIntegrateEither(
  [first, second]: readonly [number, number],
  emitCondition: () => Mask,
  scope: Scope,
): Mask | undefined {
  const [a, b] = [variantAt(first, scope), variantAt(second, scope)];
  if (!differByCountdowns(a, b)) return undefined;
  const holds = emitCondition();
  const where =
    (condition: Mask): Alternative['where'] =>
    (body) =>
      branchWhere(scope, condition, body);
  emitAlternatives(
    [
      { variant: a, where: where(holds) },
      { variant: b, where: where(scope.frame.lanes.not(holds)) },
    ],
    scope,
  );
  return holds;
}

function variantAt(index: number, { frame }: Scope): IntegrationVariant {
  const variant = frame.setting.plan.model.variants[index];
  if (variant === undefined) throw new InternalError(`no integration ${index}`);
  return variant;
}

/** A variant, and what runs something in the lanes that it integrates. */
interface Alternative {
  readonly variant: IntegrationVariant;
  readonly where: (body: (inner: Scope) => void) => void;
}

/** Integrates what variants that differ by countdowns have in common, and the countdowns of each in its lanes. */
function emitAlternatives(alternatives: readonly [Alternative, ...Alternative[]], scope: Scope): void {
  const { frame } = scope;
  const [{ variant }] = alternatives;
  const { affine, numeric } = variant;
  const values: NewValue[] = affine.flatMap((group) => advanceGroup(group, scope));
  if (numeric !== undefined) values.push(...emitNumericSystem(variant, numeric, scope));
  for (const { state, value } of values) writeVariable(state, 0, value, scope);
  for (const { variant: own, where } of alternatives) {
    if (own.countdowns.length === 0) continue;
    where((inner) => {
      for (const countdown of own.countdowns) advanceCountdown(countdown, inner);
    });
  }
  emitPulses(variant, forgetful(scope));
  for (const { variant: own, where } of alternatives) {
    if (own.states.some((state) => frame.setting.extras.integrated.has(state))) {
      where((inner) => markIntegrated(own, inner));
    }
  }
}

function advanceGroup(group: AffineGroup, scope: Scope): readonly NewValue[] {
  const { system, moved } = group;
  const after = emitAffineStep(system, scope);
  keepExact(group, after, scope);
  return moved.map((place) => {
    const [state, value] = [system.states[place], after[place]];
    if (state === undefined || value === undefined) throw new InternalError('a state outside of its system');
    return { state, value };
  });
}

/** The states of a system at the end of the step: x + (E x + R b), b evaluated at its beginning. */
export function emitAffineStep(system: AffineSystem, scope: Scope): readonly Real[] {
  const { frame } = scope;
  const { lanes } = frame;
  const slots = frame.setting.storage.systems.get(system)?.step;
  if (slots === undefined) throw new InternalError('a system without propagator');
  const present = system.states.map((state) => readVariable(state, 0, scope));
  const input = emitInput(system, scope);
  const moved = emitMove(slots, present, input, scope);
  const decays = decaying(system);
  return moved.map((value, i) => (decays[i] === true ? emitFlush(lanes, value) : value));
}

/** b at the begin of the step; undefined where it is 0 by structure. */
export function emitInput({ input }: AffineSystem, scope: Scope): readonly (Real | undefined)[] {
  const inner = { ...scope, memo: scope.memo.nested(), isRightHandSide: true };
  return input.map((node) => (isZero(node) ? undefined : emitNumber(node, inner)));
}

/** x + (E x + R b) for the matrices of an interval; no b where it is 0 by structure. */
export function emitMove(
  { increment, response }: TargetSlots,
  present: readonly Real[],
  input: readonly (Real | undefined)[],
  { frame }: Scope,
): readonly Real[] {
  const { lanes } = frame;
  return present.map((value, row) => {
    const products = [
      ...increment.map((slot) => ({ ...slot, vector: present })),
      ...response.map((slot) => ({ ...slot, vector: input })),
    ].flatMap((slot) => {
      const factor = slot.vector[slot.column];
      if (slot.row !== row || factor === undefined) return [];
      return [lanes.mul(readStorage(frame, slot.storage), factor)];
    });
    const change = sumOf(lanes, products);
    return change === undefined ? value : lanes.add(value, change);
  });
}

function sumOf(lanes: Lanes, products: readonly Real[]): Real | undefined {
  return products.reduce<Real | undefined>(
    (sum, product) => (sum === undefined ? product : lanes.add(sum, product)),
    undefined,
  );
}

/** States that no input reaches: they decay to 0 and are kept out of the subnormal numbers. */
function decaying({ states, input, couples }: AffineSystem): readonly boolean[] {
  return states.map((_, row) =>
    states.every((_state, column) => {
      const node = input[column];
      return couples[row * states.length + column] !== true || (node !== undefined && isZero(node));
    }),
  );
}

/** One more step; only an assignment restarts the count. */
function advanceCountdown(countdown: Countdown, scope: Scope): void {
  const { state } = countdown;
  const isKept = scope.frame.setting.storage.past.has(state);
  const before = isKept ? readVariable(state, 0, scope) : undefined;
  countStep(countdown, scope);
  if (before !== undefined) keepCountdown(state, before, readVariable(state, 0, scope), scope);
}

function countStep(countdown: Countdown, scope: Scope): void {
  const { state } = countdown;
  const { frame } = scope;
  const { lanes, cells, setting } = frame;
  const { storage, encoding } = slotOf(setting.storage, state);
  switch (encoding.kind) {
    case 'plain':
      throw new InternalError(`${state.name} is no countdown`);
    case 'nanoseconds': {
      const change = emitCountdownChange(countdown, scope);
      writeStorage(scope, storage, lanes.add(readStorage(frame, storage), change));
      return;
    }
    case 'counted': {
      const count = lanes.add(cells.read(encoding.count), lanes.constant(1));
      writeStorage(scope, { kind: 'column', index: encoding.count }, count);
      return;
    }
    default:
      unreachable(encoding);
  }
}

/** What a step adds to a countdown that is kept in nanoseconds. */
export function emitCountdownChange({ rate }: Countdown, scope: Scope): Real {
  const { lanes, shared, setting } = scope.frame;
  return lanes.mul(emitNumber(rate, scope), shared(setting.storage.resolution.nanoseconds));
}

/** All coefficients are evaluated before the first jump; a port without weight does nothing. */
function emitPulses({ pulses }: IntegrationVariant, scope: Scope): void {
  if (pulses.length === 0) return;
  const { lanes, setting } = scope.frame;
  const arrivals = pulses.map((pulse) => arrivalOf(pulse, scope));
  const isCheap = pulses.every(({ coefficient }) => {
    const { isSafe, cost } = setting.traits(coefficient);
    return isSafe && cost <= CHEAP;
  });
  if (isCheap) {
    jump(pulses, arrivals, scope);
    return;
  }
  const someArrive = arrivals.map(({ arrives }) => arrives).reduce((a, b) => lanes.or(a, b));
  branchWhere(scope, someArrive, (inner) => jump(pulses, arrivals, forgetful(inner)));
}

interface Arrival {
  readonly weight: Real;
  /** Where the weight is not 0 and the state is integrated for the first time in the step. */
  readonly arrives: Mask;
}

function arrivalOf({ port, element, state }: Pulse, { frame }: Scope): Arrival {
  const { lanes, inputs, setting, cells } = frame;
  const weight = inputs.read(rowOf(setting.storage, port, element, 'weight'));
  const isThere = lanes.ne(weight, lanes.constant(0));
  const flag = setting.extras.integrated.get(state);
  if (flag === undefined) return { weight, arrives: isThere };
  const isFirst = lanes.eq(cells.read(flag), lanes.constant(0));
  return { weight, arrives: lanes.and(isThere, isFirst) };
}

function jump(pulses: readonly Pulse[], arrivals: readonly Arrival[], scope: Scope): void {
  const { lanes } = scope.frame;
  const sizes = pulses.map(({ coefficient }, i) => {
    const arrival = arrivals[i];
    if (arrival === undefined) throw new InternalError('a pulse without arrival');
    return lanes.keep(arrival.arrives, lanes.mul(emitNumber(coefficient, scope), arrival.weight));
  });
  pulses.forEach(({ state }, i) => {
    const size = sizes[i];
    if (size === undefined) return;
    writeVariable(state, 0, lanes.add(readVariable(state, 0, scope), size), scope);
  });
}

/** Notes the states that the step integrates again, and which it has integrated. */
function markIntegrated({ states }: IntegrationVariant, scope: Scope): void {
  const { lanes, cells, setting } = scope.frame;
  const noticed = noticedStates(setting.extras.integrated.keys());
  for (const state of states) {
    const flag = setting.extras.integrated.get(state);
    if (flag === undefined) continue;
    const number = noticed.indexOf(state);
    if (number >= 0) noteRepetition(scope, lanes.ne(cells.read(flag), lanes.constant(0)), number);
    cells.write(
      flag,
      whereActive(scope, lanes.constant(1), () => cells.read(flag)),
    );
  }
}
