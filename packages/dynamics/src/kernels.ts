import { affineForm } from './affine.ts';
import { type ExponentialTerm, exponentialTerms, type NotExponentialReason } from './exponential-terms.ts';
import type { ExpressionNode, ExpressionSymbol, Term } from './expression/nodes.ts';
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

/**
 * Why a kernel has no such system: `node` is not a sum of c·tⁿ·exp(r t)·{1, cos(w t), sin(w t)}, not linear in the states, or not free
 * of draws.
 */
export interface KernelRefusal {
  readonly kind: 'refused';
  readonly reason: NotExponentialReason | 'not-linear' | 'constant-term' | 'depends-on-time' | 'random';
  readonly node: ExpressionNode;
}

/**
 * Makes the symbol for a state of a kernel that is a function: `rate` counts the different pairs of exponential and frequency from 0,
 * `order` the states of one of them from 0. The state of order 0 is that pair's share of the kernel; `isQuadrature` means the state
 * that turns with it, a quarter of a period later.
 */
export type StateFactory = (position: {
  readonly rate: number;
  readonly order: number;
  readonly isQuadrature: boolean;
}) => ExpressionSymbol;

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
      return { kind: 'refused', reason: found.reason, node: found.because };
    }
    case 'equations':
      return checkEquations(pool, kernel);
    default:
      return kernel satisfies never;
  }
}

/** The terms of one rate and one frequency: p(t) exp(r t), or (p(t) cos(w t) + q(t) sin(w t)) exp(r t). */
interface Share {
  readonly rate: ExpressionNode;
  readonly frequency: ExpressionNode;
  readonly isWave: boolean;
  readonly degree: number;
  /** The coefficients of p, from that of t⁰. */
  readonly even: readonly ExpressionNode[];
  /** The coefficients of q. */
  readonly odd: readonly ExpressionNode[];
}

function sharesOf(pool: ExpressionPool, terms: readonly ExponentialTerm[]): readonly Share[] {
  const groups = new Map<string, ExponentialTerm[]>();
  for (const term of terms) {
    const key = `${term.rate.id} ${term.wave === 'none' ? '' : term.frequency.id}`;
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  return [...groups.values()].map((own) => {
    const { rate, frequency, wave } = own[0]!;
    const degree = Math.max(...own.map(({ power }) => power));
    const coefficients = (isSine: boolean) =>
      Array.from({ length: degree + 1 }, (_, order) => {
        const term = own.find(({ power, wave }) => power === order && (wave === 'sine') === isSine);
        return term?.coefficient ?? pool.constant(0);
      });
    const [even, odd] = [coefficients(false), coefficients(true)];
    return { rate, frequency, isWave: wave !== 'none', degree, even, odd };
  });
}

/**
 * One chain per rate r: K = p(t) exp(r t) of degree n has y₀ = K, yᵢ = p⁽ⁱ⁾(t) exp(r t), so that yᵢ′ = r yᵢ + yᵢ₊₁ and
 * yᵢ(0) = i!·cᵢ. With a frequency w a second chain turns with it:
 *
 *     yᵢ = (p⁽ⁱ⁾ cos(w t) + q⁽ⁱ⁾ sin(w t)) exp(r t),   zᵢ = (q⁽ⁱ⁾ cos(w t) − p⁽ⁱ⁾ sin(w t)) exp(r t),
 *     yᵢ′ = r yᵢ + w zᵢ + yᵢ₊₁,   zᵢ′ = r zᵢ − w yᵢ + zᵢ₊₁.
 *
 * No quotient of rates or frequencies occurs, so that equal values of different rates, and a frequency of 0, are no special case.
 */
function systemOfTerms(
  pool: ExpressionPool,
  terms: readonly ExponentialTerm[],
  createState: StateFactory,
): SolvedKernel {
  const equations: FirstOrderEquation[] = [];
  const initial = new Map<ExpressionSymbol, ExpressionNode>();
  const values = sharesOf(pool, terms).map((share, index) => {
    const create = (isQuadrature: boolean) =>
      Array.from({ length: share.degree + 1 }, (_, order) =>
        createState({ rate: index, order, isQuadrature }),
      );
    const own = create(false);
    const turning = share.isWave ? create(true) : [];
    addChain(pool, { share, states: own, others: turning, sign: 1 }, share.even, equations, initial);
    if (share.isWave) {
      addChain(pool, { share, states: turning, others: own, sign: -1 }, share.odd, equations, initial);
    }
    return pool.symbol(own[0]!);
  });
  const value = pool.sum(values.map((operand) => ({ sign: 1, operand })));
  return { kind: 'system', equations, initial, value };
}

/** sᵢ′ = r sᵢ + sign·w oᵢ + sᵢ₊₁. */
interface Chain {
  readonly share: Share;
  readonly states: readonly ExpressionSymbol[];
  /** Empty if nothing turns. */
  readonly others: readonly ExpressionSymbol[];
  readonly sign: 1 | -1;
}

function addChain(
  pool: ExpressionPool,
  { share, states, others, sign }: Chain,
  coefficients: readonly ExpressionNode[],
  equations: FirstOrderEquation[],
  initial: Map<ExpressionSymbol, ExpressionNode>,
): void {
  const { rate, frequency } = share;
  const isStill = rate.kind === 'constant' && rate.value === 0;
  states.forEach((state, order) => {
    const [next, other] = [states[order + 1], others[order]];
    const terms: Term[] = [];
    if (!isStill) terms.push({ sign: 1, operand: pool.multiply(rate, pool.symbol(state)) });
    if (other !== undefined) terms.push({ sign, operand: pool.multiply(frequency, pool.symbol(other)) });
    if (next !== undefined) terms.push({ sign: 1, operand: pool.symbol(next) });
    equations.push({ state, derivative: pool.sum(terms) });
    initial.set(state, pool.multiply(pool.constant(factorial(order)), coefficients[order]!));
  });
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
