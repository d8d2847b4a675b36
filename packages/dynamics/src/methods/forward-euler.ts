import type { ExplicitTableau } from './explicit-runge-kutta.ts';

/** x ← x + h f(t, x). */
export const FORWARD_EULER: ExplicitTableau = Object.freeze({
  name: 'forward Euler',
  order: 1,
  nodes: [0],
  stages: [[]],
  weights: [1],
} as const);
