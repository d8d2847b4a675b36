import type { ExpressionNode } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import { distinctRates, pairsOf } from './divided-differences.ts';
import {
  cannotVanish,
  compareLaurent,
  isZeroLaurent,
  type Laurent,
  subtractLaurent,
  ZERO,
} from './laurent.ts';
import { differenceNode } from './laurent-nodes.ts';
import type { Oscillation, RealTerm } from './real-factors.ts';

/** Which rates are equal, and under which conditions. */
export interface RateCase {
  readonly conditions: readonly ExpressionNode[];
  readonly same: {
    readonly sameRate: (rate: Laurent) => Laurent;
    readonly sameOscillation: (oscillation: Oscillation) => Oscillation;
  };
}

/** No factors are equal but those that are written alike. */
export const ALL_DIFFERENT: RateCase['same'] = Object.freeze({
  sameRate: (rate: Laurent) => rate,
  sameOscillation: (oscillation: Oscillation) => oscillation,
});

/** Two factors that may be equal for some parameters. */
interface Link {
  readonly first: string;
  readonly second: string;
  readonly isEqual: ExpressionNode;
  readonly isDifferent: ExpressionNode;
}

/** Cases, of which exactly one holds; or one without conditions. */
export interface RateCases {
  readonly cases: readonly RateCase[];
  /** Whether there is a case for every combination of equal factors. */
  readonly isComplete: boolean;
  /** If not, the equalities under which a term cannot be written without a quotient 0/0. */
  readonly excluded: readonly ExpressionNode[];
}

/**
 * All consistent combinations of equal factors among those that stand in one product; none equal comes first.
 * @param most if there would be more combinations, there is only the one without conditions
 */
export function rateCases(pool: ExpressionPool, terms: readonly RealTerm[], most: number): RateCases {
  const rates = new Map<string, Laurent>();
  const oscillations = new Map<string, Oscillation>();
  for (const term of terms) {
    for (const rate of term.rates) rates.set(rate.key, rate);
    for (const one of term.oscillations) oscillations.set(one.key, one);
  }
  const distinct = linksOf(pool, terms);
  if (2 ** distinct.length > most) {
    const excluded = linksOf(pool, terms.filter(isSingular)).map(({ isEqual }) => isEqual);
    return { cases: [{ conditions: [], same: ALL_DIFFERENT }], isComplete: false, excluded };
  }
  const cases = subsets(distinct).flatMap((equal): readonly RateCase[] => {
    const classes = joinClasses(equal);
    const of = (key: string) => classes.get(key) ?? key;
    const isClosed = distinct.every((link) => equal.includes(link) || of(link.first) !== of(link.second));
    if (!isClosed) return [];
    const conditions = distinct.map((link) => (equal.includes(link) ? link.isEqual : link.isDifferent));
    const same = {
      sameRate: (rate: Laurent) => rates.get(of(rate.key)) ?? rate,
      sameOscillation: (one: Oscillation) => oscillations.get(of(one.key)) ?? one,
    };
    return [{ conditions, same }];
  });
  return { cases, isComplete: true, excluded: [] };
}

/** Whether the term is written with divisions by differences that may be 0. */
function isSingular({ rates, oscillations }: RealTerm): boolean {
  return oscillations.length > 0 || (rates.length > 3 && distinctRates(rates).length > 2);
}

/** Each pair of factors of one term that may be equal for some parameters. */
function linksOf(pool: ExpressionPool, terms: readonly RealTerm[]): readonly Link[] {
  const pairs = new Map<string, () => readonly Link[]>();
  for (const { rates, oscillations } of terms) {
    for (const [a, b] of pairsOf(rates.toSorted(compareLaurent)))
      pairs.set(`${a.key} & ${b.key}`, () => linkOfRates(pool, a, b));
    for (const [a, b] of pairsOf(oscillations.toSorted(byKey)))
      pairs.set(`${a.key} & ${b.key}`, () => linkOfOscillations(pool, a, b));
  }
  const all = [...pairs.values()].flatMap((linkOf) => linkOf());
  return [...new Map(all.map((link) => [link.isEqual, link])).values()];
}

function linkOfRates(pool: ExpressionPool, a: Laurent, b: Laurent): readonly Link[] {
  const gap = subtractLaurent(a, b);
  if (isZeroLaurent(gap) || cannotVanish(gap)) return [];
  const { isZero, isNotZero } = differenceNode(pool, gap);
  return [{ first: a.key, second: b.key, isEqual: isZero, isDifferent: isNotZero }];
}

function linkOfOscillations(pool: ExpressionPool, a: Oscillation, b: Oscillation): readonly Link[] {
  if (a.key === b.key) return [];
  const gaps = [subtractLaurent(a.centre, b.centre), subtractLaurent(a.squared, b.squared)];
  if (gaps.some(cannotVanish)) return [];
  const open = gaps.filter((gap) => !isZeroLaurent(gap)).map((gap) => differenceNode(pool, gap));
  const isEqual = pool.and(open.map(({ isZero }) => isZero));
  const isDifferent = pool.or(open.map(({ isNotZero }) => isNotZero));
  return [{ first: a.key, second: b.key, isEqual, isDifferent }];
}

function byKey(a: Oscillation, b: Oscillation): number {
  return a.key < b.key ? -1 : 1;
}

/** From none to all, fewer first. */
function subsets(links: readonly Link[]): readonly (readonly Link[])[] {
  const all = Array.from({ length: 2 ** links.length }, (_, bits) => links.filter((_, i) => (bits >> i) & 1));
  return all.toSorted((a, b) => a.length - b.length);
}

/** The name of the class of each factor that is equal to another. */
function joinClasses(equal: readonly Link[]): ReadonlyMap<string, string> {
  const classes = new Map<string, string>();
  const of = (key: string) => classes.get(key) ?? key;
  for (const { first, second } of equal) {
    // A rate that is 0 is written as such.
    const [kept, dropped] = of(second) === ZERO.key ? [of(second), of(first)] : [of(first), of(second)];
    for (const [key, name] of [...classes, [first, of(first)] as const, [second, of(second)] as const])
      classes.set(key, name === dropped ? kept : name);
  }
  return classes;
}
