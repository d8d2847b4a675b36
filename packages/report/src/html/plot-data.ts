import { type Axis, axisTitle, type Domain, type Figure, type Samples, type TracePanel } from '../figure.ts';
import { isDrawable, valueRange, xDomain } from '../figure-extent.ts';
import { type EncodedColumn, encodeColumn, encodePositions } from './column-encoding.ts';

/** A figure as the script of the page reads it, from JSON. Columns are named by their place in `columns`. */
export interface PlotData {
  /** Beginning of the names of downloaded files. */
  readonly name: string;
  readonly x: PlotAxis;
  readonly columns: readonly EncodedColumn[];
  readonly panels: readonly PlotPanel[];
}

export interface PlotAxis {
  readonly label: string;
  readonly unit: string;
  /** `label (unit)` */
  readonly title: string;
  readonly domain: Domain;
}

export type PlotPanel = PlotTracePanel | PlotRasterPanel;

export interface PlotTracePanel {
  readonly kind: 'trace';
  readonly y: PlotAxis;
  readonly weight: number;
  readonly curves: readonly PlotCurve[];
  readonly lines: readonly { readonly value: number; readonly label: string }[];
  /** Whether there is nothing to draw, so that the y axis has no ticks. */
  readonly isEmpty: boolean;
}

export interface PlotCurve {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly mark: 'line' | 'points' | 'line-and-points' | 'steps';
}

export interface PlotRasterPanel {
  readonly kind: 'raster';
  readonly label: string;
  readonly trains: readonly { readonly name: string; readonly times: number }[];
}

/** Puts columns into the page and gives their numbers, equal ones for the same column. */
interface Places {
  readonly position: (samples: Samples) => number;
  readonly value: (samples: Samples) => number;
}

/** Puts a figure into the form of the page: spikes of a trace panel become a raster panel below it. */
export function plotData(figure: Figure, name: string): PlotData {
  const columns: EncodedColumn[] = [];
  const placer = (encode: (samples: Samples) => EncodedColumn): ((samples: Samples) => number) => {
    const places = new Map<Samples, number>();
    return (samples) => {
      const known = places.get(samples);
      if (known !== undefined) return known;
      places.set(samples, columns.length);
      return columns.push(encode(samples)) - 1;
    };
  };
  const place: Places = { position: placer(encodePositions), value: placer(encodeColumn) };
  const domain = xDomain(figure);
  const raster = (label: string, trains: readonly { readonly name: string; readonly times: Samples }[]) => {
    const rows = trains.map((train) => ({ name: train.name, times: place.position(sorted(train.times)) }));
    return { kind: 'raster', label, trains: rows } as const;
  };
  const panels = figure.panels.flatMap((panel): readonly PlotPanel[] => {
    if (panel.kind === 'raster') return [raster(panel.label, panel.trains)];
    const spikes = panel.spikes ?? [];
    const trace = tracePanel(panel, domain, place);
    return spikes.length === 0 ? [trace] : [trace, raster('', spikes)];
  });
  return { name, x: plotAxis(figure.x, domain), columns, panels };
}

/** Room around the curves, as a share of their span. */
const PADDING = { below: 0.06, above: 0.06 } as const;

/** Whether the positions of all curves ascend, so that there is one value at the pointer; others are shown as a picture. */
export function canBeExplored(figure: Figure): boolean {
  return figure.panels.every((panel) => {
    if (panel.kind === 'raster') return true;
    return [...panel.series.map((one) => one.x), ...(panel.steps ?? []).map((one) => one.starts)].every(
      isAscending,
    );
  });
}

function isAscending(x: Samples): boolean {
  for (let i = 0; i < x.length; i++) {
    const before = x[i - 1] ?? -Infinity;
    const here = x[i];
    if (!isDrawable(here) || here < before) return false;
  }
  return true;
}

function tracePanel(panel: TracePanel, x: Domain, place: Places): PlotTracePanel {
  const series = panel.series.map(
    (one): PlotCurve => ({
      name: one.name,
      x: place.position(one.x),
      y: place.value(one.y),
      mark: one.mark ?? 'line',
    }),
  );
  const steps = (panel.steps ?? []).map(
    (one): PlotCurve => ({
      name: one.name,
      x: place.position(one.starts),
      y: place.value(one.values),
      mark: 'steps',
    }),
  );
  const { domain, isEmpty } = valueRange(panel, x, PADDING);
  return {
    kind: 'trace',
    y: plotAxis(panel.y, domain),
    weight: panel.weight ?? 1,
    curves: [...series, ...steps],
    lines: isEmpty ? [] : (panel.lines ?? []).map(({ value, label }) => ({ value, label })),
    isEmpty,
  };
}

function sorted(times: Samples): Samples {
  return Float64Array.from(times).filter(isDrawable).sort();
}

function plotAxis(axis: Axis, domain: Domain): PlotAxis {
  return { label: axis.label, unit: axis.unit ?? '', title: axisTitle(axis), domain };
}
