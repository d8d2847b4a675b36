import type { ExpressionNode, Term } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import {
  areApart,
  type DifferenceSetting,
  distinctRates,
  dividedDifference,
  exponential,
  pairsOf,
  timesStep,
  withoutRate,
} from './divided-differences.ts';
import {
  addLaurent,
  compareLaurent,
  isZeroLaurent,
  type Laurent,
  multiplyLaurent,
  negateLaurent,
  subtractLaurent,
} from './laurent.ts';
import { divideByLaurent, timesMonomial, toNode } from './laurent-nodes.ts';
import type { Oscillation } from './real-factors.ts';

/** Π (s − centre) / (Π (s − rate) · Π ((s − centre)² + frequency²)), to be written as a function of time. */
export interface TransferFunction {
  readonly rates: readonly Laurent[];
  readonly oscillations: readonly Oscillation[];
  readonly centred: readonly Oscillation[];
}

/** What the writing of one case needs. */
export interface InverseSetting extends DifferenceSetting {
  /** The same for rates that are equal in this case. */
  readonly sameRate: (rate: Laurent) => Laurent;
  readonly sameOscillation: (oscillation: Oscillation) => Oscillation;
}

/** The function of time with this Laplace transform, for times > 0. For rates alone it is a divided difference. */
export function inverseLaplace(setting: InverseSetting, given: TransferFunction): ExpressionNode {
  const byKey = (a: { readonly key: string }, b: { readonly key: string }) => (a.key < b.key ? -1 : 1);
  const transfer: TransferFunction = {
    rates: given.rates.map(setting.sameRate).toSorted(compareLaurent),
    oscillations: given.oscillations.map(setting.sameOscillation).toSorted(byKey),
    centred: given.centred.map(setting.sameOscillation).toSorted(byKey),
  };
  const { rates, oscillations, centred } = transfer;
  const key = [rates, oscillations, centred].map((list) => list.map((part) => part.key).join('&')).join('#');
  const known = setting.written.get(key);
  if (known !== undefined) return known;
  const result = write(setting, transfer);
  setting.written.set(key, result);
  return result;
}

function write(setting: InverseSetting, transfer: TransferFunction): ExpressionNode {
  const { rates, oscillations, centred } = transfer;
  // A transform 1 is an impulse at 0, which later times do not see.
  if (rates.length === 0 && oscillations.length === 0) return setting.pool.constant(0);
  if (centred.length > 0 && rates.length > 0) return absorbCentred(setting, transfer);
  const distinct = oscillations.find(({ key }) => key !== oscillations[0]!.key);
  if (distinct !== undefined) return separate(setting, transfer, oscillations[0]!, distinct);
  const [only] = oscillations;
  if (only !== undefined && centred.length > 0) return oscillationWithNumerator(setting, transfer, only);
  if (only === undefined) return dividedDifference(setting, rates);
  if (rates.length > 0) return oscillationWithRates(setting, transfer, only);
  return sineLike(setting, only, oscillations.length);
}

function without<Item extends { readonly key: string }>(list: readonly Item[], item: Item): readonly Item[] {
  return list.toSpliced(
    list.findIndex(({ key }) => key === item.key),
    1,
  );
}

/** (s − c)/(s − r) = 1 + (r − c)/(s − r). */
function absorbCentred(setting: InverseSetting, transfer: TransferFunction): ExpressionNode {
  const [first] = transfer.centred;
  const [rate] = transfer.rates;
  const less = { ...transfer, centred: transfer.centred.slice(1) };
  return combine(setting, [
    [undefined, { ...less, rates: transfer.rates.slice(1) }],
    [subtractLaurent(rate!, first!.centre), less],
  ]);
}

/**
 * Two different oscillations q₁ and q₂, with d = c₁ − c₂: 1/(q₁ q₂) = ((k₂ + 2d (s − c₂))/q₂ + (k₁ − 2d (s − c₁))/q₁)/N with
 * k₂ = d² + ω₁² − ω₂², k₁ = d² + ω₂² − ω₁², N = k₂² + 4 d² ω₂²; for d = 0, (1/q₂ − 1/q₁)/k₂.
 */
