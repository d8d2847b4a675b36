import { renderSvg, renderTerminal } from '@nestml/report';
import { wrapText } from '../wrap-text.ts';
import { simulationFigure } from './figure.ts';
import type { SimulationResult } from './request.ts';

/** Size and means of a terminal. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
  readonly unicode: boolean;
}

/** The plot of a run as a self-contained SVG document. */
export function simulationSvg(result: SimulationResult): string {
  return renderSvg(simulationFigure(result));
}

/** The plot of a run for a terminal, the spike times, and a summary line. */
export function simulationText(result: SimulationResult, size: TerminalSize): string {
  const plot = renderTerminal(simulationFigure(result), size);
  return `${plot.trimEnd()}\n\n${wrapText(`spikes (ms): ${spikeList(result.spikes)}`, size.columns)}\n${summary(result)}`;
}

const shownSpikes = 200;

function spikeList(spikes: readonly number[]): string {
  if (spikes.length === 0) return 'none';
  const rest = spikes.length - shownSpikes;
  return `${spikes.slice(0, shownSpikes).join(' ')}${rest > 0 ? ` … and ${rest} more` : ''}`;
}

function summary({ model, spikes, stopMs, stepMs, backend }: SimulationResult): string {
  const rate = Number(((spikes.length / stopMs) * 1000).toPrecision(4));
  const count = `${spikes.length} ${spikes.length === 1 ? 'spike' : 'spikes'}`;
  return `${model.name}: ${count} in ${stopMs} ms (${rate} Hz), step ${stepMs} ms, ${backend} backend`;
}
