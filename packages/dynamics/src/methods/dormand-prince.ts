import type { EmbeddedTableau } from './explicit-runge-kutta.ts';

/**
 * RK5(4)7M: order 5 with an error estimate of order 4. Source: Dormand and Prince (1980), A family of embedded Runge–Kutta formulae,
 * Journal of Computational and Applied Mathematics 6:19–26. The step is advanced with the solution of order 5.
 */
export const DORMAND_PRINCE: EmbeddedTableau = Object.freeze({
  name: 'Dormand–Prince 5(4)',
  order: 5,
  errorOrder: 4,
  isFirstSameAsLast: true,
  nodes: [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1],
  stages: [
    [],
    [1 / 5],
    [3 / 40, 9 / 40],
    [44 / 45, -56 / 15, 32 / 9],
    [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
    [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
    [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
  ],
  weights: [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84, 0],
  errorWeights: [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40],
} as const);
