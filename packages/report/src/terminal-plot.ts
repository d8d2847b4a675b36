import {
  braillePattern,
  type DotRaster,
  dashed,
  dotColumn,
  dotRow,
  rasterCurve,
  setSpikes,
} from './dot-raster.ts';
import type { Figure, SpikeTrain } from './figure.ts';
import { assertFigure, isDrawable } from './figure-extent.ts';
import { TERMINAL_COLOURS } from './palette.ts';
import { TerminalGrid } from './terminal-grid.ts';
import {
  LEGEND_INDENT,
  type LegendItem,
  layoutTerminal,
  type TerminalGeometry,
  type TerminalPanel,
  type TerminalRasterPanel,
  type TerminalTracePanel,
} from './terminal-layout.ts';
import { displayWidth, pad, type TerminalStyle, terminalText, truncate } from './terminal-text.ts';

export interface TerminalOptions {
  /** Width of the output in character cells; less than 30 counts as 30. */
  readonly columns: number;
  /** Height of the output in lines; less than 8 counts as 8. */
  readonly rows: number;
  /** Whether series are told apart by ANSI colours (otherwise by line patterns). */
  readonly colour: boolean;
  /** Whether braille and box-drawing characters may be used (otherwise ASCII only). */
  readonly unicode: boolean;
}

/** Everything that drawing a panel needs. */
interface Canvas {
  readonly grid: TerminalGrid;
  readonly geometry: TerminalGeometry;
  readonly options: TerminalOptions;
  readonly glyphs: Glyphs;
}

interface Glyphs {
  readonly border: string;
  readonly borderTick: string;
  readonly corner: string;
  readonly axis: string;
  readonly axisTick: string;
  readonly spike: string;
  readonly line: string;
  readonly above: string;
  readonly below: string;
  /** Dots per cell, across and down. */
  readonly dots: readonly [across: number, down: number];
}

const UNICODE: Glyphs = {
  border: '│',
  borderTick: '┤',
  corner: '└',
  axis: '─',
  axisTick: '┬',
  spike: '│',
  line: '┄',
  above: '↑',
  below: '↓',
  dots: [2, 4],
};

const ASCII: Glyphs = {
  border: '|',
  borderTick: '+',
  corner: '+',
  axis: '-',
  axisTick: '+',
  spike: '|',
  line: '-',
  above: '^',
  below: 'v',
  dots: [1, 1],
};

/** One mark per curve where there is no braille. */
const ASCII_MARKS = ['*', '.', 'o', 'x', '#', '@'] as const;

/** Dots per period and dots drawn of it, per curve, where there is no colour. */
const DASHES = [
  [1, 1],
  [4, 2],
  [3, 1],
  [12, 8],
] as const;

/**
 * Draws a figure as `rows` lines of exactly `columns` cells each, joined by `\n`, without a final line break. Where
 * rows are scarce, first legends, then the subtitle, the title of the x axis and the last panels are left out; the
 * last is said in the bottom line. Spikes of every train are rows of ticks under their panel.
 * @throws RangeError if a series has columns of different lengths, or a given domain is empty
 */
export function renderTerminal(figure: Figure, options: TerminalOptions): string {
  assertFigure(figure);
  const columns = Math.max(30, Math.floor(options.columns));
  const rows = Math.max(8, Math.floor(options.rows));
  const geometry = layoutTerminal(figure, { ...options, columns, rows });
  const grid = new TerminalGrid(columns, rows);
  const canvas: Canvas = { grid, geometry, options, glyphs: options.unicode ? UNICODE : ASCII };
  const titles = [geometry.title, geometry.subtitle].filter((text) => text !== '');
  titles.forEach((text, row) => {
    grid.put(row, 0, truncate(text, columns, options.unicode), text === geometry.title ? 'bold' : 'dim');
  });
  for (const panel of geometry.panels) drawPanel(canvas, panel);
  drawTimeAxis(canvas);
  return grid.toText(options.colour);
}

function drawPanel(canvas: Canvas, panel: TerminalPanel): void {
  const { grid, options } = canvas;
  grid.put(panel.top, 0, truncate(panel.title, grid.columns, options.unicode));
  if (panel.kind === 'raster') {
    drawTrains(canvas, panel);
    return;
  }
  drawValueAxis(canvas, panel);
  drawReferences(canvas, panel);
  const rasters = panel.curves.map((curve) => rasterOf(canvas, panel, curve));
  drawRasters(canvas, panel, rasters);
  if (rasters.every((raster) => !raster.dots.includes(1))) drawNoData(canvas, panel);
  panel.strips.forEach((train, i) => {
    const row = panel.plotTop + panel.plotRows + i;
    drawRowName(canvas, row, train.name);
    drawSpikes(canvas, train, row);
  });
  panel.legend.forEach((items, i) => {
    drawLegend(canvas, panel, items, panel.top + i, i === 0 ? displayWidth(panel.title) : 0);
  });
}

