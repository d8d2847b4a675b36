import { advanceAffine, solveAffine } from '@nestml/dynamics';
import { expect, it } from 'vitest';
import { driverCourse, type NumberSystem } from './driver-course.ts';

const ALPHA: NumberSystem = {
  size: 2,
  matrix: Float64Array.of(-5, 0, 1, -5),
  input: Float64Array.of(0, 0),
  start: Float64Array.of(1, 0),
  jump: Float64Array.of(3, 0),
};

const DRIVEN: NumberSystem = {
  size: 3,
  matrix: Float64Array.of(-0.1, 2, 0, -2, -0.1, 0, 1, 0, -20),
  input: Float64Array.of(0, 1, -3),
  start: Float64Array.of(1, 0, 2),
  jump: Float64Array.of(0, 0.5, 0),
};

/** The states of a system at a time after the begin of the second of two intervals. */
function exactly({ size, matrix, input, start, jump }: NumberSystem, first: number, time: number) {
  const after = (states: Float64Array, interval: number) => {
    const solution = solveAffine(matrix, size, interval);
    if (solution.kind !== 'solved') throw new Error(solution.kind);
    return advanceAffine(solution.propagator, states, input);
  };
  const reached = after(start, first).map((state, i) => state + jump[i]!);
  return time === 0 ? reached : after(reached, time);
}

it('follows systems as the matrix exponential does, through an event', () => {
  const course = driverCourse([ALPHA, DRIVEN], [2, 5])!;
  expect(course.size).toBe(5);
  const states = new Float64Array(5);
  for (const time of [0, 1e-9, 0.04, 0.3, 1, 4.9999, 5]) {
    course.statesAt(1, time, states);
    const expected = [...exactly(ALPHA, 2, time), ...exactly(DRIVEN, 2, time)];
    expected.forEach((value, i) => {
      expect(Math.abs(states[i]! - value)).toBeLessThan(1e-11);
    });
  }
});

it('gives the slopes A x + b', () => {
  const course = driverCourse([ALPHA, DRIVEN], [1])!;
  const slopes = new Float64Array(5);
  course.slopesOf(Float64Array.of(1, 2, 3, 4, 5), slopes);
  expect([...slopes]).toEqual([-5, -9, 7.7, -5.4, -100]);
});

it('gives up on systems that are too fast', () => {
  const fast = { ...ALPHA, matrix: Float64Array.of(-1e6, 0, 1, -1e6) };
  expect(driverCourse([fast], [2])).toBeUndefined();
  expect(driverCourse([{ ...ALPHA, matrix: Float64Array.of(Number.NaN, 0, 0, 0) }], [2])).toBeUndefined();
});
