import uPlot from 'uplot';
import { create } from './dom.ts';
import { countBelow, nearestIndex, readable, type Train } from './samples.ts';
import {
  drawTicks,
  type PanelContext,
  type PanelView,
  type PlotRange,
  sharedOptions,
  steadyScale,
  X_AXIS_HEIGHT,
  xAxis,
  yAxis,
} from './shared-plot.ts';
import { themeColour } from './theme.ts';

/** Rows of this many trains or fewer show the spike at the pointer. */
const FEW = 4;
/** Distance from the pointer, in px, within which a spike is meant. */
const REACH = 6;

export function rasterPanel(
  label: string,
  trains: readonly Train[],
  unit: string,
  context: PanelContext,
): PanelView {
  const count = Math.max(1, trains.length);
  const shared = sharedOptions(context, false);
  const every = labelInterval((count * LABEL_HEIGHT) / rasterHeight(count));
  const plot = new uPlot(
    {
      ...shared,
      height: rasterHeight(count) + (context.isLast ? X_AXIS_HEIGHT : 0) + 6,
      scales: {
        x: steadyScale(context.x.domain),
        y: { ...steadyScale([0, count]), dir: -1 },
      },
      axes: [
        xAxis(context),
        {
          ...yAxis(trains.length <= FEW ? '' : label),
          ticks: { show: false },
          grid: { show: false },
          splits: () => trains.flatMap((_, i) => (i % every === 0 ? [i + 0.5] : [])),
          values: (_plot, splits) =>
            splits.map((row) =>
              rowName(trains[Math.floor(row)]?.name ?? '', trains.length <= FEW ? '' : label),
            ),
        },
      ],
      series: [{}, { show: false }],
      hooks: { ...shared.hooks, draw: [(self) => drawTrains(self, trains)] },
    },
    [[...context.x.domain], [null, null]],
  );
  return { plot, ...keyLine(trains, unit, plot) };
}

function rasterHeight(count: number): number {
  return count <= FEW ? 22 * count : Math.min(320, Math.max(90, 8 * count));
}

/** Height in px that the name of a row takes at least. */
const LABEL_HEIGHT = 22;

/** The smallest of 1, 2, 5, 10, 20, … that is at least `rows`. */
function labelInterval(rows: number): number {
  let power = 1;
  while (10 * power <= rows) power *= 10;
  return [1, 2, 5].map((factor) => factor * power).find((interval) => interval >= rows) ?? 10 * power;
}

/** What fits left of the plot: beside the title of the axis, `neuron 12` is `12`. */
function rowName(name: string, title: string): string {
  const short = title !== '' && name.startsWith(`${title} `) ? name.slice(title.length + 1) : name;
  const most = title === '' ? 12 : 8;
  return short.length > most ? `${short.slice(0, most - 1)}…` : short;
}

function drawTrains(plot: uPlot, trains: readonly Train[]): void {
  const { ctx, bbox } = plot;
  const height = bbox.height / Math.max(1, trains.length);
  const inset = Math.min(3 * uPlot.pxRatio, height * 0.15);
  ctx.save();
  ctx.strokeStyle = themeColour('spike');
  ctx.lineWidth = Math.round(uPlot.pxRatio);
  trains.forEach((train, row) => {
    const top = bbox.top + row * height;
    const first = countBelow(train.times, plot.scales['x']?.min ?? -Infinity);
    drawTicks(plot, train.times, first, top + inset, Math.max(top + height - inset, top + inset + 1));
  });
  ctx.restore();
}

function keyLine(
  trains: readonly Train[],
  unit: string,
  plot: uPlot,
): { readonly keys: HTMLElement; readonly show: PanelView['show'] } {
  const swatch = () => create('i', { class: 'tick', style: '--colour: var(--spike)' });
  const isFew = trains.length <= FEW;
  const values = isFew ? trains.map(() => create('b')) : [create('b')];
  const entries = values.map((value, i) =>
    create(
      'span',
      { class: 'key' },
      swatch(),
      isFew ? (trains[i]?.name ?? '') : `${trains.length} trains`,
      value,
    ),
  );
  const show = (x: number | undefined, [min, max]: PlotRange) => {
    const total = (times: Float64Array) => countBelow(times, max, true) - countBelow(times, min);
    values.forEach((value, i) => {
      const shown = isFew ? trains.slice(i, i + 1) : trains;
      const near =
        isFew && x !== undefined ? spikeNear(shown[0]?.times ?? new Float64Array(), x, plot) : undefined;
      const sum = shown.reduce((all, train) => all + total(train.times), 0);
      value.textContent = near === undefined ? `${sum} in view` : `${readable(near, 9)} ${unit}`;
    });
  };
  return { keys: create('div', { class: 'keys' }, ...entries), show };
}

function spikeNear(times: Float64Array, x: number, plot: uPlot): number | undefined {
  const time = times[nearestIndex(times, x)];
  if (time === undefined) return undefined;
  return Math.abs(plot.valToPos(time, 'x') - plot.valToPos(x, 'x')) <= REACH ? time : undefined;
}
