import type { Diagnostic } from '@nestml/diagnostics';
import { columnTitle, csvHeader, simulationToJson, unitsOf } from '../output.ts';
import type { SimulationResult } from '../request.ts';
import type { PairResult } from './request.ts';

/** The JSON form of a run of a pair, in pieces: that of the neuron, and what the synapse did. `diagnostics` are all findings that belong to it. */
export function pairToJson(result: PairResult, diagnostics: readonly Diagnostic[]): Iterable<string> {
  const { synapse, sent, delayMs } = result;
  const neuron = { ...result.neuron, printed: [...synapse.printed, ...result.neuron.printed] };
  const record = synapse.traces.map(({ name, values }) => [name, Array.from(values)] as const);
  return simulationToJson(neuron, diagnostics, {
    head: { model: synapse.model.name, neuron: neuron.model.name, delay_ms: delayMs },
    tail: {
      synapse: {
        times: synapse.times,
        units: unitsOf(synapse),
        record: Object.fromEntries(record),
        sent: { times: sent.map(({ timeMs }) => timeMs), weights: sent.map(({ weight }) => weight) },
      },
    },
  });
}

/**
 * Comma-separated values, in pieces: one line per recorded time of the neuron and per presynaptic spike, by time; the columns of the one are
 * empty in the lines of the other, unless their times are the same.
 */
export function* pairToCsv({ neuron, synapse }: PairResult): Generator<string, void> {
  yield csvHeader(['time (ms)', ...neuron.traces.map(columnTitle), ...synapse.traces.map(columnTitle)]);
  const [emptyNeuron, emptySynapse] = [neuron, synapse].map(({ traces }) => traces.map(() => ''));
  let [i, k] = [0, 0];
  while (i < neuron.times.length || k < synapse.times.length) {
    const [own = Number.POSITIVE_INFINITY, sent = Number.POSITIVE_INFINITY] = [
      neuron.times[i],
      synapse.times[k],
    ];
    const time = Math.min(own, sent);
    const left = own === time ? rowOf(neuron, i) : emptyNeuron!;
    const right = sent === time ? rowOf(synapse, k) : emptySynapse!;
    yield `${[time, ...left, ...right].join(',')}\n`;
    if (own === time) i += 1;
    if (sent === time) k += 1;
  }
}

function rowOf({ traces }: SimulationResult, index: number): readonly (number | undefined)[] {
  return traces.map(({ values }) => values[index]);
}
