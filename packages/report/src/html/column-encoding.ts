import type { Samples } from '../figure.ts';

/**
 * A column of numbers in a page. A `grid` is k·step + first, the way in which times of a run are made, exact to 12
 * significant digits; the others are little-endian IEEE 754 numbers in base64, NaN where there is no value.
 */
export type EncodedColumn =
  | { readonly kind: 'grid'; readonly first: number; readonly step: number; readonly count: number }
  | { readonly kind: 'float64' | 'float32'; readonly base64: string };

/** Longer columns of values are kept in single precision (7 significant digits), so that a page of a long run can still be sent. */
const LONGEST_EXACT = 20_000;

/** Encodes positions on an axis, kept to 12 significant digits at least: as a grid where they are one. */
export function encodePositions(positions: Samples): EncodedColumn {
  return gridOf(positions) ?? encodeNumbers(positions, false);
}

/** Encodes a column of values: equal columns give equal texts. */
export function encodeColumn(values: Samples): EncodedColumn {
  return encodeNumbers(values, values.length > LONGEST_EXACT && fitsSinglePrecision(values));
}

function encodeNumbers(values: Samples, isSingle: boolean): EncodedColumn {
  const size = isSingle ? 4 : 8;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (isSingle) view.setFloat32(i * size, value, true);
    else view.setFloat64(i * size, value, true);
  }
  return { kind: isSingle ? 'float32' : 'float64', base64: base64Of(bytes) };
}

/** A step k·h is exact to this share of itself where times were rounded to 12 significant digits. */
const GRID_TOLERANCE = 1e-6;

function gridOf(values: Samples): EncodedColumn | undefined {
  const count = values.length;
  const first = values[0];
  const last = values[count - 1];
  if (first === undefined || last === undefined || count < 3) return undefined;
  const step = Number(((last - first) / (count - 1)).toPrecision(12));
  if (!(step > 0 && step <= 1e300)) return undefined;
  for (let i = 0; i < count; i++) {
    const value = values[i] ?? NaN;
    if (!(Math.abs(value - (first + i * step)) <= GRID_TOLERANCE * step)) return undefined;
  }
  return { kind: 'grid', first, step, count };
}

/** Outside this range single precision loses digits or overflows. */
function fitsSinglePrecision(values: Samples): boolean {
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i] ?? NaN);
    if (magnitude > 3e38 || (magnitude > 0 && magnitude < 1e-37)) return false;
  }
  return true;
}

/** Bytes per piece handed to `btoa`: a multiple of three, few enough to be arguments of one call. */
const PIECE = 12_288;

function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(start, start + PIECE))));
  }
  return pieces.join('');
}
