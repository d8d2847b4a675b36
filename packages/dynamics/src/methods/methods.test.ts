import { describe, expect, it } from 'vitest';
import type { AdaptiveProblem } from './cover-interval.ts';
import { DORMAND_PRINCE } from './dormand-prince.ts';
import { advance, type RightHandSide, stageSlopes } from './explicit-runge-kutta.ts';
import { integrateAdaptive } from './integrate-adaptive.ts';
import { STEP_SIZE_CONTROL } from './step-size-control.ts';

interface KnownProblem {
  readonly name: string;
  readonly derivative: RightHandSide;
  readonly solution: (time: number) => readonly number[];
}

const problems: readonly KnownProblem[] = [
  {
    name: 'logistic growth',
    derivative: (_, x, out) => {
      out[0] = x[0]! * (1 - x[0]!);
    },
    solution: (t) => [1 / (1 + 4 * Math.exp(-t))],
  },
  {
    name: 'a pendulum of constant frequency, driven by itself',
    derivative: (_, x, out) => {
      const square = x[0]! ** 2 + x[1]! ** 2;
      out[0] = x[1]! * square;
      out[1] = -x[0]! * square;
    },
    solution: (t) => [Math.sin(t), Math.cos(t)],
  },
  {
    name: 'a rate that depends on the time',
    derivative: (t, x, out) => {
      out[0] = -2 * t * x[0]! ** 2;
    },
    solution: (t) => [1 / (1 + t * t)],
  },
];

const distance = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  Math.max(...Array.from(x, (value, i) => Math.abs(value - y[i]!)));

describe('the method of Dormand and Prince', () => {
  const { nodes, stages, weights, order } = DORMAND_PRINCE;

  it('is consistent', () => {
    const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
    stages.forEach((row, i) => {
      expect(row).toHaveLength(i);
      expect(sum(row)).toBeCloseTo(nodes[i]!, 14);
    });
    for (let power = 0; power < order; power += 1) {
      const moment = sum(weights.map((weight, i) => weight * nodes[i]! ** power));
      expect(moment).toBeCloseTo(1 / (power + 1), 14);
    }
  });

  it.each(problems)('converges with its order on $name', ({ derivative, solution }) => {
    const error = (steps: number) => {
      let states: Float64Array = Float64Array.from(solution(0));
      for (let i = 0; i < steps; i += 1) {
        const slopes = stageSlopes(DORMAND_PRINCE, derivative, (2 * i) / steps, 2 / steps, states);
        states = advance(states, 2 / steps, weights, slopes);
      }
      return distance(states, solution(2));
    };
    const observed = Math.log2(error(64) / error(128));
    expect(Math.abs(observed - order)).toBeLessThan(0.35);
  });
});

describe('the error estimate of Dormand–Prince', () => {
  it('compares with a solution of order 4', () => {
    const { errorWeights, nodes } = DORMAND_PRINCE;
    const moment = (power: number) =>
      errorWeights.reduce((sum, weight, i) => sum + weight * nodes[i]! ** power, 0);
    for (let power = 0; power < 4; power += 1) expect(moment(power)).toBeCloseTo(0, 14);
    expect(Math.abs(moment(4))).toBeGreaterThan(1e-4);
  });

  it('shrinks by 32 when the step is halved', () => {
    const { derivative, solution } = problems[0]!;
    const estimate = (step: number) => {
      const slopes = stageSlopes(DORMAND_PRINCE, derivative, 0, step, Float64Array.from(solution(0)));
      return Math.abs(advance(new Float64Array(1), step, DORMAND_PRINCE.errorWeights, slopes)[0]!);
    };
    expect(Math.abs(Math.log2(estimate(0.1) / estimate(0.05)) - 5)).toBeLessThan(0.2);
  });
});

function toProblem(
  { derivative, solution }: KnownProblem,
  interval: number,
  tolerance: number,
): AdaptiveProblem {
  const start = Float64Array.from(solution(0));
  return {
    exactSize: 0,
    exactStates: () => {},
    derivative: (time, states, _, slopes) => derivative(time, states, slopes),
    start,
    interval,
    absoluteTolerances: start.map(() => tolerance),
    relativeTolerance: tolerance,
    firstStep: interval,
  };
}

const integrate = (problem: AdaptiveProblem) => integrateAdaptive(problem, DORMAND_PRINCE, STEP_SIZE_CONTROL);

function finish(problem: AdaptiveProblem) {
  const result = integrate(problem);
  if (result.kind !== 'done') throw new Error(`${result.kind} at ${result.time}`);
  return result;
}

