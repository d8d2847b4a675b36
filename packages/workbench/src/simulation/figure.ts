import {
  type Figure,
  type Panel,
  type SpikeMarks,
  type StepSeries,
  type TracePanel,
  timeAxis,
} from '@nestml/report';
import type { ResolvedRun, SimulationResult, Trace } from './request.ts';
import { nsPerMs, toDeclared, unitOf } from './values.ts';

/** The picture of a run: one panel per unit, in the order of recording, then the injected currents. */
export function simulationFigure(result: SimulationResult): Figure {
  const spikes: readonly SpikeMarks[] =
    result.spikes.length === 0 ? [] : [{ name: 'spikes', times: result.spikes }];
  const groups = groupByUnit(result.traces);
  const panels = groups.map((traces, index): TracePanel => {
    const unit = traces[0]?.unit;
    return {
      kind: 'trace',
      y: {
        label: traces.length === 1 ? traces[0]!.name : labelOf(traces),
        ...(unit === undefined ? {} : { unit }),
      },
      series: traces.map(({ name, values }) => ({ name, x: result.times, y: values })),
      ...(index === 0 ? { spikes, lines: thresholdLines(result, traces) } : {}),
      weight: 1,
    };
  });
  const { reachedMs } = result;
  return {
    title: result.model.name,
    subtitle: `${spikesText(result)}, step ${result.stepMs} ms`,
    x: timeAxis([0, reachedMs === 0 ? result.stopMs : reachedMs]),
    panels: [...panels, ...spikeInputPanels(result.run), ...stimulusPanels(result.run)],
  };
}

/** `7 spikes in 200 ms`, or where the run ended. */
export function spikesText(result: SimulationResult): string {
  const { spikes, stopMs, reachedMs } = result;
  const count = `${spikes.length} ${spikes.length === 1 ? 'spike' : 'spikes'}`;
  return reachedMs === stopMs
    ? `${count} in ${stopMs} ms`
    : `${count}, ended at ${reachedMs} of ${stopMs} ms`;
}

function groupByUnit(traces: readonly Trace[]): readonly (readonly Trace[])[] {
  const groups = new Map<string, Trace[]>();
  for (const trace of traces) {
    const key = trace.unit ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [trace]);
    else group.push(trace);
  }
  return [...groups.values()];
}

function labelOf(traces: readonly Trace[]): string {
  return traces.length <= 3 ? traces.map(({ name }) => name).join(', ') : `${traces.length} traces`;
}

/** The firing threshold, if the model has a parameter of the usual name and shows its membrane potential. */
function thresholdLines(result: SimulationResult, traces: readonly Trace[]): TracePanel['lines'] & object {
  const threshold = result.model.parameters.find(({ symbol }) => symbol.name === 'V_th');
  if (threshold === undefined || !traces.some(({ name }) => name === 'V_m')) return [];
  const given = result.run.values.get(threshold.symbol);
  const { type } = threshold.symbol;
  const canonical =
    given ?? (threshold.value.kind === 'constant' ? threshold.value.value : constantOf(threshold.value));
  return typeof canonical === 'number' ? [{ value: toDeclared(canonical, type), label: 'V_th' }] : [];
}

function constantOf(value: SimulationResult['model']['parameters'][number]['value']): number | undefined {
  if (value.kind !== 'negation' || value.operand.kind !== 'constant') return undefined;
  return typeof value.operand.value === 'number' ? -value.operand.value : undefined;
}

/** The spikes that were given by time, one row per port. */
function spikeInputPanels(run: ResolvedRun): readonly Panel[] {
  const trains = new Map<string, number[]>();
  for (const { port, element, step } of run.spikes) {
    const name = element === undefined ? port.name : `${port.name}[${element}]`;
    const times = trains.get(name) ?? [];
    times.push(((step + 1) * run.stepNs) / nsPerMs);
    trains.set(name, times);
  }
  if (trains.size === 0) return [];
  return [{ kind: 'raster', label: 'input', trains: [...trains].map(([name, times]) => ({ name, times })) }];
}

/** One panel per fed continuous port: the sum of its currents as steps, one curve for each fed element of a vector. */
function stimulusPanels(run: ResolvedRun): readonly TracePanel[] {
  const ports = [...new Set(run.currents.map(({ port }) => port))];
  return ports.map((port) => {
    const currents = run.currents.filter((current) => current.port === port);
    const elements = [...new Set(currents.map(({ element }) => element))];
    const steps = elements.map((element) =>
      summedCurrent(
        element === undefined ? port.name : `${port.name}[${element}]`,
        currents.filter((current) => current.element === element),
        run,
      ),
    );
    const unit = unitOf(port.type)?.text;
    const label = steps.length === 1 ? steps[0]!.name : port.name;
    return {
      kind: 'trace',
      y: { label, ...(unit === undefined ? {} : { unit }) },
      series: [],
      steps,
      weight: 0.5,
    };
  });
}

function summedCurrent(name: string, currents: ResolvedRun['currents'], run: ResolvedRun): StepSeries {
  const borders = [...new Set([0, ...currents.flatMap(({ firstStep, endStep }) => [firstStep, endStep])])]
    .filter((step) => step < run.steps)
    .sort((a, b) => a - b);
  const valueAt = (step: number): number =>
    currents.reduce(
      (sum, { port, firstStep, endStep, value }) =>
        sum + (firstStep <= step && step < endStep ? toDeclared(value, port.type) : 0),
      0,
    );
  return { name, starts: borders.map((step) => (step * run.stepNs) / nsPerMs), values: borders.map(valueAt) };
}
