import { describe, expect, it } from 'vitest';
import { KNOWN_SOLUTIONS, maximalErrors, STEPPERS, slope } from '../../test/convergence.ts';

describe.each(STEPPERS)('$title', (stepper) => {
  const { order, denseOrder, runs } = stepper;

  it.each(KNOWN_SOLUTIONS)(`converges with order ${order} on $name`, (problem) => {
    const errors = runs.map((steps) => maximalErrors(stepper, problem, steps).end);
    expect(Math.abs(slope(runs, errors) - order)).toBeLessThan(0.4);
  });

  if (denseOrder === undefined) return;
  // Inside a step a continuous extension of order p adds an error of h^(p + 1) once; nothing adds it up.
  it.each(KNOWN_SOLUTIONS)(`has values inside the steps of order ${denseOrder} on $name`, (problem) => {
    const errors = runs.map((steps) => maximalErrors(stepper, problem, steps).inside);
    expect(Math.abs(slope(runs, errors) - (denseOrder + 1))).toBeLessThan(0.4);
  });
});
