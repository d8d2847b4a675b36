import type { AxisScale } from './axis-scale.ts';
import { describeFigure } from './curves.ts';
import { type Axis, axisTitle, type Figure } from './figure.ts';
import { assertFigure } from './figure-extent.ts';
import { INK } from './palette.ts';
import { roundPixel } from './polyline.ts';
import { type FigureGeometry, layoutFigure, type PanelGeometry, SIZE } from './svg-layout.ts';
import { drawRasterPanel } from './svg-spikes.ts';
import { element, escapeXml, FONT_FAMILY, fitText, textElement } from './svg-text.ts';
import { drawTracePanel, drawValueGrid, withMinus } from './svg-trace-panel.ts';
import { scaleNote } from './tick-labels.ts';

export interface SvgOptions {
  /** Width of the picture in px, at least 240. Default 720. */
  readonly width?: number;
  /** Height of the picture in px; more if the panels would be too low. Absent: from their number and weights. */
  readonly height?: number;
  /** Any CSS colour, or `none`. Default `#ffffff`, so that the figure is readable on a dark page too. */
  readonly background?: string;
  /** Prefix of the ids inside the picture; give each its own where several stand in one HTML page. Default `figure`. */
  readonly id?: string;
  /** Whether title and subtitle are drawn. Default true. */
  readonly hasTitle?: boolean;
}

/**
 * Draws a figure as a self-contained SVG document: no script, style sheet or external font. Equal figures give equal
 * bytes. Long traces are thinned to what a pixel can show, without losing a spike.
 * @throws RangeError if a series has columns of different lengths, or a given domain is empty
 */
export function renderSvg(figure: Figure, options: SvgOptions = {}): string {
  assertFigure(figure);
  const titled = options.hasTitle === false ? { ...figure, title: '', subtitle: '' } : figure;
  const geometry = layoutFigure(titled, Math.max(240, options.width ?? 720), options.height);
  const { width, height, x } = geometry;
  const id = options.id ?? 'figure';
  const range = x.domain.map((end) => `${Number(end.toPrecision(6))}`).join(' to ');
  const description = describeFigure(figure, figure.x.unit ? `${range} ${figure.x.unit}` : range);
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${roundPixel(width)} ${roundPixel(height)}`,
    role: 'img',
    'aria-labelledby': `${id}-title ${id}-description`,
    'font-family': FONT_FAMILY,
  };
  const children = [
    element('title', { id: `${id}-title` }, [escapeXml(figure.title)]),
    element('desc', { id: `${id}-description` }, [escapeXml(description)]),
    element('rect', { width, height, fill: options.background ?? '#ffffff' }),
    drawTitles(figure, geometry),
    drawTimeGrid(geometry),
    ...geometry.panels.map((panel) => (panel.kind === 'trace' ? drawValueGrid(panel) : '')),
    // Below the panels: a curve that runs along an axis is seen.
    drawSharedAxis(figure.x, geometry),
    ...geometry.panels.map((panel) => drawPanel(panel, geometry)),
  ];
  return `${element('svg', root, children)}\n`;
}

function drawTitles(figure: Figure, { title, subtitle, titleX }: FigureGeometry): string {
  let y = SIZE.margin;
  const lines: string[] = [];
  title.forEach((text, i) => {
    y += SIZE.title + 4;
    const full = i === title.length - 1 && text.endsWith('…') ? figure.title : text;
    const attributes = { x: titleX, y: y - 6, 'font-size': SIZE.title, 'font-weight': 600, fill: INK.text };
    lines.push(textElement(text, attributes, full));
  });
  for (const text of subtitle) {
    y += SIZE.line;
    lines.push(textElement(text, { x: titleX, y: y - 5, 'font-size': SIZE.subtitle, fill: INK.quiet }));
  }
  return lines.join('');
}

function drawPanel(geometry: PanelGeometry, figure: FigureGeometry): string {
  const drawn =
    geometry.kind === 'trace' ? drawTracePanel(geometry, figure.x) : drawRasterPanel(geometry, figure.x);
  return drawn + drawPanelTitle(geometry);
}

/** The upright title left of the tick labels, centred on the plot. */
function drawPanelTitle({ plot, title, panel }: PanelGeometry): string {
  const middle = roundPixel((plot.top + plot.bottom) / 2);
  const full = panel.kind === 'trace' ? axisTitle(panel.y) : panel.label;
  return title
    .map((text, i) => {
      const x = roundPixel(SIZE.margin + SIZE.axis - 2 + i * (SIZE.axis + 2));
      const attributes = {
        transform: `translate(${x} ${middle}) rotate(-90)`,
        'font-size': SIZE.axis,
        'text-anchor': 'middle',
        fill: INK.text,
      };
      return textElement(text, attributes, text.endsWith('…') ? full : text);
    })
    .join('');
}

function tickPixels(x: AxisScale, { left, right }: FigureGeometry): readonly number[] {
  return x.ticks.map((tick) => roundPixel(left + tick.share * (right - left)));
}

function drawTimeGrid(geometry: FigureGeometry): string {
  const d = geometry.panels.flatMap(({ plot }, i) => {
    const bottom = geometry.panels[i + 1] === undefined ? geometry.axisY : plot.bottom;
    const span = `${roundPixel(plot.top)}V${roundPixel(bottom)}`;
    return tickPixels(geometry.x, geometry).map((px) => `M${px},${span}`);
  });
  return element('path', { d: d.join(''), stroke: INK.grid, fill: 'none' });
}

function drawSharedAxis(axis: Axis, geometry: FigureGeometry): string {
  const { left, right, axisY, x } = geometry;
  const pixels = tickPixels(x, geometry);
  const y = roundPixel(axisY);
  const d = [
    `M${roundPixel(left)},${y}H${roundPixel(right)}`,
    ...pixels.map((px) => `M${px},${y}v${SIZE.tickLength}`),
  ];
  const labelY = axisY + SIZE.tickLength + SIZE.tickGap + SIZE.tick - 2;
  const titleY = labelY + SIZE.line + 2;
  const small = { 'font-size': SIZE.tick, fill: INK.text };
  const title = fitText(axisTitle(axis), (right - left) * 0.8, SIZE.axis);
  const note = scaleNote(x);
  return element('g', {}, [
    element('path', { d: d.join(''), stroke: INK.axis, fill: 'none' }),
    ...x.ticks.map((tick, i) =>
      textElement(withMinus(tick.label), { x: pixels[i], y: labelY, 'text-anchor': 'middle', ...small }),
    ),
    textElement(
      title,
      { x: (left + right) / 2, y: titleY, 'font-size': SIZE.axis, 'text-anchor': 'middle', fill: INK.text },
      axisTitle(axis),
    ),
    note === '' ? '' : textElement(note, { x: right, y: titleY, 'text-anchor': 'end', ...small }),
  ]);
}
