import type { LiveValues } from './live-values.ts';
import {
  type Definition,
  nestedBodies,
  operandsOfDefinition,
  operandsOfStatement,
  type SsaFunction,
  type Statement,
} from './ssa-function.ts';

/** Where something stands: a position in one statement list, within a number of loops. */
interface Place {
  readonly list: readonly Statement[];
  readonly position: number;
  /** The innermost loop around it, undefined outside all loops. */
  readonly loop: Statement | undefined;
}

/**
 * The values that are computed on the stack at their only use. Pure values may move down, also into a branch, but not
 * into a loop, where they would be computed again and again; loads and reads may move only within their list and not
 * past a statement that could change what they see.
 */
export function findInlineValues(ssa: SsaFunction, live: LiveValues): ReadonlySet<number> {
  const { definedAt, usedBy } = findPlaces(ssa, live);
  const users = findUsers(ssa, live);
  const inline = new Set<number>();
  const useAt = new Map<number, Place>();
  for (let value = ssa.values.length - 1; value >= 0; value -= 1) {
    if (live.uses[value] !== 1) continue;
    const definition = ssa.values[value]?.definition;
    const from = definedAt.get(value);
    const user = users.get(value);
    const to = user === undefined ? usedBy.get(value) : (useAt.get(user) ?? definedAt.get(user));
    if (definition === undefined || from === undefined || to === undefined) continue;
    if (!mayMove(definition, from, to)) continue;
    inline.add(value);
    useAt.set(value, to);
  }
  return inline;
}

function mayMove(definition: Definition, from: Place, to: Place): boolean {
  switch (definition.kind) {
    case 'operation':
    case 'pure-call':
      return from.loop === to.loop;
    case 'load':
    case 'read':
      return from.list === to.list && !isDisturbed(definition, from, to);
    default:
      return false;
  }
}

function isDisturbed(definition: Definition, from: Place, to: Place): boolean {
  const changes = (statement: Statement): boolean =>
    (definition.kind === 'read'
      ? statement.kind === 'write' && statement.variable === definition.variable
      : statement.kind === 'store' || statement.kind === 'call') ||
    nestedBodies(statement).some((body) => body.some(changes));
  for (let position = from.position + 1; position < to.position; position += 1) {
    const statement = from.list[position];
    if (statement !== undefined && changes(statement)) return true;
  }
  return false;
}

/** For each value, the live value that uses it, if its one use is by a value. */
function findUsers(ssa: SsaFunction, { uses }: LiveValues): ReadonlyMap<number, number> {
  const users = new Map<number, number>();
  ssa.values.forEach(({ definition }, user) => {
    if ((uses[user] ?? 0) === 0) return;
    for (const operand of operandsOfDefinition(definition)) users.set(operand, user);
  });
  return users;
}

/** Places of definitions, and of the statement that uses a value, if its one use is by a live statement. */
function findPlaces(
  ssa: SsaFunction,
  { readVariables }: LiveValues,
): { definedAt: ReadonlyMap<number, Place>; usedBy: ReadonlyMap<number, Place> } {
  const definedAt = new Map<number, Place>();
  const usedBy = new Map<number, Place>();
  const visit = (list: readonly Statement[], loop: Statement | undefined): void => {
    list.forEach((statement, position) => {
      const place = { list, position, loop };
      if (statement.kind === 'define') definedAt.set(statement.value, place);
      if (statement.kind === 'loop') {
        usedBy.set(statement.again, {
          list: statement.body,
          position: statement.body.length,
          loop: statement,
        });
      } else if (statement.kind !== 'write' || readVariables.has(statement.variable)) {
        for (const operand of operandsOfStatement(statement)) usedBy.set(operand, place);
      }
      const inner = statement.kind === 'loop' ? statement : loop;
      for (const body of nestedBodies(statement)) visit(body, inner);
    });
  };
  visit(ssa.body, undefined);
  const end = { list: ssa.body, position: ssa.body.length, loop: undefined };
  for (const value of ssa.returned) usedBy.set(value, end);
  return { definedAt, usedBy };
}
