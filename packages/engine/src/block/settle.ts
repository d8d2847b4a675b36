import { descriptor } from '../interface/index.ts';
import { allInstances, type Block } from './block.ts';
import { copyLane, lanesOf } from './cells.ts';
import { type DescriptorFields, descriptorAt } from './descriptor-fields.ts';
import { type ReportedFailure, reportedFailure } from './failure.ts';

/** What values that were set entail: everything derived anew, parameters' consequences alone, or nothing. */
export type Consequence = 'initialise' | 'derive' | 'nothing';

/** While initial values are derived `t` is 0, the end of step −1. */
const BEFORE_FIRST_STEP = -1;

/**
 * Derives what follows from values that were set, for these instances, and checks their guards. Each instance is derived with the variables
 * that were set by hand in it (rule D11). Propagators are not part of it.
 */
export function settle(
  block: Block,
  instances: readonly number[],
  consequence: Consequence,
  hasGuards: boolean,
): ReportedFailure | undefined {
  const { exports } = block.module;
  for (const group of consequence === 'nothing' ? [instances] : groupByGiven(block, instances)) {
    const given = block.memory.given + (group[0] ?? 0) * block.memory.givenBytes;
    const failure = withInstances(block, group, (address) => {
      if (consequence === 'initialise' && exports.initialise(address, given) !== 0) return;
      if (consequence === 'derive' && exports.derive(address, given) !== 0) return;
      if (hasGuards) exports.checkGuards(address);
    });
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Instances in which the same variables were set by hand. */
function groupByGiven(block: Block, instances: readonly number[]): readonly (readonly number[])[] {
  const { engine, memory } = block;
  const { given, givenBytes } = memory;
  const masks = engine.arena.bytes(given, block.instances * givenBytes);
  const groups = new Map<string, number[]>();
  for (const instance of instances) {
    const mask = masks.subarray(instance * givenBytes, (instance + 1) * givenBytes).join();
    const group = groups.get(mask);
    if (group === undefined) groups.set(mask, [instance]);
    else group.push(instance);
  }
  return [...groups.values()];
}

/** Lets the module act on some instances: on the block itself if these are all, else on a copy that is written back. */
function withInstances(
  block: Block,
  instances: readonly number[],
  act: (descriptorAddress: number) => void,
): ReportedFailure | undefined {
  const { arena } = block.engine;
  if (instances.length === block.instances) {
    const { fields } = block;
    const step = fields.double('step');
    fields.setDouble('step', BEFORE_FIRST_STEP);
    act(block.memory.descriptor);
    fields.setDouble('step', step);
    return reportedFailure(block, fields, allInstances(block));
  }
  const mark = arena.mark();
  const part = copyOut(block, instances);
  act(part.memory.descriptor);
  copyLanes(
    part,
    block,
    instances.map((instance, place) => [place, instance]),
  );
  const failure = reportedFailure(block, part.fields, instances);
  arena.release(mark);
  return failure;
}

/** A block of its own with copies of some instances, and the shared doubles of the block. */
function copyOut(block: Block, instances: readonly number[]): Block {
  const { engine, memory } = block;
  const tileCount = Math.ceil(instances.length / 2);
  const address = engine.arena.allocate(descriptor.bytes);
  const tiles = engine.arena.allocate(tileCount * memory.tileBytes);
  const bytes = engine.arena.bytes(memory.descriptor, descriptor.bytes);
  engine.arena.bytes(address, descriptor.bytes).set(bytes);
  const fields = descriptorAt(engine.arena, address);
  describePart(fields, instances.length, tiles);
  const part = {
    ...block,
    instances: instances.length,
    fields,
    memory: { ...memory, descriptor: address, tiles, tileCount },
  };
  copyLanes(
    block,
    part,
    instances.map((instance, place) => [instance, place]),
  );
  return part;
}

function describePart(fields: DescriptorFields, instances: number, tiles: number): void {
  fields.setInteger('instances', instances);
  fields.setInteger('tiles', Math.ceil(instances / 2));
  fields.setInteger('tileAddress', tiles);
  fields.setDouble('step', BEFORE_FIRST_STEP);
}

/** Copies all columns of instances from one block to another. */
function copyLanes(from: Block, to: Block, pairs: readonly (readonly [from: number, to: number])[]): void {
  for (const [instance, place] of pairs) {
    for (const lane of lanesOf(to, place)) copyLane(from, instance, to, lane);
  }
}
