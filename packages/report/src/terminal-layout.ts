import { type AxisScale, axisScale, EMPTY_SCALE, roundAxisScale } from './axis-scale.ts';
import { type Curve, curvesOf, needsLegend } from './curves.ts';
import {
  axisTitle,
  type Domain,
  type Figure,
  type HorizontalLine,
  type Panel,
  type SpikeTrain,
  type TracePanel,
} from './figure.ts';
import { type ValueRange, valueRange, xDomain } from './figure-extent.ts';
import type { TerminalOptions } from './terminal-plot.ts';
import { displayWidth, terminalText, truncate } from './terminal-text.ts';

/** A piece of the line above a panel: a name, after a sample of how it is drawn. */
export interface LegendItem {
  readonly key:
    | { readonly kind: 'curve'; readonly index: number }
    | { readonly kind: 'line'; readonly value: number };
  readonly text: string;
}

export interface TerminalTracePanel {
  readonly kind: 'trace';
  readonly title: string;
  /** Row of the title; the plot begins in the next one that is free of the legend. */
  readonly top: number;
  readonly legend: readonly (readonly LegendItem[])[];
  readonly plotTop: number;
  readonly plotRows: number;
  readonly y: AxisScale;
  readonly curves: readonly Curve[];
  readonly lines: readonly HorizontalLine[];
  readonly strips: readonly SpikeTrain[];
}

export interface TerminalRasterPanel {
  readonly kind: 'raster';
  readonly title: string;
  readonly top: number;
  readonly plotTop: number;
  readonly plotRows: number;
  /** More than `plotRows` trains share rows. */
  readonly trains: readonly SpikeTrain[];
}

export type TerminalPanel = TerminalTracePanel | TerminalRasterPanel;

export interface TerminalGeometry {
  readonly title: string;
  readonly subtitle: string;
  readonly x: AxisScale;
  readonly xTitle: string;
  /** Column of the left border; the plot begins right of it. */
  readonly border: number;
  readonly plotColumns: number;
  readonly axisRow: number;
  readonly panels: readonly TerminalPanel[];
  /** What did not fit, in words; empty if everything did. */
  readonly omitted: string;
}

/** What is shown where rows are scarce: tried from the most generous to the most frugal. */
interface Economy {
  readonly subtitle: boolean;
  readonly xTitle: boolean;
  readonly legendRows: number;
  readonly panels: number;
  readonly plotRows: number;
}

const LEAST_PLOT_ROWS = 3;

/** Places everything in a grid of `columns` × `rows` cells. */
export function layoutTerminal(figure: Figure, options: TerminalOptions): TerminalGeometry {
  const clean = (text: string) => terminalText(text, options.unicode);
  const domain = xDomain(figure);
  const { economy, heads } = economise(withoutEmptyLines(figure, domain), options);
  const panels = figure.panels.slice(0, economy.panels);
  const top = (figure.title === '' ? 0 : 1) + (economy.subtitle && figure.subtitle ? 1 : 0);
  const mostStrips = economy.panels > 1 ? Infinity : Math.max(0, options.rows - top - 4 - LEAST_PLOT_ROWS);
  const strips = panels.map((panel) => stripsOf(panel).slice(0, mostStrips));
  const isComplete =
    panels.length === figure.panels.length &&
    panels.every((panel, i) => stripsOf(panel).length === strips[i]?.length);
  const omitted = isComplete ? '' : '(more rows needed to show all)';
  const below = 2 + (economy.xTitle ? 1 : 0) + (omitted === '' ? 0 : 1);
  const fixed =
    top + below + sum(heads.map((head) => head.length)) + sum(strips.map((trains) => trains.length));
  const heights = distribute(panels, domain, options.rows - fixed);
  const scales = panels.map((panel, i) =>
    panel.kind === 'trace' ? valueScale(panel, domain, heights[i] ?? 1) : undefined,
  );
  const border = gutterWidth(panels, scales, options) + 1;
  const x = horizontalScale(domain, options.columns - border - 1);
  let row = top;
  const placed = panels.map((panel, i): TerminalPanel => {
    const legend = heads[i] ?? [];
    const plotRows = heights[i] ?? LEAST_PLOT_ROWS;
    const place = {
      top: row,
      plotTop: row + legend.length,
      plotRows,
      strips: strips[i] ?? [],
      end: domain[1],
    };
    row = place.plotTop + plotRows + (strips[i]?.length ?? 0);
    return placePanel(panel, scales[i], legend, place, clean);
  });
  return {
    title: clean(figure.title),
    subtitle: economy.subtitle ? clean(figure.subtitle ?? '') : '',
    x,
    xTitle: economy.xTitle ? clean(scaledTitle(figure.x, x)) : '',
    border,
    plotColumns: options.columns - border - 1,
    axisRow: row,
    panels: placed,
    omitted,
  };
}

