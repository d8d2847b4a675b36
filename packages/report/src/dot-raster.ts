import type { AxisScale } from './axis-scale.ts';
import type { Samples, SpikeTrain } from './figure.ts';
import { isDrawable } from './figure-extent.ts';

/** A grid of dots; row 0 is the top. */
export interface DotRaster {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, 1 where a dot is set. */
  readonly dots: Uint8Array;
}

/** Column of the dot at an x value; outside 0 … columns − 1 for values outside the axis. */
export function dotColumn(x: AxisScale, value: number, columns: number): number {
  return x.share(value) * (columns - 1);
}

/** Row of the dot at a y value, likewise. */
export function dotRow(y: AxisScale, value: number, rows: number): number {
  return (1 - y.share(value)) * (rows - 1);
}

/**
 * Draws a curve: in each column the dots from its lowest to its highest value there, so that neither a spike of one
 * sample nor a steep flank is lost. Points alone if `joined` is false.
 */
export function rasterCurve(
  curve: { x: Samples; y: Samples },
  x: AxisScale,
  y: AxisScale,
  columns: number,
  rows: number,
  joined: boolean,
): DotRaster {
  const raster: DotRaster = { columns, rows, dots: new Uint8Array(columns * rows) };
  let previous: readonly [number, number] | undefined;
  for (let i = 0; i < curve.x.length; i++) {
    const at = curve.x[i];
    const value = curve.y[i];
    if (!isDrawable(at) || !isDrawable(value)) {
      previous = undefined;
      continue;
    }
    const point = [dotColumn(x, at, columns), dotRow(y, value, rows)] as const;
    if (previous !== undefined && joined) setSegment(raster, previous, point);
    else setColumn(raster, Math.round(point[0]), point[1], point[1]);
    previous = point;
  }
  return raster;
}

/** Sets the dots of a segment: column by column, over the values it takes within half a dot of the column's centre. */
function setSegment(raster: DotRaster, a: readonly [number, number], b: readonly [number, number]): void {
  const [from, to] = a[0] <= b[0] ? [a, b] : [b, a];
  const width = to[0] - from[0];
  const first = Math.max(0, Math.round(from[0]));
  const last = Math.min(raster.columns - 1, Math.round(to[0]));
  for (let column = first; column <= last; column++) {
    const enter = width === 0 ? 0 : Math.max(0, (column - 0.5 - from[0]) / width);
    const leave = width === 0 ? 1 : Math.min(1, (column + 0.5 - from[0]) / width);
    setColumn(raster, column, from[1] + enter * (to[1] - from[1]), from[1] + leave * (to[1] - from[1]));
  }
}

function setColumn(raster: DotRaster, column: number, end: number, otherEnd: number): void {
  if (column < 0 || column >= raster.columns) return;
  const top = Math.max(0, Math.round(Math.min(end, otherEnd)));
  const bottom = Math.min(raster.rows - 1, Math.round(Math.max(end, otherEnd)));
  for (let row = top; row <= bottom; row++) raster.dots[row * raster.columns + column] = 1;
}

/** Sets a dot of row `row` for every spike inside the x axis. */
export function setSpikes(raster: DotRaster, train: SpikeTrain, x: AxisScale, row: number): void {
  for (let i = 0; i < train.times.length; i++) {
    const time = train.times[i];
    if (!isDrawable(time) || time < x.domain[0] || time > x.domain[1]) continue;
    raster.dots[row * raster.columns + Math.round(dotColumn(x, time, raster.columns))] = 1;
  }
}

/**
 * A raster with gaps along it, to tell curves apart without colour: of every `period` columns the first `drawn` stay.
 * Upright stretches, three dots or more, stay whole: they are where a spike is.
 */
export function dashed(raster: DotRaster, period: number, drawn: number): DotRaster {
  const dots = raster.dots.slice();
  for (let column = 0; column < raster.columns; column++) {
    if (column % period < drawn) continue;
    const height = raster.rows;
    let count = 0;
    for (let row = 0; row < height; row++) count += raster.dots[row * raster.columns + column] ?? 0;
    if (count >= 3) continue;
    for (let row = 0; row < height; row++) dots[row * raster.columns + column] = 0;
  }
  return { ...raster, dots };
}

/** Bits of the braille patterns (U+2800 …) by row and column of the 2 × 4 dots of a cell. */
const BRAILLE_BITS: readonly (readonly [number, number])[] = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];

/** The dots of a cell, 2 columns × 4 rows of them, as bits of a braille pattern; 0 if none is set. */
export function braillePattern(raster: DotRaster, row: number, column: number): number {
  let bits = 0;
  BRAILLE_BITS.forEach((pair, dy) => {
    pair.forEach((bit, dx) => {
      if (raster.dots[(4 * row + dy) * raster.columns + 2 * column + dx] === 1) bits |= bit;
    });
  });
  return bits;
}
