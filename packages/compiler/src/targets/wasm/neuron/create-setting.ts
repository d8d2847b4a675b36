import { nodesBelow } from '@nestml/dynamics';
import type { ModelFunction } from '../../../ir/functions.ts';
import { calleesOf } from '../../../ir/recursion.ts';
import type { Statement } from '../../../ir/statements.ts';
import { bodiesOf, statementsIn } from '../../../ir/traverse.ts';
import type { Plan } from '../../../plan/plan.ts';
import {
  expressionsOfModel,
  handlersOfModel,
  statementsOfModel,
} from '../../../solved/expressions-of-model.ts';
import type { SolvedModel } from '../../../solved/solved-model.ts';
import { CELL_BYTES } from './cells.ts';
import { findRecursive } from './define-function.ts';
import { systemBytes } from './emit-stages.ts';
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

/** Most spikes of one instance in a step; undefined if a loop or a function that calls itself emits. */
export function mostSpikesPerStep({
  plan: { model },
  functions,
  recursive,
}: NeuronSetting): number | undefined {
  const most = (statements: readonly Statement[]): number =>
    statements.reduce((sum, statement) => sum + mostOf(statement), 0);
  const ofFunction = (callee: ModelFunction): number => {
    if (recursive.has(callee)) return emitsAnywhere(callee) ? Number.POSITIVE_INFINITY : 0;
    return most(functions.get(callee)?.body ?? []);
  };
  const emitsAnywhere = (callee: ModelFunction): boolean =>
    statementsIn(functions.get(callee)?.body ?? []).some(({ kind }) => kind === 'emit' || kind === 'call');
  const mostOf = (statement: Statement): number => {
    if (statement.kind === 'emit') return 1;
    const own = calleesOf([withoutBodies(statement)]).reduce((sum, callee) => sum + ofFunction(callee), 0);
    const bodies = bodiesOf(statement).map(most);
    const inside = Math.max(0, ...bodies);
    const isLoop = statement.kind === 'for' || statement.kind === 'while';
    const total = own + inside;
    return isLoop && total > 0 ? Number.POSITIVE_INFINITY : total;
  };
  const total = handlersOfModel(model).reduce((sum, { body }) => sum + most(body), 0);
  return Number.isFinite(total) ? total : undefined;
}

/** The statement with what it evaluates itself alone. */
function withoutBodies(statement: Statement): Statement {
  switch (statement.kind) {
    case 'if': {
      const branches = statement.branches.map(({ condition }) => ({ condition, body: [] }));
      return { ...statement, branches, otherwise: [] };
    }
    case 'for':
    case 'while':
      return { ...statement, body: [] };
    default:
      return statement;
  }
}
