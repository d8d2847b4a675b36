import { walkExpression, walkExpressions } from '../model/children.ts';
import type { Expression } from '../model/expressions.ts';
import type { FunctionSymbol, VariableSymbol } from '../model/symbols.ts';
import type { ModelDraft } from './model-draft.ts';

/** An inline or a function: what an expression reaches by a name. */
export type Reached = VariableSymbol | FunctionSymbol;

/** A part that was looked for. */
export interface FoundPart {
  readonly part: Expression;
  /** Where it enters the expression that was searched: the part itself, or the use of an inline or function. */
  readonly use: Expression;
  /** The inline or function, if the part is not in the expression itself. */
  readonly through?: Reached;
}

/**
 * Finds the first part of an expression, inlines and functions entered, for which `test` holds. Which inlines and functions reach
 * such a part is found once for the model, in time linear in its size.
 */
export function createPartFinder(
  { inlines, functions }: Pick<ModelDraft, 'inlines' | 'functions'>,
  test: (part: Expression) => boolean,
): (expression: Expression) => FoundPart | undefined {
  const reaching = new Map<Reached, Expression>();
  const usedBy = new Map<Reached, Reached[]>();
  const note = (owner: Reached) => (part: Expression) => {
    if (test(part) && !reaching.has(owner)) reaching.set(owner, part);
    const used = reachedBy(part);
    if (used === undefined) return;
    const owners = usedBy.get(used);
    if (owners === undefined) usedBy.set(used, [owner]);
    else owners.push(owner);
  };
  for (const { symbol, value } of inlines) walkExpression(value, note(symbol));
  for (const { symbol, body } of functions) walkExpressions(body, note(symbol));
  const waiting = [...reaching.keys()];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const user of usedBy.get(next) ?? []) {
      if (reaching.has(user)) continue;
      reaching.set(user, reaching.get(next)!);
      waiting.push(user);
    }
  }
  return (expression) => findFirst(expression, test, reaching);
}

function findFirst(
  expression: Expression,
  test: (part: Expression) => boolean,
  reaching: ReadonlyMap<Reached, Expression>,
): FoundPart | undefined {
  let found: FoundPart | undefined;
  walkExpression(expression, (use) => {
    if (found !== undefined) return;
    if (test(use)) {
      found = { part: use, use };
      return;
    }
    const through = reachedBy(use);
    const part = through === undefined ? undefined : reaching.get(through);
    if (part !== undefined && through !== undefined) found = { part, use, through };
  });
  return found;
}

/** The inline or function that a part stands for. */
export function reachedBy(part: Expression): Reached | undefined {
  if (part.kind === 'functionCall') return part.function;
  return part.kind === 'variable' && part.symbol.role === 'inline' ? part.symbol : undefined;
}
