import { max } from 'd3-array';
import { type AxisScale, axisScale, EMPTY_SCALE } from './axis-scale.ts';
import { type Curve, curvesOf, needsLegend } from './curves.ts';
import {
  axisTitle,
  type Figure,
  type HorizontalLine,
  type RasterPanel,
  type SpikeMarks,
  type TracePanel,
} from './figure.ts';
import { valueRange, xDomain } from './figure-extent.ts';
import type { Box } from './polyline.ts';
import { fitText, textWidth, wrapText } from './svg-text.ts';
import { scaleNote } from './tick-labels.ts';

/** Sizes in px. */
export const SIZE = {
  title: 15,
  subtitle: 12,
  axis: 12,
  tick: 11,
  legend: 11,
  margin: 12,
  line: 16,
  strip: 14,
  /** Keeps the names of spike rows clear of the lowest tick label. */
  stripGap: 6,
  tickLength: 4,
  tickGap: 3,
  swatch: 18,
  panelGap: 14,
  leastPlotHeight: 44,
  /** Height of a panel that says `no data`. */
  emptyPlotHeight: 64,
  /** Room for a spike that stands on the trace. */
  spike: 9,
} as const;

export interface LegendEntry {
  readonly name: string;
  readonly text: string;
  readonly key:
    | { readonly kind: 'curve'; readonly curve: Curve }
    | { readonly kind: 'spikes'; readonly index: number };
  readonly x: number;
  readonly y: number;
}

export interface LineLabel {
  readonly label: string;
  readonly text: string;
  /** Where the line is, and where its label is, moved to stay clear of the others. */
  readonly lineY: number;
  readonly labelY: number;
}

export interface TraceGeometry {
  readonly kind: 'trace';
  readonly panel: TracePanel;
  readonly plot: Box;
  /** Width of the column of labels left of the plot. */
  readonly gutter: number;
  readonly y: AxisScale;
  readonly curves: readonly Curve[];
  readonly lines: readonly HorizontalLine[];
  readonly legend: readonly LegendEntry[];
  readonly lineLabels: readonly LineLabel[];
  readonly spikesAbove: readonly SpikeMarks[];
  readonly strips: readonly { readonly train: SpikeMarks; readonly top: number }[];
  readonly title: readonly string[];
}

export interface RasterGeometry {
  readonly kind: 'raster';
  readonly panel: RasterPanel;
  readonly plot: Box;
  readonly gutter: number;
  readonly title: readonly string[];
}

export type PanelGeometry = TraceGeometry | RasterGeometry;

export interface FigureGeometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly titleX: number;
  readonly title: readonly string[];
  readonly subtitle: readonly string[];
  readonly x: AxisScale;
  readonly panels: readonly PanelGeometry[];
  /** Bottom of the lowest panel, where the shared axis is. */
  readonly axisY: number;
}

/** Places everything on a page of the given width; the height follows, or is `height` if the panels fit into it. */
export function layoutFigure(figure: Figure, width: number, height: number | undefined): FigureGeometry {
  const domain = xDomain(figure);
  const drafts = figure.panels.map((panel) => draftPanel(figure, panel, domain, height));
  const titleLines = Math.max(1, ...drafts.map((draft) => draft.title.length));
  const gutter = Math.min(Math.max(0, ...drafts.map((draft) => draft.gutter)), width * 0.18);
  const left = SIZE.margin + titleLines * (SIZE.axis + 2) + 6 + gutter + SIZE.tickGap + SIZE.tickLength;
  const labels = Math.min(Math.max(0, ...drafts.map((draft) => draft.lineLabelWidth)), width * 0.2);
  const draftRight = width - SIZE.margin - (labels === 0 ? 0 : labels + SIZE.legend / 2);
  const x = horizontalScale(domain, draftRight - left);
  const overhang = textWidth(x.ticks.at(-1)?.label ?? '', SIZE.tick) / 2;
  const right = Math.min(draftRight, width - overhang - 4);
  const { titleX, title, subtitle } = layoutTitles(figure, left, width);
  const titleHeight = title.length * (SIZE.title + 4) + subtitle.length * SIZE.line;
  let top = SIZE.margin + titleHeight + (titleHeight > 0 ? 4 : 0);
  const below = SIZE.tickLength + SIZE.tickGap + SIZE.tick + SIZE.line + SIZE.margin;
  const heads = drafts.map((draft) => headOf(draft, right - left));
  const stretch = stretchFactor(drafts, heads, top + below, height);
  const panels: PanelGeometry[] = [];
  drafts.forEach((draft, i) => {
    if (i > 0) top += SIZE.panelGap;
    const placed = placePanel(draft, heads[i] ?? { rows: 0, legend: [] }, {
      left,
      right,
      top,
      gutter,
      labelWidth: labels,
      stretch,
    });
    panels.push(placed.geometry);
    top = placed.bottom;
  });
  return {
    width,
    height: Math.ceil(top + below),
    left,
    right,
    titleX,
    title,
    subtitle,
    x,
    panels,
    axisY: top,
  };
}

