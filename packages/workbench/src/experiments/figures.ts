import { type Figure, renderSvg, renderTerminal } from '@nestml/report';
import type { TerminalSize } from '../simulation/plots.ts';
import type { Curve } from './curve.ts';
import type { Response } from './response.ts';

const unitOf = (unit: string | undefined): { unit?: string } => (unit === undefined ? {} : { unit });

function curveFigure(curve: Curve): Figure {
  const { kind, port, weight } = curve;
  const points = curve.points.toSorted((a, b) => a.input - b.input);
  const x = points.map(({ input }) => input);
  const [first = 0, last = 0] = [x[0], x.at(-1)];
  const highest = Math.max(...points.map(({ rateHz }) => rateHz));
  const fed = kind === 'rate' ? `Poisson spikes of weight ${weight} at ${port}, ` : '';
  return {
    title: curve.model.name,
    subtitle: `${fed}${curve.countedMs} ms counted after ${curve.leadMs} ms, step ${curve.stepMs} ms`,
    x: {
      label: kind === 'rate' ? `rate at ${port}` : port,
      ...unitOf(curve.unit),
      ...(first < last ? { domain: [first, last] as const } : {}),
    },
    panels: [
      {
        kind: 'trace',
        y: { label: 'firing rate', unit: 'Hz', domain: [0, highest === 0 ? 1 : 1.05 * highest] },
        series: [{ name: 'firing rate', x, y: points.map(({ rateHz }) => rateHz), mark: 'line-and-points' }],
      },
    ],
  };
}

function responseFigure(response: Response): Figure {
  const { record, unit, times, values, port, weight, peak } = response;
  return {
    title: response.model.name,
    subtitle: `one spike of weight ${weight} at ${port}, ${peakText(response)}`,
    x: { label: 'time since arrival', unit: 'ms', domain: [0, times.at(-1) || response.stepMs] },
    panels: [
      {
        kind: 'trace',
        y: { label: `change of ${record}`, ...unitOf(unit) },
        series: [{ name: record, x: times, y: values }],
        lines: peak.value === 0 ? [] : [{ value: 0, label: 'rest' }],
      },
    ],
  };
}

function peakText({ peak, unit }: Response): string {
  const value = Number(peak.value.toPrecision(4));
  return `peak ${value}${unit === undefined ? '' : ` ${unit}`} after ${peak.timeMs} ms`;
}

/** A curve as a self-contained SVG document. */
export function curveSvg(curve: Curve): string {
  return renderSvg(curveFigure(curve));
}

/** A curve for a terminal, with a summary line. */
export function curveText(curve: Curve, size: TerminalSize): string {
  const rates = curve.points.map(({ rateHz }) => rateHz);
  const summary = `${curve.model.name}: ${onsetText(curve)}, up to ${Math.max(...rates)} Hz, ${curve.backend} backend`;
  return `${renderTerminal(curveFigure(curve), size).trimEnd()}\n\n${summary}`;
}

/** Between which of the inputs the neuron begins to fire. */
function onsetText({ points, unit }: Curve): string {
  const quantity = (input: number): string => (unit === undefined ? `${input}` : `${input} ${unit}`);
  const firing = points.filter(({ rateHz }) => rateHz > 0).map(({ input }) => input);
  if (firing.length === 0) return 'never fires';
  const first = Math.min(...firing);
  const silent = points.map(({ input }) => input).filter((input) => input < first);
  const fires = `fires at ${quantity(first)}`;
  return silent.length === 0 ? fires : `silent up to ${quantity(Math.max(...silent))}, ${fires}`;
}

/** A response as a self-contained SVG document. */
export function responseSvg(response: Response): string {
  return renderSvg(responseFigure(response));
}

/** A response for a terminal, with a summary line. */
export function responseText(response: Response, size: TerminalSize): string {
  const summary = `${response.model.name}: ${peakText(response)}, ${response.backend} backend`;
  return `${renderTerminal(responseFigure(response), size).trimEnd()}\n\n${summary}`;
}
