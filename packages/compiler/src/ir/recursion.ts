import { nodesBelow } from '@nestml/dynamics';
import type { FunctionDefinition, ModelFunction } from './functions.ts';
import type { Statement } from './statements.ts';
import { calleeOf } from './symbol-of.ts';
import { expressionsOf, statementsIn } from './traverse.ts';

/** Functions that call themselves, directly or through others. */
export function recursiveFunctions(definitions: readonly FunctionDefinition[]): ReadonlySet<ModelFunction> {
  const calls = new Map(definitions.map((definition) => [definition.function, calleesOf(definition.body)]));
  const reaches = (from: ModelFunction): ReadonlySet<ModelFunction> => {
    const reached = new Set<ModelFunction>();
    const pending = [...(calls.get(from) ?? [])];
    for (let callee = pending.pop(); callee !== undefined; callee = pending.pop()) {
      if (reached.has(callee)) continue;
      reached.add(callee);
      pending.push(...(calls.get(callee) ?? []));
    }
    return reached;
  };
  return new Set([...calls.keys()].filter((callee) => reaches(callee).has(callee)));
}

/** The functions that statements call themselves, once for each call. */
export function calleesOf(body: readonly Statement[]): readonly ModelFunction[] {
  const statements = statementsIn(body);
  const called = statements.flatMap((statement) => (statement.kind === 'call' ? [statement.function] : []));
  const nodes = nodesBelow(statements.flatMap(expressionsOf));
  const inside = nodes.flatMap((node) => {
    const callee = node.kind === 'call' ? calleeOf(node) : undefined;
    return callee?.kind === 'function' ? [callee] : [];
  });
  return [...called, ...inside];
}
