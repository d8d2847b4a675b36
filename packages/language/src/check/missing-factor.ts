import {
  type Dimension,
  divideUnits,
  equalDimensions,
  inverseDimension,
  isDimensionless,
  isUnitInRange,
  type Unit,
} from '@nestml/units';
import type { ValueType } from '../model/types.ts';
import type { ExpressionContext } from './context.ts';
import { dimensionOf, MILLISECOND, unitOf } from './value-types.ts';

/** Of more candidates than this, only the first two are named. */
const FEW_CANDIDATES = 3;

/** What may be forgotten in a right-hand side, and the names by which such parameters go. */
const forgettable: readonly { readonly dimension: Dimension; readonly usualName: RegExp }[] = [
  { dimension: MILLISECOND.dimension, usualName: /tau/i },
  { dimension: dimensionOf('pF'), usualName: /^c/i },
  { dimension: dimensionOf('nS'), usualName: /^g/i },
];

/**
 * What could be missing if the right-hand side `found` of the equation of `owner` should measure what `expected` does: a time constant, a
 * capacitance or a conductance by which to divide or multiply, as a question (``is `/ tau_m` missing?``); empty if none fits. For other
 * dimensions there are too many ways to be wrong for a guess.
 */
export function missingFactorHint(
  found: ValueType,
  expected: ValueType,
  owner: string,
  context: ExpressionContext,
): string {
  const ratio = ratioOf(found, expected);
  if (ratio === undefined) return '';
  const { dimension } = ratio;
  const factors = [
    ...candidates(dimension, owner, context).map((name) => `\`/ ${name}\``),
    ...candidates(inverseDimension(dimension), owner, context).map((name) => `\`* ${name}\``),
  ];
  const named = factors.length > FEW_CANDIDATES ? factors.slice(0, 2) : factors;
  return named.length === 0 ? '' : `is ${named.join(' or ')} missing?`;
}

/** The unit by which `found` would have to be divided to measure what `expected` does; undefined if they agree. */
export function ratioOf(found: ValueType, expected: ValueType): Unit | undefined {
  const [from, to] = [unitOf(found), unitOf(expected)];
  if (!isUnitInRange(from) || !isUnitInRange(to)) return undefined;
  const ratio = divideUnits(from, to);
  return isDimensionless(ratio) ? undefined : ratio;
}

/** Parameters and internals of this dimension that bear the usual name of such a thing; those named like the variable first. */
function candidates(dimension: Dimension, owner: string, { model }: ExpressionContext): readonly string[] {
  const kind = forgettable.find((entry) => equalDimensions(entry.dimension, dimension));
  if (kind === undefined) return [];
  const names = model.suggestions.constantsOf(dimension).filter((name) => kind.usualName.test(name));
  const suffix = owner.slice(owner.indexOf('_') + 1);
  const isNear = (name: string) => name.endsWith(`_${owner}`) || name.endsWith(`_${suffix}`);
  return [...names.filter(isNear), ...names.filter((name) => !isNear(name))];
}
