import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dividedDifference } from './divided-differences.ts';
import type { IntervalPropagation } from './interval-propagation.ts';
import { prepareIntervals } from './prepare-intervals.ts';
import { propagateOver } from './propagate-over.ts';

interface Course {
  readonly interval: number;
  readonly end: readonly number[];
  /** By component: how much it changes with relative changes of all numbers. */
  readonly kappa: readonly number[];
}

interface Reference {
  readonly name: string;
  readonly size: number;
  readonly hasRates: boolean;
  readonly matrix: readonly number[];
  readonly drive: readonly number[];
  readonly start: readonly number[];
  readonly courses: readonly Course[];
}

const references: readonly Reference[] = JSON.parse(
  readFileSync(new URL('../../test/reference/varying-intervals.json', import.meta.url), 'utf8'),
);

function prepare(
  matrix: ArrayLike<number>,
  size: number,
  driven: readonly number[] = Array.from({ length: size }, (_, state) => state),
): IntervalPropagation {
  const preparation = prepareIntervals(matrix, size, driven);
  if (preparation.kind !== 'prepared') throw new Error(`entry ${preparation.row}, ${preparation.column}`);
  return preparation.propagation;
}

/** Components below 1e-290 count as 0. */
const flushed = (value: number) => (Math.abs(value) < 1e-290 ? 0 : value);
const largest = (values: Iterable<number>) => Math.max(0, ...[...values].map(Math.abs));

/**
 * What rounding may do, in ε times the condition number. κ counts a relative change of 1 of each number; ε = 2^-52 is two roundings. So
 * 2 κ ε is what four roundings of every number would do; the worst that was seen is 0.6 κ ε with rates, 1.2 κ ε with tables.
 */
const ROUNDINGS = 2;

/**
 * The largest error, in units of what is allowed. States with rates are right to ROUNDINGS κᵢ ε in each component; states in tables in the largest
 * component, since the products of a table add what cancels later. κᵢ ≥ 1 wherever x depends on anything.
 */
function ratio({ hasRates }: Reference, { end, kappa }: Course, found: ArrayLike<number>): number {
  const unit = ROUNDINGS * Number.EPSILON;
  const errors = end.map((value, i) => Math.abs(flushed(found[i]!) - value));
  const scales = end.map((value, i) => unit * kappa[i]! * Math.abs(value));
  const shares = errors.map((error, i) => {
    if (error === 0) return 0;
    return error / (hasRates ? scales[i]! : largest(scales));
  });
  return shares.some(Number.isNaN) ? Number.POSITIVE_INFINITY : largest(shares);
}

const cases = references.flatMap((reference) =>
  reference.courses.map((course) => [reference.name, course.interval, reference, course] as const),
);

describe('a system over an interval of any length', () => {
  it('has been compared with systems of every kind, over intervals from 1e-3 to 1e5 ms', () => {
    expect(cases.length).toBeGreaterThan(300);
    const intervals = cases.map(([, interval]) => interval);
    expect([Math.min(...intervals), Math.max(...intervals)]).toEqual([1e-3, 1e5]);
  });

  it.each(cases)(
    '%s over %f ms agrees with the solution to 17 digits',
    (_name, interval, reference, course) => {
      const { matrix, size, start, drive } = reference;
      const found = propagateOver(prepare(matrix, size), interval, start, drive);
      expect(ratio(reference, course, found)).toBeLessThanOrEqual(1);
    },
  );

  it('is found wrong where a result is moved by more than the tolerance, or is not finite', () => {
    for (const [, , reference, course] of cases) {
      const unit = ROUNDINGS * Number.EPSILON;
      const place = course.end.findIndex((value) => Math.abs(value) === largest(course.end));
      const scale = largest(course.end.map((value, i) => unit * course.kappa[i]! * value));
      const moved = (change: number) => course.end.map((value, i) => (i === place ? value + change : value));
      expect(ratio(reference, course, moved(2 * scale + 1e-280))).toBeGreaterThan(1);
      expect(ratio(reference, course, moved(Number.NaN))).toBeGreaterThan(1);
      expect(ratio(reference, course, moved(Number.POSITIVE_INFINITY))).toBeGreaterThan(1);
      expect(ratio(reference, course, course.end)).toBe(0);
    }
  });

  it('is found wrong if differences of exponentials are divided by differences of rates', () => {
    const wrong = cases.filter(([name, interval, reference, course]) => {
      const [first, , coupling, second] = reference.matrix as [number, number, number, number];
      if (!name.startsWith('an alpha function') || first === second) return false;
      const [x, y] = reference.start as [number, number];
      const decays = [Math.exp(first * interval), Math.exp(second * interval)] as const;
      const crossing = (coupling * (decays[1] - decays[0])) / (second - first);
      return ratio(reference, course, [decays[0] * x, crossing * x + decays[1] * y]) > 1;
    });
    expect(wrong.length).toBeGreaterThan(20);
  });
});

