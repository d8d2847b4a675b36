import type { ExpressionNode, Term } from './nodes.ts';

/** The constructors that the normal form needs. */
export interface SumConstructors {
  constant(value: number): ExpressionNode;
  negate(operand: ExpressionNode): ExpressionNode;
}

/**
 * Terms in normal form. A sum in first place is taken apart; signs of negations and of negative constants move into the term;
 * zeros are dropped; constants at the beginning are added up. Every rounding stays where it was.
 */
export function normalTerms(terms: readonly Term[], pool: SumConstructors): readonly Term[] {
  const result: Term[] = [];
  for (const term of terms) {
    const { sign, operand } = withoutSign(term, pool);
    if (result.length === 0 && sign === 1 && operand.kind === 'sum') {
      result.push(...operand.terms);
      continue;
    }
    if (operand.kind === 'constant') {
      if (operand.value === 0) continue;
      const total = sign * operand.value + leadingConstant(result);
      if (result.length === 1 && Number.isFinite(total)) {
        result.length = 0;
        if (total !== 0) {
          result.push({ sign: total < 0 ? -1 : 1, operand: pool.constant(Math.abs(total)) });
        }
        continue;
      }
    }
    result.push({ sign, operand });
  }
  return result;
}

/** NaN if the terms are not one constant. */
function leadingConstant(terms: readonly Term[]): number {
  const first = terms[0];
  return first?.operand.kind === 'constant' ? first.sign * first.operand.value : Number.NaN;
}

function withoutSign({ sign, operand }: Term, pool: SumConstructors): Term {
  const flipped = sign === 1 ? -1 : 1;
  if (operand.kind === 'negation') return { sign: flipped, operand: operand.operand };
  const isNegative = operand.kind === 'constant' ? operand.value < 0 : hasNegativeConstant(operand);
  return isNegative ? { sign: flipped, operand: pool.negate(operand) } : { sign, operand };
}

function hasNegativeConstant(node: ExpressionNode): boolean {
  if (node.kind !== 'product') return false;
  const first = node.factors[0]!.operand;
  return first.kind === 'constant' && first.value < 0;
}
