import type { ExpressionNode } from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';

/** Σ multiple·node with numbers as multiples, none of them 0. A constant is a multiple of the node 1. */
export type Combination = ReadonlyMap<ExpressionNode, number>;

/** What a term of a kernel is multiplied with: 1, cos(frequency·t) or sin(frequency·t). */
export type Wave = 'none' | 'cosine' | 'sine';

/** coefficient · t^power · exp(rate·t) · wave, with rate and frequency as combinations, so that those of products can be compared. */
export interface Summand {
  readonly coefficient: ExpressionNode;
  readonly power: number;
  readonly rate: Combination;
  readonly wave: Wave;
  /** Empty without a wave. Else not empty, and its first multiple (by the order of the nodes) is positive. */
  readonly frequency: Combination;
}

const NOTHING: Combination = new Map();

/** The constant term. */
export function constantSummand(coefficient: ExpressionNode): Summand {
  return { coefficient, power: 0, rate: NOTHING, wave: 'none', frequency: NOTHING };
}

/** A node as a combination of its terms. */
export function combinationOf(pool: ExpressionPool, node: ExpressionNode): Combination {
  switch (node.kind) {
    case 'constant':
      return node.value === 0 ? NOTHING : new Map([[pool.constant(1), node.value]]);
    case 'negation':
      return scaled(combinationOf(pool, node.operand), -1);
    case 'sum':
      return node.terms.reduce(
        (total, { sign, operand }) => added(total, combinationOf(pool, operand), sign),
        NOTHING,
      );
    case 'product': {
      const first = node.factors[0]!.operand;
      const isNegative = first.kind === 'constant' && first.value < 0;
      return new Map([isNegative ? [pool.negate(node), -1] : [node, 1]]);
    }
    default:
      return new Map([[node, 1]]);
  }
}

/** The combination as an expression, its terms in the order in which their nodes were created. */
export function nodeOf(pool: ExpressionPool, combination: Combination): ExpressionNode {
  const terms = inOrder(combination).map(([node, multiple]) => {
    const operand = pool.multiply(pool.constant(Math.abs(multiple)), node);
    return { sign: multiple < 0 ? (-1 as const) : (1 as const), operand };
  });
  return pool.sum(terms);
}

/** combination · factor. */
export function scaled(combination: Combination, factor: number): Combination {
  const entries = [...combination].map(([node, multiple]) => [node, multiple * factor] as const);
  return new Map(entries.filter(([, multiple]) => multiple !== 0));
}

/** left + sign·right. */
export function added(left: Combination, right: Combination, sign: 1 | -1): Combination {
  const total = new Map(left);
  for (const [node, multiple] of right) {
    const sum = (total.get(node) ?? 0) + sign * multiple;
    if (sum === 0) total.delete(node);
    else total.set(node, sum);
  }
  return total;
}

function inOrder(combination: Combination): readonly (readonly [ExpressionNode, number])[] {
  return [...combination].sort(([left], [right]) => left.id - right.id);
}

/** coefficient · cos(frequency·t) or coefficient · sin(frequency·t) as summands: cosine is even, sine odd, and at frequency 0 they are 1 and 0. */
function waveOf(pool: ExpressionPool, summand: Summand): readonly Summand[] {
  const [first] = inOrder(summand.frequency);
  if (summand.wave === 'none') return [summand];
  if (first === undefined) return summand.wave === 'sine' ? [] : [{ ...summand, wave: 'none' }];
  if (first[1] > 0) return [summand];
  const frequency = scaled(summand.frequency, -1);
  const isOdd = summand.wave === 'sine';
  return [
    { ...summand, frequency, coefficient: isOdd ? pool.negate(summand.coefficient) : summand.coefficient },
  ];
}

/** cos(frequency·t + phase) or its sine, by the sums of angles; `phase` is free of t. */
export function shiftedWave(
  pool: ExpressionPool,
  wave: 'cosine' | 'sine',
  frequency: Combination,
  phase: ExpressionNode,
): readonly Summand[] {
  const plain = { ...constantSummand(pool.constant(1)), wave, frequency };
  if (phase.kind === 'constant' && phase.value === 0) return waveOf(pool, plain);
  const [cosine, sine] = [pool.apply('cos', [phase]), pool.apply('sin', [phase])];
  const other = wave === 'sine' ? 'cosine' : 'sine';
  const mixed = wave === 'sine' ? sine : pool.negate(sine);
  return [
    ...waveOf(pool, { ...plain, coefficient: cosine }),
    ...waveOf(pool, { ...plain, wave: other, coefficient: mixed }),
  ];
}

/** The sums of products of each summand of one sum with each of the other. */
export function multiplySums(
  pool: ExpressionPool,
  left: readonly Summand[],
  right: readonly Summand[],
): readonly Summand[] {
  return collect(
    pool,
    left.flatMap((a) => right.flatMap((b) => multiplySummands(pool, a, b))),
  );
}

/**
 * 2 cos α cos β = cos(α − β) + cos(α + β), 2 sin α sin β = cos(α − β) − cos(α + β), 2 sin α cos β = sin(α + β) + sin(α − β).
 */
function multiplySummands(pool: ExpressionPool, a: Summand, b: Summand): readonly Summand[] {
  if (a.wave === 'cosine' && b.wave === 'sine') return multiplySummands(pool, b, a);
  const coefficient = pool.multiply(a.coefficient, b.coefficient);
  const power = a.power + b.power;
  const rate = added(a.rate, b.rate, 1);
  if (a.wave === 'none' || b.wave === 'none') {
    const { wave, frequency } = a.wave === 'none' ? b : a;
    return [{ coefficient, power, rate, wave, frequency }];
  }
  const half = pool.multiply(pool.constant(0.5), coefficient);
  const wave = a.wave === b.wave ? 'cosine' : 'sine';
  const both = b.wave === 'sine' ? pool.negate(half) : half;
  return [
    ...waveOf(pool, {
      coefficient: half,
      power,
      rate,
      wave,
      frequency: added(a.frequency, b.frequency, -1),
    }),
    ...waveOf(pool, { coefficient: both, power, rate, wave, frequency: added(a.frequency, b.frequency, 1) }),
  ];
}

/** Each coefficient changed. */
export function mapCoefficients(
  summands: readonly Summand[],
  change: (coefficient: ExpressionNode) => ExpressionNode,
): readonly Summand[] {
  return summands.map((summand) => ({ ...summand, coefficient: change(summand.coefficient) }));
}

/** Adds the coefficients of summands that are alike, and drops those that are 0. */
export function collect(pool: ExpressionPool, summands: readonly Summand[]): readonly Summand[] {
  const sums = new Map<string, Summand>();
  for (const summand of summands) {
    const key = `${summand.power} ${keyOf(summand.rate)} ${summand.wave} ${keyOf(summand.frequency)}`;
    const known = sums.get(key);
    const coefficient =
      known === undefined ? summand.coefficient : pool.add(known.coefficient, summand.coefficient);
    sums.set(key, { ...summand, coefficient });
  }
  return [...sums.values()].filter(
    ({ coefficient }) => !(coefficient.kind === 'constant' && coefficient.value === 0),
  );
}

function keyOf(combination: Combination): string {
  return inOrder(combination)
    .map(([node, multiple]) => `${node.id}*${multiple}`)
    .join('+');
}
