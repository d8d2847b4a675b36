import type { ExpressionNode } from '../expression/nodes.ts';
import type { ExpressionPool } from '../expression/pool.ts';
import {
  addLaurent,
  atomLaurent,
  cannotVanish,
  isZeroLaurent,
  type Laurent,
  laurentRoot,
  negateLaurent,
  signOf,
  subtractLaurent,
  ZERO,
} from './laurent.ts';
import { differenceNode, toNode } from './laurent-nodes.ts';
import type { ResolventTerm } from './resolvent.ts';
import type { SpectralFactor } from './spectral-factors.ts';

/** Roots centre ± i·frequency; the frequency is not 0. */
export interface Oscillation {
  readonly centre: Laurent;
  /** Its sign does not matter. */
  readonly frequency: Laurent;
  /** frequency² */
  readonly squared: Laurent;
  readonly key: string;
}

/** weight · Π (s − centre) / (Π (s − rate) · Π ((s − centre)² + frequency²)). */
export interface RealTerm {
  /** A power of two. */
  readonly weight: number;
  readonly rates: readonly Laurent[];
  readonly oscillations: readonly Oscillation[];
  readonly centred: readonly Oscillation[];
}

/** What a pair is under a condition; `condition` is undefined if it always is. */
interface PairForm {
  readonly condition: ExpressionNode | undefined;
  readonly form:
    | { readonly kind: 'rates'; readonly rates: readonly [Laurent, Laurent] }
    | { readonly kind: 'oscillation'; readonly oscillation: Oscillation };
}

type Pair = SpectralFactor & { readonly kind: 'pair' };

/** A choice for every pair, with the conditions under which it holds. */
export interface PairChoice {
  readonly conditions: readonly ExpressionNode[];
  readonly forms: ReadonlyMap<number, PairForm['form']>;
}

/**
 * All combinations of what the pairs can be: two rates, a double rate, an oscillation. The first is the generic one.
 * @param used numbers of the factors that occur
 * @param most if there are more combinations, the result is undefined
 */
export function pairChoices(
  pool: ExpressionPool,
  table: readonly SpectralFactor[],
  used: ReadonlySet<number>,
  most: number,
): readonly PairChoice[] | undefined {
  let choices: readonly PairChoice[] = [{ conditions: [], forms: new Map() }];
  for (const [number, factor] of table.entries()) {
    if (factor.kind !== 'pair' || !used.has(number)) continue;
    const forms = formsOfPair(pool, factor);
    choices = choices.flatMap((choice) =>
      forms.map(({ condition, form }) => ({
        conditions: condition === undefined ? choice.conditions : [...choice.conditions, condition],
        forms: new Map([...choice.forms, [number, form]]),
      })),
    );
    if (choices.length > most) return undefined;
  }
  return choices;
}

function formsOfPair(pool: ExpressionPool, pair: Pair): readonly PairForm[] {
  const { centre, square } = pair;
  const { sign, canVanish, above, below, isZero } = discriminant(pool, pair);
  const isNotZero = negated(pool, isZero);
  const forms: PairForm[] = [];
  if (sign !== -1) {
    const root = laurentRoot(square) ?? atomLaurent(rootOfDifference(pool, above, below));
    const rates = [addLaurent(centre, root), subtractLaurent(centre, root)] as const;
    const condition =
      sign === undefined ? pool.compare(above, '>', below) : canVanish ? isNotZero : undefined;
    forms.push({ condition, form: { kind: 'rates', rates } });
  }
  if (sign !== 1) {
    const squared = negateLaurent(square);
    const exact = laurentRoot(squared);
    const frequency = exact ?? atomLaurent(rootOfDifference(pool, below, above));
    const condition =
      sign === undefined ? pool.compare(above, '<', below) : canVanish ? isNotZero : undefined;
    const written = exact === undefined ? atomLaurent(difference(pool, below, above)) : squared;
    const key = `${centre.key} | ${square.key}`;
    forms.push({
      condition,
      form: { kind: 'oscillation', oscillation: { centre, frequency, squared: written, key } },
    });
  }
  if (canVanish) forms.push({ condition: isZero, form: { kind: 'rates', rates: [centre, centre] } });
  return forms;
}

