import { affineForm } from './affine.ts';
import {
  added,
  collect,
  combinationOf,
  constantSummand,
  mapCoefficients,
  multiplySums,
  nodeOf,
  type Summand,
  scaled,
  shiftedWave,
  type Wave,
} from './exponential-terms-algebra.ts';
import type {
  ExpressionNode,
  ExpressionSymbol,
  FunctionNode,
  PowerNode,
  ProductNode,
  SelectNode,
} from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';
import { dependentNodes, nodesBelow } from './expression/traverse.ts';

/** coefficient · t^power · exp(rate·t) · wave; coefficient, rate and frequency are free of t, power is an integer ≥ 0. */
export interface ExponentialTerm {
  readonly coefficient: ExpressionNode;
  readonly power: number;
  readonly rate: ExpressionNode;
  /** The last factor: 1, cos(frequency·t) or sin(frequency·t). */
  readonly wave: Wave;
  /** The constant 0 without a wave. */
  readonly frequency: ExpressionNode;
}

/**
 * Why a node is no sum of such terms: its exponent or argument is not linear in t; it is divided by a sum that depends on t; its exponent
 * is not a whole number from 1 to 32; it is a condition on t; it is another function of t; it has too many terms or too high a power.
 */
export type NotExponentialReason =
  | 'not-linear-in-time'
  | 'divided-by-sum'
  | 'not-whole-power'
  | 'condition-on-time'
  | 'function-of-time'
  | 'too-many-terms';

/** The sum of the terms, or the innermost node that is not such a sum. */
export type ExponentialTerms =
  | { readonly kind: 'terms'; readonly terms: readonly ExponentialTerm[] }
  | {
      readonly kind: 'not-exponential';
      readonly because: ExpressionNode;
      readonly reason: NotExponentialReason;
    };

/** Products of longer sums are refused: the kernel would be a system of more than this many equations. */
const LARGEST_NUMBER_OF_TERMS = 64;
const LARGEST_EXPONENT = 32;
/** Of t: a chain of as many states, whose initial values contain the factorial. */
const LARGEST_POWER = 64;

/**
 * Reads an expression in t as Σ c·tⁿ·exp(r t)·{1, cos(w t), sin(w t)} by its structure. Products of such sums, quotients by a single
 * exponential, whole powers, `base**(…)` with a base free of t, hyperbolic functions and phases are multiplied out. Terms of the same
 * power, rate and frequency are added; rates and frequencies are compared as sums of what is written.
 */
export function exponentialTerms(
  pool: ExpressionPool,
  root: ExpressionNode,
  time: ExpressionSymbol,
): ExponentialTerms {
  const nodes = nodesBelow([root]);
  const dependent = dependentNodes(nodes, new Set([time]));
  const known = new Map<ExpressionNode, readonly Summand[]>();
  const reading: Reading = {
    pool,
    time,
    isFree: (node) => !dependent.has(node),
    sumOf: (node) => known.get(node) ?? collect(pool, [constantSummand(node)]),
  };
  for (const node of nodes) {
    if (!dependent.has(node)) continue;
    const sum = readNode(node, reading);
    if (typeof sum === 'string') return { kind: 'not-exponential', because: node, reason: sum };
    const collected = collect(pool, sum);
    if (isTooLong(collected)) {
      return { kind: 'not-exponential', because: node, reason: 'too-many-terms' };
    }
    known.set(node, collected);
  }
  const terms = reading.sumOf(root).map(({ rate, frequency, ...summand }) => ({
    ...summand,
    rate: nodeOf(pool, rate),
    frequency: nodeOf(pool, frequency),
  }));
  return { kind: 'terms', terms };
}

interface Reading {
  readonly pool: ExpressionPool;
  readonly time: ExpressionSymbol;
  readonly isFree: (node: ExpressionNode) => boolean;
  readonly sumOf: (node: ExpressionNode) => readonly Summand[];
}

type Sum = readonly Summand[] | NotExponentialReason;

function isTooLong(sum: readonly Summand[]): boolean {
  return sum.length > LARGEST_NUMBER_OF_TERMS || sum.some(({ power }) => power > LARGEST_POWER);
}

/** The sum that a node is which depends on t. */
function readNode(node: ExpressionNode, reading: Reading): Sum {
  const { pool, sumOf } = reading;
  switch (node.kind) {
    case 'symbol':
      return [{ ...constantSummand(pool.constant(1)), power: 1 }];
    case 'negation':
      return mapCoefficients(sumOf(node.operand), (c) => pool.negate(c));
    case 'sum':
      return node.terms.flatMap(({ sign, operand }) =>
        sign === 1 ? sumOf(operand) : mapCoefficients(sumOf(operand), (c) => pool.negate(c)),
      );
    case 'product':
      return readProduct(node, reading);
    case 'power':
      return readPower(node, reading);
    case 'function':
      return readFunction(node, reading);
    case 'select':
      return readSelect(node, reading);
    case 'comparison':
    case 'not':
    case 'logical':
      return 'condition-on-time';
    case 'constant':
    case 'boolean':
    case 'integerQuotient':
    case 'remainder':
    case 'bit':
    case 'bitNot':
    case 'call':
    case 'draw':
      return 'function-of-time';
    default:
      return node satisfies never;
  }
}

