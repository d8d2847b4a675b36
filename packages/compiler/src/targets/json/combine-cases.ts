import type { ClosedFormCase, ComparisonOperator, ExpressionNode, ExpressionPool } from '@nestml/dynamics';
import type { ExactGroup } from '../../passes/solve-ode-problem.ts';

/** One case of each group. */
export interface CombinedCase {
  /** All must hold. Of the first case, the generic one, they are not asked for. */
  readonly conditions: readonly ExpressionNode[];
  /** By group. */
  readonly parts: readonly ClosedFormCase[];
}

/** More cases make a result that nobody can use. */
const MOST_CASES = 64;

/** All combinations of the cases of the groups, the generic one first; and equalities that have no case. */
export function combineCases(
  pool: ExpressionPool,
  exact: readonly ExactGroup[],
): { readonly cases: readonly CombinedCase[]; readonly excluded: readonly ExpressionNode[] } {
  const excluded = new Set(exact.flatMap(({ form }) => form.excluded));
  let cases: readonly CombinedCase[] = [{ conditions: [], parts: [] }];
  for (const { form } of exact) {
    const isTooMany = cases.length * form.cases.length > MOST_CASES;
    const own = isTooMany ? form.cases.slice(0, 1) : form.cases;
    if (isTooMany) {
      const equalities = form.cases.slice(1).flatMap(({ conditions }) => conditions);
      for (const condition of equalities) if (isEquality(condition)) excluded.add(condition);
    }
    cases = cases.flatMap((before) =>
      own.flatMap((part) => {
        const conditions = [...new Set([...before.conditions, ...part.conditions])];
        return isPossible(pool, conditions) ? [{ conditions, parts: [...before.parts, part] }] : [];
      }),
    );
  }
  return { cases, excluded: [...excluded] };
}

function isEquality(node: ExpressionNode): boolean {
  return node.kind === 'comparison' && node.operator === '==';
}

const OPPOSITES = Object.freeze({
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
} as const satisfies Readonly<Record<ComparisonOperator, ComparisonOperator>>);

/** Whether no condition is the opposite of another. */
function isPossible(pool: ExpressionPool, conditions: readonly ExpressionNode[]): boolean {
  return conditions.every(
    (condition) =>
      condition.kind !== 'comparison' ||
      !conditions.includes(pool.compare(condition.left, OPPOSITES[condition.operator], condition.right)),
  );
}