function separate(
  setting: InverseSetting,
  transfer: TransferFunction,
  first: Oscillation,
  second: Oscillation,
): ExpressionNode {
  const { pool } = setting;
  const d = subtractLaurent(first.centre, second.centre);
  const gap = addLaurent(multiplyLaurent(d, d), subtractLaurent(first.squared, second.squared));
  const otherGap = addLaurent(multiplyLaurent(d, d), subtractLaurent(second.squared, first.squared));
  const twice = addLaurent(d, d);
  const withSecond = { ...transfer, oscillations: without(transfer.oscillations, first) };
  const withFirst = { ...transfer, oscillations: without(transfer.oscillations, second) };
  if (isZeroLaurent(d)) {
    const parts = combine(setting, [
      [undefined, withSecond],
      [MINUS, withFirst],
    ]);
    return divideByLaurent(pool, parts, gap);
  }
  const sum = combine(setting, [
    [gap, withSecond],
    [twice, { ...withSecond, centred: [...transfer.centred, second] }],
    [otherGap, withFirst],
    [negateLaurent(twice), { ...withFirst, centred: [...transfer.centred, first] }],
  ]);
  const two = pool.constant(2);
  const divisor = pool.add(
    pool.power(toNode(pool, gap), two),
    toNode(pool, multiplyLaurent(multiplyLaurent(twice, twice), second.squared)),
  );
  return pool.divide(sum, divisor);
}

/** Numerators over powers of one oscillation q, without rates; (s − c)² = q − ω². */
function oscillationWithNumerator(
  setting: InverseSetting,
  transfer: TransferFunction,
  only: Oscillation,
): ExpressionNode {
  const [first, ...others] = transfer.centred;
  if (first!.key !== only.key) {
    return combine(setting, [
      [undefined, { ...transfer, centred: [only, ...others] }],
      [subtractLaurent(only.centre, first!.centre), { ...transfer, centred: others }],
    ]);
  }
  const second = others.find(({ key }) => key === only.key);
  if (second === undefined && others.length > 0) {
    return oscillationWithNumerator(setting, { ...transfer, centred: [...others, first!] }, only);
  }
  if (second !== undefined) {
    const centred = without(others, second);
    return combine(setting, [
      [undefined, { ...transfer, centred, oscillations: transfer.oscillations.slice(1) }],
      [negateLaurent(only.squared), { ...transfer, centred }],
    ]);
  }
  return cosineLike(setting, only, transfer.oscillations.length);
}

/**
 * One oscillation q and rates: different rates a and b by 1/((s − a)(s − b)) = (1/(s − a) − 1/(s − b))/(a − b), then
 * 1/(q (s − r)) = (1/(s − r) − ((s − c) + (r − c))/q)/q(r).
 */
function oscillationWithRates(
  setting: InverseSetting,
  transfer: TransferFunction,
  only: Oscillation,
): ExpressionNode {
  const { pool } = setting;
  const { rates } = transfer;
  const pairs = pairsOf(distinctRates(rates));
  const pair = pairs.find(([a, b]) => areApart(a, b)) ?? pairs[0];
  if (pair !== undefined) {
    const [first, second] = pair;
    const sum = pool.subtract(
      inverseLaplace(setting, { ...transfer, rates: withoutRate(rates, second) }),
      inverseLaplace(setting, { ...transfer, rates: withoutRate(rates, first) }),
    );
    return divideByLaurent(pool, sum, subtractLaurent(first, second));
  }
  const rate = rates[0]!;
  if (isZeroLaurent(rate) && rates.length === 1 && transfer.oscillations.length === 1)
    return integralOfOscillation(setting, only);
  const distance = subtractLaurent(rate, only.centre);
  const lessRate = { ...transfer, rates: transfer.rates.slice(1) };
  const sum = combine(setting, [
    [undefined, { ...transfer, oscillations: transfer.oscillations.slice(1) }],
    [MINUS, { ...lessRate, centred: [only] }],
    [negateLaurent(distance), lessRate],
  ]);
  const divisor = pool.add(pool.power(toNode(pool, distance), pool.constant(2)), toNode(pool, only.squared));
  return pool.divide(sum, divisor);
}

