import { affineForm } from './affine.ts';
import { type ExponentialTerm, exponentialTerms } from './exponential-terms.ts';
import { type Environment, evaluate } from './expression/evaluate.ts';
import type { ExpressionNode, ExpressionSymbol } from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';
import { isImpure, nodesBelow } from './expression/traverse.ts';
import { advanceAffine, solveAffine } from './matrix-exponential.ts';
import { type DifferentialEquation, type FirstOrderEquation, toFirstOrder } from './system.ts';

/** The response to a spike of weight 1, as the model gives it. */
export type Kernel =
  | { readonly kind: 'delta' }
  | {
      readonly kind: 'function';
      /** The value for t ≥ 0; 0 before. */
      readonly expression: ExpressionNode;
      /** t, the time since the spike. */
      readonly time: ExpressionSymbol;
    }
  | {
      readonly kind: 'equations';
      readonly equations: readonly DifferentialEquation[];
      /** What each state has just after a spike; states that are left out have 0. */
      readonly initial: ReadonlyMap<ExpressionSymbol, ExpressionNode>;
      /** The state whose value the kernel is. */
      readonly output: ExpressionSymbol;
      readonly time: ExpressionSymbol;
    };

/**
 * A kernel as something that jumps at spikes and otherwise follows linear equations, so that the convolution with a spike train is the
 * same system, in which each spike adds weight · initial value.
 */
export type SolvedKernel =
  | { readonly kind: 'delta' }
  | {
      readonly kind: 'system';
      readonly equations: readonly FirstOrderEquation[];
      /** Added to each state by a spike of weight 1. */
      readonly initial: ReadonlyMap<ExpressionSymbol, ExpressionNode>;
      /** The value of the kernel in terms of the states. */
      readonly value: ExpressionNode;
    };

/** Why a kernel has no such system: `node` is not a sum of c·tⁿ·exp(r t), not linear in the states, or not free of draws. */
export interface KernelRefusal {
  readonly kind: 'refused';
  readonly reason: 'not-exponential' | 'not-linear' | 'constant-term' | 'depends-on-time' | 'random';
  readonly node: ExpressionNode;
}

/**
 * Makes the symbol for a state of a kernel that is a function: `rate` counts the different exponentials from 0, `order` the states of
 * one of them from 0. The state of order 0 is that exponential's share of the kernel.
 */
export type StateFactory = (position: { readonly rate: number; readonly order: number }) => ExpressionSymbol;

/** Finds the linear system of a kernel. */
export function solveKernel(
  pool: ExpressionPool,
  kernel: Kernel,
  createState: StateFactory,
): SolvedKernel | KernelRefusal {
  switch (kernel.kind) {
    case 'delta':
      return kernel;
    case 'function': {
      const random = nodesBelow([kernel.expression]).find(isImpure);
      if (random !== undefined) return { kind: 'refused', reason: 'random', node: random };
      const found = exponentialTerms(pool, kernel.expression, kernel.time);
      if (found.kind === 'terms') return systemOfTerms(pool, found.terms, createState);
      return { kind: 'refused', reason: 'not-exponential', node: found.because };
    }
    case 'equations':
      return checkEquations(pool, kernel);
    default:
      return kernel satisfies never;
  }
}

/**
 * One chain per rate r: K = p(t) exp(r t) of degree n has y₀ = K, yᵢ = p⁽ⁱ⁾(t) exp(r t), so that yᵢ′ = r yᵢ + yᵢ₊₁ and
 * yᵢ(0) = i!·cᵢ. No quotient of rates occurs, so that equal values of different rates are no special case.
 */
function systemOfTerms(
  pool: ExpressionPool,
  terms: readonly ExponentialTerm[],
  createState: StateFactory,
): SolvedKernel {
  const rates = [...new Set(terms.map((term) => term.rate))];
  const equations: FirstOrderEquation[] = [];
  const initial = new Map<ExpressionSymbol, ExpressionNode>();
  const shares = rates.map((rate, index) => {
    const own = terms.filter((term) => term.rate === rate);
    const degree = Math.max(...own.map(({ power }) => power));
    const states = Array.from({ length: degree + 1 }, (_, order) => createState({ rate: index, order }));
    states.forEach((state, order) => {
      const next = states[order + 1];
      const decay = pool.multiply(rate, pool.symbol(state));
      const isStill = rate.kind === 'constant' && rate.value === 0;
      const parts = [...(isStill ? [] : [decay]), ...(next === undefined ? [] : [pool.symbol(next)])];
      const derivative = pool.sum(parts.map((operand) => ({ sign: 1, operand })));
      equations.push({ state, derivative });
      const coefficient = own.find(({ power }) => power === order)?.coefficient ?? pool.constant(0);
      initial.set(state, pool.multiply(pool.constant(factorial(order)), coefficient));
    });
    return pool.symbol(states[0]!);
  });
  const value = pool.sum(shares.map((operand) => ({ sign: 1, operand })));
  return { kind: 'system', equations, initial, value };
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** A convolution needs linear equations without constant terms and without the time. */
function checkEquations(
  pool: ExpressionPool,
  kernel: Kernel & { readonly kind: 'equations' },
): SolvedKernel | KernelRefusal {
  const equations = toFirstOrder(pool, kernel.equations);
  const states = new Set(equations.map(({ state }) => state));
  for (const { derivative } of equations) {
    const refusal = checkDerivative(pool, derivative, states, kernel.time);
    if (refusal !== undefined) return refusal;
  }
  const zero = pool.constant(0);
  const initial = new Map([...states].map((state) => [state, kernel.initial.get(state) ?? zero]));
  return { kind: 'system', equations, initial, value: pool.symbol(kernel.output) };
}

function checkDerivative(
  pool: ExpressionPool,
  derivative: ExpressionNode,
  states: ReadonlySet<ExpressionSymbol>,
  time: ExpressionSymbol,
): KernelRefusal | undefined {
  const nodes = nodesBelow([derivative]);
  const random = nodes.find(isImpure);
  if (random !== undefined) return { kind: 'refused', reason: 'random', node: random };
  const clock = nodes.find((node) => node.kind === 'symbol' && node.symbol === time);
  if (clock !== undefined) return { kind: 'refused', reason: 'depends-on-time', node: clock };
  const form = affineForm(pool, derivative, states);
  if (form.kind === 'not-affine') return { kind: 'refused', reason: 'not-linear', node: form.because };
  const { rest } = form;
  if (rest.kind === 'constant' && rest.value === 0) return undefined;
  return { kind: 'refused', reason: 'constant-term', node: rest };
}

/**
 * How far a solved kernel is from the function that it was made from: the largest difference at the given times, in units of the largest
 * value of the function there. A check of this package against itself; 1e-12 and less is rounding.
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
