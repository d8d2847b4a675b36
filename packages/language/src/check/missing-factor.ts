import { divideUnits, inverseDimension, isDimensionless, isUnitInRange } from '@nestml/units';
import type { ValueType } from '../model/types.ts';
import type { ExpressionContext } from './context.ts';
import { unitOf } from './value-types.ts';

/** Longer lists of candidates do not help. */
const MOST_CANDIDATES = 3;

/**
 * What could be missing if `found` should measure what `expected` does: parameters or internals by which to divide or multiply, as
 * a question (``is `/ tau_m` missing?``); empty if none fits.
 */
export function missingFactorHint(found: ValueType, expected: ValueType, context: ExpressionContext): string {
  const [from, to] = [unitOf(found), unitOf(expected)];
  if (!isUnitInRange(from) || !isUnitInRange(to)) return '';
  const ratio = divideUnits(from, to);
  if (isDimensionless(ratio)) return '';
  const { constantsOf } = context.model.suggestions;
  const factors = [
    ...constantsOf(ratio.dimension).map((name) => `\`/ ${name}\``),
    ...constantsOf(inverseDimension(ratio.dimension)).map((name) => `\`* ${name}\``),
  ].slice(0, MOST_CANDIDATES);
  return factors.length === 0 ? '' : `is ${factors.join(' or ')} missing?`;
}
