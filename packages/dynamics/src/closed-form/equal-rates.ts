import type { ExpressionNode } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import { cannotVanish, isZeroLaurent, type Laurent, subtractLaurent } from './laurent.ts';
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

/** Two factors that may be equal for some parameters. */
interface Link {
  readonly first: string;
  readonly second: string;
  readonly isEqual: ExpressionNode;
  readonly isDifferent: ExpressionNode;
}

/** More equalities than this are not combined with each other. */
const MOST_LINKS = 6;

/** All consistent combinations of equal factors among those that stand in one product; none equal comes first. */
export function rateCases(
  pool: ExpressionPool,
  terms: readonly RealTerm[],
): { readonly cases: readonly RateCase[]; readonly excluded: readonly ExpressionNode[] } {
  const rates = new Map<string, Laurent>();
  const oscillations = new Map<string, Oscillation>();
  const links = new Map<ExpressionNode, Link>();
  for (const term of terms) {
    for (const rate of term.rates) rates.set(rate.key, rate);
    for (const one of term.oscillations) oscillations.set(one.key, one);
    for (const link of linksOf(pool, term)) links.set(link.isEqual, link);
  }
  const all = [...links.values()];
  const isTooMany = all.length > MOST_LINKS;
  const combined = isTooMany ? [[]] : subsets(all);
  const cases = combined.flatMap((equal): readonly RateCase[] => {
    const classes = joinClasses(equal);
    const of = (key: string) => classes.get(key) ?? key;
    const isClosed = all.every((link) => equal.includes(link) || of(link.first) !== of(link.second));
    if (!isClosed) return [];
    const conditions = isTooMany
      ? []
      : all.map((link) => (equal.includes(link) ? link.isEqual : link.isDifferent));
    const same = {
      sameRate: (rate: Laurent) => rates.get(of(rate.key)) ?? rate,
      sameOscillation: (one: Oscillation) => oscillations.get(of(one.key)) ?? one,
    };
    return [{ conditions, same }];
  });
  return { cases, excluded: isTooMany ? all.map(({ isEqual }) => isEqual) : [] };
}

function linksOf(pool: ExpressionPool, { rates, oscillations }: RealTerm): readonly Link[] {
  const ofRates = pairsOf(rates).flatMap(([a, b]): readonly Link[] => {
    const gap = subtractLaurent(a, b);
    if (isZeroLaurent(gap) || cannotVanish(gap)) return [];
    const { isZero, isNotZero } = differenceNode(pool, gap);
    return [{ first: a.key, second: b.key, isEqual: isZero, isDifferent: isNotZero }];
  });
  const ofOscillations = pairsOf(oscillations).flatMap(([a, b]): readonly Link[] => {
    if (a.key === b.key) return [];
    const gaps = [subtractLaurent(a.centre, b.centre), subtractLaurent(a.squared, b.squared)];
    if (gaps.some(cannotVanish)) return [];
    const open = gaps.filter((gap) => !isZeroLaurent(gap)).map((gap) => differenceNode(pool, gap));
    const isEqual = pool.and(open.map(({ isZero }) => isZero));
    const isDifferent = pool.or(open.map(({ isNotZero }) => isNotZero));
    return [{ first: a.key, second: b.key, isEqual, isDifferent }];
  });
  return [...ofRates, ...ofOscillations];
}

/** In the order in which the quotients subtract them. */
function pairsOf<Item extends { readonly key: string }>(
  list: readonly Item[],
): readonly (readonly [Item, Item])[] {
  const sorted = list.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return sorted.flatMap((first, i) => sorted.slice(i + 1).map((second) => [first, second] as const));
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
    const [kept, dropped] = [of(first), of(second)];
    for (const [key, name] of [...classes, [first, of(first)] as const, [second, of(second)] as const])
      classes.set(key, name === dropped ? kept : name);
  }
  return classes;
}
