import { type Block, NS_PER_MS } from '../block/block.ts';
import type { FailurePlace } from '../interface/index.ts';

/** Something worth a warning that did not end the run. `step` is the number n of the step (t_n, t_{n+1}], `time` its end in ms. */
export type BlockNotice =
  /** An instance took more than 1,000 sub-steps in one step: the largest number in the run, and where. */
  | {
      readonly kind: 'many-substeps';
      readonly substeps: number;
      readonly step: number;
      readonly time: number;
    }
  /** A variable was integrated more than once in a step (rule D2): the first time in the run. */
  | {
      readonly kind: 'integrated-twice';
      readonly variable: string;
      readonly place: FailurePlace | undefined;
      readonly step: number;
      readonly time: number;
    };

const MANY_SUBSTEPS = 1000;
/** What stands for no step. */
const NEVER = -1;

/** Forgets what the module noted, before a run. */
export function resetNotices(block: Block): void {
  const { fields } = block;
  fields.setInteger('mostSubsteps', 0);
  fields.setDouble('mostSubstepsStep', 0);
  repetitions(block).fill(NEVER);
}

/** What the module noted in a run. */
export function noticesOf(block: Block): readonly BlockNotice[] {
  return [...manySubsteps(block), ...integratedTwice(block)];
}

function manySubsteps(block: Block): readonly BlockNotice[] {
  const substeps = block.fields.integer('mostSubsteps');
  if (substeps <= MANY_SUBSTEPS) return [];
  const step = block.fields.double('mostSubstepsStep');
  return [{ kind: 'many-substeps', substeps, step, time: endOf(block, step) }];
}

function integratedTwice(block: Block): readonly BlockNotice[] {
  const { repeated = [], places } = block.module.layout;
  const steps = repetitions(block);
  return repeated
    .map(({ name, place }, number) => ({ name, place, step: steps[number]! }))
    .filter(({ step }) => step !== NEVER)
    .sort((a, b) => a.step - b.step)
    .map(({ name, place, step }) => ({
      kind: 'integrated-twice',
      variable: name,
      place: places[place],
      step,
      time: endOf(block, step),
    }));
}

function repetitions({ engine, memory, module }: Block): Float64Array {
  return engine.arena.doubles(memory.repeated, (module.layout.repeated ?? []).length);
}

/** t_{n+1} in ms. */
function endOf({ stepNs }: Block, step: number): number {
  return ((step + 1) * stepNs) / NS_PER_MS;
}
