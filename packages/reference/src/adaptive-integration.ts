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
}

/** What became of it. */
export type Integration =
  | {
      readonly kind: 'done';
      readonly x: Float64Array;
      readonly substeps: number;
      /** Length that the error control proposes for a next sub-step, for the next interval. */
      readonly trial: number;
    }
  | {
      /** The derivative at the start is not a finite number. */
      readonly kind: 'not-finite';
      readonly component: number;
      readonly value: number;
    }
  | {
      /** The tolerance cannot be met by any sub-step that still advances time. */
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

/**
 * Integrates with sub-steps whose estimated local errors stay below absolute + relative · |x| in every component.
 * A sub-step that gives a value that is not finite counts as too long.
 */
export function integrateAdaptively(problem: Problem): Integration {
  const { f, length } = problem;
  let x = problem.start;
  let slope: Float64Array = new Float64Array(x.length);
  f(0, x, slope);
  const undefinedAt = slope.findIndex((value) => !Number.isFinite(value));
  if (undefinedAt >= 0) {
    return { kind: 'not-finite', component: undefinedAt, value: slope[undefinedAt]! };
  }
  let trial = Math.min(problem.trial, length);
  let substeps = 0;
  for (let tau = 0; tau < length; ) {
    const isLast = tau + trial >= length;
    const dt = isLast ? length - tau : trial;
    const attempt = dormandPrinceStep(f, tau, dt, x, slope);
    const { ratio, component } = worstError(attempt.error, x, attempt.x, problem);
    if (ratio <= 1) {
      tau = isLast ? length : tau + dt;
      x = attempt.x;
      slope = attempt.derivativeAtEnd;
      substeps += 1;
      const proposed = dt * growth(ratio);
      trial = isLast ? Math.max(trial, proposed) : proposed;
    } else {
      trial = dt * Math.min(growth(ratio), SAFETY);
      if (tau + trial === tau || trial < length * Number.EPSILON)
        return { kind: 'step-too-small', component, tau };
    }
  }
  return { kind: 'done', x, substeps, trial: Math.min(trial, length) };
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
