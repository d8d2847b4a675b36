import type { ExpressionNode } from '@nestml/dynamics';
import type { AffineSlots, AffineTarget, MatrixSlot, Storage } from '@nestml/engine/interface';
import type { AffineSystem, SolvedModel } from '../../../solved/solved-model.ts';
import type { StorageAllocator } from './allocate-storage.ts';
import { driverForm } from './driver-form.ts';

/** Where the matrices of a system lie; entries that are zero by structure have no place. */
export interface SystemSlots {
  readonly coefficients: readonly {
    readonly row: number;
    readonly column: number;
    readonly storage: Storage;
  }[];
  readonly step?: TargetSlots;
  readonly anchors?: TargetSlots & { readonly count: Storage };
}

/** E and R of one interval. */
export interface TargetSlots {
  readonly increment: readonly MatrixSlot[];
  readonly response: readonly MatrixSlot[];
}

/** Most intervals into which the step is cut for a driver without closed form. */
export const MOST_ANCHORS = 256;

interface Need {
  readonly system: AffineSystem;
  step: boolean;
  anchors: boolean;
}

/** Places for the matrices of all systems; systems with the same coefficients share them. */
export function allocateSystems(
  model: SolvedModel,
  isOwn: (expressions: readonly ExpressionNode[]) => boolean,
  allocator: StorageAllocator,
): { readonly layout: readonly AffineSlots[]; readonly slots: ReadonlyMap<AffineSystem, SystemSlots> } {
  const slots = new Map<AffineSystem, SystemSlots>();
  const layout: AffineSlots[] = [];
  for (const group of groupEqual(needsOf(model))) {
    const [{ system }] = group;
    const merged: Need = {
      system,
      step: group.some(({ step }) => step),
      anchors: group.some(({ anchors }) => anchors),
    };
    const own = isOwn(system.coefficients.map(({ value }) => value));
    const allocated = allocateSystem(merged, own, allocator);
    for (const need of group) slots.set(need.system, allocated);
    if (allocated.step === undefined && allocated.anchors === undefined) continue;
    const { coefficients } = allocated;
    const states = system.states.map(({ writtenName }) => writtenName);
    layout.push({ size: states.length, states, coefficients, targets: targetsOf(allocated) });
  }
  return { layout, slots };
}

function needsOf({ convolutions, variants }: SolvedModel): readonly Need[] {
  const needs = new Map<AffineSystem, Need>();
  const need = (system: AffineSystem): Need => {
    const known = needs.get(system) ?? { system, step: false, anchors: false };
    needs.set(system, known);
    return known;
  };
  for (const { system } of convolutions) need(system).step = true;
  for (const { affine, numeric } of variants) {
    for (const { system } of affine) need(system).step = true;
    for (const { system } of numeric?.drivers ?? []) {
      if (driverForm(system).kind === 'anchors') need(system).anchors = true;
      else need(system);
    }
  }
  return [...needs.values()];
}

function groupEqual(needs: readonly Need[]): readonly (readonly [Need, ...Need[]])[] {
  const groups = new Map<string, [Need, ...Need[]]>();
  for (const need of needs) {
    const { states, coefficients } = need.system;
    const key = [states.length, ...coefficients.map((c) => `${c.row},${c.column}=${c.value.id}`)].join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [need]);
    else group.push(need);
  }
  return [...groups.values()];
}

function allocateSystem(
  { system, step, anchors }: Need,
  isOwn: boolean,
  allocator: StorageAllocator,
): SystemSlots {
  const take = () => allocator.take(isOwn, 1);
  const size = system.states.length;
  const matrix = (): readonly MatrixSlot[] =>
    system.couples.flatMap((isCoupled, place) =>
      isCoupled ? [{ row: Math.floor(place / size), column: place % size, storage: take() }] : [],
    );
  const target = (): TargetSlots => ({ increment: matrix(), response: matrix() });
  return {
    coefficients: system.coefficients.map(({ row, column }) => ({ row, column, storage: take() })),
    ...(step ? { step: target() } : {}),
    ...(anchors ? { anchors: { ...target(), count: take() } } : {}),
  };
}

function targetsOf({ step, anchors }: SystemSlots): readonly AffineTarget[] {
  const targets: AffineTarget[] = [];
  if (step !== undefined) targets.push({ fraction: { kind: 'step' }, ...step });
  if (anchors !== undefined) {
    const { count, increment, response } = anchors;
    targets.push({ fraction: { kind: 'anchors', limit: MOST_ANCHORS, count }, increment, response });
  }
  return targets;
}
