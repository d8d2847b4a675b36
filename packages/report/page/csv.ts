import { type Curve, countBelow, type Train, valueAt } from './samples.ts';

/** A curve with the title of its column. */
export interface CsvCurve {
  readonly title: string;
  readonly curve: Curve;
}

/** The samples inside a range: one row per position of any sampled curve; a cell is empty where a curve has no sample. */
export function curvesToCsv(xTitle: string, curves: readonly CsvCurve[], low: number, high: number): string {
  const sampled = curves.filter(({ curve }) => curve.mark !== 'steps');
  const sources = sampled.length > 0 ? sampled : curves;
  const columns = [...new Set(sources.map(({ curve }) => curve.x))];
  const parts = columns.map((x) => x.subarray(countBelow(x, low), countBelow(x, high, true)));
  const [only] = parts;
  const positions =
    parts.length === 1 && only !== undefined
      ? only
      : Float64Array.from(new Set(parts.flatMap((part) => [...part]))).sort();
  const rows = Array.from(positions, (x) =>
    [rounded(x, POSITION_DIGITS), ...curves.map(({ curve }) => sampleAt(curve, x))].join(','),
  );
  return [[xTitle, ...curves.map(({ title }) => title)].map(quoted).join(','), ...rows, ''].join('\n');
}

function sampleAt(curve: Curve, x: number): number | '' {
  if (curve.mark === 'steps') return rounded(valueAt(curve, x), curve.digits);
  const index = countBelow(curve.x, x);
  return curve.x[index] === x ? rounded(curve.y[index], curve.digits) : '';
}

/** Times of a run are multiples of its step, rounded to this number of significant digits. */
const POSITION_DIGITS = 12;

function rounded(value: number | undefined, digits: number): number | '' {
  if (value === undefined || !Number.isFinite(value)) return '';
  return digits < 17 ? Number(value.toPrecision(digits)) : value;
}

/** The spikes inside a range: one row each, in the order of the trains. */
export function spikesToCsv(xTitle: string, trains: readonly Train[], low: number, high: number): string {
  const rows = trains.flatMap(({ name, times }) => {
    const inside = times.subarray(countBelow(times, low), countBelow(times, high, true));
    return Array.from(inside, (time) => `${quoted(name)},${time}`);
  });
  return [`train,${quoted(xTitle)}`, ...rows, ''].join('\n');
}

/** A cell as RFC 4180 writes it. A text that a spreadsheet would take for a formula gets an apostrophe. */
function quoted(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
