import { recordedValue } from '../recording.ts';
import type { RunFailure } from '../run.ts';
import { RunStop } from '../run-stop.ts';
import { read } from '../store.ts';
import { recordedNumber, type Value } from '../values.ts';
import { mergeEvents } from './events.ts';
import { advanceTo, inBlock, passInstant } from './pass-instant.ts';
import { copySynapse, createSynapse, type Synapse, type SynapseOutput } from './synapse.ts';
import type { SynapseOutcome, SynapseRun } from './synapse-run.ts';

/** What was recorded so far. */
interface Records {
  readonly weights: number[];
  readonly recorded: readonly number[][];
  readonly recordedNs: number[];
}

/**
 * Runs one synapse between two neurons whose spikes are known, from t = 0 to the last event or record. This is the definition of what a
 * synapse does; its rules are in `docs/semantics.md`. A failure ends the run; what came before it is in the outcome.
 */
export function runSynapse(run: SynapseRun): SynapseOutcome {
  const output: SynapseOutput = { emitted: [], printed: [], notices: [] };
  const records: Records = { weights: [], recorded: run.record.map(() => []), recordedNs: [] };
  const failure = runUntilFailure(run, output, records);
  return {
    weights: Float64Array.from(records.weights),
    recorded: records.recorded.map((values) => Float64Array.from(values)),
    recordedNs: records.recordedNs,
    ...output,
    ...(failure === undefined ? {} : { failure }),
  };
}

function runUntilFailure(run: SynapseRun, output: SynapseOutput, records: Records): RunFailure | undefined {
  const instants = mergeEvents(run);
  try {
    const synapse = createSynapse(run, output);
    let next = 0;
    const recordBefore = (timeNs: number): void => {
      for (; next < run.recordAt.length && run.recordAt[next]! < timeNs; next += 1) {
        recordAt(synapse, run.recordAt[next]!, records);
      }
    };
    for (const instant of instants) {
      recordBefore(instant[0]!.at);
      passInstant(synapse, instant, ({ port }) => {
        if (port === run.roles.pre) recordWeight(synapse, records);
      });
    }
    recordBefore(Number.POSITIVE_INFINITY);
    return undefined;
  } catch (problem) {
    if (problem instanceof RunStop) return problem.failure;
    throw problem;
  }
}

function recordWeight({ roles, store }: Synapse, { weights }: Records): void {
  if (roles.weight === undefined) return;
  const value = read(store, roles.weight);
  weights.push(recordedNumber(value as Value));
}

/** Reads a copy of the synapse that goes on to the time: the run itself does not notice (rule D6). */
function recordAt(synapse: Synapse, timeNs: number, { recorded, recordedNs }: Records): void {
  const copy = copySynapse(synapse);
  advanceTo(copy, timeNs);
  const { clock, store } = copy;
  const environment = inBlock(copy, timeNs);
  const row = synapse.run.record.map((recordable) =>
    recordedValue(recordable, { environment, clock, store }),
  );
  row.forEach((value, i) => {
    recorded[i]!.push(value);
  });
  recordedNs.push(timeNs);
}
