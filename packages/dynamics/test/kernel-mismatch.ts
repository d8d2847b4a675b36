import {
  advanceAffine,
  affineForm,
  type Environment,
  type ExpressionPool,
  evaluate,
  type FirstOrderEquation,
  type Kernel,
  type SolvedKernel,
  solveAffine,
} from '../src/index.ts';

/**
 * How far a solved kernel is from the function that it was made from: the largest difference at the given times, in units of the largest
 * value of the function there. 1e-12 and less is rounding.
 *
 * @throws RangeError if the environment has no value for a parameter, or the system overflows.
 */
export function kernelMismatch(
  pool: ExpressionPool,
  kernel: Kernel & { readonly kind: 'function' },
  solved: SolvedKernel & { readonly kind: 'system' },
  parameters: Environment,
  times: readonly number[],
): number {
  const states = solved.equations.map(({ state }) => state);
  const matrix = systemMatrix(pool, solved.equations, parameters);
  const start = states.map((state) => evaluate(solved.initial.get(state)!, parameters));
  let [difference, size] = [0, 0];
  for (const time of times) {
    const solution = solveAffine(matrix, states.length, time);
    if (solution.kind === 'not-finite') throw new RangeError(`no finite solution at t = ${time}`);
    const values = advanceAffine(solution.propagator, start, new Float64Array(states.length));
    const found = evaluate(solved.value, {
      ...parameters,
      valueOf: (state) => values[states.indexOf(state)]!,
    });
    const expected = evaluate(kernel.expression, {
      ...parameters,
      valueOf: (symbol) => (symbol === kernel.time ? time : parameters.valueOf(symbol)),
    });
    difference = Math.max(difference, Math.abs(found - expected));
    size = Math.max(size, Math.abs(expected));
  }
  return size === 0 ? difference : difference / size;
}

function systemMatrix(
  pool: ExpressionPool,
  equations: readonly FirstOrderEquation[],
  parameters: Environment,
): Float64Array {
  const states = equations.map(({ state }) => state);
  const entries = equations.flatMap(({ derivative }) => {
    const form = affineForm(pool, derivative, new Set(states));
    if (form.kind === 'not-affine') throw new TypeError('a solved kernel is linear');
    return states.map((state) => {
      const coefficient = form.coefficients.get(state);
      return coefficient === undefined ? 0 : evaluate(coefficient, parameters);
    });
  });
  return Float64Array.from(entries);
}
