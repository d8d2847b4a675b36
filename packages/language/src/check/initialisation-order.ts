import type { Report } from '@nestml/diagnostics';
import type { CheckMessages } from '../messages/check-messages.ts';
import type { CheckedModel, Declaration } from '../model/checked-model.ts';
import { walkExpression, walkExpressions } from '../model/children.ts';
import type { Expression } from '../model/expressions.ts';
import type { FunctionSymbol, VariableSymbol } from '../model/symbols.ts';

type Draft = Pick<CheckedModel, 'states' | 'parameters' | 'internals' | 'inlines' | 'functions'>;

/**
 * Parameters, internals and initial states in an order in which each uses only earlier ones; otherwise parameters come first, then
 * internals, then states, each in the order of the text (rule D11). Uses through inlines and functions count. Cycles are reported.
 */
export function initialisationOrder(model: Draft, report: Report<CheckMessages>): readonly VariableSymbol[] {
  const declarations = [...model.parameters, ...model.internals, ...model.states];
  const uses = createUses(model);
  const bySymbol = new Map(declarations.map((declaration) => [declaration.symbol, declaration]));
  const state = new Map<VariableSymbol, 'open' | 'done'>();
  const order: VariableSymbol[] = [];
  for (const { symbol } of declarations) {
    // Depth first, with a stack of its own: chains may be longer than the stack of calls.
    const path: { readonly symbol: VariableSymbol; readonly rest: VariableSymbol[] }[] = [];
    const open = (next: VariableSymbol) => {
      state.set(next, 'open');
      path.push({ symbol: next, rest: [...uses(bySymbol.get(next)!)].reverse() });
    };
    if (!state.has(symbol)) open(symbol);
    while (path.length > 0) {
      const { symbol: current, rest } = path.at(-1)!;
      const next = rest.pop();
      if (next === undefined) {
        state.set(current, 'done');
        order.push(current);
        path.pop();
      } else if (!bySymbol.has(next)) continue;
      else if (!state.has(next)) open(next);
      else if (state.get(next) === 'open') {
        const start = path.findIndex((step) => step.symbol === next);
        reportCycle(
          path.slice(start).map((step) => step.symbol),
          report,
        );
      }
    }
  }
  return order;
}

function reportCycle(cycle: readonly VariableSymbol[], report: Report<CheckMessages>): void {
  const first = cycle[0]!;
  const names = [...cycle, first].map(({ writtenName }) => writtenName);
  const related = cycle
    .slice(1)
    .map(({ writtenName, declared }) => ({ message: `\`${writtenName}\` is declared here`, span: declared }));
  report('initial-value-cycle', first.declared, { names }, { related });
}

/** The variables that an initial value needs, found through inlines and functions; each inline and function is entered once. */
function createUses({
  inlines,
  functions,
}: Draft): (declaration: Declaration) => ReadonlySet<VariableSymbol> {
  const values = new Map(inlines.map(({ symbol, value }) => [symbol, value]));
  const bodies = new Map(functions.map(({ symbol, body }) => [symbol, body]));
  return ({ symbol, value }) => {
    const found = new Set<VariableSymbol>();
    const entered = new Set<VariableSymbol | FunctionSymbol>();
    const visit = (part: Expression): void => {
      if (part.kind === 'variable' && !found.has(part.symbol)) {
        found.add(part.symbol);
        const inline = values.get(part.symbol);
        if (inline !== undefined) walkExpression(inline, visit);
      } else if (part.kind === 'functionCall' && !entered.has(part.function)) {
        entered.add(part.function);
        walkExpressions(bodies.get(part.function) ?? [], visit);
      }
    };
    walkExpression(value, visit);
    if (symbol.size !== undefined) walkExpression(symbol.size, visit);
    return found;
  };
}