type Legend = readonly (readonly LegendItem[])[];

function economise(figure: Figure, options: TerminalOptions): { economy: Economy; heads: readonly Legend[] } {
  const count = figure.panels.length;
  const economies: Economy[] = [
    { subtitle: true, xTitle: true, legendRows: 3, panels: count, plotRows: 5 },
    { subtitle: true, xTitle: true, legendRows: 1, panels: count, plotRows: LEAST_PLOT_ROWS },
    { subtitle: false, xTitle: true, legendRows: 1, panels: count, plotRows: LEAST_PLOT_ROWS },
    { subtitle: false, xTitle: false, legendRows: 1, panels: count, plotRows: LEAST_PLOT_ROWS },
  ];
  for (let panels = count - 1; panels > 0; panels--) {
    economies.push({ subtitle: false, xTitle: false, legendRows: 1, panels, plotRows: LEAST_PLOT_ROWS });
  }
  const tried = economies.map((economy) => {
    const panels = figure.panels.slice(0, economy.panels);
    return { economy, heads: panels.map((panel) => legendOf(panel, economy.legendRows, options)) };
  });
  const fits = ({ economy, heads }: { economy: Economy; heads: readonly Legend[] }) => {
    const titles = (figure.title === '' ? 0 : 1) + (economy.subtitle && figure.subtitle ? 1 : 0);
    const axis = 2 + (economy.xTitle ? 1 : 0) + (economy.panels < count ? 1 : 0);
    const panels = figure.panels.slice(0, economy.panels);
    const least = sum(panels.map((panel) => economy.plotRows + stripsOf(panel).length));
    return titles + axis + sum(heads.map((head) => head.length)) + least <= options.rows;
  };
  const chosen = tried.find(fits) ?? tried.at(-1);
  return (
    chosen ?? {
      economy: { subtitle: true, xTitle: true, legendRows: 1, panels: 0, plotRows: LEAST_PLOT_ROWS },
      heads: [],
    }
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function stripsOf(panel: Panel): readonly SpikeTrain[] {
  return panel.kind === 'trace' ? (panel.spikes ?? []) : [];
}

/** A raster takes no more rows than it has trains, a panel without data no more than it needs to say so. */
function mostRows(panel: Panel, domain: Domain): number {
  if (panel.kind === 'raster') return Math.max(1, panel.trains.length);
  return valueRange(panel, domain, { below: 0, above: 0 }).isEmpty ? LEAST_PLOT_ROWS : Infinity;
}

/** Reference lines of panels without data are not shown, so they need no legend. */
function withoutEmptyLines(figure: Figure, domain: Domain): Figure {
  const panels = figure.panels.map((panel) => {
    const isEmpty = panel.kind === 'trace' && valueRange(panel, domain, { below: 0, above: 0 }).isEmpty;
    return isEmpty ? { ...panel, lines: [] } : panel;
  });
  return { ...figure, panels };
}

/** Shares rows among the panels, first the least they need, then by weight. */
function distribute(panels: readonly Panel[], domain: Domain, available: number): readonly number[] {
  const shares = panels.map((panel) => ({
    rows: 1,
    most: mostRows(panel, domain),
    weight: panel.kind === 'trace' && panel.weight !== undefined && panel.weight > 0 ? panel.weight : 1,
  }));
  const satisfied = (share: { rows: number; weight: number }) =>
    share.rows < LEAST_PLOT_ROWS ? share.rows - LEAST_PLOT_ROWS : share.rows / share.weight;
  for (let left = available - panels.length; left > 0; left--) {
    const growing = shares.filter((share) => share.rows < share.most);
    const neediest = growing.sort((a, b) => satisfied(a) - satisfied(b))[0];
    if (neediest === undefined) break;
    neediest.rows += 1;
  }
  return shares.map((share) => share.rows);
}

interface ValueScale {
  readonly scale: AxisScale;
  readonly range: ValueRange;
}

function valueScale(panel: TracePanel, domain: readonly [number, number], rows: number): ValueScale {
  const range = valueRange(panel, domain, { below: 0, above: 0 });
  if (range.isEmpty) return { scale: EMPTY_SCALE, range };
  const scale =
    panel.y.domain === undefined
      ? roundAxisScale(range.domain, Math.max(4, Math.floor(rows / 2)), Math.floor((rows + 1) / 2))
      : axisScale(range.domain, Math.max(2, Math.floor(rows / 4)));
  return { scale, range };
}

/** Width of the labels left of the border: tick labels in full, names as far as they leave room for the plot. */
function gutterWidth(
  panels: readonly Panel[],
  scales: readonly (ValueScale | undefined)[],
  options: TerminalOptions,
): number {
  const mostForNames = Math.min(16, Math.floor(options.columns / 5));
  const names = panels.flatMap((panel) => (panel.kind === 'raster' ? panel.trains : stripsOf(panel)));
  const nameWidths = names.map((train) =>
    Math.min(mostForNames, displayWidth(terminalText(train.name, options.unicode))),
  );
  const labels = scales.flatMap((value) => value?.scale.ticks.map((tick) => tick.label.length) ?? []);
  const widest = [...nameWidths, ...labels].reduce((most, width) => Math.max(most, width), 3);
  return Math.min(widest, Math.floor(options.columns / 2));
}

/** Axis with as many ticks as have clear space between their labels. */
function horizontalScale(domain: readonly [number, number], columns: number): AxisScale {
  for (let count = Math.max(2, Math.floor(columns / 11)); count > 2; count--) {
    const scale = axisScale(domain, count);
    const widest = Math.max(...scale.ticks.map((tick) => tick.label.length));
    const apart = ((scale.ticks[1]?.share ?? 1) - (scale.ticks[0]?.share ?? 0)) * columns;
    if (apart >= widest + 3) return scale;
  }
  return axisScale(domain, 2);
}

/** The title of an axis whose labels are in multiples of a power of ten, or without an offset: `w (1e-6 nS) + 1`. */
function scaledTitle(axis: Figure['x'], { exponent, offset }: AxisScale): string {
  const unit = exponent === 0 ? axis.unit : `1e${exponent} ${axis.unit ?? ''}`.trim();
  const title = axisTitle(unit === undefined ? { label: axis.label } : { label: axis.label, unit });
  return offset === 0 ? title : `${title} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
}

interface TerminalPlace {
  readonly top: number;
  readonly plotTop: number;
  readonly plotRows: number;
  readonly strips: readonly SpikeTrain[];
  /** End of the x axis. */
  readonly end: number;
}

function placePanel(
  panel: Panel,
  value: ValueScale | undefined,
  legend: Legend,
  place: TerminalPlace,
  clean: (text: string) => string,
): TerminalPanel {
  const { top, plotTop, plotRows } = place;
  if (panel.kind === 'raster' || value === undefined) {
    const trains = panel.kind === 'raster' ? panel.trains : [];
    return {
      kind: 'raster',
      title: clean(panel.kind === 'raster' ? panel.label : ''),
      top,
      plotTop,
      plotRows,
      trains,
    };
  }
  return {
    kind: 'trace',
    title: clean(scaledTitle(panel.y, value.scale)),
    top,
    legend,
    plotTop,
    plotRows,
    y: value.scale,
    curves: curvesOf(panel, place.end),
    lines: value.range.lines,
    strips: place.strips,
  };
}

/** Breaks the legend into at most `most` lines, the first of which begins with the title of the panel. */
function legendOf(panel: Panel, most: number, options: TerminalOptions): Legend {
  if (panel.kind === 'raster') return [[]];
  const clean = (text: string) => terminalText(text, options.unicode);
  const curves = [...panel.series, ...(panel.steps ?? [])].map(
    ({ name }, index): LegendItem => ({ key: { kind: 'curve', index }, text: clean(name) }),
  );
  const lines = (panel.lines ?? []).map(
    (line): LegendItem => ({ key: { kind: 'line', value: line.value }, text: clean(line.label) }),
  );
  const rows: LegendItem[][] = [[]];
  let used = Math.min(displayWidth(clean(axisTitle(panel.y))) + 9, Math.floor(options.columns / 2));
  for (const item of [...(needsLegend(panel) ? curves : []), ...lines]) {
    const needed = LEGEND_INDENT + displayWidth(item.text);
    if (used > 0 && used + needed > options.columns && rows.length < most) {
      rows.push([]);
      used = 0;
    }
    const text = truncate(item.text, options.columns - used - LEGEND_INDENT, options.unicode);
    if (text !== '') rows.at(-1)?.push({ ...item, text });
    used += needed;
  }
  return rows;
}

/** Two spaces, the sample of two cells, one space. */
export const LEGEND_INDENT = 5;
