import { describe, expect, it } from 'vitest';
import { prepare, WORK_PROBLEMS, type WorkProblem } from '../../test/work-problems.ts';
import { recommendSolver } from './recommend-solver.ts';
import { STIFFNESS_SETTINGS, type StiffnessProblem } from './stiffness-report.ts';

const NOTHING_EXACT = { exactStates: () => {} } as const;

/** A problem without events, for a time in ms. */
function undisturbed(problem: WorkProblem, duration = problem.end): StiffnessProblem {
  return { ...prepare(problem, 1e-6), intervals: [{ duration, ...NOTHING_EXACT }] };
}

/** One state with x′ = rate·(x − sin t), 0 < t < duration. */
function relaxation(rate: number, duration: number): StiffnessProblem {
  const problem: WorkProblem = {
    name: 'relaxation',
    equations: { x: [`${rate}*(x - sin(t))`, 0.5] },
    end: duration,
    sizes: [1],
  };
  return undisturbed(problem);
}

describe('the stiffness test', () => {
  it.each(['hodgkinHuxley', 'adex', 'izhikevich', 'relaxed'] as const)(
    'recommends explicit for %s',
    (name) => {
      expect(recommendSolver(undisturbed(WORK_PROBLEMS[name]))).toMatchObject({ verdict: 'explicit' });
    },
  );

  it.each([
    ['vanDerPol', 20],
    ['robertson', 10],
    ['oregonator', 30],
    ['linearStiff', 5],
  ] as const)('recommends implicit for %s', (name, duration) => {
    const report = recommendSolver(undisturbed(WORK_PROBLEMS[name], duration));
    expect(report).toMatchObject({ verdict: 'implicit', reason: 'steps-compared' });
    expect(report.implicit!.averageUsefulStep).toBeGreaterThan(6 * report.explicit.averageUsefulStep);
  });

  it('does not run the implicit method where the explicit steps are nearly as long as the resolution', () => {
    const report = recommendSolver(undisturbed(WORK_PROBLEMS.hodgkinHuxley));
    expect(report.reason).toBe('steps-long-enough');
    expect(report.implicit).toBeUndefined();
    expect(report.explicit.averageUsefulStep).toBeGreaterThan(0.1 / 6);
  });

  it('compares both where the resolution is coarse, and still finds a neuron explicit', () => {
    const report = recommendSolver(undisturbed(WORK_PROBLEMS.hodgkinHuxley), {
      ...STIFFNESS_SETTINGS,
      longestStep: 1,
    });
    expect(report).toMatchObject({ verdict: 'explicit', reason: 'steps-compared' });
    expect(report.explicit.failure).toBeUndefined();
  });

  it('depends on the resolution: a rate is stiff if many explicit steps fit into one step', () => {
    const problem = relaxation(-4000, 5);
    expect(recommendSolver(problem, { ...STIFFNESS_SETTINGS, longestStep: 0.001 }).verdict).toBe('explicit');
    expect(recommendSolver(problem, { ...STIFFNESS_SETTINGS, longestStep: 1 }).verdict).toBe('implicit');
  });

  it('gives the same figures each time', () => {
    const problem = undisturbed(WORK_PROBLEMS.robertson, 1);
    expect(recommendSolver(problem)).toEqual(recommendSolver(problem));
  });
});

describe('the figures of the stiffness test', () => {
  it('describe the steps: their average times their number is the time', () => {
    const { explicit } = recommendSolver(undisturbed(WORK_PROBLEMS.relaxed));
    expect(explicit.time).toBeCloseTo(20, 9);
    expect(explicit.averageStep * explicit.accepted).toBeCloseTo(20, 9);
    expect(explicit.leastStep).toBeLessThan(explicit.averageStep);
    // Seven stages, the first of which is the last of the step before, except after a rejection and in the first step.
    expect(explicit.evaluations).toBe(6 * (explicit.accepted + explicit.rejected) + 1);
  });

  it('count a step that is longer than the resolution as several', () => {
    const { explicit } = recommendSolver(undisturbed(WORK_PROBLEMS.adex));
    expect(explicit.averageStep).toBeGreaterThan(0.5);
    expect(explicit.averageUsefulStep).toBeGreaterThan(0.09);
    expect(explicit.averageUsefulStep).toBeLessThanOrEqual(0.1);
  });

  it('give the eigenvalues: those of a linear system are known', () => {
    const { eigenvalues } = recommendSolver(undisturbed(WORK_PROBLEMS.linearStiff));
    expect(eigenvalues.largest).toBeCloseTo(1000, 6);
    expect(eigenvalues.stiffnessRatio).toBeCloseTo(1000, 6);
    expect(eigenvalues.samples).toBe(STIFFNESS_SETTINGS.samples);
  });

  it('do not take a conserved sum for a slow decay', () => {
    const { eigenvalues } = recommendSolver(undisturbed(WORK_PROBLEMS.robertson, 10));
    expect(eigenvalues.largest).toBeGreaterThan(2000);
    expect(eigenvalues.largest).toBeLessThan(3500);
    expect(eigenvalues.stiffnessRatio).toBeLessThan(1e6);
  });
});

