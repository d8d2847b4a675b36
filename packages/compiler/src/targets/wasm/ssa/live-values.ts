import {
  nestedBodies,
  operandsOfDefinition,
  operandsOfStatement,
  type SsaFunction,
  type Statement,
} from './ssa-function.ts';

/** What a function needs for its effects and results; everything else is dropped. */
export interface LiveValues {
  /** Number of uses by live values and statements, by id; 0 means dead. */
  readonly uses: readonly number[];
  /** Variables that some live value reads. */
  readonly readVariables: ReadonlySet<number>;
}

/** Finds the values that stores, calls, control and results depend on, through memory of variables as well. */
export function findLiveValues(ssa: SsaFunction): LiveValues {
  const uses = new Array<number>(ssa.values.length).fill(0);
  const readVariables = new Set<number>();
  const writes = new Map<number, number[]>();
  const pending: number[] = [];
  const use = (value: number): void => {
    uses[value] = (uses[value] ?? 0) + 1;
    if (uses[value] === 1) pending.push(value);
  };
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === 'define') continue;
      if (statement.kind === 'write') {
        const written = writes.get(statement.variable) ?? [];
        written.push(statement.value);
        writes.set(statement.variable, written);
      } else {
        operandsOfStatement(statement).forEach(use);
      }
      nestedBodies(statement).forEach(visit);
    }
  };
  visit(ssa.body);
  ssa.returned.forEach(use);
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    const definition = ssa.values[value]?.definition;
    if (definition === undefined) continue;
    operandsOfDefinition(definition).forEach(use);
    if (definition.kind === 'read' && !readVariables.has(definition.variable)) {
      readVariables.add(definition.variable);
      writes.get(definition.variable)?.forEach(use);
    }
  }
  return { uses, readVariables };
}
