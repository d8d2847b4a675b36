import { line as pathGenerator } from 'd3-shape';
import type { AxisScale } from './axis-scale.ts';
import type { Curve } from './curves.ts';
import { decimate } from './decimate.ts';
import type { Samples } from './figure.ts';
import { isDrawable } from './figure-extent.ts';
import { INK, lineStyle } from './palette.ts';
import {
  type Box,
  clipPolyline,
  type Point,
  type Polyline,
  roundPixel,
  simplifyPolyline,
} from './polyline.ts';
import { keyWidth, type LegendEntry, type LineLabel, SIZE, type TraceGeometry } from './svg-layout.ts';
import { drawSpikeName, drawSpikeRow, drawSpikesAbove } from './svg-spikes.ts';
import { element, textElement } from './svg-text.ts';
import { scaleNote } from './tick-labels.ts';

const STROKE = 1.2;
/** Radius of a point mark in px. */
const POINT = 2;

/** The markup of a trace panel, without its grid, its axis title and the shared x axis. */
export function drawTracePanel(geometry: TraceGeometry, x: AxisScale): string {
  const { plot, y } = geometry;
  const first = geometry.curves[0];
  const curves = geometry.curves.map((curve) => drawCurve(curve, x, y, plot));
  const firstTrace = first === undefined ? [] : projectCurve(first, x, y, plot);
  return element('g', {}, [
    drawValueAxis(plot, y),
    ...geometry.lineLabels.map((label) => drawReference(label, plot)),
    ...curves,
    curves.every((markup) => markup === '') ? drawNoData(plot) : '',
    ...geometry.spikesAbove.map((train) => drawSpikesAbove(train, firstTrace, x, plot)),
    ...geometry.strips.flatMap(({ train, top }) => [
      drawSpikeRow(train, x, plot, top, SIZE.strip),
      drawSpikeName(train.name, plot, top + SIZE.strip / 2, geometry.gutter),
    ]),
    ...geometry.legend.map(drawLegendEntry),
  ]);
}

/** The level lines of a panel, which everything else is drawn over. */
export function drawValueGrid({ plot, y }: TraceGeometry): string {
  const path = y.ticks.map(
    (tick) => `M${roundPixel(plot.left)},${pixelOf(tick.share, plot)}H${roundPixel(plot.right)}`,
  );
  return element('path', { d: path.join(''), stroke: INK.grid, fill: 'none' });
}

function drawNoData(plot: Box): string {
  const x = (plot.left + plot.right) / 2;
  const y = (plot.top + plot.bottom) / 2 + SIZE.tick * 0.36;
  return textElement('no data', { x, y, 'font-size': SIZE.tick, 'text-anchor': 'middle', fill: INK.quiet });
}

function pixelOf(share: number, plot: Box): number {
  return roundPixel(plot.bottom - share * (plot.bottom - plot.top));
}

function drawValueAxis(plot: Box, y: AxisScale): string {
  const left = roundPixel(plot.left);
  const ticks = y.ticks.map((tick) => `M${left},${pixelOf(tick.share, plot)}h${-SIZE.tickLength}`);
  const spine = `M${left},${roundPixel(plot.top)}V${roundPixel(plot.bottom)}`;
  const labelX = plot.left - SIZE.tickLength - SIZE.tickGap;
  const text = { 'font-size': SIZE.tick, 'text-anchor': 'end', fill: INK.text };
  const labels = y.ticks.map((tick) =>
    textElement(withMinus(tick.label), {
      x: labelX,
      y: pixelOf(tick.share, plot) + SIZE.tick * 0.36,
      ...text,
    }),
  );
  const note = scaleNote(y);
  const power = note === '' ? [] : [textElement(note, { x: labelX, y: plot.top - 8, ...text })];
  return [
    element('path', { d: spine + ticks.join(''), stroke: INK.axis, fill: 'none' }),
    ...labels,
    ...power,
  ].join('');
}

/** Labels are set with the typographic minus sign. */
export function withMinus(label: string): string {
  return label.replace('-', '−');
}

function drawReference(label: LineLabel, plot: Box): string {
  const isDrawn = !/ [↑↓]$/.test(label.label);
  const y = roundPixel(label.lineY);
  const right = roundPixel(plot.right);
  const ink = { stroke: INK.reference, fill: 'none' };
  const line = element('path', {
    d: `M${roundPixel(plot.left)},${y}H${right}`,
    'stroke-dasharray': '4 3',
    ...ink,
  });
  const leader = element('path', { d: `M${right},${y}l4,${roundPixel(label.labelY - label.lineY)}`, ...ink });
  const text = textElement(
    label.text,
    { x: plot.right + 7, y: label.labelY + SIZE.legend * 0.36, 'font-size': SIZE.legend, fill: INK.quiet },
    label.label,
  );
  return isDrawn ? line + leader + text : text;
}

