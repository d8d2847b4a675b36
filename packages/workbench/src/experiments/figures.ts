import { type Figure, renderSvg, renderTerminal } from '@nestml/report';
import type { TerminalSize } from '../simulation/plots.ts';
import type { Curve } from './curve.ts';
import type { Response } from './response.ts';

const unitOf = (unit: string | undefined): { unit?: string } => (unit === undefined ? {} : { unit });

function curveFigure(curve: Curve): Figure {
  const { points, kind, port, weight } = curve;
  const x = points.map(({ input }) => input);
  const fed = kind === 'rate' ? `Poisson spikes of weight ${weight} at ${port}, ` : '';
  return {
    title: curve.model.name,
    subtitle: `${fed}${curve.countedMs} ms counted after ${curve.leadMs} ms, step ${curve.stepMs} ms`,
    x: {
      label: kind === 'rate' ? `rate at ${port}` : port,
      ...unitOf(curve.unit),
      domain: [Math.min(...x), Math.max(...x)],
    },
    panels: [
      {
        kind: 'trace',
        y: { label: 'firing rate', unit: 'Hz' },
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
  const first = curve.points.find(({ rateHz }) => rateHz > 0);
  const unit = curve.unit === undefined ? '' : ` ${curve.unit}`;
  const onset = first === undefined ? 'never fires' : `fires from ${first.input}${unit}`;
  const summary = `${curve.model.name}: ${onset}, up to ${Math.max(...rates)} Hz, ${curve.backend} backend`;
  return `${renderTerminal(curveFigure(curve), size).trimEnd()}\n\n${summary}`;
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
