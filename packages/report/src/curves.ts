import type { Figure, Samples, Series, StepSeries, TracePanel } from './figure.ts';

/** A series or a step function, ready to be drawn as a polyline. `index` is its place in the panel's palette. */
export interface Curve {
  readonly name: string;
  readonly index: number;
  readonly x: Samples;
  readonly y: Samples;
  readonly mark: NonNullable<Series['mark']>;
}

/** All curves of a panel: the series, then the steps. `end` is where the last step ends. */
export function curvesOf(panel: TracePanel, end: number): readonly Curve[] {
  const series = panel.series.map((one, index) => ({
    name: one.name,
    index,
    x: one.x,
    y: one.y,
    mark: one.mark ?? 'line',
  }));
  const steps = (panel.steps ?? []).map((step, i) => stepCurve(step, panel.series.length + i, end));
  return [...series, ...steps];
}

/** The corners of a piecewise constant function; a level that cannot be drawn leaves a gap. */
function stepCurve(step: StepSeries, index: number, end: number): Curve {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < step.starts.length; i++) {
    const start = step.starts[i] ?? NaN;
    const value = step.values[i] ?? NaN;
    x.push(start, Math.max(start, step.starts[i + 1] ?? end));
    y.push(value, value);
  }
  return { name: step.name, index, x, y, mark: 'line' };
}

/** A single curve that the title of its axis names needs no legend. */
export function needsLegend(panel: TracePanel): boolean {
  const names = [...panel.series, ...(panel.steps ?? [])].map((curve) => curve.name);
  const isAbove = (panel.spikes ?? []).some((train) => train.placement === 'above-trace');
  const isNamed = (name: string) => panel.y.label === name || panel.y.label.split(/[\s,]+/).includes(name);
  return isAbove || names.length > 1 || !names.every(isNamed);
}

/** What the figure shows, in words, for readers who cannot see it. */
export function describeFigure(figure: Figure, axisRange: string): string {
  if (figure.description !== undefined) return figure.description;
  const panels = figure.panels.map((panel) => {
    if (panel.kind === 'raster') return `${panel.label}: ${countOf(panel.trains.length, 'spike train')}`;
    const names = [...panel.series, ...(panel.steps ?? [])].map((curve) => curve.name);
    const spikes = (panel.spikes ?? []).map(
      (train) => `${countOf(train.times.length, 'spike')} (${train.name})`,
    );
    const lines = (panel.lines ?? []).map((line) => `reference line ${line.label}`);
    const unit = panel.y.unit === undefined || panel.y.unit === '' ? '' : ` in ${panel.y.unit}`;
    return `${panel.y.label}${unit}: ${[...names, ...spikes, ...lines].join(', ') || 'no data'}`;
  });
  return [`${figure.x.label}, ${axisRange}.`, ...panels.map((text) => `${text}.`)].join(' ');
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
