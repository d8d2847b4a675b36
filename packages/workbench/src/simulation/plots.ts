import { renderSvg, renderTerminal } from '@nestml/report';
import { wrapText } from '../wrap-text.ts';
import { simulationFigure, spikesText } from './figure.ts';
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

function summary(result: SimulationResult): string {
  const { model, spikes, stepMs, backend } = result;
  const reached = result.reachedMs;
  const rate = reached === 0 ? '' : ` (${Number(((spikes.length / reached) * 1000).toPrecision(4))} Hz)`;
  return `${model.name}: ${spikesText(result)}${rate}, step ${stepMs} ms, ${backend} backend`;
}