/** The square as above − below, and what is known of its sign. */
interface Discriminant {
  readonly sign: -1 | 0 | 1 | undefined;
  readonly canVanish: boolean;
  readonly above: ExpressionNode;
  readonly below: ExpressionNode;
  readonly isZero: ExpressionNode;
}

/**
 * A square of definite sign is written multiplied out; another one as gap² + product, which keeps its digits where the parts of the gap
 * are nearly equal.
 */
function discriminant(pool: ExpressionPool, { square, gap, product }: Pair): Discriminant {
  const ofProduct = signOf(product);
  const known = signOf(square);
  const zero = pool.constant(0);
  if (known !== undefined || isZeroLaurent(gap)) {
    const magnitude = toNode(pool, known === -1 ? negateLaurent(square) : square);
    const [above, below] = known === -1 ? [zero, magnitude] : [magnitude, zero];
    const { isZero } = differenceNode(pool, square);
    return { sign: known, canVanish: !cannotVanish(square), above, below, isZero };
  }
  const isNegative = gap.terms[0]!.coefficient.numerator < 0n;
  const above = pool.power(toNode(pool, isNegative ? negateLaurent(gap) : gap), pool.constant(2));
  if (ofProduct === 1) {
    const sum = pool.add(above, toNode(pool, product));
    const canVanish = !cannotVanish(product);
    return { sign: 1, canVanish, above: sum, below: zero, isZero: pool.compare(sum, '==', zero) };
  }
  const below = toNode(pool, negateLaurent(product));
  return { sign: undefined, canVanish: true, above, below, isZero: pool.compare(above, '==', below) };
}

function difference(pool: ExpressionPool, above: ExpressionNode, below: ExpressionNode): ExpressionNode {
  return pool.subtract(above, below);
}

/** In a condition and below the root stands the same difference, so that it is never the root of a negative number. */
function rootOfDifference(
  pool: ExpressionPool,
  above: ExpressionNode,
  below: ExpressionNode,
): ExpressionNode {
  return pool.power(difference(pool, above, below), pool.constant(0.5));
}

/**
 * A summand of the resolvent over real factors. A centred pair with real roots is half the sum of its two halves. `isIntegral`: divided
 * by s, which is integration over time.
 */
export function realTerms(
  term: Pick<ResolventTerm, 'factors' | 'centred'>,
  isIntegral: boolean,
  table: readonly SpectralFactor[],
  forms: PairChoice['forms'],
): readonly RealTerm[] {
  const rates: Laurent[] = isIntegral ? [ZERO] : [];
  const oscillations: Oscillation[] = [];
  const centred: Oscillation[] = [];
  const halves: (readonly [Laurent, Laurent])[] = [];
  const open = [...term.centred];
  for (const number of term.factors) {
    const factor = table[number]!;
    if (factor.kind === 'rate') rates.push(factor.rate);
    else {
      const form = forms.get(number)!;
      const place = open.indexOf(number);
      if (place >= 0) open.splice(place, 1);
      if (form.kind === 'oscillation') {
        oscillations.push(form.oscillation);
        if (place >= 0) centred.push(form.oscillation);
      } else if (place < 0) rates.push(...form.rates);
      else if (form.rates[0].key === form.rates[1].key) rates.push(form.rates[0]);
      else halves.push(form.rates);
    }
  }
  let choices: readonly (readonly Laurent[])[] = [rates];
  for (const pair of halves) choices = choices.flatMap((chosen) => pair.map((rate) => [...chosen, rate]));
  return choices.map((chosen) => ({ weight: 1 / choices.length, rates: chosen, oscillations, centred }));
}

/** a ≠ b for a = b, as consumers of the toolbox's form know it. */
function negated(pool: ExpressionPool, equality: ExpressionNode): ExpressionNode {
  return equality.kind === 'comparison'
    ? pool.compare(equality.left, '!=', equality.right)
    : pool.not(equality);
}
