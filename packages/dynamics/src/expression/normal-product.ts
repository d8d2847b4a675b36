import type { ExpressionNode, Factor } from './nodes.ts';

/** The constructor that the normal form needs. */
export interface ProductConstructors {
  constant(value: number): ExpressionNode;
}

/** Factors in normal form; the product of them is to be negated if `isNegative`. */
export interface NormalFactors {
  readonly isNegative: boolean;
  /** At least one; the first operator is `*`. */
  readonly factors: readonly Factor[];
}

/**
 * Factors in normal form. A product in first place is taken apart; negations move outside; factors ±1 are dropped; constants at the
 * beginning are multiplied. Every rounding stays where it was. A factor 0 stays, since the others may be infinite.
 */
export function normalFactors(factors: readonly Factor[], pool: ProductConstructors): NormalFactors {
  const result: Factor[] = [];
  let isNegative = false;
  for (const { operator, operand } of unpacked(factors, pool)) {
    const leading = result.length === 1 ? constantValue(result[0]!.operand) : undefined;
    const value = constantValue(operand);
    const folded =
      leading === undefined || value === undefined ? Number.NaN : apply(leading, operator, value);
    if (Number.isFinite(folded)) {
      result[0] = { operator: '*', operand: pool.constant(folded) };
    } else if (Math.abs(value ?? 0) === 1 && result.length > 0) {
      if (value === -1) isNegative = !isNegative;
    } else if (Math.abs(leading ?? 0) === 1 && operator === '*') {
      if (leading === -1) isNegative = !isNegative;
      result[0] = { operator, operand };
    } else {
      result.push({ operator, operand });
    }
  }
  return { isNegative, factors: result };
}

/** Without negations, for which −1 comes first, and with a product in first place taken apart; the first operator is `*`. */
function unpacked(factors: readonly Factor[], pool: ProductConstructors): readonly Factor[] {
  const isNegated = factors.filter(({ operand }) => operand.kind === 'negation').length % 2 === 1;
  const result: Factor[] = isNegated ? [{ operator: '*', operand: pool.constant(-1) }] : [];
  for (const { operator, operand: given } of factors) {
    const operand = given.kind === 'negation' ? given.operand : given;
    const isFirst = result.every((before) => Math.abs(constantValue(before.operand) ?? 0) === 1);
    if (isFirst && operator === '*' && operand.kind === 'product') result.push(...operand.factors);
    else result.push({ operator, operand });
  }
  const first = result[0];
  return first?.operator === '*' ? result : [{ operator: '*', operand: pool.constant(1) }, ...result];
}

function apply(left: number, operator: '*' | '/', right: number): number {
  return operator === '*' ? left * right : left / right;
}

function constantValue(node: ExpressionNode): number | undefined {
  return node.kind === 'constant' ? node.value : undefined;
}
