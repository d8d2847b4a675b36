import type { EmbeddedTableau } from './explicit-runge-kutta.ts';

/**
 * RK5(4)7M: order 5 with an error estimate of order 4. Source: Dormand and Prince (1980), A family of embedded Runge–Kutta formulae,
 * Journal of Computational and Applied Mathematics 6:19–26. The step is advanced with the solution of order 5. The continuous extension
 * of order 4: Shampine (1986), Some practical Runge–Kutta formulas, Mathematics of Computation 46:135–150.
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
  dense: [
    [1, -8048581381 / 2820520608, 8663915743 / 2820520608, -12715105075 / 11282082432],
    [],
    [0, 131558114200 / 32700410799, -68118460800 / 10900136933, 87487479700 / 32700410799],
    [0, -1754552775 / 470086768, 14199869525 / 1410260304, -10690763975 / 1880347072],
    [0, 127303824393 / 49829197408, -318862633887 / 49829197408, 701980252875 / 199316789632],
    [0, -282668133 / 205662961, 2019193451 / 616988883, -1453857185 / 822651844],
    [0, 40617522 / 29380423, -110615467 / 29380423, 69997945 / 29380423],
  ],
} as const);
