import { expect, test } from 'vitest';
import { integrateAdaptively, type Problem } from './adaptive-integration.ts';
import { type Derivative, DORMAND_PRINCE, dormandPrinceStep } from './dormand-prince.ts';

/** x″ = −x as a system. */
const oscillator: Derivative = (_tau, x, out) => {
  out[0] = x[1]!;
  out[1] = -x[0]!;
};

/** Solution after `count` equal steps over [0, length]. */
function fixedSteps(f: Derivative, start: readonly number[], length: number, count: number): Float64Array {
  const dt = length / count;
  let x: Float64Array = Float64Array.from(start);
  let slope: Float64Array = new Float64Array(x.length);
  f(0, x, slope);
  for (let i = 0; i < count; i += 1) {
    const attempt = dormandPrinceStep(f, i * dt, dt, x, slope);
    x = attempt.x;
    slope = attempt.derivativeAtEnd;
  }
  return x;
}

function adaptive(f: Derivative, start: readonly number[], length: number, rest: Partial<Problem> = {}) {
  const absolute = new Float64Array(start.length).fill(1e-12);
  return integrateAdaptively({
    f,
    start: Float64Array.from(start),
    length,
    absolute,
    relative: 1e-12,
    trial: length,
    ...rest,
  });
}

test('the tableau satisfies the row conditions and both solutions are consistent', () => {
  DORMAND_PRINCE.stages.forEach((row, i) => {
    const sum = row.reduce((total: number, weight) => total + weight, 0);
    expect(Math.abs(sum - DORMAND_PRINCE.nodes[i]!)).toBeLessThan(1e-14);
  });
  expect(Math.abs(DORMAND_PRINCE.error.reduce((total: number, weight) => total + weight, 0))).toBeLessThan(
    1e-16,
  );
});

test('on fixed steps the error falls with the fifth power of the step', () => {
  const error = (count: number) => {
    const [x, v] = fixedSteps(oscillator, [1, 0], 2, count);
    return Math.hypot(x! - Math.cos(2), v! + Math.sin(2));
  };
  for (const count of [8, 16, 32]) {
    const order = Math.log2(error(count) / error(2 * count));
    expect(order).toBeGreaterThan(4.7);
    expect(order).toBeLessThan(5.6);
  }
});

test('an equation that depends on time is integrated with the order of the method', () => {
  const f: Derivative = (tau, x, out) => {
    out[0] = x[0]! * Math.cos(tau);
  };
  const error = (count: number) => Math.abs(fixedSteps(f, [1], 2, count)[0]! - Math.exp(Math.sin(2)));
  expect(Math.log2(error(16) / error(32))).toBeGreaterThan(4.7);
});

test('with tolerances of 1e-12 the solution is exact to 1e-11 over many sub-steps', () => {
  const result = adaptive(oscillator, [1, 0], 10);
  expect(result.kind).toBe('done');
  if (result.kind !== 'done') return;
  expect(Math.abs(result.x[0]! - Math.cos(10))).toBeLessThan(1e-11);
  expect(Math.abs(result.x[1]! + Math.sin(10))).toBeLessThan(1e-11);
  expect(result.substeps).toBeGreaterThan(50);
});

test('a smaller tolerance gives a smaller error', () => {
  const error = (relative: number) => {
    const result = adaptive(oscillator, [1, 0], 10, {
      relative,
      absolute: Float64Array.of(relative, relative),
    });
    return result.kind === 'done' ? Math.abs(result.x[0]! - Math.cos(10)) : Number.NaN;
  };
  expect(error(1e-4)).toBeGreaterThan(error(1e-7));
  expect(error(1e-7)).toBeGreaterThan(error(1e-10));
});

test('a jump of the right-hand side inside the interval is found to 1e-9 of its size', () => {
  const f: Derivative = (tau, _x, out) => {
    out[0] = tau < 0.3 ? 1 : -2;
  };
  const result = adaptive(f, [0], 1);
  expect(result.kind === 'done' && Math.abs(result.x[0]! - (0.3 - 1.4)) < 1e-9).toBe(true);
});

