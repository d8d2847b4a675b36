/** What integrates the part of a system that has no exact solution. */
export type NumericMethodName =
  | 'dormand-prince'
  | 'runge-kutta-fehlberg'
  | 'rosenbrock'
  | 'exponential-euler'
  | 'runge-kutta-4'
  | 'forward-euler';

/** What is to be known of a method before it is chosen. */
export interface NumericMethod {
  /** As in running text. */
  readonly title: string;
  /** The error over an interval shrinks with the length of the step to the power of this number. */
  readonly order: number;
  /**
   * `adaptive`: sub-steps as long as the tolerance allows; `fixed`: one step of the resolution, whose error nobody looks at.
   */
  readonly stepping: 'adaptive' | 'fixed';
  /**
   * `explicit`: the step must be short against the fastest time constant; `implicit`: a linear system is solved, the step may be long
   * against fast time constants; `exponential`: what is linear in a state itself is solved exactly.
   */
  readonly form: 'explicit' | 'implicit' | 'exponential';
  /**
   * Order of the continuous extension: inside a step from exact states its error shrinks with the length of the step to the power of this
   * number plus 1. Absent if the method has none.
   */
  readonly denseOrder?: number;
  /** Evaluations of the right-hand side in an accepted step. */
  readonly evaluations: number;
  /** Where the method was published. */
  readonly source: string;
}

/** All methods, the adaptive ones first. */
export const NUMERIC_METHODS: Readonly<Record<NumericMethodName, NumericMethod>> = Object.freeze({
  'dormand-prince': {
    title: 'Dormand–Prince 5(4)',
    order: 5,
    stepping: 'adaptive',
    form: 'explicit',
    denseOrder: 4,
    evaluations: 6,
    source:
      'Dormand and Prince (1980), A family of embedded Runge–Kutta formulae, Journal of Computational and Applied Mathematics 6:19–26',
  },
  'runge-kutta-fehlberg': {
    title: 'Runge–Kutta–Fehlberg 4(5)',
    order: 5,
    stepping: 'adaptive',
    form: 'explicit',
    denseOrder: 4,
    evaluations: 6,
    source:
      'Fehlberg (1969), Low-order classical Runge–Kutta formulas with stepsize control and their application to some heat transfer problems, NASA Technical Report R-315',
  },
  rosenbrock: {
    title: 'Rosenbrock 4(3), RODAS',
    order: 4,
    stepping: 'adaptive',
    form: 'implicit',
    denseOrder: 3,
    evaluations: 6,
    source:
      'Hairer and Wanner (1996), Solving Ordinary Differential Equations II, 2nd edition, section VI.4 (stiffly accurate Rosenbrock methods)',
  },
  'exponential-euler': {
    title: 'exponential Euler',
    order: 1,
    stepping: 'fixed',
    form: 'exponential',
    evaluations: 1,
    source:
      'Rush and Larsen (1978), A practical algorithm for solving dynamic membrane equations, IEEE Transactions on Biomedical Engineering 25:389–392',
  },
  'runge-kutta-4': {
    title: 'Runge–Kutta 4',
    order: 4,
    stepping: 'fixed',
    form: 'explicit',
    evaluations: 4,
    source:
      'Kutta (1901), Beitrag zur näherungsweisen Integration totaler Differentialgleichungen, Zeitschrift für Mathematik und Physik 46:435–453',
  },
  'forward-euler': {
    title: 'forward Euler',
    order: 1,
    stepping: 'fixed',
    form: 'explicit',
    evaluations: 1,
    source: 'Euler (1768), Institutiones calculi integralis, volume 1, section 2, chapter 7',
  },
});