/** One row per train; where there are more trains than rows, they share them: as dots where there is braille. */
function drawTrains(canvas: Canvas, panel: TerminalRasterPanel): void {
  const { grid, geometry, options } = canvas;
  const { trains, plotTop, plotRows } = panel;
  const isDense = trains.length > plotRows && options.unicode;
  const down = isDense ? 4 : 1;
  const dotRows = plotRows * down;
  const raster: DotRaster = {
    columns: geometry.plotColumns * 2,
    rows: dotRows,
    dots: new Uint8Array(geometry.plotColumns * 2 * dotRows),
  };
  const named = new Set<number>();
  for (let row = 0; row < plotRows; row++) drawBorder(canvas, plotTop + row, '', false);
  trains.forEach((train, i) => {
    const dot = trains.length <= plotRows ? i : Math.floor((i * dotRows) / trains.length);
    const row = plotTop + Math.floor(dot / down);
    if (!named.has(row)) drawRowName(canvas, row, train.name);
    named.add(row);
    if (isDense) setSpikes(raster, train, geometry.x, dot);
    else drawSpikes(canvas, train, row);
  });
  if (!isDense) return;
  for (let row = 0; row < plotRows; row++) {
    for (let column = 0; column < geometry.plotColumns; column++) {
      const bits = braillePattern(raster, row, column);
      if (bits > 0)
        grid.put(plotTop + row, geometry.border + 1 + column, String.fromCodePoint(0x2800 + bits));
    }
  }
}

function drawBorder(canvas: Canvas, row: number, label: string, isTick: boolean): void {
  const { grid, geometry, glyphs } = canvas;
  grid.put(row, geometry.border, isTick ? glyphs.borderTick : glyphs.border, 'dim');
  drawRowName(canvas, row, label);
}

function drawRowName({ grid, geometry, options }: Canvas, row: number, name: string): void {
  const width = geometry.border - 1;
  grid.put(
    row,
    0,
    pad(truncate(terminalText(name, options.unicode), width, options.unicode), width, 'right'),
  );
}

function drawValueAxis(canvas: Canvas, panel: TerminalTracePanel): void {
  const labels = new Map<number, string>();
  for (const tick of panel.y.ticks) labels.set(valueRow(canvas, panel, tick.value), tick.label);
  for (let row = panel.plotTop; row < panel.plotTop + panel.plotRows; row++) {
    drawBorder(canvas, row, labels.get(row) ?? '', labels.has(row));
  }
}

/** The row of cells that holds a value. */
function valueRow({ glyphs }: Canvas, panel: TerminalTracePanel, value: number): number {
  const down = glyphs.dots[1];
  return panel.plotTop + Math.floor(Math.round(dotRow(panel.y, value, panel.plotRows * down)) / down);
}

/** The column of cells that holds a position on the x axis. */
function timeColumn({ geometry, glyphs }: Canvas, value: number): number {
  const across = glyphs.dots[0];
  const dot = Math.round(dotColumn(geometry.x, value, geometry.plotColumns * across));
  return geometry.border + 1 + Math.floor(dot / across);
}

function drawReferences(canvas: Canvas, panel: TerminalTracePanel): void {
  const { grid, geometry, glyphs } = canvas;
  for (const line of panel.lines) {
    const row = valueRow(canvas, panel, line.value);
    grid.put(row, geometry.border + 1, glyphs.line.repeat(geometry.plotColumns), 'dim');
  }
}

function rasterOf(
  canvas: Canvas,
  panel: TerminalTracePanel,
  curve: TerminalTracePanel['curves'][number],
): DotRaster {
  const { geometry, glyphs, options } = canvas;
  const [across, down] = glyphs.dots;
  const isJoined = curve.mark !== 'points';
  const raster = rasterCurve(
    curve,
    geometry.x,
    panel.y,
    geometry.plotColumns * across,
    panel.plotRows * down,
    isJoined,
  );
  const [period, drawn] = DASHES[curve.index % DASHES.length] ?? [1, 1];
  return options.colour || !options.unicode || !isJoined ? raster : dashed(raster, period, drawn);
}

