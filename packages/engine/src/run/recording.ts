import { allInstances, type Block, checkInstance } from '../block/block.ts';
import { doubleBytes } from '../interface/index.ts';

/** What to keep of what the layout records. */
export interface RecordRequest {
  /** At the ends of the steps `every`, 2·`every`, … since the beginning of the block's time; in steps, ≥ 1. */
  readonly every: number;
  /** Default: all. */
  readonly instances?: readonly number[];
}

/** Recorded values. */
export interface Recorded {
  /** Numbers n of the steps (1-based) at whose ends, n·h, values were recorded. */
  readonly steps: readonly number[];
  /** One array per entry of `Layout.recorded`: the values of all recorded instances at the first time, then at the next, canonical. */
  readonly values: readonly Float64Array[];
}

/** A recording in progress. */
export interface Recorder {
  /** The next step at whose end (n·h) something is recorded, after step number `step` (both 1-based). */
  readonly nextAfter: (step: number) => number;
  /**
   * Records the end of step `step` (1-based), whose inputs are followed by those of `inputStep`. Gives what the module gives: not 0 if a
   * value cannot be; then nothing is kept of this time.
   */
  readonly record: (step: number, inputStep: number) => number;
  readonly finish: () => Recorded;
}

/** A recorder for the steps from `firstStep` to `endStep` − 1. Allocates memory. Throws EngineError for an instance that the block does not have. */
export function createRecorder(
  block: Block,
  request: RecordRequest | undefined,
  firstStep: number,
  endStep: number,
): Recorder {
  const rows = block.module.layout.recorded.length;
  if (request === undefined || rows === 0) {
    return {
      nextAfter: () => Number.POSITIVE_INFINITY,
      record: () => 0,
      finish: () => ({ steps: [], values: [] }),
    };
  }
  const { every } = request;
  const instances = request.instances ?? allInstances(block);
  for (const instance of instances) checkInstance(block, instance);
  const times = Math.floor(endStep / every) - Math.floor(firstStep / every);
  const values = Array.from({ length: rows }, () => new Float64Array(times * instances.length));
  const steps: number[] = [];
  const rowLength = block.fields.integer('rowBytes') / doubleBytes;
  const { arena } = block.engine;
  const destination = arena.allocate(rows * rowLength * doubleBytes);
  let written = arena.doubles(destination, rows * rowLength);
  return {
    nextAfter: (step) => (Math.floor(step / every) + 1) * every,
    record: (step, inputStep) => {
      const code = block.module.exports.record(block.memory.descriptor, destination, inputStep);
      if (code !== 0) return code;
      if (written.buffer !== arena.buffer) written = arena.doubles(destination, rows * rowLength);
      const begin = steps.length * instances.length;
      for (let row = 0; row < rows; row += 1) {
        const kept = values[row]!;
        for (let place = 0; place < instances.length; place += 1)
          kept[begin + place] = written[row * rowLength + instances[place]!]!;
      }
      steps.push(step);
      return 0;
    },
    finish: () => ({ steps, values: values.map((kept) => kept.slice(0, steps.length * instances.length)) }),
  };
}
