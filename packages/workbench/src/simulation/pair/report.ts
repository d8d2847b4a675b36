import type { Report } from '@nestml/report';
import { type ReportDetails, simulationReport } from '../../report/simulation-report.ts';
import type { ResolvedRun } from '../request.ts';
import { nsPerMs } from '../values.ts';
import { pairFigure } from './plots.ts';
import type { PairResult } from './request.ts';

/** Everything that the page of a run of a pair shows: of the synapse, and the tables of the neuron behind those of the synapse. */
export function pairReport(result: PairResult, details: ReportDetails): Report {
  const synapse = simulationReport(
    { ...result.synapse, run: withSpikes(result), diagnostics: result.diagnostics },
    details,
  );
  const neuron = simulationReport({ ...result.neuron, diagnostics: [] }, details);
  const named = <Row extends { readonly name: string }>(rows: readonly Row[]): readonly Row[] =>
    rows.map((row) => ({ ...row, name: `${result.neuron.model.name}.${row.name}` }));
  return {
    ...synapse,
    figures: [pairFigure(result)],
    summary: [
      ...neuron.summary,
      { label: 'delay', value: result.delayMs, unit: 'ms' },
      { label: 'presynaptic spikes', value: result.synapse.times.length },
    ],
    equations: [
      ...synapse.equations,
      ...neuron.equations.map((group) => ({
        ...group,
        title: `${group.title} of ${result.neuron.model.name}`,
      })),
    ],
    states: [...synapse.states, ...named(neuron.states)],
    parameters: [...synapse.parameters, ...named(neuron.parameters)],
    ports: [...synapse.ports, ...named(neuron.ports)],
    solvers: [...synapse.solvers, ...neuron.solvers],
    printed: [...(synapse.printed ?? []), ...(neuron.printed ?? [])],
  };
}

/** The run of the synapse with the spikes of both neurons as inputs of their ports. */
function withSpikes({ synapse, inputs }: PairResult): ResolvedRun {
  const { run } = synapse;
  const spikes = inputs.flatMap(({ name, times }) => {
    const port = run.model.ports.find((candidate) => candidate.name === name);
    // Those of elements of a vector are in the run already, as are those of modulatory ports.
    if (port === undefined || run.spikes.some((spike) => spike.port === port)) return [];
    return times.map((time) => ({ port, step: Math.round((time * nsPerMs) / run.stepNs) - 1, weight: 1 }));
  });
  return { ...run, spikes: [...run.spikes, ...spikes] };
}