/** Titles begin above the axis, or at the margin if they need the room. */
function layoutTitles(
  figure: Figure,
  left: number,
  width: number,
): Pick<FigureGeometry, 'titleX' | 'title' | 'subtitle'> {
  const subtitle = figure.subtitle ?? '';
  const room = width - left - SIZE.margin;
  const isShort = textWidth(figure.title, SIZE.title) <= room && textWidth(subtitle, SIZE.subtitle) <= room;
  const titleX = isShort ? left : SIZE.margin;
  const longest = width - titleX - SIZE.margin;
  return {
    titleX,
    title: wrapText(figure.title, longest, SIZE.title, 2),
    subtitle: wrapText(subtitle, longest, SIZE.subtitle, 2),
  };
}

/** What is known of a panel before the margins are. */
type Draft = TraceDraft | RasterDraft;

interface TraceDraft {
  readonly kind: 'trace';
  readonly panel: TracePanel;
  readonly y: AxisScale;
  readonly lines: readonly HorizontalLine[];
  readonly offScale: readonly HorizontalLine[];
  readonly curves: readonly Curve[];
  readonly plotHeight: number;
  readonly title: readonly string[];
  readonly gutter: number;
  readonly lineLabelWidth: number;
}

interface RasterDraft {
  readonly kind: 'raster';
  readonly panel: RasterPanel;
  readonly plotHeight: number;
  readonly title: readonly string[];
  readonly gutter: number;
  readonly lineLabelWidth: number;
}

/** Longest name in the left gutter. */
const MOST_GUTTER = 90;
const MOST_LINE_LABEL = 130;

function draftPanel(
  figure: Figure,
  panel: Figure['panels'][number],
  domain: readonly [number, number],
  height: number | undefined,
): Draft {
  const namesWidth = (names: readonly string[]) =>
    Math.min(MOST_GUTTER, max(names, (name) => textWidth(name, SIZE.tick)) ?? 0);
  if (panel.kind === 'raster') {
    const plotHeight = rasterHeight(panel.trains.length);
    const title = rasterTitle(panel, plotHeight);
    return {
      kind: 'raster',
      panel,
      plotHeight,
      title,
      gutter: namesWidth(panel.trains.map((train) => train.name)),
      lineLabelWidth: 0,
    };
  }
  const strips = stripTrains(panel);
  const planned = plannedHeight(figure, panel, height);
  const hasMarks = strips.length < (panel.spikes ?? []).length;
  const above = hasMarks ? 0.05 + (SIZE.spike + 4) / planned : 0.05;
  const { domain: range, lines, offScale, isEmpty } = valueRange(panel, domain, { below: 0.05, above });
  const plotHeight = isEmpty ? Math.min(planned, SIZE.emptyPlotHeight) : planned;
  const y = isEmpty ? EMPTY_SCALE : axisScale(range, Math.round(plotHeight / 32));
  const labels = [...lines, ...offScale].map((line) => textWidth(`${line.label} ↑`, SIZE.legend));
  return {
    kind: 'trace',
    panel,
    y,
    lines,
    offScale,
    curves: curvesOf(panel, domain[1]),
    plotHeight,
    title: verticalTitle(panel.y.label, panel.y.unit, plotHeight),
    gutter: Math.max(
      namesWidth(strips.map((train) => train.name)),
      ...y.ticks.map((tick) => textWidth(tick.label, SIZE.tick)),
      textWidth(scaleNote(y), SIZE.tick),
    ),
    lineLabelWidth: Math.min(MOST_LINE_LABEL, Math.max(0, ...labels)),
  };
}

function stripTrains(panel: TracePanel): readonly SpikeMarks[] {
  return (panel.spikes ?? []).filter((train) => train.placement !== 'above-trace');
}

function stripsHeight(panel: TracePanel): number {
  const count = stripTrains(panel).length;
  return count === 0 ? 0 : SIZE.stripGap + count * SIZE.strip;
}

