import type { ExpressionNode } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import {
  atomLaurent,
  cannotVanish,
  compareLaurent,
  isZeroLaurent,
  type Laurent,
  type Monomial,
  multiplyLaurent,
  negateLaurent,
  signOf,
  subtractLaurent,
} from './laurent.ts';
import { differenceNode, divideByLaurent, toNode } from './laurent-nodes.ts';
import { rational, toNumber } from './rational.ts';

/** What the writing of divided differences needs. */
export interface DifferenceSetting {
  readonly pool: ExpressionPool;
  /** The time that has passed, h. */
  readonly step: ExpressionNode;
  /** Whether rates that are different as written may be equal in value: then no difference of two or of three simple ones is 0/0. */
  readonly mayBeEqual: boolean;
  /** What has been written, by the rates. */
  readonly written: Map<string, ExpressionNode>;
}

/**
 * The divided difference f[a, b, …] of exp(s h) over rates s, which may be equal as written: the function of time whose Laplace
 * transform is 1/((s − a)(s − b)…). For rates that are different as written but nearly equal in value, no digits are lost if there are
 * two different ones, of any multiplicity, or three simple ones. With more, f[…, a, b] = (f[…, a] − f[…, b])/(a − b) loses up to
 * 1/(|a − b| h) of them, and is 0/0 where a and b are equal in value.
 */
export function dividedDifference(setting: DifferenceSetting, rates: readonly Laurent[]): ExpressionNode {
  const sorted = rates.toSorted(compareLaurent);
  const key = sorted.map((rate) => rate.key).join(' & ');
  const known = setting.written.get(key);
  if (known !== undefined) return known;
  const result = write(setting, sorted);
  setting.written.set(key, result);
  return result;
}

function write(setting: DifferenceSetting, rates: readonly Laurent[]): ExpressionNode {
  const distinct = distinctRates(rates);
  const [first, second, third] = distinct;
  if (second === undefined) return powerTimesExponential(setting, first!, rates.length);
  if (rates.length === 2) return ofTwoRates(setting, first!, second);
  const apart = pairsOf(distinct).find(([a, b]) => areApart(a, b));
  if (apart !== undefined) return byRecurrence(setting, rates, apart);
  if (third === undefined) return ofTwoMultipleRates(setting, rates, first!, second);
  if (rates.length === 3) return ofThreeRates(setting, first!, second, third);
  // Simple rates last: what is subtracted then has the multiple ones, which are written without loss.
  const simple = distinct.filter((rate) => countOf(rates, rate) === 1);
  const [last, beforeLast] = [...simple, ...distinct.filter((rate) => !simple.includes(rate))];
  return byRecurrence(setting, rates, [beforeLast!, last!]);
}

/** Without repetitions, in their order. */
export function distinctRates(rates: readonly Laurent[]): readonly Laurent[] {
  return rates.filter((rate, i) => rates.findIndex(({ key }) => key === rate.key) === i);
}

/** Each pair once, in the order of the list. */
export function pairsOf<Item>(list: readonly Item[]): readonly (readonly [Item, Item])[] {
  return list.flatMap((first, i) => list.slice(i + 1).map((second) => [first, second] as const));
}

function countOf(rates: readonly Laurent[], { key }: Laurent): number {
  return rates.filter((rate) => rate.key === key).length;
}

/** Rates with coefficients that differ by less than this share of the larger one can be nearly equal. */
const LEAST_SHARE = 0.05;

/**
 * Whether a − b is neither 0 nor small against a and b, whatever the values of the symbols are: −1/τ and 0, or −1/τ and −2/τ. A gap with a
 * root in it, of a pair of eigenvalues, may be small.
 */
export function areApart(a: Laurent, b: Laurent): boolean {
  const gap = subtractLaurent(a, b);
  if (!cannotVanish(gap) || gap.terms.some(hasRoot)) return false;
  const magnitude = ({ coefficient }: Monomial) => Math.abs(toNumber(coefficient));
  const largest = Math.max(...[...a.terms, ...b.terms].map(magnitude));
  return gap.terms.some((term) => magnitude(term) >= LEAST_SHARE * largest);
}

function hasRoot({ powers }: Monomial): boolean {
  return powers.some(
    ({ atom }) => atom.kind === 'power' && atom.exponent.kind === 'constant' && atom.exponent.value === 0.5,
  );
}

/** f[…, a, b] = (f[…, a] − f[…, b])/(a − b). */
function byRecurrence(
  setting: DifferenceSetting,
  rates: readonly Laurent[],
  [first, second]: readonly [Laurent, Laurent],
): ExpressionNode {
  const numerator = setting.pool.subtract(
    dividedDifference(setting, withoutRate(rates, second)),
    dividedDifference(setting, withoutRate(rates, first)),
  );
  return divideByLaurent(setting.pool, numerator, subtractLaurent(first, second));
}

/** The list without one of the rates that are equal to `rate`. */
export function withoutRate(rates: readonly Laurent[], { key }: Laurent): readonly Laurent[] {
  return rates.toSpliced(
    rates.findIndex((rate) => rate.key === key),
    1,
  );
}

