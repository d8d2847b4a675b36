import { InternalError } from '@nestml/diagnostics';
import { runSynapse, type SignalInput, type SynapseOutcome, type SynapseRun } from '@nestml/reference';
import { type BackendOutcome, runOnce } from '../../backends/backend.ts';
import { referenceBackend } from '../../backends/reference-backend.ts';
import type { ResolvedRun } from '../request.ts';
import { deliver } from './receiver.ts';
import type { ResolvedPair, SentSpike } from './request.ts';

/** What a synapse did, and what it did it with. */
export interface SynapsePass {
  readonly outcome: SynapseOutcome;
  readonly sent: readonly SentSpike[];
  /** Numbers of the steps at whose ends the neuron has emitted. */
  readonly post: readonly number[];
}

/** What the synapse sees of its neuron during a run. */
interface Observed {
  readonly signals: readonly SignalInput[];
  readonly post: readonly number[];
}

/**
 * Runs the synapse. Where it sees what the neuron does, by signals or because the neuron emits by itself, runs of the two alternate until what
 * is sent repeats bit for bit. What the neuron does acts on what is sent a delay later, and that on the neuron another delay later, so that
 * each turn settles two more delays of the run, and the number of turns has a bound.
 * @param recordAt times in ns at which the record of the synapse is read.
 */
export function passSynapse(pair: ResolvedPair, recordAt: readonly number[]): SynapsePass {
  const { post, signals, delaySteps } = pair;
  const isCoupled = post === undefined || signals.length > 0;
  const turns = Math.ceil(pair.neuron.steps / delaySteps) + 2;
  let sent: readonly SentSpike[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const observed = isCoupled ? observe(pair, sent) : { signals: [], post };
    const outcome = runSynapse(synapseRun(pair, observed, recordAt));
    const next = outcome.emitted.map(({ timeNs, weight }) => ({ step: timeNs / pair.neuron.stepNs, weight }));
    if (!isCoupled || areEqual(next, sent)) return { outcome, sent: next, post: observed.post };
    sent = next;
  }
  throw new InternalError(`what ${pair.synapse.model.name} sends does not settle in ${turns} turns`);
}

/** The neuron with what is sent to it; what it emits is not in the outcome if it is made to emit. */
export function runReceiver(pair: ResolvedPair, sent: readonly SentSpike[]): BackendOutcome {
  return runOnce(referenceBackend, receivingRun(pair, sent));
}

/** The run of the neuron with all spikes that reach it; those of the synapse after those that were given. */
export function receivingRun(
  { neuron, receiver, delaySteps }: ResolvedPair,
  sent: readonly SentSpike[],
): ResolvedRun {
  return { ...neuron, spikes: [...neuron.spikes, ...deliver(sent, receiver, delaySteps, neuron.steps)] };
}

function areEqual(first: readonly SentSpike[], second: readonly SentSpike[]): boolean {
  return (
    first.length === second.length &&
    first.every(({ step, weight }, i) => step === second[i]!.step && Object.is(weight, second[i]!.weight))
  );
}

function synapseRun(
  { synapse, roles, delaySteps, pre }: ResolvedPair,
  observed: Observed,
  recordAt: readonly number[],
): SynapseRun {
  const { model, stepNs, steps, values, seed } = synapse;
  const toNs = (step: number): number => step * stepNs;
  return {
    model,
    roles,
    stepNs,
    delayNs: toNs(delaySteps),
    pre: pre.map(toNs),
    // What reaches the synapse after the end of the run acts on nothing that is shown.
    post: observed.post.filter((step) => step + delaySteps <= steps).map(toNs),
    modulatory: modulatoryOf(synapse),
    signals: [...observed.signals, ...fedSignals(synapse, delaySteps)],
    values,
    identity: { seed, connection: 'synapse', source: 0, target: 0, ordinal: 0 },
    record: synapse.record.map(({ what }) => what),
    recordAt,
  };
}

function modulatoryOf({ spikes, stepNs }: ResolvedRun): SynapseRun['modulatory'] {
  return [...new Set(spikes.map(({ port }) => port))].flatMap((port) => {
    const own = spikes.filter((spike) => spike.port === port);
    return [...new Set(own.map(({ element }) => element))].map((element) => ({
      port,
      ...(element === undefined ? {} : { element }),
      times: own
        .filter((spike) => spike.element === element)
        .map(({ step }) => (step + 1) * stepNs)
        .sort((a, b) => a - b),
    }));
  });
}

/**
 * Inputs of continuous ports as the synapse reads signals: entry n is seen at n·h + delay. An input comes from outside and has no delay of
 * its own, so that entry n is its value at n·h + delay; before the first delay has passed, the port has the value of that time.
 */
function fedSignals({ currents, steps }: ResolvedRun, delaySteps: number): readonly SignalInput[] {
  const ports = [...new Set(currents.map(({ port }) => port))];
  return ports.flatMap((port) => {
    const own = currents.filter((current) => current.port === port);
    return [...new Set(own.map(({ element }) => element))].map((element) => {
      const values = new Float64Array(steps + 1);
      for (const { firstStep, endStep, value } of own.filter((current) => current.element === element)) {
        // The last value of the run goes on at its end.
        const end = endStep >= steps ? Number.POSITIVE_INFINITY : endStep;
        values.forEach((sum, n) => {
          const seenAt = n + delaySteps;
          if (firstStep <= seenAt && seenAt < end) values[n] = sum + value;
        });
      }
      return { port, ...(element === undefined ? {} : { element }), values };
    });
  });
}

/** Runs the neuron with what is sent to it and shows what the synapse can see. */
function observe(pair: ResolvedPair, sent: readonly SentSpike[]): Observed {
  const record = pair.signals.map(({ quantity }) => quantity);
  const run = { ...receivingRun(pair, sent), record, recordEvery: 1 };
  const { recorded, spikeSteps } = runOnce(referenceBackend, run);
  const initial = initialSignals(run);
  const signals = pair.signals.map(({ address }, i) => {
    const values = new Float64Array(run.steps + 1);
    values[0] = initial[i] ?? Number.NaN;
    values.set(recorded[i]!, 1);
    // A neuron that fails keeps its last value: as long as runs alternate, the failure may be due to weights that are not final.
    const reached = recorded[i]!.length;
    values.fill(values[reached]!, reached + 1);
    return { ...address, values };
  });
  return { signals, post: pair.post ?? spikeSteps };
}

/**
 * What would be recorded at t = 0, where there is no record: that of a neuron in which nothing happens for a step, with the inputs of the
 * first step at its end.
 */
function initialSignals(run: ResolvedRun): readonly (number | undefined)[] {
  if (run.record.length === 0) return [];
  const idle = { ...run.model, update: [], receiveHandlers: [], conditionHandlers: [] };
  const currents = run.currents.map((current) => ({
    ...current,
    firstStep: current.firstStep + 1,
    endStep: current.endStep + 1,
  }));
  const { recorded } = runOnce(referenceBackend, {
    ...run,
    model: idle,
    steps: 2,
    currents,
    spikes: [],
    poisson: [],
  });
  return recorded.map((values) => values[0]);
}
