import { type NumericProblem, withExactStates } from './cover-interval.ts';
import { checked, type SingleStepResult } from './single-step.ts';

/** A problem that says which of its equations are linear in their own state. */
export interface ExponentialProblem extends NumericProblem {
  /**
   * Writes for each numeric state the rate a if its equation reads x′ = a x + b with a and b free of x, and 0 otherwise, where a and b
   * may depend on everything else.
   */
  rates(time: number, states: Float64Array, exact: Float64Array, rates: Float64Array): void;
}

/**
 * One step over the whole interval with a and b as they are at its begin: x′ = a x + b has then the solution
 * x(t + h) = x + (a x + b) h φ₁(a h). A state of rate 0 does a step of forward Euler. Source: Rush and Larsen (1978), A practical algorithm
 * for solving dynamic membrane equations, IEEE Transactions on Biomedical Engineering 25:389–392; as an exponential integrator: Hochbruck
 * and Ostermann (2010), Exponential integrators, Acta Numerica 19:209–286, section 2.
 */
export function stepExponentialEuler(problem: ExponentialProblem): SingleStepResult {
  const { start, interval } = problem;
  const slopes = new Float64Array(start.length);
  const rates = new Float64Array(start.length);
  const exact = new Float64Array(problem.exactSize);
  withExactStates(problem)(0, start, slopes);
  problem.exactStates(0, exact);
  problem.rates(0, start, exact, rates);
  const after = start.map((state, i) => state + slopes[i]! * interval * phi1(rates[i]! * interval));
  return checked(start, after);
}

/** φ₁(z) = (e^z − 1)/z, 1 at 0. */
export function phi1(z: number): number {
  return z === 0 ? 1 : Math.expm1(z) / z;
}
