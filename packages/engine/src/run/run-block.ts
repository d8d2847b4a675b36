import type { Block } from '../block/block.ts';
import { nextStep } from '../block/descriptor-fields.ts';
import { type BlockFailure, checkRuns, clearFailure, failureAt, reportedFailure } from '../block/failure.ts';
import { EngineError } from '../errors.ts';
import { failureKind, spikeRecord } from '../interface/index.ts';
import { type BlockInputs, createInputWriter, type InputWriter, impossibleInput } from './inputs.ts';
import { type BlockNotice, noticesOf, resetNotices } from './notices.ts';
import { createRecorder, type Recorded, type Recorder, type RecordRequest } from './recording.ts';
import { collectSpikes, type EmittedSpikes, initialCapacity, type SpikeCollection } from './spike-list.ts';

/** A run of a block from where it stands. */
export interface BlockRun {
  /** Number of steps, an integer ≥ 0. */
  readonly steps: number;
  readonly inputs: BlockInputs;
  /** Default: nothing is recorded. */
  readonly record?: RecordRequest;
}

/** What a run gave. After a failure: everything of the steps before it. */
export interface BlockOutcome {
  readonly recorded: Recorded;
  readonly spikes: EmittedSpikes;
  readonly notices: readonly BlockNotice[];
  readonly failure?: BlockFailure;
}

/** Steps whose inputs are written at once, at most, and bytes that they may take. */
const SLICE_STEPS = 256;
const SLICE_BYTES = 2 ** 20;

/** What a run works with. */
interface Runner {
  readonly block: Block;
  readonly inputs: InputWriter;
  readonly inputAddress: number;
  /** Bytes of all rows of a step. */
  readonly stepBytes: number;
  readonly sliceSteps: number;
  readonly recorder: Recorder;
  readonly spikes: SpikeCollection;
}

/**
 * Advances a block. In how many pieces a run is made changes no bit, if all pieces are given the same inputs.
 * @throws EngineError if the block failed before and was not restored from a snapshot; OutOfMemoryError before the first step.
 */
export function runBlock(block: Block, run: BlockRun): BlockOutcome {
  checkRuns(block);
  const { arena } = block.engine;
  const first = nextStep(block);
  const mark = arena.mark();
  try {
    const impossible = impossibleInput(block, run.inputs);
    const runner = createRunner(block, run, first);
    const failure =
      impossible === undefined ? advanceTo(runner, first + run.steps) : failureAt(block, first, impossible);
    const outcome = { recorded: runner.recorder.finish(), spikes: runner.spikes, notices: noticesOf(block) };
    return failure === undefined ? outcome : { ...outcome, failure };
  } finally {
    arena.release(mark);
  }
}

function createRunner(block: Block, run: BlockRun, first: number): Runner {
  const { arena } = block.engine;
  const rowBytes = block.fields.integer('rowBytes');
  const stepBytes = rowBytes * block.module.layout.rows.length;
  const affordable = Math.floor(SLICE_BYTES / Math.max(stepBytes, 1));
  const sliceSteps = Math.max(1, Math.min(SLICE_STEPS, affordable, run.steps));
  const recorder = createRecorder(block, run.record, first, first + run.steps);
  const inputAddress = arena.allocate((sliceSteps + 1) * stepBytes);
  allocateSpikeList(block, initialCapacity(block));
  resetNotices(block);
  return {
    block,
    inputs: createInputWriter(block, run.inputs, rowBytes),
    inputAddress,
    stepBytes,
    sliceSteps,
    recorder,
    spikes: { steps: [], instances: [], weights: [] },
  };
}

function allocateSpikeList(block: Block, capacity: number): void {
  const address = block.engine.arena.allocate(capacity * spikeRecord.bytes);
  const { fields } = block;
  fields.setInteger('spikeAddress', address);
  fields.setInteger('spikeCapacity', capacity);
  fields.setInteger('spikeCount', 0);
}

/** Makes the steps before `end`, slice by slice. */
function advanceTo(runner: Runner, end: number): BlockFailure | undefined {
  const { block, inputs, inputAddress, sliceSteps } = runner;
  for (let begin = nextStep(block); begin < end; begin = nextStep(block)) {
    const steps = Math.min(sliceSteps, end - begin);
    inputs.write(inputAddress, begin, steps);
    const failure = advanceSlice(runner, begin, begin + steps);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Makes the steps from `begin`, whose inputs stand in memory, up to `end`, and records between them. */
function advanceSlice(runner: Runner, begin: number, end: number): BlockFailure | undefined {
  const { block, recorder, inputAddress, stepBytes } = runner;
  for (let step = begin; step < end; step = nextStep(block)) {
    block.fields.setInteger('inputAddress', inputAddress + (step - begin) * stepBytes);
    const target = Math.min(end, recorder.nextAfter(step));
    const failure = advanceCall(runner, step, target);
    if (failure !== undefined) return failure;
    const reached = nextStep(block);
    if (reached !== recorder.nextAfter(step)) continue;
    if (recorder.record(reached, reached - step) === failureKind.none) continue;
    const reported = reportedFailure(block, block.fields);
    if (reported === undefined)
      throw new EngineError(`${block.module.key} does not say why it cannot record`);
    return failureAt(block, reached - 1, reported);
  }
  return undefined;
}

/**
 * One call of the module for the steps from `step` up to `target`; it may end before, where the list of spikes is full. The
 * spikes are collected.
 */
function advanceCall(runner: Runner, step: number, target: number): BlockFailure | undefined {
  const { block, spikes } = runner;
  const { exports, layout } = block.module;
  const mayRepeat = layout.mostSpikesPerStep === undefined;
  const restore = mayRepeat ? keepState(block, step) : undefined;
  let code = exports.advance(block.memory.descriptor, target - step);
  while (code === failureKind.spikesFull && restore !== undefined) {
    restore();
    allocateSpikeList(block, 2 * block.fields.integer('spikeCapacity'));
    code = exports.advance(block.memory.descriptor, target - step);
  }
  const reached = nextStep(block);
  collectSpikes(block, spikes, step, reached);
  if (code === failureKind.none || code === failureKind.spikesFull) {
    clearFailure(block.fields);
    if (reached > step) return undefined;
    throw new EngineError(`${block.module.key} does not advance in step ${step}`);
  }
  const reported = reportedFailure(block, block.fields);
  if (reported === undefined)
    throw new EngineError(`${block.module.key} fails with ${code} without a reason`);
  return failureAt(block, reached, reported);
}

/** Gives a function that puts a block back to where it stands now. */
function keepState(block: Block, step: number): () => void {
  const { engine, memory } = block;
  const state = engine.arena.bytes(memory.state, memory.stateBytes).slice();
  return () => {
    engine.arena.bytes(memory.state, memory.stateBytes).set(state);
    const { fields } = block;
    fields.setDouble('step', step);
    clearFailure(fields);
  };
}