/** The more panels, the lower each. */
function usualHeight(figure: Figure): number {
  const count = figure.panels.filter((panel) => panel.kind === 'trace').length;
  return count === 1 ? 220 : count === 2 ? 180 : 150;
}

/** Up to this many rows have the height of a strip, with room for names that stand on their own. */
const FEW_ROWS = 4;

function rasterHeight(rows: number): number {
  if (rows <= FEW_ROWS) return Math.max(1, rows) * (SIZE.strip + 2);
  return Math.max(SIZE.leastPlotHeight, Math.min(rows * SIZE.strip, 280));
}

/** Beside few rows, which have names of their own, a title that does not fit is left out. */
function rasterTitle({ label, trains }: RasterPanel, height: number): readonly string[] {
  const isLeftOut = trains.length <= FEW_ROWS && textWidth(label, SIZE.axis) > height;
  return isLeftOut ? [] : verticalTitle(label, undefined, height);
}

/** Height of a trace panel; where the height of the page is given, what is left of it after usual headers. */
function plannedHeight(figure: Figure, panel: TracePanel, height: number | undefined): number {
  const labels = (panel.lines ?? []).length * (SIZE.legend + 2);
  const least = Math.max(SIZE.leastPlotHeight, labels);
  const weight = weightOf(panel);
  if (height === undefined) return Math.max(least, usualHeight(figure) * weight);
  let weights = 0;
  let used = 100;
  for (const other of figure.panels) {
    if (other.kind === 'raster') used += rasterHeight(other.trains.length) + SIZE.panelGap;
    else {
      used += SIZE.line + SIZE.panelGap + stripsHeight(other);
      weights += weightOf(other);
    }
  }
  return Math.max(least, ((height - used) * weight) / weights);
}

function weightOf(panel: TracePanel): number {
  const weight = panel.weight ?? 1;
  return weight > 0 && Number.isFinite(weight) ? weight : 1;
}

/** The lines of an upright axis title of at most `length` px: broken before the unit, then between words. */
function verticalTitle(label: string, unit: string | undefined, length: number): readonly string[] {
  const whole = axisTitle(unit === undefined ? { label } : { label, unit });
  if (textWidth(whole, SIZE.axis) <= length) return [whole];
  const lines = wrapText(label, length, SIZE.axis, 2);
  return unit === undefined || unit === '' ? lines : [...lines, fitText(`(${unit})`, length, SIZE.axis)];
}

/** Time axis with as many ticks as have clear space between their labels. */
function horizontalScale(domain: readonly [number, number], width: number): AxisScale {
  for (let count = Math.max(2, Math.floor(width / 64)); count > 2; count--) {
    const scale = axisScale(domain, count);
    const widest = Math.max(...scale.ticks.map((tick) => textWidth(tick.label, SIZE.tick)));
    const apart = ((scale.ticks[1]?.share ?? 1) - (scale.ticks[0]?.share ?? 0)) * width;
    if (apart >= widest + 14) return scale;
  }
  return axisScale(domain, 2);
}

/** The space above the plot: rows of legend entries, placed relative to its top left corner. */
interface Head {
  readonly rows: number;
  readonly legend: readonly LegendEntry[];
}

function headOf(draft: Draft, width: number): Head {
  if (draft.kind === 'raster') return { rows: 0, legend: [] };
  const leastRows = draft.y.exponent === 0 ? 0 : 1;
  if (!needsLegend(draft.panel)) return { rows: leastRows, legend: [] };
  const curves = draft.curves.map((curve) => ({ name: curve.name, key: { kind: 'curve', curve } as const }));
  const spikes = (draft.panel.spikes ?? []).flatMap((train, index) =>
    train.placement === 'above-trace' ? [{ name: train.name, key: { kind: 'spikes', index } as const }] : [],
  );
  const legend: LegendEntry[] = [];
  let x = 0;
  let row = 0;
  for (const { name, key } of [...curves, ...spikes]) {
    const text = fitText(name, width - SIZE.swatch - 6, SIZE.legend);
    const needed = keyWidth(key) + 5 + textWidth(text, SIZE.legend);
    if (x > 0 && x + needed > width) {
      x = 0;
      row++;
    }
    legend.push({ name, text, key, x, y: row * SIZE.line });
    x += needed + 14;
  }
  return { rows: legend.length === 0 ? leastRows : row + 1, legend };
}

