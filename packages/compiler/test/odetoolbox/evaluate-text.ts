import { ExpressionPool, type ExpressionSymbol, environmentOf, evaluate } from '@nestml/dynamics';
import { evaluateCall, parseExpression } from '../../src/frontends/odetoolbox/index.ts';

/** Numbers by name. */
export type Numbers = Readonly<Record<string, number>>;

/** An update as ODE-toolbox and nestml print it. */
export interface PrintedUpdate {
  readonly propagators: Readonly<Record<string, string>>;
  readonly update_expressions: Readonly<Record<string, string>>;
}

/** An exact part as both print it. */
export interface PrintedEntry extends Partial<PrintedUpdate> {
  readonly solver: string;
  readonly state_variables: readonly string[];
  readonly initial_values: Readonly<Record<string, string>>;
  readonly update_expressions?: Readonly<Record<string, string>>;
  readonly conditions?: Readonly<Record<string, PrintedUpdate>>;
}

/** The function that an expression is. */
export function readText(text: string): (numbers: Numbers) => number {
  const pool = new ExpressionPool();
  const symbols = new Map<string, ExpressionSymbol>();
  const parsed = parseExpression(text, {
    pool,
    valueOf: (name) => {
      const symbol = symbols.get(name) ?? { name, value: 'number' };
      symbols.set(name, symbol);
      return pool.symbol(symbol);
    },
    call: () => undefined,
  });
  if (parsed.kind !== 'expression') throw new Error(`${text}: ${JSON.stringify(parsed)}`);
  return (numbers) => {
    const given: Numbers = { e: Math.E, pi: Math.PI, ...numbers };
    const values = new Map([...symbols].map(([name, symbol]) => [symbol, given[name] ?? Number.NaN]));
    return evaluate(parsed.node, { ...environmentOf(values), call: evaluateCall });
  };
}

export function valueOfText(text: string, numbers: Numbers): number {
  return readText(text)(numbers);
}

/** The update that holds for the parameters: the first special case whose condition does, else the generic one. */
export function chooseUpdate({ conditions, ...entry }: PrintedEntry, parameters: Numbers): PrintedUpdate {
  if (conditions === undefined) {
    return { propagators: entry.propagators ?? {}, update_expressions: entry.update_expressions ?? {} };
  }
  const special = Object.keys(conditions).find(
    (condition) => condition !== 'default' && valueOfText(`1 if ${condition} else 0`, parameters) === 1,
  );
  return conditions[special ?? 'default']!;
}

/** Advances all states at once by one step after the other. */
export function advanceText(
  entry: PrintedEntry,
  parameters: Numbers,
  start: Numbers,
  steps: readonly number[],
): Numbers {
  const update = chooseUpdate(entry, parameters);
  const propagators = Object.entries(update.propagators).map(
    ([name, text]) => [name, readText(text)] as const,
  );
  const rows = Object.entries(update.update_expressions).map(
    ([name, text]) => [name, readText(text)] as const,
  );
  let states = start;
  for (const h of steps) {
    const known = { ...parameters, __h: h };
    const entries = propagators.map(([name, of]) => [name, of(known)] as const);
    const given = { ...known, ...states, ...Object.fromEntries(entries) };
    states = Object.fromEntries(rows.map(([name, of]) => [name, of(given)] as const));
  }
  return states;
}