describe('the 300 random systems', () => {
  interface RandomSystem extends Reference {
    readonly interval: number;
    readonly end: readonly number[];
    readonly kappa: number;
  }
  const systems: readonly RandomSystem[] = JSON.parse(
    readFileSync(new URL('../../test/reference/random-affine-systems.json', import.meta.url), 'utf8'),
  );

  it('end where their recorded solutions do, within the condition of the exponential', () => {
    const wrong = systems.filter(({ matrix, size, interval, start, drive, end, kappa }) => {
      const found = propagateOver(prepare(matrix, size), interval, start, drive);
      const error = largest(end.map((value, i) => flushed(found[i]!) - value));
      return !(error <= (1e-13 + 20 * kappa * Number.EPSILON) * largest(end));
    });
    expect(systems).toHaveLength(300);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

describe('100,000 steps', () => {
  const steps = 100_000;
  /** Each step rounds each state and the step's propagator; if all roundings had one sign, 100,000 steps would add up to this. */
  const allowed = steps * Number.EPSILON;
  /** Systems that have not decayed to nothing by then. */
  const runs = references.flatMap((reference) =>
    [0.01, 1].flatMap((interval) => {
      const { end } = reference.courses.find((course) => course.interval === steps * interval)!;
      return largest(end) < 1e-40 ? [] : [[reference.name, interval, reference, end] as const];
    }),
  );

  it.each(runs)('of %s, %f ms each, end where one interval does', (_name, interval, reference, end) => {
    const { matrix, size, start, drive } = reference;
    const propagation = prepare(matrix, size);
    let state: Float64Array = Float64Array.from(start);
    let peak = largest(start);
    for (let i = 0; i < steps; i += 1) {
      state = propagateOver(propagation, interval, state, drive);
      if (i % 100 === 0) peak = Math.max(peak, largest(state));
    }
    expect(largest(state.map((value, i) => value - end[i]!))).toBeLessThanOrEqual(allowed * peak);
  });
});

describe('the data of varying intervals', () => {
  it('has one exponential for each distinct rate', () => {
    const { rates, rateOf, transfers } = prepare([-0.2, 0, 0, 0, -0.1, 0, 0, 0, -0.2], 3, []);
    expect(rates).toEqual([-0.2, -0.1]);
    expect(rateOf).toEqual([0, 1, 0]);
    expect(transfers).toEqual([]);
  });

  it('has one divided difference for each set of rates on a way, and adds ways that have the same', () => {
    const diamond = [-0.2, 0, 0, 0, 1, -0.3, 0, 0, 3, 0, -0.3, 0, 0, 5, 7, -0.2];
    const { rates, differences, transfers } = prepare(diamond, 4, [0]);
    expect(rates).toEqual([-0.3, -0.2, 0]);
    expect(differences.map((places) => places.join())).toEqual(
      expect.arrayContaining(['0,1', '0,1,1', '1,2', '0,1,2', '0,1,1,2']),
    );
    expect(differences).toHaveLength(5);
    const across = transfers.filter(
      ({ source, target, isInput }) => source === 0 && target === 3 && !isInput,
    );
    expect(across.map(({ coefficient }) => coefficient)).toEqual([26]);
  });

  it('is plain: it survives a way through JSON, but for the arrays of numbers of tables', () => {
    const propagation = prepare([-0.2, 0, 1, -0.3], 2);
    expect(JSON.parse(JSON.stringify(propagation))).toEqual(propagation);
  });

  it('tabulates states in a circle and those connected with them, and no others', () => {
    const { tables, rateOf } = prepare([0, 1, 0, 0, -1, 0, 0, 0, 0, 0.5, -1, 0, 0, 0, 0, -2], 4);
    expect(tables.map(({ states }) => states)).toEqual([[0, 1, 2]]);
    expect(rateOf).toEqual([-1, -1, -1, 0]);
  });

  it('tabulates dense triangular systems, whose ways are too many', () => {
    const size = 8;
    const matrix = Array.from({ length: size * size }, (_, place) => {
      const [row, column] = [Math.floor(place / size), place % size];
      return row === column ? -0.1 * (row + 1) : row > column ? 0.01 : 0;
    });
    expect(prepare(matrix, size).tables).toHaveLength(1);
  });

  it('names an entry that is too large for a table', () => {
    const huge = [-1, 1, 2 ** 1001, -1];
    expect(prepareIntervals(huge, 2, [])).toEqual({ kind: 'not-finite', row: 1, column: 0 });
    expect(prepareIntervals([-1, 0, 2 ** 1001, -1], 2, []).kind).toBe('prepared');
  });

  it('names an entry that is not finite', () => {
    expect(prepareIntervals([-1, Number.NaN, 0, -1], 2, [])).toEqual({
      kind: 'not-finite',
      row: 0,
      column: 1,
    });
  });
});

describe('an interval', () => {
  const propagation = prepare([-0.2, 0, 0, 0, 1, -0.3, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0], 4);

  it('of 0 changes nothing', () => {
    const state = [1 / 3, 2, -1e-300, 5];
    expect([...propagateOver(propagation, 0, state, [1, 2, 3, 4])]).toEqual(state);
  });

  it.each([-1, -1e-300, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 41])('of %d is refused', (interval) => {
    expect(() => propagateOver(propagation, interval, [1, 1, 1, 1], [0, 0, 0, 0])).toThrow(RangeError);
  });

  it('of hours is done, in tables as well', () => {
    const end = propagateOver(propagation, 1e9 * Math.PI, [1, 1, 1, 0], [0, 0, 0, 0]);
    expect([end[0], end[1]]).toEqual([0, 0]);
    // The phase 1e9 π is rounded to 4e-7; 3,000 products with rotations of unit length.
    expect(Math.hypot(end[2]! - 1, end[3]!)).toBeLessThan(1e-6);
  });

  it('can be cut in two anywhere', () => {
    const part = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(part, part, (first, second) => {
        const [start, input] = [
          [1, 2, 3, 4],
          [0.1, 0, 0.3, 0],
        ];
        const once = propagateOver(propagation, first + second, start, input);
        const twice = propagateOver(
          propagation,
          second,
          propagateOver(propagation, first, start, input),
          input,
        );
        expect(largest(once.map((value, i) => value - twice[i]!))).toBeLessThan(1e-12);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('of any length is finite for systems that are stable, however fast or slow', () => {
    const rate = fc.constantFrom(0, 1e-300, 1e-9, 1, 1e9, 1e300);
    const interval = fc.constantFrom(0, 1e-300, 1e-9, 1, 1e9, 1e12);
    fc.assert(
      fc.property(rate, rate, rate, interval, fc.boolean(), (a, b, c, length, isCircle) => {
        const matrix = [-a, 0, 0, (b + c) / 4, -b - c, isCircle ? c / 2 : 0, 0, c / 2, -c];
        const end = propagateOver(prepare(matrix, 3, [0]), length, [1, -1, 0.5], [a / 4, 0, 0]);
        expect([...end].every(Number.isFinite)).toBe(true);
        expect(largest(end)).toBeLessThanOrEqual(1);
      }),
      { seed: 14, numRuns: 40 },
    );
  });

  it('does not read the input of states that are not driven', () => {
    const quiet = prepare([-0.2, 0, 1, -0.3], 2, [1]);
    const [one, other] = [Number.NaN, 0].map((input) => [...propagateOver(quiet, 3, [1, 2], [input, 0.5])]);
    expect(one).toEqual(other);
  });
});

describe('a divided difference of the exponential function', () => {
  const difference = (rates: readonly number[], interval: number) =>
    dividedDifference(
      rates,
      Float64Array.from(rates, (rate) => Math.exp(rate * interval)),
      [...rates.keys()],
      interval,
    );

  it('is positive and between its values at equal rates, for any rates', () => {
    const rate = fc.double({ min: -5, max: 0, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(rate, { minLength: 2, maxLength: 7 }),
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        (unsorted, interval) => {
          const rates = unsorted.sort((a, b) => a - b);
          const order = rates.length - 1;
          const factor = [...rates.keys()].slice(1).reduce((product, k) => (product * interval) / k, 1);
          const [low, high] = [rates[0]!, rates[order]!].map((value) => Math.exp(value * interval) * factor);
          const found = difference(rates, interval);
          expect(found).toBeGreaterThanOrEqual(low! * (1 - 1e-12));
          expect(found).toBeLessThanOrEqual(high! * (1 + 1e-12));
        },
      ),
      { seed: 13, numRuns: 500 },
    );
  });

  it('is Δ³/3! exp(λ Δ) for four equal rates', () => {
    expect(difference([-0.5, -0.5, -0.5, -0.5], 3) / (4.5 * Math.exp(-1.5)) - 1).toBeCloseTo(0, 15);
  });
});