function readProduct({ factors }: ProductNode, { pool, isFree, sumOf }: Reading): Sum {
  let result: readonly Summand[] = [constantSummand(pool.constant(1))];
  for (const { operator, operand } of factors) {
    if (operator === '*') {
      result = multiplySums(pool, result, sumOf(operand));
      if (isTooLong(result)) return 'too-many-terms';
    } else if (isFree(operand)) {
      result = mapCoefficients(result, (c) => pool.divide(c, operand));
    } else {
      const only = onlyExponential(sumOf(operand));
      if (only === undefined) return 'divided-by-sum';
      result = result.map((summand) => ({
        ...summand,
        coefficient: pool.divide(summand.coefficient, only.coefficient),
        rate: added(summand.rate, only.rate, -1),
      }));
    }
  }
  return result;
}

/** c·exp(r t), if the sum is one. */
function onlyExponential(sum: readonly Summand[]): Summand | undefined {
  const [only, ...others] = sum;
  return others.length === 0 && only?.power === 0 && only.wave === 'none' ? only : undefined;
}

/** base^e with a base free of t; or a whole power of a sum; or any power of a single exponential. */
function readPower({ base, exponent }: PowerNode, reading: Reading): Sum {
  const { pool, isFree, sumOf } = reading;
  if (isFree(base)) {
    const isNatural = base.kind === 'constant' && base.value === Math.E;
    if (isNatural) return exponential(exponent, 1, reading);
    return exponential(pool.multiply(pool.apply('ln', [base]), exponent), 1, reading);
  }
  if (!isFree(exponent)) return 'not-linear-in-time';
  const sum = sumOf(base);
  const only = onlyExponential(sum);
  if (only !== undefined) {
    const coefficient = pool.power(only.coefficient, exponent);
    const rate =
      exponent.kind === 'constant'
        ? scaled(only.rate, exponent.value)
        : combinationOf(pool, pool.multiply(nodeOf(pool, only.rate), exponent));
    return [{ ...constantSummand(coefficient), rate }];
  }
  if (exponent.kind !== 'constant' || !Number.isInteger(exponent.value)) return 'not-whole-power';
  if (exponent.value < 1 || exponent.value > LARGEST_EXPONENT) return 'not-whole-power';
  let result = sum;
  for (let i = 1; i < exponent.value; i += 1) {
    result = multiplySums(pool, result, sum);
    if (isTooLong(result)) return 'too-many-terms';
  }
  return result;
}

function readFunction({ name, arguments: [argument] }: FunctionNode, reading: Reading): Sum {
  const { pool } = reading;
  switch (name) {
    case 'exp':
      return exponential(argument!, 1, reading);
    case 'expm1': {
      const sum = exponential(argument!, 1, reading);
      return typeof sum === 'string' ? sum : [...sum, constantSummand(pool.constant(-1))];
    }
    case 'sin':
      return wave('sine', argument!, reading);
    case 'cos':
      return wave('cosine', argument!, reading);
    case 'sinh':
    case 'cosh': {
      const rising = exponential(argument!, 0.5, reading);
      const falling = exponential(pool.negate(argument!), name === 'cosh' ? 0.5 : -0.5, reading);
      if (typeof rising === 'string' || typeof falling === 'string') return 'not-linear-in-time';
      return [...rising, ...falling];
    }
    default:
      return 'function-of-time';
  }
}

/** factor·exp(r t + c) = factor·exp(c)·exp(r t). */
function exponential(exponent: ExpressionNode, factor: number, { pool, time }: Reading): Sum {
  const form = affineForm(pool, exponent, new Set([time]));
  if (form.kind === 'not-affine') return 'not-linear-in-time';
  const rate = combinationOf(pool, form.coefficients.get(time) ?? pool.constant(0));
  const isPlain = form.rest.kind === 'constant' && form.rest.value === 0;
  const height = isPlain ? pool.constant(1) : pool.apply('exp', [form.rest]);
  return [{ ...constantSummand(pool.multiply(pool.constant(factor), height)), rate }];
}

function wave(kind: 'cosine' | 'sine', argument: ExpressionNode, { pool, time }: Reading): Sum {
  const form = affineForm(pool, argument, new Set([time]));
  if (form.kind === 'not-affine') return 'not-linear-in-time';
  const frequency = combinationOf(pool, form.coefficients.get(time) ?? pool.constant(0));
  return shiftedWave(pool, kind, frequency, form.rest);
}

/** With a condition free of t: the terms of both branches, each 0 where the other is chosen. */
function readSelect(node: SelectNode, { pool, isFree, sumOf }: Reading): Sum {
  if (!isFree(node.condition)) return 'condition-on-time';
  const zero = pool.constant(0);
  return [
    ...mapCoefficients(sumOf(node.whenTrue), (c) => pool.select(node.condition, c, zero)),
    ...mapCoefficients(sumOf(node.whenFalse), (c) => pool.select(node.condition, zero, c)),
  ];
}
