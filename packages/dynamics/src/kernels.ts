import { affineForm } from './affine.ts';
import { type ExponentialTerm, exponentialTerms } from './exponential-terms.ts';
import type { ExpressionNode, ExpressionSymbol } from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';
import { isImpure, nodesBelow } from './expression/traverse.ts';
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
