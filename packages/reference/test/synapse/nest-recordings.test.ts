import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { firstDifference } from '../compare.ts';
import { libraryModel, runSynapseText } from './run-synapse-text.ts';

/** A file that `conformance/nest/record_synapses.py` has written. */
interface Recording {
  readonly model: string;
  readonly nest_version: string;
  readonly step_ms: number;
  readonly delay_steps: number;
  readonly set: Readonly<Record<string, number>>;
  readonly pre_steps: readonly number[];
  readonly post_steps: readonly number[];
  /** Arrivals at the synapse. */
  readonly mod_steps?: readonly number[];
  /** What was sent with each presynaptic spike. */
  readonly weights: readonly number[];
}

const folder = new URL('../../../../conformance/recorded/nest-synapses/', import.meta.url);
const files = readdirSync(folder).sort();
const read = (name: string): Recording => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

function sentWeights(recording: Recording, delaySteps = recording.delay_steps): readonly number[] {
  const { model, step_ms: h, set, pre_steps, post_steps } = recording;
  const pre = pre_steps.map((step) => step * h);
  const post = model === 'tsodyks' ? [] : post_steps.map((step) => step * h);
  const modulatory =
    recording.mod_steps === undefined ? {} : { mod_spikes: recording.mod_steps.map((step) => step * h) };
  const run = { h, delay: delaySteps * h, pre, post, modulatory, set };
  const { emitted, failure } = runSynapseText(libraryModel(model), run);
  expect(failure).toBeUndefined();
  return emitted.map(({ weight }) => weight);
}

test.each(files)('NEST sends the same weights in %s', (name) => {
  const recording = read(name);
  expect(recording.nest_version).toBe('3.10.0');
  expect(recording.weights).toHaveLength(1000);
  expect(firstDifference(sentWeights(recording), recording.weights, { relative: 1e-9 })).toBeUndefined();
});

it('would not with another delay', () => {
  const recording = read('stdp.0.10steps.json');
  expect(firstDifference(sentWeights(recording, 11), recording.weights, { relative: 1e-9 })).toBeDefined();
});
