import type { CheckedModel } from '../model/checked-model.ts';
import { walkExpression, walkExpressions } from '../model/children.ts';
import type { ConvolveExpression, Expression, PortExpression } from '../model/expressions.ts';
import type { FunctionSymbol, VariableSymbol } from '../model/symbols.ts';

/** All that the value of an expression depends on, inlines and functions entered. */
export interface Reads {
  /** States, parameters, internals, locals; inlines are replaced by what they read. */
  readonly variables: ReadonlySet<VariableSymbol>;
  readonly ports: ReadonlySet<PortExpression>;
  readonly convolutions: ReadonlySet<ConvolveExpression>;
  readonly readsTime: boolean;
  readonly drawsRandom: boolean;
  /** Whether a state is read as it was a delay ago. */
  readonly readsPast: boolean;
}

/** Finds what expressions of one model read. */
export type Reader = (...expressions: readonly Expression[]) => Reads;

/** A reader of the expressions of a model. */
export function createReader(model: Pick<CheckedModel, 'inlines' | 'functions'>): Reader {
  const inlines = new Map(model.inlines.map(({ symbol, value }) => [symbol, value]));
  const functions = new Map(model.functions.map(({ symbol, body }) => [symbol, body]));
  return (...expressions) => {
    const variables = new Set<VariableSymbol>();
    const ports = new Set<PortExpression>();
    const convolutions = new Set<ConvolveExpression>();
    const entered = new Set<VariableSymbol | FunctionSymbol>();
    const flags = { readsTime: false, drawsRandom: false, readsPast: false };
    const visit = (part: Expression): void => {
      if (part.kind === 'variable' && part.symbol.role !== 'inline') variables.add(part.symbol);
      else if (part.kind === 'variable' && !entered.has(part.symbol)) {
        entered.add(part.symbol);
        const value = inlines.get(part.symbol);
        if (value !== undefined) walkExpression(value, visit);
      } else if (part.kind === 'functionCall' && !entered.has(part.function)) {
        entered.add(part.function);
        walkExpressions(functions.get(part.function) ?? [], visit);
      } else if (part.kind === 'port') ports.add(part);
      else if (part.kind === 'convolve') convolutions.add(part);
      else if (part.kind === 'time') flags.readsTime = true;
      else if (part.kind === 'builtin') flags.drawsRandom ||= part.callSite !== undefined;
      else if (part.kind === 'delayed') {
        flags.readsPast = true;
        variables.add(part.symbol);
      }
    };
    for (const expression of expressions) walkExpression(expression, visit);
    return { variables, ports, convolutions, ...flags };
  };
}
