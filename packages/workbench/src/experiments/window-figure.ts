import { type Figure, renderSvg, renderTerminal, type Series } from '@nestml/report';
import type { TerminalSize } from '../simulation/plots.ts';
import type { PlasticityWindow, WindowPoint } from './window.ts';

function windowFigure(window: PlasticityWindow): Figure {
  const { models, points, weight, unit, delayMs, stepMs } = window;
  const [first = 0, last = 0] = [points[0]?.dtMs, points.at(-1)?.dtMs];
  return {
    title: models.synapse.name,
    subtitle: `change of ${weight} by one pair of spikes, delay ${delayMs} ms, step ${stepMs} ms`,
    x: { label: 'dt = t_post - t_pre', unit: 'ms', domain: [first, last] },
    panels: [
      {
        kind: 'trace',
        y: { label: 'dw', ...(unit === undefined ? {} : { unit }) },
        series: [branches(points), ...zeroLine(points)],
        lines: [{ value: 0, label: 'dw = 0' }],
      },
    ],
  };
}

/** One line on each side of the difference 0 at the synapse, where a window may jump. */
function branches(points: readonly WindowPoint[]): Series {
  const [x, y]: [number[], number[]] = [[], []];
  points.forEach(({ dtMs, dtAtSynapseMs, dw }, i) => {
    const before = points[i - 1]?.dtAtSynapseMs;
    if (before !== undefined && Math.sign(before) !== Math.sign(dtAtSynapseMs)) {
      x.push(dtMs);
      y.push(Number.NaN);
    }
    x.push(dtMs);
    y.push(dw);
  });
  return { name: 'dw', x, y, mark: 'line-and-points' };
}

/** The line dt = 0, as high as the window. */
function zeroLine(points: readonly WindowPoint[]): readonly Series[] {
  const values = [0, ...points.map(({ dw }) => dw)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const isInside = points[0]!.dtMs < 0 && points.at(-1)!.dtMs > 0;
  return isInside && low < high ? [{ name: 'dt = 0', x: [0, 0], y: [low, high] }] : [];
}

/** A window as a self-contained SVG document. */
export function windowSvg(window: PlasticityWindow): string {
  return renderSvg(windowFigure(window));
}

/** A window for a terminal, with a summary line. */
export function windowText(window: PlasticityWindow, size: TerminalSize): string {
  const { models, points, delayMs, backend } = window;
  const extreme = (sign: 1 | -1): string => {
    const best = points.reduce((most, point) => (sign * point.dw > sign * most.dw ? point : most));
    return `${Number(best.dw.toPrecision(4))}${window.unit === undefined ? '' : ` ${window.unit}`} at ${best.dtMs} ms`;
  };
  const summary = `${models.synapse.name} to ${models.neuron.name}: dw from ${extreme(-1)} to ${extreme(1)}, delay ${delayMs} ms, ${backend} backend`;
  return `${renderTerminal(windowFigure(window), size).trimEnd()}\n\n${summary}`;
}
