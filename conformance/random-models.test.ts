import {
  compileForEngine,
  modelFromText,
  referenceBackend,
  type SimulationResult,
  simulateNeuron,
} from '@nestml/workbench';
import { describe, expect, it } from 'vitest';
import { type RandomCase, randomCase, randomDuration } from './random-model.ts';

const recorded = ['V', 'w', 'x', 'I', 'refr', 'n', 'I_syn'];
const casesPerTest = 25;
/** More on demand: RANDOM_MODEL_PARTS=80 makes 2,000 cases. */
const parts = Array.from({ length: Number(process.env['RANDOM_MODEL_PARTS'] ?? 4) }, (_, part) => part);

/** Runs a case on the reference interpreter and on the engine (tolerance 1e-11 where it is numeric). */
async function runBoth(case_: RandomCase): Promise<readonly [SimulationResult, SimulationResult]> {
  const model = modelFromText(case_.text);
  const choice = await compileForEngine(model, 1e-5);
  if (!choice.ok) throw new Error(choice.diagnostics.map(({ message }) => message).join('; '));
  const request = {
    duration: randomDuration,
    resolution: case_.resolution,
    currents: [{ port: 'I_stim', ...case_.current }],
    spikes: case_.spikes.map(({ port, time, weight }) => ({ port, times: [time], weight })),
    record: recorded,
  };
  const [reference, engine] = [referenceBackend, choice.backend].map((backend) => {
    const outcome = simulateNeuron(model, request, backend);
    if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('; '));
    expect(outcome.result.diagnostics).toEqual([]);
    return outcome.result;
  });
  return [reference!, engine!];
}

/** Largest difference of a variable over the run, relative to its largest value. */
function relativeDifference(one: Float64Array, other: Float64Array, until: number): number {
  const size = one.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-6);
  let worst = 0;
  for (let index = 0; index < until; index += 1) {
    const difference = Math.abs(one[index]! - other[index]!);
    worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
  }
  return worst / size;
}

/** Number of recorded steps before the first spike that only one of the two has; all if the spikes are equal. */
function stepsInCommon(reference: SimulationResult, engine: SimulationResult): number {
  const first = reference.spikes.findIndex((time, index) => time !== engine.spikes[index]);
  const count = Math.max(reference.spikes.length, engine.spikes.length);
  if (first < 0 && reference.spikes.length === engine.spikes.length) return reference.times.length;
  const at = Math.min(
    reference.spikes[first < 0 ? count - 1 : first] ?? Infinity,
    engine.spikes[first < 0 ? count - 1 : first] ?? Infinity,
  );
  return reference.times.filter((time) => time < at).length;
}

describe('randomly made neurons', () => {
  it.each(parts)('run alike on the engine and on the reference interpreter, part %d', async (part) => {
    let spikes = 0;
    let cut = 0;
    for (let index = 0; index < casesPerTest; index += 1) {
      const seed = part * casesPerTest + index;
      const case_ = randomCase(seed);
      const [reference, engine] = await runBoth(case_);
      // Rounding of exact propagators against Runge-Kutta at 1e-12; the adaptive part runs at 1e-11.
      const allowed = case_.isLinear ? 1e-10 : 1e-7;
      const until = stepsInCommon(reference, engine);
      spikes += reference.spikes.length;
      for (const [position, { name, values }] of reference.traces.entries()) {
        const difference = relativeDifference(values, engine.traces[position]!.values, until);
        expect(difference, `${name} of seed ${seed}`).toBeLessThan(allowed);
      }
      if (until < reference.times.length) {
        cut += 1;
        // Only a membrane that meets its threshold to within the tolerance may decide differently.
        const potential = reference.traces[0]!.values[until]!;
        expect(Math.abs(potential - case_.threshold), `spike of seed ${seed}`).toBeLessThan(1e-6);
      }
    }
    // The cases are worth something: they fire (25 to 81 spikes a part in 80 parts), and hardly one is cut short.
    expect(spikes).toBeGreaterThan(casesPerTest / 2);
    expect(cut).toBeLessThanOrEqual(1);
  });
});
