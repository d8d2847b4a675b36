import { nodesBelow } from '@nestml/dynamics';
import type { Plan } from '../../../plan/plan.ts';
import { expressionsOfModel, statementsOfModel } from '../../../solved/expressions-of-model.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import { CELL_BYTES } from './cells.ts';
import { findRecursive } from './define-function.ts';
import { systemBytes } from './emit-numeric.ts';
import type { NeuronSetting } from './frame.ts';
import { listPlaces } from './places.ts';
import { statesIntegratedAgain } from './repeated-integration.ts';
import { createStorage, sizeOf } from './storage.ts';
import { createTraits } from './traits.ts';

/** Looks at a plan before code is emitted. */
export function createSetting(plan: Plan): NeuronSetting {
  const { model, usage } = plan;
  const storage = createStorage(plan);
  const extras = createExtras(model, storage.columns);
  return {
    plan,
    storage,
    places: listPlaces(plan),
    functions: new Map(model.functions.map((definition) => [definition.function, definition])),
    recursive: findRecursive(model),
    extras,
    traits: createTraits((vector) => sizeOf(vector, usage.sizes)),
    driverScratch: aligned((storage.columns + extras.count) * CELL_BYTES),
  };
}

/** Bytes of scratch space. */
export function scratchBytes({ driverScratch, plan }: NeuronSetting): number {
  const sizes = plan.model.variants.map(({ numeric }) => (numeric === undefined ? 0 : systemBytes(numeric)));
  return driverScratch + Math.max(0, ...sizes);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

function createExtras(model: SolvedModel, first: number): NeuronSetting['extras'] {
  let count = 0;
  const number = <Key>(keys: Iterable<Key>): ReadonlyMap<Key, number> => {
    const cells = new Map<Key, number>();
    for (const key of keys) {
      if (cells.has(key)) continue;
      cells.set(key, first + count);
      count += 1;
    }
    return cells;
  };
  const nodes = nodesBelow(expressionsOfModel(model));
  const draws = number(nodes.flatMap((node) => (node.kind === 'draw' ? [node.callSite] : [])));
  const loops = number(statementsOfModel(model).filter(({ kind }) => kind === 'for' || kind === 'while'));
  const integrated = number(statesIntegratedAgain(model));
  return { count, draws, loops, integrated };
}