/** hᵏ⁻¹ exp(rate h)/(k − 1)! */
function powerTimesExponential(setting: DifferenceSetting, rate: Laurent, count: number): ExpressionNode {
  const { pool, step } = setting;
  const power = pool.power(step, pool.constant(count - 1));
  return pool.divide(pool.multiply(power, exponential(setting, rate)), pool.constant(factorial(count - 1)));
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** exp(rate h); 1 for a rate 0. */
export function exponential(setting: DifferenceSetting, rate: Laurent): ExpressionNode {
  const { pool } = setting;
  return isZeroLaurent(rate) ? pool.constant(1) : pool.apply('exp', [timesStep(setting, rate)]);
}

/** rate h */
export function timesStep({ pool, step }: DifferenceSetting, rate: Laurent): ExpressionNode {
  return toNode(pool, multiplyLaurent(atomLaurent(step), rate));
}

/**
 * f[a, b] = exp(max(a, b) h) expm1(−|a − b| h)/−|a − b|: the larger rate stands in the exponential, so that no product of 0 and ∞ can
 * arise.
 */
function ofTwoRates(setting: DifferenceSetting, first: Laurent, second: Laurent): ExpressionNode {
  const { pool } = setting;
  const still = [first, second].find(isZeroLaurent);
  if (still !== undefined) {
    const rate = still === first ? second : first;
    const changing = divideByLaurent(pool, pool.apply('expm1', [timesStep(setting, rate)]), rate);
    if (!setting.mayBeEqual || cannotVanish(rate)) return changing;
    return pool.select(differenceNode(pool, rate).isZero, setting.step, changing);
  }
  const gap = subtractLaurent(first, second);
  const sign = signOf(gap);
  if (sign !== undefined && cannotVanish(gap)) {
    const [larger, distance] = sign === 1 ? [first, gap] : [second, negateLaurent(gap)];
    const decay = pool.apply('expm1', [timesStep(setting, negateLaurent(distance))]);
    return pool.negate(divideByLaurent(pool, pool.multiply(exponential(setting, larger), decay), distance));
  }
  const distance = magnitude(pool, differenceNode(pool, gap).value);
  const larger = pool.apply('max', [toNode(pool, first), toNode(pool, second)]);
  const different = ofOrderedRates(setting, larger, distance);
  if (!setting.mayBeEqual) return different;
  const { isZero } = differenceNode(pool, gap);
  return pool.select(isZero, powerTimesExponential(setting, first, 2), different);
}

/** |value| */
function magnitude(pool: ExpressionPool, value: ExpressionNode): ExpressionNode {
  return pool.apply('abs', [value.kind === 'negation' ? value.operand : value]);
}

/** −exp(larger h) expm1(−distance h)/distance */
function ofOrderedRates(
  { pool, step }: DifferenceSetting,
  larger: ExpressionNode,
  distance: ExpressionNode,
): ExpressionNode {
  const slow = pool.apply('exp', [pool.multiply(step, larger)]);
  const decay = pool.apply('expm1', [pool.negate(pool.multiply(step, distance))]);
  return pool.negate(pool.divide(pool.multiply(slow, decay), distance));
}

/**
 * For n + 1 rates the recurrence is used where |a − b| h is at least this: there it loses n!/|a − b|ⁿ⁻¹ units in the last place, and the
 * series has few terms below.
 */
const SERIES_LIMITS = [0, 0, 0.02, 0.2, 0.5] as const;
const LARGEST_SERIES_LIMIT = 1;
/** Relative size of the terms that are left out. */
const TRUNCATION = 1e-15;

/**
 * f[aᵖ, bᵍ], p ≥ q: with x = (b − a) h and n = p + q − 1, where |x| is small, hⁿ exp(a h)/n! · (1 + q/(n + 1) x (1 + (q + 1)/(2 (n + 2)) x
 * (1 + …))), the Taylor series in b about a; else the recurrence.
 */
function ofTwoMultipleRates(
  setting: DifferenceSetting,
  rates: readonly Laurent[],
  first: Laurent,
  second: Laurent,
): ExpressionNode {
  const { pool, step } = setting;
  const [a, b] = countOf(rates, first) >= countOf(rates, second) ? [first, second] : [second, first];
  const count = countOf(rates, b);
  const order = rates.length - 1;
  const limit = SERIES_LIMITS[order] ?? LARGEST_SERIES_LIMIT;
  const x = pool.multiply(step, differenceNode(pool, subtractLaurent(b, a)).value);
  const ratios: number[] = [];
  let size = 1;
  for (let k = 1; size > TRUNCATION; k += 1) {
    const ratio = (count + k - 1) / (k * (order + k));
    ratios.push(ratio);
    size *= ratio * limit;
  }
  const one = pool.constant(1);
  const series = ratios
    .slice(0, -1)
    .reduceRight<ExpressionNode>(
      (sum, _, i) => nested(pool, x, count + i, (i + 1) * (order + i + 1), sum),
      one,
    );
  const near = pool.multiply(powerTimesExponential(setting, a, rates.length), series);
  const isNear = pool.compare(magnitude(pool, x), '<', pool.constant(limit));
  return pool.select(isNear, near, byRecurrence(setting, rates, [b, a]));
}

/** 1 + numerator·x/denominator·inner */
function nested(
  pool: ExpressionPool,
  x: ExpressionNode,
  numerator: number,
  denominator: number,
  inner: ExpressionNode,
): ExpressionNode {
  const ratio = rational(BigInt(numerator), BigInt(denominator));
  const over = pool.multiply(pool.constant(Number(ratio.numerator)), x);
  const factor = pool.divide(over, pool.constant(Number(ratio.denominator)));
  return pool.add(pool.constant(1), pool.multiply(factor, inner));
}

/**
 * f[a, b, c] of rates that may all be nearly equal: with lo ≤ mid ≤ hi the same rates in order, (f[hi, mid] − f[mid, lo])/(hi − lo); where
 * (hi − lo) h is small, the Taylor series about their mean c̄: with yᵢ = (rateᵢ − c̄) h, e₃ = y₁ y₂ y₃ and
 * u = y₁² + y₁ y₂ + y₂², it is h² exp(c̄ h)/2 · (1 + u/12 + e₃/60 + u²/360 + …). The next term is below 1e-13.
 */
function ofThreeRates(
  setting: DifferenceSetting,
  first: Laurent,
  second: Laurent,
  third: Laurent,
): ExpressionNode {
  const { pool, step } = setting;
  const [smaller, larger, other] = inOrder(pool, first, second, third);
  const least = (x: ExpressionNode, y: ExpressionNode) => pool.apply('min', [x, y]);
  const most = (x: ExpressionNode, y: ExpressionNode) => pool.apply('max', [x, y]);
  const lo = least(smaller, other);
  const hi = most(larger, other);
  const mid = most(smaller, least(larger, other));
  const spread = pool.subtract(hi, lo);
  const far = pool.divide(
    pool.subtract(ofRoundedRates(setting, hi, mid), ofRoundedRates(setting, mid, lo)),
    spread,
  );
  const isNear = pool.compare(pool.multiply(step, spread), '<', pool.constant(SERIES_LIMITS[2]));
  const rates = [first, second, third].map((rate) => toNode(pool, rate));
  return pool.select(isNear, ofThreeNearRates(setting, rates), far);
}

/** The smaller and the larger of two rates, and the third. Two of which the order is known, if there are such. */
function inOrder(
  pool: ExpressionPool,
  ...rates: readonly [Laurent, Laurent, Laurent]
): readonly [smaller: ExpressionNode, larger: ExpressionNode, other: ExpressionNode] {
  const isKnown = ([a, b]: readonly [Laurent, Laurent]) => signOf(subtractLaurent(a, b)) !== undefined;
  const [a, b] = pairsOf(rates).find(isKnown) ?? [rates[0], rates[1]];
  const [first, second] = [toNode(pool, a), toNode(pool, b)];
  const other = toNode(pool, rates.find((rate) => rate !== a && rate !== b)!);
  const sign = signOf(subtractLaurent(a, b));
  if (sign === undefined) {
    return [pool.apply('min', [first, second]), pool.apply('max', [first, second]), other];
  }
  return sign === 1 ? [second, first, other] : [first, second, other];
}

function ofThreeNearRates(
  { pool, step }: DifferenceSetting,
  rates: readonly ExpressionNode[],
): ExpressionNode {
  const number = (value: number) => pool.constant(value);
  const total = pool.sum(rates.map((operand) => ({ sign: 1, operand })));
  const mean = pool.divide(total, number(3));
  const [x, y, z] = rates.map((rate) => pool.multiply(step, pool.subtract(rate, mean)));
  const two = number(2);
  const u = pool.add(pool.add(pool.power(x!, two), pool.multiply(x!, y!)), pool.power(y!, two));
  const series = pool.sum(
    [
      number(1),
      pool.divide(u, number(12)),
      pool.divide(pool.multiply(pool.multiply(x!, y!), z!), number(60)),
      pool.divide(pool.power(u, two), number(360)),
    ].map((operand) => ({ sign: 1, operand })),
  );
  const front = pool.multiply(pool.power(step, two), pool.apply('exp', [pool.multiply(step, mean)]));
  return pool.multiply(pool.divide(front, two), series);
}

/** f[larger, smaller] of rates that may have been rounded to the same number, although they are different. */
function ofRoundedRates(
  setting: DifferenceSetting,
  larger: ExpressionNode,
  smaller: ExpressionNode,
): ExpressionNode {
  const { pool, step } = setting;
  const same = pool.multiply(step, pool.apply('exp', [pool.multiply(step, larger)]));
  const different = ofOrderedRates(setting, larger, pool.subtract(larger, smaller));
  return pool.select(pool.compare(larger, '==', smaller), same, different);
}
