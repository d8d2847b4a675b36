import type { ExplicitTableau } from './explicit-runge-kutta.ts';

/** x(t + h) ≈ x(t) + h f(t, x(t)). Source: Euler (1768), Institutiones calculi integralis, volume 1, section 2, chapter 7. */
export const FORWARD_EULER: ExplicitTableau = Object.freeze({
  name: 'forward Euler',
  order: 1,
  nodes: [0],
  stages: [[]],
  weights: [1],
} as const);
