import type { Course, Tolerance } from './case-files.ts';

/** A run to be judged: every variable recorded at every step. */
export interface Actual {
  readonly stepMs: number;
  /** Ends of the steps in which the neuron fired. */
  readonly spikes: readonly number[];
  /** Value number k belongs to the time (k + 1) · stepMs. */
  readonly record: ReadonlyMap<string, ArrayLike<number>>;
}

/**
 * Compares a run with the expected course and says, in words, where it is off: one line per variable (the worst time) and one for
 * the spikes. Empty if all is within the tolerance. A NaN, a missing value or a missing variable is always off.
 */
export function compareCourses(actual: Actual, expected: Course, tolerance: Tolerance): readonly string[] {
  return [...compareSpikes(actual, expected, tolerance), ...compareValues(actual, expected, tolerance)];
}

function compareSpikes(actual: Actual, expected: Course, tolerance: Tolerance): readonly string[] {
  const { spikes, stepMs } = actual;
  if (spikes.length !== expected.spikes_ms.length) {
    return [
      `${spikes.length} spikes instead of ${expected.spikes_ms.length}: ${spikes} instead of ${expected.spikes_ms}`,
    ];
  }
  const allowed = tolerance.spike_shift_steps ?? 0;
  return expected.spikes_ms.flatMap((time, index) => {
    const shift = Math.round(spikes[index]! / stepMs) - Math.round(time / stepMs);
    return Math.abs(shift) <= allowed
      ? []
      : [`spike ${index + 1} at ${spikes[index]} ms instead of ${time} ms`];
  });
}

function compareValues(actual: Actual, expected: Course, tolerance: Tolerance): readonly string[] {
  return Object.entries(tolerance.absolute).flatMap(([name, allowed]) => {
    const course = expected.record[name];
    // A case need not record every variable of its model, but what it records has a course.
    if (course === undefined)
      return actual.record.has(name) && tolerance.source === 'exact'
        ? [`${name} has no expected course`]
        : [];
    const values = actual.record.get(name);
    if (values === undefined) return [`${name} was not recorded`];
    const stride = Math.round(course.every_ms / actual.stepMs);
    if (Math.abs(stride * actual.stepMs - course.every_ms) > 1e-9)
      return [`${name} is expected between two steps`];
    if (course.values.length !== Math.floor(values.length / stride)) {
      return [
        `${name} has ${values.length} values, but ${course.values.length} at every ${stride}th step are expected`,
      ];
    }
    let worst = { error: 0, time: 0, value: 0, wanted: 0 };
    for (const [index, wanted] of course.values.entries()) {
      const value = values[(index + 1) * stride - 1] ?? Number.NaN;
      const difference = Math.abs(value - wanted);
      const error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
      if (error > worst.error) worst = { error, time: (index + 1) * course.every_ms, value, wanted };
    }
    if (worst.error <= allowed) return [];
    const at = worst.time.toPrecision(6);
    return [
      `${name} is ${worst.value} instead of ${worst.wanted} at ${at} ms: off by ${worst.error}, allowed ${allowed}`,
    ];
  });
}
