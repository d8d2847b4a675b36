import type { AxisScale } from './axis-scale.ts';
import type { Samples, SpikeTrain } from './figure.ts';
import { isDrawable } from './figure-extent.ts';
import { INK } from './palette.ts';
import { type Box, type Polyline, roundPixel } from './polyline.ts';
import { type RasterGeometry, SIZE } from './svg-layout.ts';
import { element, fitText, textElement } from './svg-text.ts';

/** Where the ticks of a spike train are, in px: at most two per pixel, inside the plot, ascending. */
export function spikePixels(times: Samples, x: AxisScale, plot: Box): readonly number[] {
  const pixels = new Set<number>();
  for (let i = 0; i < times.length; i++) {
    const time = times[i];
    if (!isDrawable(time) || time < x.domain[0] || time > x.domain[1]) continue;
    pixels.add(Math.round(2 * (plot.left + x.share(time) * (plot.right - plot.left))) / 2);
  }
  return [...pixels].sort((a, b) => a - b);
}

/** One row of spikes: ticks over most of its height. */
export function drawSpikeRow(
  train: SpikeTrain,
  x: AxisScale,
  plot: Box,
  top: number,
  height: number,
): string {
  const inset = Math.min(2.5, height * 0.15);
  const length = roundPixel(height - 2 * inset);
  const d = spikePixels(train.times, x, plot).map((px) => `M${px},${roundPixel(top + inset)}v${length}`);
  if (d.length === 0) return '';
  return element('path', { d: d.join(''), stroke: INK.spike, fill: 'none', 'data-name': train.name });
}

/** The name of a row of spikes, left of it, centred on the height `y`. */
export function drawSpikeName(name: string, plot: Box, y: number, gutter: number): string {
  const x = plot.left - SIZE.tickLength - SIZE.tickGap;
  const attributes = {
    x,
    y: y + SIZE.tick * 0.36,
    'font-size': SIZE.tick,
    'text-anchor': 'end',
    fill: INK.text,
  };
  return textElement(fitText(name, gutter, SIZE.tick), attributes, name);
}

/** Ticks that stand on a trace, given as it is drawn; where there is no trace they hang from the top of the plot. */
export function drawSpikesAbove(
  train: SpikeTrain,
  trace: readonly Polyline[],
  x: AxisScale,
  plot: Box,
): string {
  const tops = columnTops(trace, plot);
  const ticks = spikePixels(train.times, x, plot).map((px) => {
    const column = Math.round(px - plot.left);
    const near = Math.min(...[-2, -1, 0, 1, 2].map((offset) => tops[column + offset] ?? Infinity));
    const top = Number.isFinite(near) ? Math.max(plot.top, near - 3 - SIZE.spike) : plot.top;
    return `M${px},${roundPixel(top)}v${SIZE.spike}`;
  });
  if (ticks.length === 0) return '';
  return element('path', { d: ticks.join(''), stroke: INK.spike, fill: 'none', 'data-name': train.name });
}

/** The highest place of a trace in each column of pixels, counted from the left of the plot. */
function columnTops(trace: readonly Polyline[], plot: Box): readonly number[] {
  const tops: number[] = Array.from({ length: Math.ceil(plot.right - plot.left) + 1 }, () => Infinity);
  const mark = (px: number, py: number) => {
    const column = Math.round(px - plot.left);
    tops[column] = Math.min(tops[column] ?? Infinity, py);
  };
  for (const part of trace) {
    part.forEach(([px, py], i) => {
      mark(px, py);
      const [fromX, fromY] = part[i - 1] ?? [px, py];
      for (let at = Math.ceil(fromX); at < px; at++)
        mark(at, fromY + ((at - fromX) / (px - fromX)) * (py - fromY));
    });
  }
  return tops;
}

/** Rows lower than this, in px, share a grid of dots. */
const LEAST_ROW = 1.5;

/** Many trains as dots of 1 px, at most one for each place of a grid of 0.5 px × 1 px. */
function drawDenseRaster(trains: readonly SpikeTrain[], x: AxisScale, plot: Box): string {
  const count = Math.floor(plot.bottom - plot.top);
  const rows = Array.from({ length: count }, () => new Set<number>());
  trains.forEach((train, i) => {
    const row = rows[Math.floor((i * count) / trains.length)];
    for (const px of spikePixels(train.times, x, plot)) row?.add(px);
  });
  const d = rows.flatMap((pixels, i) => [...pixels].map((px) => `M${px},${roundPixel(plot.top + i)}v1`));
  return d.length === 0 ? '' : element('path', { d: d.join(''), stroke: INK.spike, fill: 'none' });
}

/** The markup of a raster panel, without its axis title and the shared x axis. */
export function drawRasterPanel({ panel, plot, gutter }: RasterGeometry, x: AxisScale): string {
  const count = panel.trains.length;
  const height = (plot.bottom - plot.top) / Math.max(1, count);
  const every = labelInterval((SIZE.tick + 2) / height);
  const rows = panel.trains.map((train, i) => {
    const top = plot.top + i * height;
    const name = i % every === 0 ? drawSpikeName(train.name, plot, top + height / 2, gutter) : '';
    return name + (height < LEAST_ROW ? '' : drawSpikeRow(train, x, plot, top, height));
  });
  if (height < LEAST_ROW) rows.push(drawDenseRaster(panel.trains, x, plot));
  const spine = `M${roundPixel(plot.left)},${roundPixel(plot.top)}V${roundPixel(plot.bottom)}`;
  return element('g', {}, [...rows, element('path', { d: spine, stroke: INK.axis, fill: 'none' })]);
}

/** The smallest of 1, 2, 5, 10, 20, … that is at least `rows`. */
export function labelInterval(rows: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(rows)));
  return [1, 2, 5].map((factor) => factor * power).find((interval) => interval >= rows) ?? 10 * power;
}
