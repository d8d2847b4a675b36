import type { StepFigures, StiffnessReport } from '@nestml/dynamics';
import { short } from './advice.ts';

/** What the stiffness test found, as sentences. */
export function stiffnessText({ verdict, explicit, implicit, eigenvalues }: StiffnessReport): string {
  const sentences = [
    `stiffness test: ${verdict}`,
    `an explicit method ${figuresText(explicit)}`,
    ...(implicit === undefined ? [] : [`an implicit one ${figuresText(implicit)}`]),
    ...(Number.isFinite(eigenvalues.largest)
      ? [`the fastest rate on the way is ${short(eigenvalues.largest)}/ms`]
      : []),
  ];
  return sentences.join('; ');
}

function figuresText({ averageStep, leastStep, failure }: StepFigures): string {
  if (!Number.isFinite(averageStep)) return 'makes no sub-step';
  const steps = `has sub-steps of ${short(averageStep)} ms on average, the shortest of ${short(leastStep)} ms`;
  return failure === undefined || failure === 'too-many-steps' ? steps : `${steps}, and fails (${failure})`;
}

/** The same for JSON; what is not finite becomes null there. */
export function stiffnessToJson({
  verdict,
  reason,
  explicit,
  implicit,
  eigenvalues,
}: StiffnessReport): object {
  return {
    verdict,
    reason,
    explicit: figuresToJson(explicit),
    ...(implicit === undefined ? {} : { implicit: figuresToJson(implicit) }),
    largest_eigenvalue_per_ms: eigenvalues.largest,
    stiffness_ratio: eigenvalues.stiffnessRatio,
  };
}

function figuresToJson(figures: StepFigures): object {
  return {
    average_step_ms: figures.averageStep,
    least_step_ms: figures.leastStep,
    accepted: figures.accepted,
    rejected: figures.rejected,
    evaluations: figures.evaluations,
    reached_ms: figures.time,
    ...(figures.failure === undefined ? {} : { failure: figures.failure }),
  };
}