describe('the stimulus of the stiffness test', () => {
  it('adds the jumps of each event and takes the exact states of each interval', () => {
    const seen: number[] = [];
    const problem: StiffnessProblem = {
      ...relaxation(-1, 1),
      exactSize: 1,
      derivative: (_, x, exact, out) => {
        seen.push(exact[0]!);
        out[0] = exact[0]! - 1e-9 * x[0]!;
      },
      intervals: [
        { duration: 1, exactStates: constant(0) },
        { duration: 2, jumps: [10], exactStates: constant(3) },
      ],
    };
    const report = recommendSolver(problem);
    expect(report.explicit.time).toBeCloseTo(3, 12);
    expect(new Set(seen)).toEqual(new Set([0, 3]));
    expect(report.verdict).toBe('explicit');
  });

  it('decides: a conductance that an event opens makes the membrane fast', () => {
    const membrane: Omit<StiffnessProblem, 'intervals'> = {
      ...relaxation(-1, 1),
      exactSize: 1,
      derivative: (t, x, g, out) => {
        out[0] = -(1 + g[0]!) * (x[0]! - Math.sin(t));
      },
      jacobian: (_, __, g, out) => {
        out[0] = -(1 + g[0]!);
      },
      timeDerivative: (t, _, g, out) => {
        out[0] = (1 + g[0]!) * Math.cos(t);
      },
    };
    const verdict = (conductance: number) =>
      recommendSolver({
        ...membrane,
        intervals: [
          { duration: 1, exactStates: constant(0) },
          { duration: 9, exactStates: constant(conductance) },
        ],
      }).verdict;
    expect(verdict(1)).toBe('explicit');
    expect(verdict(5000)).toBe('implicit');
  });
});

/** One exact state that does not change. */
function constant(value: number): (time: number, exact: Float64Array) => void {
  return (_, exact) => {
    exact[0] = value;
  };
}

describe('a trajectory that diverges', () => {
  const diverging = undisturbed(WORK_PROBLEMS.adex, 30);

  it('is a warning that says that both methods fail, and where', () => {
    const report = recommendSolver(diverging);
    expect(report).toMatchObject({ verdict: 'warning', reason: 'both-fail' });
    expect(report.explicit.failure).toBe('step-too-small');
    expect(report.explicit.time).toBeCloseTo(17.7195, 3);
  });

  it('goes on if a bound is given at which the neuron fires, and is explicit', () => {
    const bounds = { lower: [-200, -1e9], upper: [0, 1e9] };
    const report = recommendSolver({ ...diverging, bounds });
    expect(report).toMatchObject({ verdict: 'explicit', reason: 'steps-long-enough' });
    expect(report.explicit.time).toBeCloseTo(30, 9);
  });
});

it('a right-hand side that is undefined at the start is a warning without figures', () => {
  const problem = relaxation(-1, 1);
  const report = recommendSolver({
    ...problem,
    derivative: (_, __, ___, out) => {
      out[0] = Number.NaN;
    },
  });
  expect(report).toMatchObject({ verdict: 'warning', reason: 'both-fail' });
  expect(report.explicit).toMatchObject({ failure: 'not-finite', accepted: 0, time: 0 });
  expect(report.eigenvalues).toEqual({ largest: Number.NaN, stiffnessRatio: 1, samples: 0 });
});
