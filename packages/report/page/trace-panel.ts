import uPlot from 'uplot';
import type { PlotTracePanel } from '../src/html/plot-data.ts';
import { scaleNote } from '../src/tick-labels.ts';
import { create } from './dom.ts';
import { type Curve, digitsWithin, readable, valueAt } from './samples.ts';
import {
  type PanelContext,
  type PanelView,
  sharedOptions,
  steadyScale,
  X_AXIS_HEIGHT,
  xAxis,
  yAxis,
} from './shared-plot.ts';
import { curveColour, curveDash, FONT, themeColour } from './theme.ts';

/** Height in px of a panel of weight 1. */
const HEIGHT = 230;
const LEAST_HEIGHT = 84;
/** Height of a panel without data. */
const EMPTY_HEIGHT = 64;

/** Whether a curve is shown, by its place in the panel. */
export type Visibility = boolean[];

export function tracePanel(
  panel: PlotTracePanel,
  curves: readonly Curve[],
  visible: Visibility,
  context: PanelContext,
): PanelView {
  const shared = sharedOptions(context, true);
  const scale = create('span', { class: 'scale' });
  const height = panel.isEmpty ? EMPTY_HEIGHT : Math.max(LEAST_HEIGHT, HEIGHT * panel.weight);
  const axis = yAxis(panel.y.title, (labels) => {
    scale.textContent = scaleNote(labels);
  });
  const plot = new uPlot(
    {
      ...shared,
      height: height + (context.isLast ? X_AXIS_HEIGHT : 0),
      scales: {
        x: steadyScale(context.x.domain),
        y: steadyScale(panel.y.domain),
      },
      axes: [xAxis(context), panel.isEmpty ? { ...axis, splits: () => [] } : axis],
      series: [{}, ...curves.map(seriesOptions)],
      hooks: {
        ...shared.hooks,
        drawAxes: [(self) => (panel.isEmpty ? drawNoData(self) : drawLines(self, panel))],
      },
    },
    alignedData(curves, context.x.domain[1]),
  );
  const { element, values } = keyLine(curves, visible, plot);
  element.prepend(scale);
  const digits = digitsWithin(panel.y.domain);
  const show = (x: number | undefined) => {
    curves.forEach((curve, i) => {
      const value = x === undefined ? undefined : valueAt(curve, x);
      const text =
        x === undefined ? panel.y.unit : `${readable(value, Math.min(digits, curve.digits))} ${panel.y.unit}`;
      const target = values[i];
      if (target !== undefined) target.textContent = text;
    });
  };
  return { plot, keys: element, show };
}

function seriesOptions(curve: Curve, index: number): uPlot.Series {
  const stroke = () => themeColour(curveColour(index));
  const points = { stroke, fill: stroke, size: 5, width: 0 };
  const common: uPlot.Series = { stroke, width: 1.4, pxAlign: 0, dash: curveDash(index), label: curve.name };
  switch (curve.mark) {
    case 'line':
      return { ...common, points };
    case 'points':
      return { ...common, paths: () => null, points: { ...points, show: true } };
    case 'line-and-points':
      return { ...common, points: { ...points, show: true } };
    case 'steps': {
      const paths = uPlot.paths.stepped?.({ align: 1 });
      return { ...common, ...(paths === undefined ? {} : { paths }), points: { show: false } };
    }
  }
}

/** One column of positions for all curves; the last step reaches to the end of the axis. */
function alignedData(curves: readonly Curve[], end: number): uPlot.AlignedData {
  const tables = curves.map((curve) => {
    const reachesEnd = curve.mark !== 'steps' || curve.x.length === 0 || (curve.x.at(-1) ?? end) >= end;
    const x = reachesEnd ? curve.x : Float64Array.of(...curve.x, end);
    const y = reachesEnd ? curve.y : Float64Array.of(...curve.y, curve.y.at(-1) ?? Number.NaN);
    return { x, y: Array.from(y, (value) => (Number.isFinite(value) ? value : null)) };
  });
  const [first] = tables;
  if (first === undefined) return [[]];
  if (tables.every((table) => table.x === first.x)) return [first.x, ...tables.map((table) => table.y)];
  return uPlot.join(tables.map((table): uPlot.AlignedData => [Array.from(table.x), table.y]));
}

/** The names of the curves with the values at the pointer; a click hides or shows a curve. */
function keyLine(
  curves: readonly Curve[],
  visible: Visibility,
  plot: uPlot,
): { readonly element: HTMLElement; readonly values: readonly HTMLElement[] } {
  const values: HTMLElement[] = [];
  const buttons = curves.map((curve, i) => {
    const value = create('b');
    const swatch = create('i', { style: `--colour: var(--${curveColour(i)})` });
    const key = create(
      'button',
      { type: 'button', class: 'key', 'aria-pressed': 'true' },
      swatch,
      curve.name,
      value,
    );
    key.title = 'Show or hide';
    key.addEventListener('click', () => {
      const isVisible = visible[i] !== true;
      visible[i] = isVisible;
      key.setAttribute('aria-pressed', String(isVisible));
      plot.setSeries(i + 1, { show: isVisible });
    });
    values.push(value);
    return key;
  });
  return { element: create('div', { class: 'keys' }, ...buttons), values };
}

function drawNoData({ ctx, bbox }: uPlot): void {
  ctx.save();
  ctx.fillStyle = themeColour('quiet');
  ctx.font = FONT.replace('12px', `${12 * uPlot.pxRatio}px`);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText('no data', bbox.left + bbox.width / 2, bbox.top + bbox.height / 2);
  ctx.restore();
}

/** Dashed reference lines with their names at the right. */
function drawLines(plot: uPlot, panel: PlotTracePanel): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.strokeStyle = themeColour('reference');
  ctx.fillStyle = themeColour('quiet');
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.font = FONT.replace('12px', `${11 * ratio}px`);
  ctx.textAlign = 'right';
  for (const { value, label } of panel.lines) {
    const y = plot.valToPos(value, 'y', true);
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const isNearTop = y - bbox.top < 16 * ratio;
    ctx.textBaseline = isNearTop ? 'top' : 'bottom';
    ctx.fillText(label, bbox.left + bbox.width - 4 * ratio, y + (isNearTop ? 3 : -2) * ratio);
  }
  ctx.restore();
}
