import type { ModelFunction } from '../../../ir/functions.ts';
import { calleesOf } from '../../../ir/recursion.ts';
import type { Statement } from '../../../ir/statements.ts';
import { bodiesOf, statementsIn } from '../../../ir/traverse.ts';
import { handlersOfModel } from '../../../solved/expressions-of-model.ts';
import type { NeuronSetting } from './frame.ts';

/** Most spikes of one instance in a step; undefined if a loop or a function that calls itself emits. */
export function mostSpikesPerStep({
  plan: { model },
  functions,
  recursive,
}: NeuronSetting): number | undefined {
  const most = (statements: readonly Statement[]): number =>
    statements.reduce((sum, statement) => sum + mostOf(statement), 0);
  const ofFunction = (callee: ModelFunction): number => {
    if (recursive.has(callee)) return emitsAnywhere(callee) ? Number.POSITIVE_INFINITY : 0;
    return most(functions.get(callee)?.body ?? []);
  };
  const emitsAnywhere = (callee: ModelFunction): boolean =>
    statementsIn(functions.get(callee)?.body ?? []).some(({ kind }) => kind === 'emit' || kind === 'call');
  const mostOf = (statement: Statement): number => {
    if (statement.kind === 'emit') return 1;
    const own = calleesOf([withoutBodies(statement)]).reduce((sum, callee) => sum + ofFunction(callee), 0);
    const bodies = bodiesOf(statement).map(most);
    const inside = Math.max(0, ...bodies);
    const isLoop = statement.kind === 'for' || statement.kind === 'while';
    const total = own + inside;
    return isLoop && total > 0 ? Number.POSITIVE_INFINITY : total;
  };
  const total = handlersOfModel(model).reduce((sum, { body }) => sum + most(body), 0);
  return Number.isFinite(total) ? total : undefined;
}

/** The statement with what it evaluates itself alone. */
function withoutBodies(statement: Statement): Statement {
  switch (statement.kind) {
    case 'if': {
      const branches = statement.branches.map(({ condition }) => ({ condition, body: [] }));
      return { ...statement, branches, otherwise: [] };
    }
    case 'for':
    case 'while':
      return { ...statement, body: [] };
    default:
      return statement;
  }
}
