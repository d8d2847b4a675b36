import type { ExplicitTableau } from './explicit-runge-kutta.ts';

/**
 * The classical method of order 4. Source: Kutta (1901), Beitrag zur näherungsweisen Integration totaler Differentialgleichungen,
 * Zeitschrift für Mathematik und Physik 46:435–453.
 */
export const RUNGE_KUTTA_4: ExplicitTableau = Object.freeze({
  name: 'Runge–Kutta 4',
  order: 4,
  nodes: [0, 1 / 2, 1 / 2, 1],
  stages: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]],
  weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6],
} as const);
