import type { EmbeddedTableau } from './explicit-runge-kutta.ts';

/**
 * RK4(5), Formula 2: orders 4 and 5 from six stages. Source: Fehlberg (1969), Low-order classical Runge–Kutta formulas with stepsize
 * control and their application to some heat transfer problems, NASA Technical Report R-315, table III. Fehlberg kept the solution of
 * order 4; here, as in most of today's programs, the step is advanced with the solution of order 5, and the estimate is the error of the
 * one of order 4.
 *
 * The continuous extension of order 4 takes the slope at the end as seventh stage, which the next step needs anyway. The order conditions
 * leave one polynomial free; with continuous slopes it is b₆(θ) = 2/55 (3θ² − 2θ³) + q θ²(1 − θ)², and q = −96/55 makes the mean square of the
 * coefficients of order 5 of its error as small as it gets within 1 % (docs/numerics/runge-kutta-fehlberg.md).
 */
export const RUNGE_KUTTA_FEHLBERG: EmbeddedTableau = Object.freeze({
  name: 'Runge–Kutta–Fehlberg 4(5)',
  order: 5,
  errorOrder: 4,
  isFirstSameAsLast: false,
  nodes: [0, 1 / 4, 3 / 8, 12 / 13, 1, 1 / 2],
  stages: [
    [],
    [1 / 4],
    [3 / 32, 9 / 32],
    [1932 / 2197, -7200 / 2197, 7296 / 2197],
    [439 / 216, -8, 3680 / 513, -845 / 4104],
    [-8 / 27, 2, -3544 / 2565, 1859 / 4104, -11 / 40],
  ],
  weights: [16 / 135, 0, 6656 / 12825, 28561 / 56430, -9 / 50, 2 / 55],
  errorWeights: [1 / 360, 0, -128 / 4275, -2197 / 75240, 1 / 50, 2 / 55],
  dense: [
    [1, -5 / 2, 334 / 135, -77 / 90],
    [],
    [0, 1408 / 285, -100096 / 12825, 14464 / 4275],
    [0, -2197 / 627, 254852 / 28215, -94471 / 18810],
    [0, 6 / 5, -78 / 25, 87 / 50],
    [0, -18 / 11, 188 / 55, -96 / 55],
    [0, 3 / 2, -4, 5 / 2],
  ],
} as const);
