import type { Block } from '../block/block.ts';
import { spikeRecord } from '../interface/index.ts';

/** Emitted spikes in the order of steps, then of instances, then of emission. */
export interface EmittedSpikes {
  /** Numbers n of the steps (1-based) at whose end, n·h, a spike was emitted. */
  readonly steps: readonly number[];
  readonly instances: readonly number[];
  /** In the declared unit of what was passed; 1 if nothing was. */
  readonly weights: readonly number[];
}

/** Spikes that are collected during a run. */
export interface SpikeCollection {
  readonly steps: number[];
  readonly instances: number[];
  readonly weights: number[];
}

/** Spikes for which the list has room at first, or twice what one step can bring. */
const LEAST_CAPACITY = 1024;

/** Number of spikes for which the list of a block has room at first. */
export function initialCapacity({ module, instances }: Block): number {
  return Math.max(LEAST_CAPACITY, 2 * (module.layout.mostSpikesPerStep ?? 1) * instances);
}

/**
 * Moves the spikes of a call of `advance` that began with `firstStep` from the list of a block to the collection, without those of `endStep`
 * and later steps. A module may list them by tiles; here they are in order.
 */
export function collectSpikes(
  block: Block,
  collection: SpikeCollection,
  firstStep: number,
  endStep: number,
): void {
  const { fields } = block;
  const count = fields.integer('spikeCount');
  if (count === 0) return;
  fields.setInteger('spikeCount', 0);
  const view = block.engine.arena.view(fields.integer('spikeAddress'), count * spikeRecord.bytes);
  const { steps, instances, weights } = collection;
  const begin = steps.length;
  let isOrdered = true;
  let [lastStep, lastInstance] = [-1, -1];
  for (let at = 0; at < count * spikeRecord.bytes; at += spikeRecord.bytes) {
    const step = firstStep + view.getUint32(at + spikeRecord.step, true);
    if (step >= endStep) continue;
    const instance = view.getUint32(at + spikeRecord.instance, true);
    if (step < lastStep || (step === lastStep && instance < lastInstance)) isOrdered = false;
    [lastStep, lastInstance] = [step, instance];
    steps.push(step + 1);
    instances.push(instance);
    weights.push(view.getFloat64(at + spikeRecord.weight, true));
  }
  // Mostly instances emit once in a step, and the list is in order.
  if (!isOrdered) sortFrom(begin, collection);
}

function sortFrom(begin: number, { steps, instances, weights }: SpikeCollection): void {
  const spikes = steps.slice(begin).map((step, i) => ({
    step,
    instance: instances[begin + i]!,
    weight: weights[begin + i]!,
  }));
  spikes.sort((a, b) => a.step - b.step || a.instance - b.instance);
  spikes.forEach(({ step, instance, weight }, i) => {
    steps[begin + i] = step;
    instances[begin + i] = instance;
    weights[begin + i] = weight;
  });
}