/** The parts of a curve inside the plot, in pixels, thinned to what can be seen. */
export function projectCurve(
  curve: { x: Samples; y: Samples },
  x: AxisScale,
  y: AxisScale,
  plot: Box,
): readonly Polyline[] {
  const width = plot.right - plot.left;
  const height = plot.bottom - plot.top;
  const column = (value: number) => Math.floor(Math.min(width + 1, Math.max(-1, x.share(value) * width)));
  return decimate(curve.x, curve.y, column).flatMap((run) => {
    const points = run.map(
      (i): Point => [
        plot.left + x.share(curve.x[i] ?? NaN) * width,
        plot.bottom - y.share(curve.y[i] ?? NaN) * height,
      ],
    );
    return clipPolyline(points, plot).map(simplifyPolyline);
  });
}

function drawCurve(curve: Curve, x: AxisScale, y: AxisScale, plot: Box): string {
  const style = lineStyle(curve.index);
  const attributes = {
    stroke: style.colour,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
    fill: 'none',
    'data-name': curve.name,
  };
  const parts = curve.mark === 'points' ? [] : projectCurve(curve, x, y, plot);
  const points =
    curve.mark === 'line'
      ? parts.filter((part) => part.length === 1).flat()
      : visiblePoints(curve, x, y, plot);
  const toPath = pathGenerator<Point>().digits(2);
  const d = parts.filter((part) => part.length > 1).map((part) => toPath([...part]) ?? '');
  const line = { d: d.join(''), 'stroke-width': STROKE, 'stroke-dasharray': style.dash, ...attributes };
  const marks = { d: pointPath(points), 'stroke-width': 2 * POINT, ...attributes };
  return (line.d === '' ? '' : element('path', line)) + (marks.d === '' ? '' : element('path', marks));
}

/** Points in the plot, one for each pixel that has any. */
function visiblePoints(curve: Curve, x: AxisScale, y: AxisScale, plot: Box): Polyline {
  const perPixel = new Map<number, Point>();
  for (let i = 0; i < curve.x.length; i++) {
    const at = curve.x[i];
    const value = curve.y[i];
    if (!isDrawable(at) || !isDrawable(value)) continue;
    const px = plot.left + x.share(at) * (plot.right - plot.left);
    const py = plot.bottom - y.share(value) * (plot.bottom - plot.top);
    if (px < plot.left || px > plot.right || py < plot.top || py > plot.bottom) continue;
    const key = Math.round(px) * 65_536 + Math.round(py);
    if (!perPixel.has(key)) perPixel.set(key, [roundPixel(px), roundPixel(py)]);
  }
  return [...perPixel.values()];
}

/** Strokes of no length with round caps are discs. */
function pointPath(points: Polyline): string {
  return points.map(([px, py]) => `M${px},${py}h0`).join('');
}

function drawLegendEntry(entry: LegendEntry): string {
  const text = textElement(
    entry.text,
    {
      x: entry.x + keyWidth(entry.key) + 5,
      y: entry.y + SIZE.legend * 0.36,
      'font-size': SIZE.legend,
      fill: INK.text,
    },
    entry.name,
  );
  return drawSwatch(entry) + text;
}

function drawSwatch({ key, x, y }: LegendEntry): string {
  if (key.kind === 'spikes') {
    const d = `M${roundPixel(x + keyWidth(key) / 2)},${roundPixel(y - SIZE.spike / 2)}v${SIZE.spike}`;
    return element('path', { d, stroke: INK.spike, fill: 'none' });
  }
  const style = lineStyle(key.curve.index);
  const common = { stroke: style.colour, 'stroke-linecap': 'round', fill: 'none' };
  const line = `M${roundPixel(x)},${roundPixel(y)}h${SIZE.swatch}`;
  const dot = `M${roundPixel(x + keyWidth(key) / 2)},${roundPixel(y)}h0`;
  const parts: string[] = [];
  if (key.curve.mark !== 'points') {
    parts.push(element('path', { d: line, 'stroke-width': 2, 'stroke-dasharray': style.dash, ...common }));
  }
  if (key.curve.mark !== 'line')
    parts.push(element('path', { d: dot, 'stroke-width': 2 * POINT, ...common }));
  return parts.join('');
}
