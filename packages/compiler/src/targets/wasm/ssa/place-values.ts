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
  const useAt = new Array<Place | undefined>(ssa.values.length).fill(undefined);
  for (let value = ssa.values.length - 1; value >= 0; value -= 1) {
    if (live.uses[value] !== 1) continue;
    const definition = ssa.values[value]?.definition;
    const from = definedAt[value];
    const user = users[value];
    const to = user === undefined ? usedBy[value] : (useAt[user] ?? definedAt[user]);
    if (definition === undefined || from === undefined || to === undefined) continue;
    if (!mayMove(definition, from, to)) continue;
    inline.add(value);
    useAt[value] = to;
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

/** By value: the live value that uses it, if its one use is by a value. */
function findUsers({ values }: SsaFunction, { uses }: LiveValues): ByValue<number> {
  const users = new Array<number | undefined>(values.length).fill(undefined);
  for (const [user, { definition }] of values.entries()) {
    if (uses[user] === 0) continue;
    for (const operand of operandsOfDefinition(definition)) users[operand] = user;
  }
  return users;
}

type ByValue<Item> = readonly (Item | undefined)[];

/** Places of definitions, and of the statement that uses a value, if its one use is by a live statement. */
function findPlaces(
  ssa: SsaFunction,
  { readVariables }: LiveValues,
): { definedAt: ByValue<Place>; usedBy: ByValue<Place> } {
  const definedAt = new Array<Place | undefined>(ssa.values.length).fill(undefined);
  const usedBy = new Array<Place | undefined>(ssa.values.length).fill(undefined);
  const visit = (list: readonly Statement[], loop: Statement | undefined): void => {
    for (const [position, statement] of list.entries()) {
      const place = { list, position, loop };
      if (statement.kind === 'define') {
        definedAt[statement.value] = place;
        continue;
      }
      if (statement.kind === 'loop') {
        const { body } = statement;
        usedBy[statement.again] = { list: body, position: body.length, loop: statement };
      } else if (statement.kind !== 'write' || readVariables.has(statement.variable)) {
        for (const operand of operandsOfStatement(statement)) usedBy[operand] = place;
      }
      const inner = statement.kind === 'loop' ? statement : loop;
      for (const body of nestedBodies(statement)) visit(body, inner);
    }
  };
  visit(ssa.body, undefined);
  const end = { list: ssa.body, position: ssa.body.length, loop: undefined };
  for (const value of ssa.returned) usedBy[value] = end;
  return { definedAt, usedBy };
}
