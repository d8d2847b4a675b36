import { DORMAND_PRINCE } from '../methods/dormand-prince.ts';
import { integrateAdaptive } from '../methods/integrate-adaptive.ts';
import { integrateRosenbrock } from '../methods/integrate-rosenbrock.ts';
import { ROSENBROCK } from '../methods/rosenbrock.ts';
import { eigenvalueFigures } from './eigenvalue-figures.ts';
import { followStimulus, type Integrate } from './follow-stimulus.ts';
import {
  STIFFNESS_SETTINGS,
  type StepFigures,
  type StiffnessProblem,
  type StiffnessReport,
  type StiffnessSettings,
} from './stiffness-report.ts';

const explicitly: Integrate = (problem, control, observe) =>
  integrateAdaptive(problem, DORMAND_PRINCE, control, observe);

const implicitly: Integrate = (problem, control, observe) =>
  integrateRosenbrock(problem, ROSENBROCK, control, observe);

/**
 * Whether a numeric system should be integrated by an explicit or an implicit method: both follow the stimulus with the same tolerances,
 * and their accepted steps are compared, as ODE-toolbox does. Steps longer than the resolution count as several, since a simulation cannot
 * make use of them. Hence the fast path: the average of the implicit method is at most the resolution, so if that of the explicit one
 * is at least resolution/`averageRatio`, the comparison is decided without the implicit method. For the same reason the explicit method is
 * stopped where it has made too many steps for that, and judged by them.
 *
 * Deterministic. How the verdict comes about: docs/numerics/stiffness.md.
 */
export function recommendSolver(
  problem: StiffnessProblem,
  settings: StiffnessSettings = STIFFNESS_SETTINGS,
): StiffnessReport {
  const { longestStep, averageRatio, mostImplicitAttempts, samples } = settings;
  const duration = problem.intervals.reduce((sum, interval) => sum + interval.duration, 0);
  const fewest = duration / longestStep + problem.intervals.length;
  const first = followStimulus(problem, longestStep, attemptsFor(fewest, averageRatio), explicitly);
  if (first.figures.failure === undefined && first.figures.averageUsefulStep * averageRatio >= longestStep) {
    const eigenvalues = eigenvalueFigures(problem, first.points, samples);
    return { verdict: 'explicit', reason: 'steps-long-enough', explicit: first.figures, eigenvalues };
  }
  const second = followStimulus(problem, longestStep, mostImplicitAttempts, implicitly);
  const implicit = second.figures;
  const enough = attemptsFor(implicit.time / implicit.averageUsefulStep, averageRatio);
  const isOpen =
    first.figures.failure === 'too-many-steps' &&
    implicit.averageUsefulStep <= averageRatio * first.figures.averageUsefulStep;
  const explicit = isOpen ? followStimulus(problem, longestStep, enough, explicitly).figures : first.figures;
  const points = implicit.accepted > 0 ? second.points : first.points;
  const eigenvalues = eigenvalueFigures(problem, points, samples);
  return { ...judge(explicit, implicit, averageRatio), explicit, implicit, eigenvalues };
}

/** Attempts after which a method has certainly made more than ratio·steps steps, though up to half of them were rejected. */
function attemptsFor(steps: number, ratio: number): number {
  return Math.ceil(2 * ratio * steps);
}

/**
 * As ODE-toolbox: a method whose steps vanish loses, both vanishing is a warning, else the averages decide. Instead of ten times the
 * machine precision, steps vanish where the integration fails.
 */
function judge(
  explicit: StepFigures,
  implicit: StepFigures,
  averageRatio: number,
): Pick<StiffnessReport, 'verdict' | 'reason'> {
  const explicitFails = explicit.failure !== undefined && explicit.failure !== 'too-many-steps';
  const isUnfinished = explicit.failure === 'too-many-steps';
  if (implicit.failure !== undefined) {
    if (explicit.failure === undefined) return { verdict: 'explicit', reason: 'implicit-fails' };
    return { verdict: 'warning', reason: 'both-fail' };
  }
  if (explicitFails) return { verdict: 'implicit', reason: 'explicit-fails' };
  const isShorter = implicit.averageUsefulStep > averageRatio * explicit.averageUsefulStep;
  return { verdict: isShorter || isUnfinished ? 'implicit' : 'explicit', reason: 'steps-compared' };
}
