import { bodiesOf } from '../../model/children.ts';
import type { Statement } from '../../model/statements.ts';
import { describeType } from '../value-types.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A function with a type returns a value on every path. */
export const functionReturns: Rule = {
  name: 'function-returns',
  codes: ['missing-return', 'unreachable-statement'],
  needsWholeText: true,
  listeners: {
    functionDefinition: ({ symbol, body }, context) => {
      reportUnreachable(body, context);
      const { returnType: type, name, declared } = symbol;
      if (type.kind === 'void' || type.kind === 'error' || alwaysReturns(body)) return;
      context.report('missing-return', declared, { function: name, type: describeType(type) });
    },
  },
};

/** Whether a list of statements cannot be left but by `return`. */
function alwaysReturns(statements: readonly Statement[]): boolean {
  return statements.some(returns);
}

function returns(statement: Statement): boolean {
  if (statement.kind === 'return') return true;
  return statement.kind === 'if' && bodiesOf(statement).every(alwaysReturns);
}

function reportUnreachable(statements: readonly Statement[], context: RuleContext): void {
  const last = statements.findIndex(returns);
  const next = last === -1 ? undefined : statements[last + 1];
  if (next !== undefined) context.report('unreachable-statement', next.span, {});
  for (const statement of statements)
    for (const body of bodiesOf(statement)) reportUnreachable(body, context);
}