function drawRasters(canvas: Canvas, panel: TerminalTracePanel, rasters: readonly DotRaster[]): void {
  const { grid, geometry, options } = canvas;
  for (let row = 0; row < panel.plotRows; row++) {
    for (let column = 0; column < geometry.plotColumns; column++) {
      const place = [panel.plotTop + row, geometry.border + 1 + column] as const;
      let bits = 0;
      rasters.forEach((raster, index) => {
        const own = options.unicode
          ? braillePattern(raster, row, column)
          : (raster.dots[row * raster.columns + column] ?? 0);
        if (own === 0) return;
        bits |= own;
        grid.put(
          ...place,
          options.unicode ? String.fromCodePoint(0x2800 + bits) : asciiMark(index),
          curveStyle(index),
        );
      });
    }
  }
}

function asciiMark(index: number): string {
  return ASCII_MARKS[index % ASCII_MARKS.length] ?? '*';
}

function curveStyle(index: number): TerminalStyle {
  return TERMINAL_COLOURS[index % TERMINAL_COLOURS.length] ?? 'plain';
}

function drawNoData({ grid, geometry }: Canvas, panel: TerminalTracePanel): void {
  const text = 'no data';
  const column = geometry.border + 1 + Math.floor((geometry.plotColumns - text.length) / 2);
  grid.put(panel.plotTop + Math.floor(panel.plotRows / 2), column, text, 'dim');
}

function drawSpikes(canvas: Canvas, train: SpikeTrain, row: number): void {
  const { domain } = canvas.geometry.x;
  for (let i = 0; i < train.times.length; i++) {
    const time = train.times[i];
    if (!isDrawable(time) || time < domain[0] || time > domain[1]) continue;
    canvas.grid.put(row, timeColumn(canvas, time), canvas.glyphs.spike);
  }
}

function drawLegend(
  canvas: Canvas,
  panel: TerminalTracePanel,
  items: readonly LegendItem[],
  row: number,
  start: number,
): void {
  const { grid } = canvas;
  let column = start;
  for (const { key, text } of items) {
    const [sample, style] = legendSample(canvas, panel, key);
    grid.put(row, column + 2, sample, style);
    grid.put(row, column + LEGEND_INDENT, text);
    column += LEGEND_INDENT + displayWidth(text);
  }
}

/** Two cells of a curve or a reference line; an arrow for a line that is off the scale. */
function legendSample(
  { glyphs, options }: Canvas,
  panel: TerminalTracePanel,
  key: LegendItem['key'],
): [string, TerminalStyle] {
  if (key.kind === 'line') {
    if (key.value > panel.y.domain[1]) return [` ${glyphs.above}`, 'dim'];
    if (key.value < panel.y.domain[0]) return [` ${glyphs.below}`, 'dim'];
    return [glyphs.line.repeat(2), 'dim'];
  }
  if (!options.unicode) return [asciiMark(key.index).repeat(2), curveStyle(key.index)];
  const solid: DotRaster = {
    columns: 4,
    rows: 4,
    dots: Uint8Array.from([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
  };
  const isPoints = panel.curves[key.index]?.mark === 'points';
  const [period, drawn] = isPoints
    ? ([2, 1] as const)
    : (DASHES[key.index % DASHES.length] ?? ([1, 1] as const));
  const raster = options.colour && !isPoints ? solid : dashed(solid, period, drawn);
  const cells = [0, 1].map((column) => String.fromCodePoint(0x2800 + braillePattern(raster, 0, column)));
  return [cells.join(''), curveStyle(key.index)];
}

function drawTimeAxis(canvas: Canvas): void {
  const { grid, geometry, glyphs, options } = canvas;
  const { axisRow, border, plotColumns, x } = geometry;
  grid.put(axisRow, border, glyphs.corner + glyphs.axis.repeat(plotColumns), 'dim');
  let free = 0;
  for (const tick of x.ticks) {
    const column = timeColumn(canvas, tick.value);
    grid.put(axisRow, column, glyphs.axisTick, 'dim');
    const start = Math.min(column - Math.floor(tick.label.length / 2), grid.columns - tick.label.length);
    if (start < free) continue;
    grid.put(axisRow + 1, start, tick.label);
    free = start + tick.label.length + 1;
  }
  const title = truncate(geometry.xTitle, grid.columns, options.unicode);
  const centre = border + 1 + Math.floor((plotColumns - displayWidth(title)) / 2);
  grid.put(axisRow + 2, Math.max(0, centre), title);
  grid.put(grid.rows - 1, 0, truncate(geometry.omitted, grid.columns, options.unicode), 'dim');
}
