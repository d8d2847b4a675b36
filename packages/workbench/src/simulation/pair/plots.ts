import { type Figure, type Panel, renderSvg, renderTerminal, type TracePanel } from '@nestml/report';
import { wrapText } from '../../wrap-text.ts';
import { simulationFigure, spikesText } from '../figure.ts';
import type { TerminalSize } from '../plots.ts';
import type { PairResult } from './request.ts';

/** The picture of a run of a pair: the spikes that reach the synapse, what it records at them, then the neuron. */
export function pairFigure(result: PairResult): Figure {
  const { neuron, synapse, inputs, delayMs } = result;
  const figure = simulationFigure(neuron);
  const raster: Panel = { kind: 'raster', label: 'spikes', trains: inputs };
  return {
    ...figure,
    title: `${synapse.model.name} to ${neuron.model.name}`,
    subtitle: `${figure.subtitle}, delay ${delayMs} ms`,
    panels: [raster, ...weightPanels(result), ...figure.panels],
  };
}

/** What the synapse records is known at presynaptic spikes alone. */
function weightPanels({ synapse }: PairResult): readonly TracePanel[] {
  if (synapse.times.length === 0) return [];
  return synapse.traces.map(({ name, unit, values }) => ({
    kind: 'trace',
    y: { label: name, ...(unit === undefined ? {} : { unit }) },
    series: [{ name, x: synapse.times, y: values, mark: 'line-and-points' }],
    weight: 0.7,
  }));
}

/** The plot as a self-contained SVG document. */
export function pairSvg(result: PairResult): string {
  return renderSvg(pairFigure(result));
}

const SHOWN = 50;

/** The plot for a terminal, spike times, weights and a summary line. */
export function pairText(result: PairResult, size: TerminalSize): string {
  const plot = renderTerminal(pairFigure(result), size).trimEnd();
  const { neuron, synapse, delayMs } = result;
  const recorded = synapse.traces.map(
    ({ name, unit, values }) =>
      `${name}${unit === undefined ? '' : ` (${unit})`} at presynaptic spikes: ${listOf(values)}`,
  );
  const lines = [`spikes (ms): ${listOf(neuron.spikes)}`, ...recorded];
  const summary = `${synapse.model.name} to ${neuron.model.name}: ${spikesText(neuron)}, step ${neuron.stepMs} ms, delay ${delayMs} ms, ${neuron.backend} backend`;
  return `${plot}\n\n${[...lines, summary].map((line) => wrapText(line, size.columns)).join('\n')}`;
}

function listOf(values: readonly number[] | Float64Array): string {
  if (values.length === 0) return 'none';
  const shown = Array.from(values.slice(0, SHOWN), (value) => Number(value.toPrecision(6))).join(' ');
  return values.length > SHOWN ? `${shown} … and ${values.length - SHOWN} more` : shown;
}
