import { eigenvalues } from '../linear-algebra/eigenvalues.ts';
import type { TrajectoryPoint } from './follow-stimulus.ts';
import type { EigenvalueFigures, StiffnessProblem } from './stiffness-report.ts';

/** Rates below this share of the fastest count as conserved: they are rounding of 0. */
const SLOWEST_SHARE = 1e-9;

/** Eigenvalues of the Jacobian in places that are spread evenly over the sub-steps of a trajectory. */
export function eigenvalueFigures(
  problem: StiffnessProblem,
  points: readonly TrajectoryPoint[],
  samples: number,
): EigenvalueFigures {
  let [largest, stiffnessRatio, used] = [Number.NaN, 1, 0];
  for (const point of spread(points, samples)) {
    const matrix = jacobianAt(problem, point);
    if (!matrix.every(Number.isFinite)) continue;
    const found = eigenvalues(matrix, problem.start.length);
    const fastest = Math.max(...found.map(({ re, im }) => Math.hypot(re, im)));
    largest = used === 0 ? fastest : Math.max(largest, fastest);
    const decays = found.map(({ re }) => -re).filter((rate) => rate > SLOWEST_SHARE * fastest);
    if (decays.length > 1)
      stiffnessRatio = Math.max(stiffnessRatio, Math.max(...decays) / Math.min(...decays));
    used += 1;
  }
  return { largest, stiffnessRatio, samples: used };
}

/** At most so many of the items, evenly, the first among them. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  const count = Math.min(most, items.length);
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}

function jacobianAt(problem: StiffnessProblem, { interval, time, states }: TrajectoryPoint): Float64Array {
  const exact = new Float64Array(problem.exactSize);
  const matrix = new Float64Array(states.length ** 2);
  interval.exactStates(time, exact);
  problem.jacobian(time, states, exact, matrix);
  return matrix;
}
