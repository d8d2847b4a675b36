import type { Report } from '@nestml/diagnostics';
import type { CheckMessages } from '../messages/check-messages.ts';
import type { Declaration } from '../model/checked-model.ts';
import { walkExpression, walkExpressions } from '../model/children.ts';
import type { Expression } from '../model/expressions.ts';
import type { Statement } from '../model/statements.ts';
import type { FunctionSymbol, PortSymbol, VariableSymbol } from '../model/symbols.ts';
import type { ModelDraft } from './model-draft.ts';

type Draft = Pick<ModelDraft, 'states' | 'parameters' | 'internals' | 'inlines' | 'functions'>;

/**
 * Parameters, internals and initial states in an order in which each uses only earlier ones; otherwise parameters come first, then
 * internals, then states, each in the order of the text (rule D11). Uses through inlines, functions and sizes count. Cycles are reported.
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

/**
 * The variables that an initial value needs, found through inlines, functions and the sizes of vectors and ports; each is entered
 * once.
 */
function createUses({
  inlines,
  functions,
}: Draft): (declaration: Declaration) => ReadonlySet<VariableSymbol> {
  const values = new Map(inlines.map(({ symbol, value }) => [symbol, value]));
  const bodies = new Map(functions.map(({ symbol, body }) => [symbol, body]));
  return ({ symbol, value }) => {
    const found = new Set<VariableSymbol>();
    const entered = new Set<FunctionSymbol | PortSymbol>();
    // A list instead of recursion: chains of inlines and functions may be longer than the stack of calls.
    const waiting: (Expression | readonly Statement[])[] = [value];
    const add = (part: Expression | undefined) => {
      if (part !== undefined) waiting.push(part);
    };
    add(symbol.size);
    const visit = (part: Expression): void => {
      if (part.kind === 'variable' && !found.has(part.symbol)) {
        found.add(part.symbol);
        add(values.get(part.symbol));
      } else if (part.kind === 'functionCall' && !entered.has(part.function)) {
        entered.add(part.function);
        waiting.push(bodies.get(part.function) ?? []);
      } else if ((part.kind === 'port' || part.kind === 'convolve') && !entered.has(part.port)) {
        entered.add(part.port);
        add(part.port.size);
      }
    };
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if ('kind' in next) walkExpression(next, visit);
      else walkExpressions(next, visit);
    }
    return found;
  };
}
