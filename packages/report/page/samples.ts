import type { EncodedColumn } from '../src/html/column-encoding.ts';
import { numberText } from '../src/number-text.ts';

/** Decodes a column; see `EncodedColumn`. */
export function decodeColumn(column: EncodedColumn): Float64Array {
  if (column.kind === 'grid') {
    const grid = new Float64Array(column.count);
    for (let k = 0; k < column.count; k++) grid[k] = column.first + k * column.step;
    return grid;
  }
  const text = atob(column.base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  const isDouble = column.kind === 'float64';
  const values = new Float64Array(text.length / (isDouble ? 8 : 4));
  for (let i = 0; i < values.length; i++) {
    values[i] = isDouble ? view.getFloat64(8 * i, true) : view.getFloat32(4 * i, true);
  }
  return values;
}

/** Significant digits of the values of a column. */
export function digitsOf(column: EncodedColumn): number {
  return column.kind === 'float32' ? 7 : 17;
}

/** How many of the ascending values are below `limit`, or not above it if `isInclusive`. */
export function countBelow(values: ArrayLike<number>, limit: number, isInclusive = false): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle] ?? Number.NaN;
    if (value < limit || (isInclusive && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of the value nearest to `x` among ascending values; −1 if there is none. */
export function nearestIndex(values: ArrayLike<number>, x: number): number {
  const above = countBelow(values, x);
  if (above === 0) return values.length === 0 ? -1 : 0;
  if (above === values.length) return above - 1;
  return x - (values[above - 1] ?? x) <= (values[above] ?? x) - x ? above - 1 : above;
}

/** A curve with its samples. */
export interface Curve {
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Significant digits of `y`; 17 are all that there are. */
  readonly digits: number;
  readonly mark: 'line' | 'points' | 'line-and-points' | 'steps';
}

/** A spike train with its times, ascending. */
export interface Train {
  readonly name: string;
  readonly times: Float64Array;
}

/** The value of a curve at a position: of the step there, or of the nearest sample if one is within reach. */
export function valueAt(curve: Curve, x: number): number | undefined {
  if (curve.mark === 'steps') return curve.y[countBelow(curve.x, x, true) - 1];
  const index = nearestIndex(curve.x, x);
  const [first = Number.NaN, last = Number.NaN] = [curve.x[0], curve.x[curve.x.length - 1]];
  const reach = (last - first) / Math.max(1, curve.x.length - 1);
  return x >= first - reach && x <= last + reach ? curve.y[index] : undefined;
}

/** Digits by which values between the ends of an axis can be told apart, 6 of their differences, 15 at most. */
export function digitsWithin([low, high]: readonly [low: number, high: number]): number {
  const shared = Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low));
  return Math.min(15, 6 + Math.max(0, Math.ceil(shared)));
}

/** A number for reading, or a dash: 6 significant digits, or as many as given. */
export function readable(value: number | undefined, digits = 6): string {
  return numberText(value ?? Number.NaN, digits);
}
