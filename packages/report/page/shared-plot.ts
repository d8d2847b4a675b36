import type uPlot from 'uplot';
import { numberText } from '../src/number-text.ts';
import { labelTicks, type TickLabels } from '../src/tick-labels.ts';
import { FONT, themeColour } from './theme.ts';

/** Lowest and highest value in view. */
export type PlotRange = readonly [low: number, high: number];

/** A panel of a figure: a plot and the line of keys above it. */
export interface PanelView {
  readonly plot: uPlot;
  readonly keys: HTMLElement;
  /** Shows the values at a position of the x axis (`undefined` shows none), with this range in view. */
  readonly show: (x: number | undefined, range: PlotRange) => void;
}

/** What the panels of a figure have in common. */
export interface PanelContext {
  readonly width: number;
  readonly x: { readonly title: string; readonly domain: PlotRange };
  /** Name under which the pointers of all panels move together. */
  readonly group: string;
  /** Whether the panel shows the shared x axis. */
  readonly isLast: boolean;
  readonly onPointer: (x: number | undefined) => void;
  readonly onRange: (low: number, high: number) => void;
  readonly onReset: () => void;
}

/** Width of what stands left of the plots, so that all begin at the same place. */
const LEFT = 84;
/** Height of the x axis with its title, in px. */
export const X_AXIS_HEIGHT = 46;

/** A scale that shows exactly what was asked for last, `initial` at first; hiding a curve does not move it. */
export function steadyScale(initial: PlotRange): uPlot.Scale {
  let [low, high] = initial;
  return {
    time: false,
    auto: false,
    min: low,
    max: high,
    range: (_plot: uPlot, min: number | null, max: number | null): uPlot.Range.MinMax => {
      if (min !== null && max !== null) [low, high] = [min, max];
      return [low, high];
    },
  };
}

export function xAxis({ x, isLast }: PanelContext): uPlot.Axis {
  return {
    ...axisStyle(),
    label: isLast ? x.title : '',
    labelSize: isLast ? 20 : 0,
    size: isLast ? X_AXIS_HEIGHT - 20 : 0,
    border: { show: isLast, stroke: () => themeColour('quiet'), width: 1 },
    values: (_plot, splits) => (isLast ? writtenOut(splits) : splits.map(() => '')),
    ticks: { show: isLast, stroke: () => themeColour('quiet'), size: 4, width: 1 },
  };
}

/**
 * The upright axis. What its labels are multiples of, and what is to be added to them, goes to `onScale` whenever the
 * ticks change.
 */
export function yAxis(title: string, onScale: (scale: TickLabels) => void = () => {}): uPlot.Axis {
  const labelSize = title === '' ? 0 : 20;
  return {
    ...axisStyle(),
    label: title,
    labelSize,
    size: LEFT - labelSize,
    space: 26,
    values: (_plot, splits) => {
      const scale = labelTicks(splits);
      onScale(scale);
      return scale.labels.map(withMinus);
    },
    ticks: { stroke: () => themeColour('quiet'), size: 4, width: 1 },
  };
}

function axisStyle(): uPlot.Axis {
  return {
    stroke: () => themeColour('text'),
    font: FONT,
    labelFont: FONT,
    gap: 4,
    border: { show: true, stroke: () => themeColour('quiet'), width: 1 },
    grid: { stroke: () => themeColour('grid'), width: 1 },
  };
}

function withMinus(label: string): string {
  return label.replace('-', '−');
}

/** Labels of the shared axis: the numbers themselves, with as many decimals as all of them need. */
function writtenOut(splits: readonly number[]): string[] {
  const { labels, exponent, offset } = labelTicks(splits);
  const isPlain = exponent === 0 && offset === 0;
  return isPlain ? labels.map(withMinus) : splits.map((value) => numberText(value, 12));
}

/** Options that all panels share: one pointer, one x range, zoom by dragging. */
export function sharedOptions(
  context: PanelContext,
  dragY: boolean,
): Omit<uPlot.Options, 'height' | 'series'> {
  return {
    width: context.width,
    padding: [6, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: dragY ? { x: true, y: true, uni: 24, dist: 4 } : { x: true, y: false, dist: 4 },
      sync: { key: context.group, filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' } },
      bind: {
        dblclick: () => () => {
          context.onReset();
          return null;
        },
      },
    },
    hooks: {
      setCursor: [
        (plot) => {
          const { left } = plot.cursor;
          context.onPointer(left === undefined || left < 0 ? undefined : plot.posToVal(left, 'x'));
        },
      ],
      setScale: [
        (plot, key) => {
          const { min, max } = plot.scales[key] ?? {};
          if (key === 'x' && typeof min === 'number' && typeof max === 'number') context.onRange(min, max);
        },
      ],
    },
  };
}

/** Vertical strokes at positions of the x axis, at most one per pixel of the canvas, within the plot. `y` in canvas pixels. */
export function drawTicks(
  plot: uPlot,
  times: ArrayLike<number>,
  from: number,
  top: number,
  bottom: number,
): void {
  const { left, width } = plot.bbox;
  plot.ctx.beginPath();
  let last = -Infinity;
  const sharpness = (plot.ctx.lineWidth % 2) / 2;
  for (let i = from; i < times.length; i++) {
    const x = Math.round(plot.valToPos(times[i] ?? Number.NaN, 'x', true)) + sharpness;
    if (x > left + width) break;
    if (x === last || x < left) continue;
    last = x;
    plot.ctx.moveTo(x, top);
    plot.ctx.lineTo(x, bottom);
  }
  plot.ctx.stroke();
}
