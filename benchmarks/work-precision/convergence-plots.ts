// Draws the convergence plots of docs/numerics: node benchmarks/work-precision/convergence-plots.ts
import { writeFileSync } from 'node:fs';
import { type Figure, renderSvg, type Series } from '@nestml/report';
import {
  KNOWN_SOLUTIONS,
  type KnownSolution,
  maximalErrors,
  STEPPERS,
  type Stepper,
  slope,
} from '../../packages/dynamics/test/convergence.ts';

const FOLDER = new URL('../../docs/images/', import.meta.url);
const STEPS = [4, 6, 8, 11, 16, 23, 32, 45, 64, 90, 128, 181, 256, 362, 512];
/** Below, errors are rounding. */
const SMALLEST_ERROR = 2e-14;

interface Point {
  readonly steps: number;
  readonly error: number;
}

function curve(name: string, points: readonly Point[]): Series {
  const shown = points.filter(({ error }) => error >= SMALLEST_ERROR);
  return {
    name,
    x: shown.map(({ steps }) => Math.log10(steps)),
    y: shown.map(({ error }) => Math.log10(error)),
    mark: 'line-and-points',
  };
}

function curvesOf(stepper: Stepper, problem: KnownSolution): readonly Series[] {
  const errors = STEPS.map((steps) => ({ steps, ...maximalErrors(stepper, problem, steps) }));
  const end = curve(
    problem.name,
    errors.map(({ steps, end: error }) => ({ steps, error })),
  );
  if (stepper.denseOrder === undefined) return [end];
  const inside = curve(
    `${problem.name}, inside the steps`,
    errors.map(({ steps, inside: error }) => ({ steps, error })),
  );
  return [end, inside];
}

/** A line of the order, below all curves. */
function orderLine({ order }: Stepper, series: readonly Series[]): Series {
  const [first, last] = [Math.log10(STEPS[0]!), Math.log10(STEPS.at(-1)!)];
  const heights = series.flatMap(({ x, y }) => Array.from(y, (error, i) => error + order * x[i]!));
  const height = Math.min(...heights) - 0.5;
  const end = Math.min(last, (height - Math.log10(SMALLEST_ERROR)) / order);
  return { name: `order ${order}`, x: [first, end], y: [height - order * first, height - order * end] };
}

function figureOf(stepper: Stepper): Figure {
  const series = KNOWN_SOLUTIONS.flatMap((problem) => curvesOf(stepper, problem));
  const observed = KNOWN_SOLUTIONS.map((problem) =>
    slope(
      stepper.runs,
      stepper.runs.map((steps) => maximalErrors(stepper, problem, steps).end),
    ).toFixed(2),
  );
  return {
    title: `Convergence of ${stepper.title}`,
    subtitle: `observed orders ${observed.join(', ')} between ${stepper.runs[0]} and ${stepper.runs.at(-1)} steps`,
    x: { label: 'log₁₀ number of steps' },
    panels: [
      {
        kind: 'trace',
        y: { label: 'log₁₀ largest error' },
        series: [...series, orderLine(stepper, series)],
      },
    ],
  };
}

for (const stepper of STEPPERS) {
  const svg = renderSvg(figureOf(stepper), { width: 720, height: 460, id: `convergence-${stepper.name}` });
  writeFileSync(new URL(`convergence-${stepper.name}.svg`, FOLDER), svg);
}
