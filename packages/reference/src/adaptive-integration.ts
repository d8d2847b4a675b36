import { type Derivative, dormandPrinceStep } from './dormand-prince.ts';

/** An initial value problem over one interval. */
export interface Problem {
  readonly f: Derivative;
  readonly start: Float64Array;
  /** Length of the interval, ms. */
  readonly length: number;
  /** Absolute tolerance of each component. */
  readonly absolute: Float64Array;
  readonly relative: number;
  /** Length of the first sub-step to be tried, ms. */
  readonly trial: number;
  /** Places inside the interval, ms from its start, ascending, at which sub-steps must end: the input has features between them. */
  readonly breaks?: readonly number[];
  /** Sub-steps that may be tried; default 1,000,000. */
  readonly mostSubsteps?: number;
  /**
   * Whether the course of the solution is wanted: then the pieces between breaks have at least two sub-steps, and the last two are alike, since a
   * polynomial through points that nearly coincide would lose digits.
   */
  readonly keepsCourse?: boolean;
}

/** The solution at one time, with its slopes on the side of the sub-step that it belongs to. */
export interface CoursePoint {
  readonly tau: number;
  readonly x: Float64Array;
  readonly slopes: Float64Array;
}

/** What became of it. */
export type Integration =
  | {
      readonly kind: 'done';
      readonly x: Float64Array;
      readonly substeps: number;
      /** Length that the error control proposes for a next sub-step, for the next interval. */
      readonly trial: number;
      /** If it was wanted: the ends of the sub-steps, one list for each piece between breaks. */
      readonly course: readonly (readonly CoursePoint[])[];
    }
  | {
      /** The derivative at the start is not a finite number. */
      readonly kind: 'not-finite';
      readonly component: number;
      readonly value: number;
    }
  | {
      /** The tolerance cannot be met by any sub-step that still advances time, or not with so few. */
      readonly kind: 'step-too-small';
      readonly component: number;
      /** Time reached, ms from the start of the interval. */
      readonly tau: number;
    };

/** Order of the error estimate plus one: the error of a sub-step grows with this power of its length. */
const ERROR_ORDER = 5;
const SAFETY = 0.9;
const LARGEST_SHRINK = 0.2;
const LARGEST_GROWTH = 5;
const MOST_SUBSTEPS = 1_000_000;
/** Part of the interval below which the distance of two breaks is that of the two sides of an edge. */
const EDGE_WIDTH = 2 ** -39;

/** What changes from sub-step to sub-step. */
interface Progress {
  x: Float64Array;
  trial: number;
  tried: number;
  substeps: number;
  readonly course: CoursePoint[][];
}

type TooSmall = Extract<Integration, { readonly kind: 'step-too-small' }>;

/**
 * Integrates with sub-steps whose estimated local errors stay below absolute + relative · |x| in every component.
 * A sub-step that gives a value that is not finite counts as too long.
 */
export function integrateAdaptively(problem: Problem): Integration {
  const { f, start, length, breaks = [] } = problem;
  const slope = new Float64Array(start.length);
  f(0, start, slope);
  const undefinedAt = slope.findIndex((value) => !Number.isFinite(value));
  if (undefinedAt >= 0) {
    return { kind: 'not-finite', component: undefinedAt, value: slope[undefinedAt]! };
  }
  const progress = { x: start, trial: problem.trial, tried: 0, substeps: 0, course: [] };
  let from = 0;
  for (const to of [...breaks, length]) {
    if (from > 0) f(from, progress.x, slope);
    const failure = integratePiece(problem, from, to, slope, progress);
    if (failure !== undefined) return failure;
    from = to;
  }
  const { x, substeps, trial, course } = progress;
  return { kind: 'done', x, substeps, trial: Math.min(trial, length), course };
}

/**
 * Integrates from one break to the next, with `slope` at its start. An edge is crossed in one sub-step: what its place does not tell is as
 * small as the sub-step, whatever the estimate says.
 */
function integratePiece(
  problem: Problem,
  from: number,
  to: number,
  slope: Float64Array,
  progress: Progress,
): TooSmall | undefined {
  const { f, length, mostSubsteps = MOST_SUBSTEPS, keepsCourse = false } = problem;
  const isEdge = to - from < EDGE_WIDTH * length;
  let derivative = slope;
  let trial = Math.min(progress.trial, keepsCourse && !isEdge ? (to - from) / 2 : to - from);
  const points: CoursePoint[] = [{ tau: from, x: progress.x, slopes: slope.slice() }];
  for (let tau = from; tau < to; ) {
    const isLast = tau + trial >= to;
    const dt = isLast ? to - tau : keepsCourse ? Math.min(trial, (to - tau) / 2) : trial;
    const attempt = dormandPrinceStep(f, tau, dt, progress.x, derivative);
    const { ratio, component } = worstError(attempt.error, progress.x, attempt.x, problem);
    progress.tried += 1;
    if (ratio <= 1 || (isEdge && attempt.x.every(Number.isFinite))) {
      tau = isLast ? to : tau + dt;
      progress.x = attempt.x;
      derivative = attempt.derivativeAtEnd;
      progress.substeps += 1;
      if (keepsCourse) points.push({ tau, x: progress.x, slopes: derivative });
      const proposed = dt * growth(ratio);
      trial = isLast ? Math.max(trial, proposed) : proposed;
    } else {
      trial = dt * Math.min(growth(ratio), SAFETY);
      const isTooSmall = tau + trial === tau || trial < length * Number.EPSILON;
      if (isTooSmall) return { kind: 'step-too-small', component, tau };
    }
    if (progress.tried >= mostSubsteps && tau < to) return { kind: 'step-too-small', component, tau };
  }
  if (!isEdge) progress.trial = trial;
  if (keepsCourse) progress.course.push(points);
  return undefined;
}

/** Factor by which the next sub-step may differ from one whose error was `ratio` times the tolerance. */
function growth(ratio: number): number {
  const best = ratio === 0 ? LARGEST_GROWTH : SAFETY * ratio ** (-1 / ERROR_ORDER);
  return Number.isNaN(best) ? LARGEST_SHRINK : Math.min(Math.max(best, LARGEST_SHRINK), LARGEST_GROWTH);
}

/** The largest error in units of its tolerance, infinity if a value is not finite, and the component that has it. */
function worstError(
  error: Float64Array,
  before: Float64Array,
  after: Float64Array,
  { absolute, relative }: Problem,
): { readonly ratio: number; readonly component: number } {
  let ratio = 0;
  let component = 0;
  for (let i = 0; i < error.length; i += 1) {
    const size = Math.max(Math.abs(before[i]!), Math.abs(after[i]!));
    const own = Math.abs(error[i]!) / (absolute[i]! + relative * size);
    const isUsable = Number.isFinite(own) && Number.isFinite(after[i]!);
    if (!isUsable || own > ratio) {
      ratio = isUsable ? own : Number.POSITIVE_INFINITY;
      component = i;
    }
    if (!isUsable) break;
  }
  return { ratio, component };
}