/**
 * 1/(q s): (−expm1(c h) + 2 exp(c h) sin²(ω h/2) + c exp(c h) sin(ω h)/ω)/(c² + ω²), in which 1 − cos(ω h) does not cancel.
 */
function integralOfOscillation(setting: InverseSetting, only: Oscillation): ExpressionNode {
  const { pool } = setting;
  const two = pool.constant(2);
  const half = pool.apply('sin', [pool.divide(timesStep(setting, only.frequency), two)]);
  const square = pool.multiply(pool.multiply(two, exponential(setting, only.centre)), pool.power(half, two));
  if (isZeroLaurent(only.centre)) return divideByLaurent(pool, square, only.squared);
  const decay = pool.apply('expm1', [timesStep(setting, only.centre)]);
  const wave = timesLaurent(pool, only.centre, sineLike(setting, only, 1));
  const divisor = pool.add(pool.power(toNode(pool, only.centre), two), toNode(pool, only.squared));
  return pool.divide(pool.add(pool.subtract(square, decay), wave), divisor);
}

/** Marks a term that is subtracted. */
const MINUS = 'minus';

type Weighted = readonly [weight: Laurent | typeof MINUS | undefined, transfer: TransferFunction];

/** Σ weight · f; without a weight 1. */
function combine(setting: InverseSetting, parts: readonly Weighted[]): ExpressionNode {
  const { pool } = setting;
  const terms = parts.flatMap(([weight, transfer]): readonly Term[] => {
    if (weight === undefined) return [{ sign: 1, operand: inverseLaplace(setting, transfer) }];
    if (weight === MINUS) return [{ sign: -1, operand: inverseLaplace(setting, transfer) }];
    if (isZeroLaurent(weight)) return [];
    return [{ sign: 1, operand: timesLaurent(pool, weight, inverseLaplace(setting, transfer)) }];
  });
  return pool.sum(terms);
}

/** weight · value, with the value in the numerator of a weight of one term. */
export function timesLaurent(pool: ExpressionPool, weight: Laurent, value: ExpressionNode): ExpressionNode {
  const [only, ...others] = weight.terms;
  if (only !== undefined && others.length === 0) return timesMonomial(pool, only, value);
  return pool.multiply(toNode(pool, weight), value);
}

/**
 * 1/qᵏ: sin(ω h)/ω for k = 1 and ((2k − 3) fₖ₋₁ − h gₖ₋₁)/(2 (k − 1) ω²), gₖ the cosine-like function, times exp(c h) each.
 */
function sineLike(setting: InverseSetting, only: Oscillation, count: number): ExpressionNode {
  const { pool, step } = setting;
  if (count === 1) {
    const wave = pool.apply('sin', [timesStep(setting, only.frequency)]);
    return divideByLaurent(pool, pool.multiply(exponential(setting, only.centre), wave), only.frequency);
  }
  const sine = pool.multiply(pool.constant(2 * count - 3), sineLike(setting, only, count - 1));
  const cosine = pool.multiply(step, cosineLike(setting, only, count - 1));
  const divisor = pool.multiply(pool.constant(2 * (count - 1)), toNode(pool, only.squared));
  return pool.divide(pool.subtract(sine, cosine), divisor);
}

/** (s − c)/qᵏ: cos(ω h) for k = 1 and h fₖ₋₁/(2 (k − 1)), times exp(c h) each. */
function cosineLike(setting: InverseSetting, only: Oscillation, count: number): ExpressionNode {
  const { pool, step } = setting;
  if (count === 1) {
    const wave = pool.apply('cos', [timesStep(setting, only.frequency)]);
    return pool.multiply(exponential(setting, only.centre), wave);
  }
  const sine = pool.multiply(step, sineLike(setting, only, count - 1));
  return pool.divide(sine, pool.constant(2 * (count - 1)));
}