/** How much taller or lower trace panels become so that the page has the wanted height. */
function stretchFactor(
  drafts: readonly Draft[],
  heads: readonly Head[],
  outside: number,
  height: number | undefined,
): number {
  if (height === undefined) return 1;
  let fixed = outside + Math.max(0, drafts.length - 1) * SIZE.panelGap;
  let flexible = 0;
  drafts.forEach((draft, i) => {
    fixed += headHeight(heads[i]);
    if (draft.kind === 'raster') fixed += draft.plotHeight;
    else {
      fixed += stripsHeight(draft.panel);
      flexible += draft.plotHeight;
    }
  });
  return flexible === 0 ? 1 : Math.max((height - fixed) / flexible, 0);
}

/** Width of the sample before a name in the legend. */
export function keyWidth(key: LegendEntry['key']): number {
  return key.kind === 'curve' && key.curve.mark !== 'points' ? SIZE.swatch : 6;
}

function headHeight(head: Head | undefined): number {
  const rows = head?.rows ?? 0;
  return rows === 0 ? SIZE.tick / 2 : rows * SIZE.line + 4;
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly gutter: number;
  readonly labelWidth: number;
  readonly stretch: number;
}

function placePanel(draft: Draft, head: Head, place: Place): { geometry: PanelGeometry; bottom: number } {
  const top = place.top + headHeight(head);
  if (draft.kind === 'raster') {
    const plot = { left: place.left, right: place.right, top, bottom: top + draft.plotHeight };
    return {
      geometry: { kind: 'raster', panel: draft.panel, plot, gutter: place.gutter, title: draft.title },
      bottom: plot.bottom,
    };
  }
  const labelled = draft.lines.length + draft.offScale.length;
  const least = Math.max(SIZE.leastPlotHeight, labelled * (SIZE.legend + 2));
  const plotHeight = Math.max(least, draft.plotHeight * place.stretch);
  const plot = { left: place.left, right: place.right, top, bottom: top + plotHeight };
  const strips = stripTrains(draft.panel).map((train, i) => ({
    train,
    top: plot.bottom + SIZE.stripGap + i * SIZE.strip,
  }));
  const legend = head.legend.map((entry) => ({
    ...entry,
    x: place.left + entry.x,
    y: place.top + entry.y + SIZE.line / 2,
  }));
  const geometry: TraceGeometry = {
    kind: 'trace',
    panel: draft.panel,
    plot,
    gutter: place.gutter,
    y: draft.y,
    curves: draft.curves,
    lines: draft.lines,
    legend,
    lineLabels: placeLineLabels(draft, plot, place.labelWidth),
    spikesAbove: (draft.panel.spikes ?? []).filter((train) => train.placement === 'above-trace'),
    strips,
    title: draft.title,
  };
  return { geometry, bottom: plot.bottom + stripsHeight(draft.panel) };
}

/** Names of the reference lines beside the plot, in the order of their heights, none over another. */
function placeLineLabels(draft: TraceDraft, plot: Box, width: number): readonly LineLabel[] {
  const spacing = SIZE.legend + 2;
  const lowest = plot.bottom - SIZE.legend / 2;
  const highest = plot.top + SIZE.legend / 2;
  const share = (value: number) => Math.min(1, Math.max(0, draft.y.share(value)));
  const entries = [
    ...draft.lines.map((line) => ({ ...line, arrow: '' })),
    ...draft.offScale.map((line) => ({ ...line, arrow: draft.y.share(line.value) > 1 ? ' ↑' : ' ↓' })),
  ]
    .map((line) => ({ ...line, lineY: plot.bottom - share(line.value) * (plot.bottom - plot.top) }))
    .sort((a, b) => a.lineY - b.lineY);
  const centres: number[] = [];
  for (const { lineY } of entries) {
    centres.push(Math.max(highest, Math.min(lineY, lowest), (centres.at(-1) ?? -Infinity) + spacing));
  }
  for (let i = centres.length - 1, limit = lowest; i >= 0; i--, limit -= spacing) {
    centres[i] = Math.min(centres[i] ?? limit, limit);
    limit = Math.min(limit, centres[i] ?? limit);
  }
  return entries.map(({ label, arrow, lineY }, i) => {
    const whole = `${label}${arrow}`;
    const room = width - textWidth(arrow, SIZE.legend);
    const text =
      textWidth(whole, SIZE.legend) <= width ? whole : `${fitText(label, room, SIZE.legend)}${arrow}`;
    return { label: whole, text, lineY, labelY: centres[i] ?? lineY };
  });
}
