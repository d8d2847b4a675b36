import type { PlotCurve, PlotData } from '../src/html/plot-data.ts';
import { type CsvCurve, curvesToCsv, spikesToCsv } from './csv.ts';
import { button, create } from './dom.ts';
import { download } from './downloads.ts';
import { rasterPanel } from './raster-panel.ts';
import { type Curve, decodeColumn, digitsOf, nearestIndex, readable, type Train } from './samples.ts';
import type { PanelContext, PanelView } from './shared-plot.ts';
import { tracePanel, type Visibility } from './trace-panel.ts';

/** What stands in place of the position while no pointer is over the plots. */
const HINT = 'Drag to zoom, double-click to reset';

/** A figure with its samples, and what of it is shown. */
interface Exploration {
  readonly data: PlotData;
  readonly curves: readonly (readonly Curve[])[];
  readonly trains: readonly (readonly Train[])[];
  readonly visible: readonly Visibility[];
  range: readonly [low: number, high: number];
}

/** Replaces the picture of a figure by plots that can be explored. The picture stays for print. */
export function exploreFigure(figure: HTMLElement, data: PlotData): void {
  const exploration = decode(data);
  const root = create('div', { class: 'explorer' });
  const heading = figure.dataset['title'] ?? '';
  if (heading !== '') root.append(create('h2', {}, heading));
  figure.prepend(root);
  figure.classList.add('explored');
  const position = create('span', { class: 'position' }, HINT);
  const reset = button('Reset zoom', 'Show everything again', () => resetAll());
  const views: PanelView[] = [];
  const showAt = (x: number | undefined) => {
    const at = x === undefined ? undefined : nearestSample(exploration, x);
    position.textContent = at === undefined ? HINT : `${data.x.label} ${readable(at, 9)} ${data.x.unit}`;
    for (const view of views) view.show(at, exploration.range);
  };
  const setRange = (low: number, high: number) => {
    if (low === exploration.range[0] && high === exploration.range[1]) return;
    exploration.range = [low, high];
    for (const { plot } of views) {
      if (plot.scales['x']?.min !== low || plot.scales['x']?.max !== high)
        plot.setScale('x', { min: low, max: high });
    }
    reset.disabled = low === data.x.domain[0] && high === data.x.domain[1];
    showAt(undefined);
  };
  const resetAll = () => {
    setRange(...data.x.domain);
    data.panels.forEach((panel, i) => {
      const [min, max] = panel.kind === 'trace' ? panel.y.domain : [0, Math.max(1, panel.trains.length)];
      views[i]?.plot.setScale('y', { min, max });
    });
    reset.disabled = true;
  };
  reset.disabled = true;
  root.append(toolbar(figure, exploration, reset, position));
  data.panels.forEach((panel, i) => {
    const context: PanelContext = {
      width: root.clientWidth,
      x: data.x,
      group: data.name,
      isLast: i === data.panels.length - 1,
      onPointer: i === 0 ? showAt : () => {},
      onRange: setRange,
      onReset: resetAll,
    };
    const view =
      panel.kind === 'trace'
        ? tracePanel(panel, exploration.curves[i] ?? [], exploration.visible[i] ?? [], context)
        : rasterPanel(panel.label, exploration.trains[i] ?? [], data.x.unit, context);
    views.push(view);
    root.append(view.keys, view.plot.root);
  });
  showAt(undefined);
  followPage(root, views, reset);
}

/** Follows the width of the page and the colours that its reader prefers. A zoom along y can be reset, too. */
function followPage(root: HTMLElement, views: readonly PanelView[], reset: HTMLButtonElement): void {
  new ResizeObserver(() => {
    for (const { plot } of views) plot.setSize({ width: root.clientWidth, height: plot.height });
  }).observe(root);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const { plot } of views) plot.redraw(false, true);
  });
  for (const { plot } of views) {
    plot.over.addEventListener('mouseup', () => {
      if (plot.select.width > 0 || plot.select.height > 0) reset.disabled = false;
    });
  }
}

/** The sample nearest to the pointer, of the first curve that has samples; else the place of the pointer. */
function nearestSample({ curves, range }: Exploration, x: number): number {
  const positions = curves.flat().find((curve) => curve.mark !== 'steps' && curve.x.length > 0)?.x;
  const nearest = positions?.[nearestIndex(positions, x)];
  const isNear = nearest !== undefined && nearest >= range[0] && nearest <= range[1];
  return isNear ? nearest : Number(x.toPrecision(5));
}

function decode(data: PlotData): Exploration {
  const columns = data.columns.map(decodeColumn);
  const column = (index: number) => columns[index] ?? new Float64Array();
  const toCurve = ({ name, x, y, mark }: PlotCurve): Curve => ({
    name,
    mark,
    x: column(x),
    y: column(y),
    digits: digitsOf(data.columns[y] ?? { kind: 'float64', base64: '' }),
  });
  return {
    data,
    curves: data.panels.map((panel) => (panel.kind === 'trace' ? panel.curves.map(toCurve) : [])),
    trains: data.panels.map((panel) =>
      panel.kind === 'raster' ? panel.trains.map(({ name, times }) => ({ name, times: column(times) })) : [],
    ),
    visible: data.panels.map((panel) => (panel.kind === 'trace' ? panel.curves.map(() => true) : [])),
    range: data.x.domain,
  };
}

function toolbar(
  figure: HTMLElement,
  exploration: Exploration,
  reset: HTMLButtonElement,
  position: HTMLElement,
): HTMLElement {
  const { data, trains } = exploration;
  const line = create('div', { class: 'toolbar' }, position);
  line.append(reset);
  if (exploration.curves.some((curves) => curves.length > 0)) {
    const save = () => download(`${data.name}.csv`, 'text/csv', shownCurves(exploration));
    line.append(button('Data (CSV)', 'Save the curves and the range shown', save));
  }
  if (trains.some((panel) => panel.length > 0)) {
    const save = () =>
      download(
        `${data.name}-spikes.csv`,
        'text/csv',
        spikesToCsv(data.x.title, trains.flat(), ...exploration.range),
      );
    line.append(button('Spikes (CSV)', 'Save the spikes in the range shown', save));
  }
  const picture = figure.querySelector('.picture svg');
  if (picture !== null) {
    const save = () =>
      download(`${data.name}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(picture));
    line.append(button('Figure (SVG)', 'Save the whole figure for print', save));
  }
  return line;
}

function shownCurves({ data, curves, visible, range }: Exploration): string {
  const shown = data.panels.flatMap((panel, p): readonly CsvCurve[] => {
    if (panel.kind === 'raster') return [];
    const unit = panel.y.unit === '' ? '' : ` (${panel.y.unit})`;
    return (curves[p] ?? []).flatMap((curve, i) =>
      visible[p]?.[i] === true ? [{ title: curve.name + unit, curve }] : [],
    );
  });
  return curvesToCsv(data.x.title, shown, ...range);
}
