import { describe, expect, it } from 'vitest';
import { type ImplicitProblem, integrateRosenbrock } from './integrate-rosenbrock.ts';
import { ROSENBROCK } from './rosenbrock.ts';
import { STEP_SIZE_CONTROL } from './step-size-control.ts';

const CONSTANT_STEPS = { ...STEP_SIZE_CONTROL, safety: 1, smallestFactor: 1, largestFactor: 1 };

/** x′ = λ x with a complex λ, as two states, one step of length 1: |R(λ)|. */
function amplification(re: number, im: number): number {
  const matrix = [re, -im, im, re];
  const problem: ImplicitProblem = {
    exactSize: 0,
    exactStates: () => {},
    start: Float64Array.of(1, 0),
    interval: 1,
    absoluteTolerances: [1e300, 1e300],
    relativeTolerance: 0,
    firstStep: 1,
    derivative: (_, x, __, out) => {
      out[0] = re * x[0]! - im * x[1]!;
      out[1] = im * x[0]! + re * x[1]!;
    },
    jacobian: (_, __, ___, out) => {
      out.set(matrix);
    },
    timeDerivative: (_, __, ___, out) => {
      out.fill(0);
    },
  };
  const { states } = integrateRosenbrock(problem, ROSENBROCK, CONSTANT_STEPS);
  return Math.hypot(states[0]!, states[1]!);
}

const powersOfTen = (low: number, high: number, perDecade: number) =>
  Array.from({ length: (high - low) * perDecade + 1 }, (_, i) => 10 ** (low + i / perDecade));

describe('the stability of the Rosenbrock method', () => {
  it('is A-stability: no oscillation on the imaginary axis grows, so by the maximum principle nothing in the left half plane does', () => {
    const worst = Math.max(...powersOfTen(-3, 8, 20).map((im) => amplification(0, im)));
    expect(worst).toBeLessThan(1 + 1e-14);
    for (const angle of [0.1, 0.5, 1, 1.4])
      for (const size of powersOfTen(-2, 6, 4))
        expect(amplification(-size * Math.cos(angle), size * Math.sin(angle))).toBeLessThan(1);
  });

  it('is L-stability: what is infinitely fast is gone after one step', () => {
    for (const rate of powersOfTen(1, 15, 1)) expect(amplification(-rate, 0)).toBeLessThan(9 / rate);
  });
});

/** Prothero and Robinson (1974): x′ = λ (x − sin t) + cos t, x = sin t. */
function protheroRobinson(rate: number): ImplicitProblem {
  return {
    exactSize: 0,
    exactStates: () => {},
    start: Float64Array.of(0),
    interval: 2,
    absoluteTolerances: [1e300],
    relativeTolerance: 0,
    firstStep: 2,
    derivative: (t, x, _, out) => {
      out[0] = rate * (x[0]! - Math.sin(t)) + Math.cos(t);
    },
    jacobian: (_, __, ___, out) => {
      out[0] = rate;
    },
    timeDerivative: (t, _, __, out) => {
      out[0] = -rate * Math.cos(t) - Math.sin(t);
    },
  };
}

function largestError(rate: number, steps: number): number {
  let worst = 0;
  const problem = { ...protheroRobinson(rate), firstStep: 2 / steps };
  integrateRosenbrock(problem, ROSENBROCK, CONSTANT_STEPS, ({ time, length, after }) => {
    worst = Math.max(worst, Math.abs(after[0]! - Math.sin(time + length)));
    return false;
  });
  return worst;
}

describe('the Rosenbrock method on the problem of Prothero and Robinson', () => {
  it('has its order where steps resolve the fast rate', () => {
    expect(Math.abs(Math.log2(largestError(-1, 32) / largestError(-1, 64)) - 4)).toBeLessThan(0.1);
  });

  it('has order 1 and errors in proportion to 1/|λ| where steps are long against the fast rate', () => {
    for (const rate of [-1e4, -1e6, -1e8]) {
      expect(Math.abs(Math.log2(largestError(rate, 32) / largestError(rate, 64)) - 1)).toBeLessThan(0.15);
      expect(largestError(rate, 16)).toBeLessThan(4e-3 / -rate);
    }
  });

  it('takes long steps and keeps the tolerance at their ends', () => {
    for (const tolerance of [1e-4, 1e-6, 1e-8]) {
      const problem = {
        ...protheroRobinson(-1e6),
        absoluteTolerances: [tolerance],
        relativeTolerance: tolerance,
      };
      let worst = 0;
      const { kind, accepted } = integrateRosenbrock(
        problem,
        ROSENBROCK,
        STEP_SIZE_CONTROL,
        ({ time, length, after }) => {
          worst = Math.max(worst, Math.abs(after[0]! - Math.sin(time + length)));
          return false;
        },
      );
      expect(kind).toBe('done');
      expect(accepted).toBeLessThan(300);
      expect(worst).toBeLessThan(tolerance);
    }
  });
});
