/** What a run gave: one array of values for each recorded quantity, and the steps at whose end there were spikes. */
export interface Course {
  readonly traces: readonly {
    readonly name: string;
    /** Declared unit; undefined for a plain number. */
    readonly unit: string | undefined;
    readonly values: Float64Array;
  }[];
  /** Times of spikes, ms. */
  readonly spikes: readonly number[];
  /** Ends of the recorded steps, ms. */
  readonly times: readonly number[];
}

/** How large a difference may be: of the largest value of the variable, or of potentials in mV and of the range of other variables. */
export type Allowance =
  | { readonly kind: 'of largest value'; readonly fraction: number }
  | { readonly kind: 'in mV'; readonly most: number };

/** The part of the range that stands for 1 mV where a variable is no potential. */
const rangePerMillivolt = 0.01;

/** Of the declared unit. A variable that stays below counts as one of this size: solvers have absolute tolerances in such units. */
const smallestSize = 0.1;

const millivolts: Readonly<Record<string, number>> = { V: 1000, mV: 1, uV: 1e-3 };

/** The allowed difference of a variable in its declared unit. */
export function allowedDifference(
  values: Float64Array,
  unit: string | undefined,
  allowance: Allowance,
): number {
  if (allowance.kind === 'of largest value') {
    const size = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), smallestSize);
    return allowance.fraction * size;
  }
  const inMillivolts = millivolts[unit ?? ''];
  if (inMillivolts !== undefined) return allowance.most / inMillivolts;
  const high = values.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
  const low = values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
  return allowance.most * rangePerMillivolt * Math.max(smallestSize, high - low);
}

/** The first place where two courses disagree. */
export interface Disagreement {
  readonly what: string;
  /** Index of the recorded step. */
  readonly step: number;
  readonly expected: number;
  readonly actual: number;
}

/** What a comparison found. */
export interface CourseComparison {
  /** Largest difference of any variable, as a part of what is allowed. */
  readonly worst: number;
  /** Name of that variable. */
  readonly worstName: string;
  readonly disagreement: Disagreement | undefined;
}

/**
 * Compares a course with the expected one over the first `steps` recorded steps: values within the allowance (NaN agrees with nothing),
 * the same spikes.
 */
export function compareRuns(
  expected: Course,
  actual: Course,
  allowance: Allowance,
  steps: number = expected.times.length,
): CourseComparison {
  let [worst, worstName] = [0, ''];
  let disagreement = compareSpikes(expected, actual, steps);
  for (const [position, { name, unit, values }] of expected.traces.entries()) {
    const others = actual.traces[position]?.values ?? new Float64Array();
    const allowed = allowedDifference(values, unit, allowance);
    for (let step = 0; step < steps; step += 1) {
      const share = Math.abs(values[step]! - (others[step] ?? Number.NaN)) / allowed;
      if (share <= worst) continue;
      if (!(share <= 1) && (disagreement === undefined || step < disagreement.step)) {
        const [one, other] = [values[step]!, others[step] ?? Number.NaN];
        disagreement = { what: name, step, expected: one, actual: other };
      }
      if (Number.isNaN(share)) continue;
      [worst, worstName] = [share, name];
    }
  }
  return { worst, worstName, disagreement };
}

function compareSpikes(expected: Course, actual: Course, steps: number): Disagreement | undefined {
  const end = expected.times[steps] ?? Number.POSITIVE_INFINITY;
  const [own, others] = [
    expected.spikes.filter((time) => time < end),
    actual.spikes.filter((time) => time < end),
  ];
  const count = Math.max(own.length, others.length);
  for (let index = 0; index < count; index += 1) {
    const [one, other] = [own[index] ?? Number.POSITIVE_INFINITY, others[index] ?? Number.POSITIVE_INFINITY];
    if (one === other) continue;
    const step = expected.times.indexOf(Math.min(one, other));
    return { what: 'spike', step, expected: one, actual: other };
  }
  return undefined;
}
