import { describe, expect, test } from 'vitest';
import { firstDifference } from './compare.ts';
import { runText } from './run-text.ts';

const times = (steps: number, h: number) => Array.from({ length: steps }, (_, i) => (i + 1) * h);

/** A neuron whose only state decays with its own value of a delay ago. */
const FEEDBACK = `model feedback_neuron:
    state:
        x real = 1
    parameters:
        tau ms = 10 ms
        d ms = 2 ms
    equations:
        x' = -x(t - d) / tau
    input:
        exc <- spike
    update:
        integrate_odes()
`;

/**
 * The solution of x′ = −x(t − d)/τ with x = 1 before 0, by the method of steps: 1 + Σ (−1)ᵏ (t − (k − 1) d)ᵏ/(k! τᵏ) over the k with
 * t > (k − 1) d.
 */
function feedback(t: number, d: number, tau: number): number {
  let sum = 1;
  let factorial = 1;
  for (let k = 1; t > (k - 1) * d; k += 1) {
    factorial *= k;
    sum += (-(t - (k - 1) * d) / tau) ** k / factorial;
  }
  return sum;
}

describe('a state that depends on its own past', () => {
  test.each([
    { d: 2, h: 0.1, absolute: 1e-11 },
    { d: 2, h: 2, absolute: 1e-11 },
    { d: 2.05, h: 0.1, absolute: 1e-11 },
    { d: 0.1, h: 0.1, absolute: 1e-11 },
    // Inside a step the third and higher derivatives jump; the interpolation is smooth there.
    { d: 1.3, h: 0.5, absolute: 1e-9 },
  ])('follows the method of steps to $absolute with a delay of $d ms and steps of $h ms', (run) => {
    const { d, h, absolute } = run;
    const steps = Math.round(20 / h);
    const { trace } = runText(FEEDBACK, { h, steps, set: { d }, record: ['x'] });
    const expected = times(steps, h).map((t) => feedback(t, d, 10));
    expect(firstDifference(trace('x'), expected, { absolute })).toBeUndefined();
  });

  test('the comparison notices a delay that is wrong by 1e-6 ms', () => {
    const { trace } = runText(FEEDBACK, { steps: 100, set: { d: 2.000001 }, record: ['x'] });
    const expected = times(100, 0.1).map((t) => feedback(t, 2, 10));
    expect(firstDifference(trace('x'), expected, { absolute: 1e-11 })).toMatch(/value \d+ is/);
  });
});

describe('a state that depends on the past of another', () => {
  const FOLLOWER = `model follower_neuron:
    state:
        x mV = 3 mV
        y mV = 3 mV
    parameters:
        tau ms = 10 ms
        long ms = 3.25 ms
        short ms = 0.7 ms
    equations:
        x' = -x / tau
        y' = (x(t - long) - x(t - short)) / tau
    input:
        exc <- spike
    update:
        integrate_odes(y)
        if t <= 5 ms:
            integrate_odes(x)
    onReceive(exc):
        x += 4 mV
`;
  /** ∫ from 0 to t of x: 3 before 0, decaying with 10 ms until 5, a jump of 4 at the end of the step that ends at 2, then at rest. */
  const integral = (t: number) => {
    if (t <= 0) return 3 * t;
    const part = (from: number, size: number) => {
      const moving = Math.min(t, 5) - from;
      if (t <= from) return 0;
      const still = Math.max(0, t - 5) * size * Math.exp(-(5 - from) / 10);
      return size * 10 * (1 - Math.exp(-moving / 10)) + still;
    };
    return part(0, 3) + part(2, 4);
  };
  const y = (t: number) =>
    3 + (integral(t - 3.25) - integral(-3.25) - integral(t - 0.7) + integral(-0.7)) / 10;

  test('sees several delays, jumps and times at which the other is not integrated, to 1e-10', () => {
    const { trace } = runText(FOLLOWER, { steps: 120, record: ['y'], spikes: { exc: [[2, 1]] } });
    const expected = times(120, 0.1).map(y);
    expect(firstDifference(trace('y'), expected, { absolute: 1e-10 })).toBeUndefined();
  });
});

describe('a delay that cannot be kept', () => {
  test.each([
    { d: 0.05, says: /the delay of x is 0.05 ms, less than the step of 0.1 ms/ },
    { d: 1e6, says: /the delay of x is 1000000 ms, more than 1000000 steps of 0.1 ms/ },
    { d: 0, says: /the delay of x is 0 ms; it must be positive/ },
    { d: -1, says: /the delay of x is -1 ms; it must be positive/ },
    { d: Number.POSITIVE_INFINITY, says: /it must be positive and finite/ },
  ])('of $d ms ends the run before the first step', ({ d, says }) => {
    const { failure, recordedSteps } = runText(FEEDBACK, { steps: 10, set: { d }, record: ['x'] });
    expect(failure).toMatchObject({ kind: 'execution', reason: expect.stringMatching(says) });
    expect(recordedSteps).toEqual([]);
  });
});
