import { affineForm } from './affine.ts';
import type {
  ExpressionNode,
  ExpressionSymbol,
  PowerNode,
  ProductNode,
  SelectNode,
} from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';
import { dependentNodes, nodesBelow } from './expression/traverse.ts';

/** coefficient · t^power · exp(rate·t); coefficient and rate are free of t, power is an integer ≥ 0. */
export interface ExponentialTerm {
  readonly coefficient: ExpressionNode;
  readonly power: number;
  readonly rate: ExpressionNode;
}

/** The sum of the terms, or the innermost node that is not such a sum. */
export type ExponentialTerms =
  | { readonly kind: 'terms'; readonly terms: readonly ExponentialTerm[] }
  | { readonly kind: 'not-exponential'; readonly because: ExpressionNode };

/** Products of longer sums are refused: the kernel would be a system of more than this many equations. */
const LARGEST_NUMBER_OF_TERMS = 64;
const LARGEST_POWER = 32;

/**
 * Reads an expression in t as Σ c·tⁿ·exp(r t) by its structure. Products of such sums, quotients by a single exponential, whole powers, and
 * `base**(…)` with a base free of t are multiplied out. Terms of the same power and the same rate (as written) are added.
 */
export function exponentialTerms(
  pool: ExpressionPool,
  root: ExpressionNode,
  time: ExpressionSymbol,
): ExponentialTerms {
  const nodes = nodesBelow([root]);
  const dependent = dependentNodes(nodes, new Set([time]));
  const known = new Map<ExpressionNode, readonly ExponentialTerm[]>();
  const reading: Reading = {
    pool,
    time,
    isFree: (node) => !dependent.has(node),
    termsOf: (node) => known.get(node) ?? [constantTerm(pool, node)],
  };
  for (const node of nodes) {
    if (!dependent.has(node)) continue;
    const terms = readNode(node, reading);
    if (terms === undefined || terms.length > LARGEST_NUMBER_OF_TERMS) {
      return { kind: 'not-exponential', because: node };
    }
    known.set(node, collect(pool, terms));
  }
  const terms = reading.termsOf(root).filter(({ coefficient }) => !isNumber(coefficient, 0));
  return { kind: 'terms', terms };
}

interface Reading {
  readonly pool: ExpressionPool;
  readonly time: ExpressionSymbol;
  readonly isFree: (node: ExpressionNode) => boolean;
  readonly termsOf: (node: ExpressionNode) => readonly ExponentialTerm[];
}

type Terms = readonly ExponentialTerm[] | undefined;

function constantTerm(pool: ExpressionPool, coefficient: ExpressionNode): ExponentialTerm {
  return { coefficient, power: 0, rate: pool.constant(0) };
}

function isNumber(node: ExpressionNode, value: number): boolean {
  return node.kind === 'constant' && node.value === value;
}

/** The terms of a node that depends on t; nothing if it is no such sum. */
function readNode(node: ExpressionNode, reading: Reading): Terms {
  const { pool, termsOf } = reading;
  switch (node.kind) {
    case 'symbol':
      return [{ coefficient: pool.constant(1), power: 1, rate: pool.constant(0) }];
    case 'negation':
      return scale(termsOf(node.operand), (c) => pool.negate(c));
    case 'sum':
      return node.terms.flatMap(({ sign, operand }) =>
        sign === 1 ? termsOf(operand) : scale(termsOf(operand), (c) => pool.negate(c)),
      );
    case 'product':
      return readProduct(node, reading);
    case 'power':
      return readPower(node, reading);
    case 'function':
      return node.name === 'exp' ? exponential(node.arguments[0]!, reading) : undefined;
    case 'select':
      return readSelect(node, reading);
    case 'constant':
    case 'boolean':
    case 'integerQuotient':
    case 'remainder':
    case 'bit':
    case 'bitNot':
    case 'comparison':
    case 'not':
    case 'logical':
    case 'call':
    case 'draw':
      return undefined;
    default:
      return node satisfies never;
  }
}

function scale(
  terms: readonly ExponentialTerm[],
  change: (coefficient: ExpressionNode) => ExpressionNode,
): readonly ExponentialTerm[] {
  return terms.map((term) => ({ ...term, coefficient: change(term.coefficient) }));
}