describe('adaptive integration', () => {
  it.each(problems)('keeps the error of $name below the tolerance', (problem) => {
    for (const tolerance of [1e-4, 1e-6, 1e-8, 1e-10]) {
      const { states } = finish(toProblem(problem, 3, tolerance));
      expect(distance(states, problem.solution(3))).toBeLessThan(tolerance);
    }
  });

  it('grants a sub-step no more than its share of the tolerance', () => {
    const problem = toProblem(problems[1]!, 5, 1e-6);
    const whole = integrateAdaptive(problem, DORMAND_PRINCE, { ...STEP_SIZE_CONTROL, share: 1 });
    const tighter = { ...problem, relativeTolerance: 4e-8, absoluteTolerances: [4e-8, 4e-8] };
    const shared = integrateAdaptive(tighter, DORMAND_PRINCE, { ...STEP_SIZE_CONTROL, share: 1 });
    expect(finish(problem).accepted).toBe(shared.accepted);
    expect(finish(problem).accepted).toBeGreaterThan(1.5 * whole.accepted);
  });

  it('needs about twice the steps for 32 times the accuracy', () => {
    const steps = (tolerance: number) => finish(toProblem(problems[1]!, 50, tolerance)).accepted;
    const ratio = steps(1e-10 / 32) / steps(1e-10);
    expect(ratio).toBeGreaterThan(1.7);
    expect(ratio).toBeLessThan(2.3);
  });

  it('reads exact states at the times of the stages', () => {
    // V' = −g V with g = exp(−t): V = exp(exp(−t) − 1).
    const times: number[] = [];
    const { states } = finish({
      exactSize: 1,
      exactStates: (time, exact) => {
        times.push(time);
        exact[0] = Math.exp(-time);
      },
      derivative: (_, [v], [g], slopes) => {
        slopes[0] = -g! * v!;
      },
      start: Float64Array.of(1),
      interval: 2,
      absoluteTolerances: [1e-10],
      relativeTolerance: 1e-10,
      firstStep: 2,
    });
    expect(Math.abs(states[0]! - Math.exp(Math.exp(-2) - 1))).toBeLessThan(1e-9);
    expect(Math.max(...times)).toBe(2);
    expect(times.every((time, i) => time !== times[i - 1])).toBe(true);
  });

  it('remembers the step, so that a second interval needs no rejection', () => {
    const problem = toProblem(problems[1]!, 1, 1e-9);
    const first = finish(problem);
    const second = finish({ ...problem, start: first.states, firstStep: first.nextStep });
    expect(first.rejected).toBeGreaterThan(0);
    expect(second.rejected).toBe(0);
    expect(distance(second.states, [Math.sin(2), Math.cos(2)])).toBeLessThan(1e-8);
  });

  it('does not forget a long step because an interval was short', () => {
    const problem = { ...toProblem(problems[0]!, 1e-3, 1e-6), firstStep: 0.7 };
    expect(finish(problem).nextStep).toBe(0.7);
  });

  it('takes the tolerance of each state by itself', () => {
    const problem = toProblem(problems[1]!, 5, 1e-3);
    const loose = finish({ ...problem, relativeTolerance: 0, absoluteTolerances: [1e-3, 1e6] });
    const tight = finish({ ...problem, relativeTolerance: 0, absoluteTolerances: [1e-9, 1e6] });
    expect(tight.accepted).toBeGreaterThan(5 * loose.accepted);
  });

  it('leaves the start alone', () => {
    const problem = toProblem(problems[0]!, 1, 1e-6);
    finish(problem);
    expect([...problem.start]).toEqual(problems[0]!.solution(0));
  });

  it('fails by name at a pole, close to where it is', () => {
    const problem = toProblem(problems[0]!, 2, 1e-6);
    const result = integrate({
      ...problem,
      start: Float64Array.of(1),
      derivative: (_, x, __, out) => {
        out[0] = x[0]! ** 2;
      },
    });
    expect(result).toMatchObject({ kind: 'step-too-small', component: 0 });
    expect(result.kind !== 'done' && Math.abs(result.time - 1)).toBeLessThan(1e-3);
  });

  it('fails by name if the slope is not finite at the start', () => {
    const problem = toProblem(problems[1]!, 1, 1e-6);
    const result = integrate({
      ...problem,
      derivative: (_, __, ___, out) => {
        out[0] = 1;
        out[1] = Number.NaN;
      },
    });
    expect(result).toMatchObject({ kind: 'not-finite', component: 1, time: 0 });
  });

  it('steps back from a region where the slope is not finite', () => {
    // x' = √(1 − t) ends at t = 1 with x = ⅔; beyond there is no slope.
    const problem = toProblem(problems[0]!, 1, 1e-8);
    const result = finish({
      ...problem,
      start: Float64Array.of(0),
      interval: 0.999,
      firstStep: 5,
      derivative: (time, _, __, out) => {
        out[0] = time > 0.9995 ? Number.NaN : Math.sqrt(1 - time);
      },
    });
    expect(Math.abs(result.states[0]! - (2 / 3) * (1 - 0.001 ** 1.5))).toBeLessThan(1e-6);
  });

  it('gives up on equations that are too stiff', () => {
    const problem = toProblem(problems[0]!, 1, 1e-6);
    const control = { ...STEP_SIZE_CONTROL, mostAttempts: 1000 };
    const stiff = {
      ...problem,
      derivative: (t: number, x: Float64Array, _: Float64Array, out: Float64Array) => {
        out[0] = -1e6 * (x[0]! - Math.cos(t));
      },
    };
    expect(integrateAdaptive(stiff, DORMAND_PRINCE, control)).toMatchObject({
      kind: 'too-many-steps',
      component: 0,
    });
  });

  it('gives the same result with a method whose last slope is not the next first', () => {
    const separate = { ...DORMAND_PRINCE, isFirstSameAsLast: false };
    const problem = toProblem(problems[1]!, 3, 1e-7);
    expect(integrateAdaptive(problem, separate, STEP_SIZE_CONTROL)).toEqual(integrate(problem));
  });
});
