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

/** A spike of the list of a block, its step counted from 0. */
interface Spike {
  readonly step: number;
  readonly instance: number;
  readonly weight: number;
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
  const spikes: Spike[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = i * spikeRecord.bytes;
    const step = firstStep + view.getUint32(at + spikeRecord.step, true);
    const instance = view.getUint32(at + spikeRecord.instance, true);
    if (step < endStep)
      spikes.push({ step, instance, weight: view.getFloat64(at + spikeRecord.weight, true) });
  }
  spikes.sort((a, b) => a.step - b.step || a.instance - b.instance);
  for (const { step, instance, weight } of spikes) {
    collection.steps.push(step + 1);
    collection.instances.push(instance);
    collection.weights.push(weight);
  }
}