function multiplyTerms(
  pool: ExpressionPool,
  left: readonly ExponentialTerm[],
  right: readonly ExponentialTerm[],
): readonly ExponentialTerm[] {
  return left.flatMap((a) =>
    right.map((b) => ({
      coefficient: pool.multiply(a.coefficient, b.coefficient),
      power: a.power + b.power,
      rate: pool.add(a.rate, b.rate),
    })),
  );
}

function readProduct({ factors }: ProductNode, { pool, isFree, termsOf }: Reading): Terms {
  let result: Terms = [constantTerm(pool, pool.constant(1))];
  for (const { operator, operand } of factors) {
    if (result.length > LARGEST_NUMBER_OF_TERMS) return undefined;
    if (operator === '*') {
      result = collect(pool, multiplyTerms(pool, result, termsOf(operand)));
    } else if (isFree(operand)) {
      result = scale(result, (c) => pool.divide(c, operand));
    } else {
      const [only, ...others] = termsOf(operand);
      if (only === undefined || others.length > 0 || only.power > 0) return undefined;
      result = result.map(({ coefficient, power, rate }) => ({
        coefficient: pool.divide(coefficient, only.coefficient),
        power,
        rate: pool.subtract(rate, only.rate),
      }));
    }
  }
  return result;
}

/** base^e with a base free of t; or a whole power of a sum; or any power of a single exponential. */
function readPower({ base, exponent }: PowerNode, reading: Reading): Terms {
  const { pool, isFree, termsOf } = reading;
  if (isFree(base)) {
    if (isNumber(base, Math.E)) return exponential(exponent, reading);
    return exponential(pool.multiply(pool.apply('ln', [base]), exponent), reading);
  }
  if (!isFree(exponent)) return undefined;
  const terms = termsOf(base);
  const [only] = terms;
  if (terms.length === 1 && only!.power === 0) {
    const coefficient = pool.power(only!.coefficient, exponent);
    return [{ coefficient, power: 0, rate: pool.multiply(only!.rate, exponent) }];
  }
  if (exponent.kind !== 'constant' || !Number.isInteger(exponent.value)) return undefined;
  if (exponent.value < 1 || exponent.value > LARGEST_POWER) return undefined;
  let result = terms;
  for (let i = 1; i < exponent.value; i += 1) {
    result = collect(pool, multiplyTerms(pool, result, terms));
    if (result.length > LARGEST_NUMBER_OF_TERMS) return undefined;
  }
  return result;
}

/** exp(r t + c) = exp(c)·exp(r t). */
function exponential(exponent: ExpressionNode, { pool, time }: Reading): Terms {
  const form = affineForm(pool, exponent, new Set([time]));
  if (form.kind === 'not-affine') return undefined;
  const rate = form.coefficients.get(time) ?? pool.constant(0);
  const coefficient = isNumber(form.rest, 0) ? pool.constant(1) : pool.apply('exp', [form.rest]);
  return [{ coefficient, power: 0, rate }];
}

/** With a condition free of t: the terms of both branches, each 0 where the other is chosen. */
function readSelect(node: SelectNode, { pool, isFree, termsOf }: Reading): Terms {
  if (!isFree(node.condition)) return undefined;
  const zero = pool.constant(0);
  return [
    ...scale(termsOf(node.whenTrue), (c) => pool.select(node.condition, c, zero)),
    ...scale(termsOf(node.whenFalse), (c) => pool.select(node.condition, zero, c)),
  ];
}

/** Adds the coefficients of terms with the same power and rate. */
function collect(pool: ExpressionPool, terms: readonly ExponentialTerm[]): readonly ExponentialTerm[] {
  const sums = new Map<string, ExponentialTerm>();
  for (const term of terms) {
    const key = `${term.power} ${term.rate.id}`;
    const known = sums.get(key);
    const coefficient =
      known === undefined ? term.coefficient : pool.add(known.coefficient, term.coefficient);
    sums.set(key, { ...term, coefficient });
  }
  return [...sums.values()];
}
