/**
 * What a plot shows, as plain data. Nothing here knows how it is drawn: the same figure goes to `renderSvg` and to
 * `renderTerminal`. All numbers are in the units that their axis names; nothing is converted.
 */

/**
 * A column of numbers: an array or a typed array. NaN, ±Infinity and magnitudes above 1e300 mean "no value here":
 * a line has a gap, a spike time is skipped.
 */
export type Samples = ArrayLike<number>;

/** Lowest and highest value of an axis, lowest first. */
export type Domain = readonly [low: number, high: number];

/** An axis title is shown as `label (unit)`, without a unit as `label` alone. */
export interface Axis {
  readonly label: string;
  /** Absent or empty for a plain number. */
  readonly unit?: string;
  /**
   * Range to show, exactly. Absent: the range of the data; a y axis with some room around it and, for steps alone, with
   * 0; an x axis from 0 if near.
   */
  readonly domain?: Domain;
}

/** How the points of a series are shown. */
export type SeriesMark = 'line' | 'points' | 'line-and-points';

/** A sampled curve. `x` and `y` have equal length; straight lines join neighbouring points in the order given. */
export interface Series {
  readonly name: string;
  readonly x: Samples;
  readonly y: Samples;
  /** Absent: `line`. A point without neighbours (between two gaps, or alone) is a dot in any case. */
  readonly mark?: SeriesMark;
}

/**
 * A piecewise constant function, such as a stimulus. It has the value `values[i]` on [starts[i], starts[i + 1]), the
 * last one up to the end of the x axis; before `starts[0]` it is not drawn. `starts` ascends; equal lengths.
 */
export interface StepSeries {
  readonly name: string;
  readonly starts: Samples;
  readonly values: Samples;
}

/** A spike train: times in the unit of the x axis, in any order. */
export interface SpikeTrain {
  readonly name: string;
  readonly times: Samples;
}

/**
 * Where the spikes of a trace panel go: a `strip` of ticks under the trace, or a tick `above-trace`, standing on the
 * first series at that time (on the higher of the values just before and at the spike, so that a reset does not pull
 * it down). The terminal always draws a strip.
 */
export type SpikePlacement = 'strip' | 'above-trace';

export interface SpikeMarks extends SpikeTrain {
  /** Absent: `strip`. */
  readonly placement?: SpikePlacement;
}

/**
 * A horizontal reference, such as a threshold. It widens the y axis, unless that would squeeze the data into less than
 * a quarter of the panel: then it is only named at the edge, with an arrow towards it.
 */
export interface HorizontalLine {
  readonly value: number;
  readonly label: string;
}

/** Curves, stimulus steps, spikes and reference lines over one y axis. Every list may be empty. */
export interface TracePanel {
  readonly kind: 'trace';
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly steps?: readonly StepSeries[];
  readonly spikes?: readonly SpikeMarks[];
  readonly lines?: readonly HorizontalLine[];
  /** Share of the height relative to the other trace panels, > 0. Absent: 1. */
  readonly weight?: number;
}

/** Spike trains, one row each, the first on top. */
export interface RasterPanel {
  readonly kind: 'raster';
  /** What a row is, for example `neuron`. */
  readonly label: string;
  readonly trains: readonly SpikeTrain[];
}

export type Panel = TracePanel | RasterPanel;

/** Panels under each other over one shared x axis. */
export interface Figure {
  readonly title: string;
  readonly subtitle?: string;
  /** Text for readers who cannot see the figure. Absent: made from the axes and the names. */
  readonly description?: string;
  readonly x: Axis;
  readonly panels: readonly Panel[];
}

/** The usual shared axis: `time (ms)`. */
export function timeAxis(domain?: Domain): Axis {
  return domain === undefined ? { label: 'time', unit: 'ms' } : { label: 'time', unit: 'ms', domain };
}

/** Title of an axis: `V_m (mV)`, or `w` where the unit is absent or empty. */
export function axisTitle(axis: Axis): string {
  return axis.unit === undefined || axis.unit === '' ? axis.label : `${axis.label} (${axis.unit})`;
}