test('the proposed sub-step is not shortened by the end of the interval', () => {
  const first = adaptive(oscillator, [1, 0], 1);
  expect(first.kind === 'done' && first.trial > 0.005 && first.trial <= 1).toBe(true);
});

test('a solution that runs away in finite time ends with the time that was reached', () => {
  const f: Derivative = (_tau, x, out) => {
    out[0] = x[0]! ** 2;
  };
  const result = adaptive(f, [1], 2);
  expect(result.kind).toBe('step-too-small');
  expect(result.kind === 'step-too-small' && Math.abs(result.tau - 1) < 1e-6).toBe(true);
});

test('a derivative that is not a number at the start is reported with its component', () => {
  const f: Derivative = (_tau, x, out) => {
    out[0] = 1;
    out[1] = Math.sqrt(x[1]!);
  };
  expect(adaptive(f, [0, -1], 1)).toEqual({ kind: 'not-finite', component: 1, value: Number.NaN });
});

test('sub-steps end at breaks, so that an input between two of them is not stepped over', () => {
  const f: Derivative = (tau, _x, out) => {
    out[0] = tau >= 0.6 && tau < 0.601 ? 7 : 0;
  };
  const error = (breaks: readonly number[]) => {
    const result = adaptive(f, [0], 1, { breaks });
    return result.kind === 'done' ? Math.abs(result.x[0]! - 0.007) : Number.NaN;
  };
  expect(error([])).toBe(0.007);
  expect(error([0.6 - 1e-13, 0.6 + 1e-13, 0.601 - 1e-13, 0.601 + 1e-13])).toBeLessThan(1e-11);
});

test('an edge between two breaks is crossed at once, however high it is', () => {
  const f: Derivative = (tau, _x, out) => {
    out[0] = tau < 0.3 ? 0 : 1e30;
  };
  const breaks = [0.3 - 2 ** -41, 0.3 + 2 ** -41];
  const result = adaptive(f, [0], 1, { breaks });
  expect(result.kind === 'done' && Math.abs(result.x[0]! / 7e29 - 1)).toBeLessThan(1e-11);
});

test('a derivative that is not a number after a break ends where it was reached', () => {
  const f: Derivative = (tau, _x, out) => {
    out[0] = tau < 0.5 ? 1 : Number.NaN;
  };
  const result = adaptive(f, [0], 1, { breaks: [0.5 - 1e-13, 0.5] });
  expect(result).toMatchObject({ kind: 'step-too-small', component: 0 });
});

test('a solution that slides along an edge ends after the sub-steps that are allowed', () => {
  let evaluations = 0;
  const f: Derivative = (_tau, x, out) => {
    evaluations += 1;
    out[0] = x[0]! > 0 ? -1 : 1;
  };
  const result = adaptive(f, [-0.5], 1, { mostSubsteps: 1000 });
  expect(result).toMatchObject({ kind: 'step-too-small', component: 0 });
  expect(result.kind === 'step-too-small' && Math.abs(result.tau - 0.5)).toBeLessThan(1e-6);
  expect(evaluations).toBe(1 + 6 * 1000);
});

test('a limit of sub-steps that just suffices does not end the integration', () => {
  const result = adaptive(oscillator, [1, 0], 10);
  const tried = Array.from({ length: 2000 }, (_, i) => i + 1).find(
    (mostSubsteps) => adaptive(oscillator, [1, 0], 10, { mostSubsteps }).kind === 'done',
  );
  expect(result.kind === 'done' && tried !== undefined && tried >= result.substeps).toBe(true);
});

test('the relative part of the tolerance carries very large values', () => {
  const f: Derivative = (_tau, x, out) => {
    out[0] = -x[0]!;
  };
  const large = adaptive(f, [1e20], 1);
  const unit = adaptive(f, [1], 1);
  if (large.kind !== 'done' || unit.kind !== 'done') throw new Error('no solution');
  expect(Math.abs(large.x[0]! / 1e20 - Math.exp(-1))).toBeLessThan(1e-11);
  expect(large.substeps).toBeLessThan(2 * unit.substeps);
});
