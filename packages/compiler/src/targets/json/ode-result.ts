import {
  type ClosedFormCase,
  type ExpressionNode,
  type ExpressionPool,
  type ExpressionSymbol,
  environmentOf,
  evaluateAll,
  nodesBelow,
  type Term,
  type Value,
} from '@nestml/dynamics';
import { evaluateCall } from '../../frontends/odetoolbox/known-functions.ts';
import type { OdeProblem } from '../../frontends/odetoolbox/problem.ts';
import type { ExactGroup, OdeSolution } from '../../passes/solve-ode-problem.ts';
import { type CombinedCase, combineCases } from './combine-cases.ts';
import { printForPython } from './print-expression.ts';

/** Texts by name. */
export type TextMap = Readonly<Record<string, string>>;

/** How the exact part advances by one step: new values from old ones. */
export interface OdeUpdate {
  readonly propagators: TextMap;
  readonly update_expressions: TextMap;
}

/** One entry of the result, in the form of ODE-toolbox 3.0; `solver_reason`, `reason` and `undefined_names` are additions. */
export interface OdeSolverEntry {
  readonly solver: string;
  /** Why this solver. */
  readonly solver_reason: string;
  readonly state_variables: readonly string[];
  readonly initial_values: TextMap;
  /** New values of an exact part, slopes of a numeric one. */
  readonly update_expressions: TextMap;
  /** Of the exact part only. */
  readonly propagators?: TextMap;
  /**
   * If the propagators have another form for some parameters: all forms by their condition, the generic one as `default`. The entries
   * beside it are those that hold for the parameters of the problem, the generic ones if these have no numbers.
   */
  readonly conditions?: Readonly<Record<string, OdeUpdate>>;
  /** Those that occur. Absent if the problem has none. */
  readonly parameters?: TextMap;
  /** Names without definition that occur: constants whose values are given elsewhere. */
  readonly undefined_names?: readonly string[];
  /** By state: a sentence. */
  readonly reason: TextMap;
}

/** What a stiffness test recommends, and why in a sentence. Without a test: why there was none. */
export interface SolverRecommendation {
  readonly verdict?: 'explicit' | 'implicit' | 'warning';
  readonly reason: string;
}

/** The exact part and the numeric part, as far as they have states. */
export function printOdeResult(
  solution: OdeSolution,
  recommendation: SolverRecommendation,
  preserved: ReadonlySet<string>,
): readonly OdeSolverEntry[] {
  return [
    ...(solution.exact.length > 0 ? [exactEntry(solution)] : []),
    ...(solution.numeric.length > 0 ? [numericEntry(solution, recommendation, preserved)] : []),
  ];
}

function exactEntry(solution: OdeSolution): OdeSolverEntry {
  const { problem, exact } = solution;
  const isExact = new Set(exact.flatMap(({ group }) => group.states));
  const { cases, excluded } = combineCases(problem.pool, exact);
  const { print, prepare } = printerOf(problem);
  const update = createUpdates(problem, exact);
  const updates = cases.map(update);
  const nodes = updates.flatMap(({ propagators, updates: rows }) =>
    [...propagators, ...rows].map(({ value }) => value),
  );
  prepare(nodes);
  const holding = holdingCase(problem, cases);
  const written = updates.map((update) => printUpdate(update, print));
  const excludedText = excluded.map((condition) => `(${print(condition)})`).join(', ');
  return {
    solver: 'analytical',
    solver_reason: `linear with constant coefficients: exact for any step${excluded.length === 0 ? '' : `; not defined for ${excludedText}, whose cases would be too many`}`,
    ...stateParts(solution, isExact, print),
    ...written[holding]!,
    ...(cases.length > 1 ? { conditions: conditionsOf(cases, written, print) } : {}),
    ...nameParts(problem, [...nodes, ...conditionNodes(cases)], isExact, print),
    reason: reasonsOf(solution, isExact),
  };
}

function conditionNodes(cases: readonly CombinedCase[]): readonly ExpressionNode[] {
  return cases.flatMap(({ conditions }) => conditions);
}

function numericEntry(
  solution: OdeSolution,
  { verdict, reason }: SolverRecommendation,
  preserved: ReadonlySet<string>,
): OdeSolverEntry {
  const { problem, numeric } = solution;
  const isNumeric = new Set(numeric.map(({ state }) => state));
  const { print } = printerOf(problem);
  const texts = new Map<ExpressionSymbol, string | undefined>(
    problem.variables.map(({ states, text }) => [states[0]!, text]),
  );
  const right = numeric.map(({ state, derivative }) => {
    const text = preserved.has(state.name) ? texts.get(state) : undefined;
    return [state.name, text ?? print(derivative)] as const;
  });
  return {
    solver: verdict === undefined ? 'numeric' : `numeric-${verdict}`,
    solver_reason: reason,
    ...stateParts(solution, isNumeric, print),
    update_expressions: Object.fromEntries(right),
    ...nameParts(
      problem,
      numeric.map(({ derivative }) => derivative),
      isNumeric,
      print,
    ),
    reason: reasonsOf(solution, isNumeric),
  };
}

type Print = (node: ExpressionNode) => string;

/** Prints each expression once; those that are prepared together share the work on what they have in common. */
interface Printer {
  readonly print: Print;
  readonly prepare: (nodes: readonly ExpressionNode[]) => void;
}

function printerOf({ pool, variables, parameters, freeNames }: OdeProblem): Printer {
  const symbols = [...variables.flatMap(({ states }) => states), ...parameters.map(({ symbol }) => symbol)];
  const taken = new Set([...symbols, ...freeNames].map(({ name }) => name));
  const known = new Map<ExpressionNode, string>();
  const print = (nodes: readonly ExpressionNode[]): void => {
    const unknown = nodes.filter((node) => !known.has(node));
    for (const [node, text] of printForPython({ pool, taken }, unknown)) known.set(node, text);
  };
  return {
    prepare: print,
    print: (node) => {
      print([node]);
      return known.get(node)!;
    },
  };
}

function stateParts(
  { problem }: OdeSolution,
  chosen: ReadonlySet<ExpressionSymbol>,
  print: Print,
): Pick<OdeSolverEntry, 'state_variables' | 'initial_values'> {
  const pairs = problem.variables.flatMap(({ states, initial }) =>
    states.flatMap((state, i) => (chosen.has(state) ? [[state.name, print(initial[i]!)] as const] : [])),
  );
  return {
    state_variables: pairs.map(([name]) => name),
    initial_values: Object.fromEntries(pairs),
  };
}

function reasonsOf({ reasons }: OdeSolution, chosen: ReadonlySet<ExpressionSymbol>): TextMap {
  const pairs = [...reasons].filter(([state]) => chosen.has(state));
  return Object.fromEntries(pairs.map(([{ name }, reason]) => [name, `${reason}.`]));
}

/** The parameters and undefined names that occur in expressions, initial values of states, and values of such parameters. */
function nameParts(
  { variables, parameters, freeNames }: OdeProblem,
  expressions: readonly ExpressionNode[],
  chosen: ReadonlySet<ExpressionSymbol>,
  print: Print,
): Pick<OdeSolverEntry, 'parameters' | 'undefined_names'> {
  const initial = variables.flatMap(({ states, initial: values }) =>
    values.filter((_, i) => chosen.has(states[i]!)),
  );
  const used = new Set<ExpressionSymbol>();
  const addFrom = (nodes: readonly ExpressionNode[]): void => {
    for (const node of nodesBelow(nodes)) if (node.kind === 'symbol') used.add(node.symbol);
  };
  addFrom([...expressions, ...initial]);
  for (let before = -1; before !== used.size; ) {
    before = used.size;
    addFrom(parameters.filter(({ symbol }) => used.has(symbol)).map(({ value }) => value));
  }
  const occurring = parameters.filter(({ symbol }) => used.has(symbol));
  const texts = occurring.map(({ symbol, value }) => [symbol.name, print(value)] as const);
  const free = freeNames.filter((symbol) => used.has(symbol)).map(({ name }) => name);
  return {
    ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(texts) }),
    ...(free.length === 0 ? {} : { undefined_names: free }),
  };
}

interface NamedNode {
  readonly name: string;
  readonly value: ExpressionNode;
}

interface CaseUpdate {
  readonly propagators: readonly NamedNode[];
  readonly updates: readonly NamedNode[];
}

/** x ← Σ P x + Σ R b of all groups for one case after the other, states in the order of the problem. */
function createUpdates(
  { pool, options, variables }: OdeProblem,
  exact: readonly ExactGroup[],
): (one: CombinedCase) => CaseUpdate {
  const states = variables.flatMap(({ states: own }): readonly ExpressionSymbol[] => own);
  const order = new Map(states.map((state, i) => [state, i]));
  // One symbol for each name, so that equal rows of several cases are one node.
  const propagators = new Map<string, ExpressionNode>();
  const namePropagator = (row: ExpressionSymbol, column: ExpressionSymbol): NamedNode => {
    const name = `${options.propagatorPrefix}__${row.name}__${column.name}`;
    const value = propagators.get(name) ?? pool.symbol({ name, value: 'number' });
    propagators.set(name, value);
    return { name, value };
  };
  return ({ parts }) => {
    const rows = exact.flatMap(({ group }, index) =>
      group.states.map((state, row) => ({
        state,
        ...rowOf(pool, group, parts[index]!, row, namePropagator),
      })),
    );
    const sorted = rows.toSorted((a, b) => order.get(a.state)! - order.get(b.state)!);
    return {
      propagators: sorted.flatMap(({ entries }) => entries),
      updates: sorted.map(({ state, value }) => ({ name: state.name, value })),
    };
  };
}

function isZero(node: ExpressionNode): boolean {
  return node.kind === 'constant' && node.value === 0;
}

function rowOf(
  pool: ExpressionPool,
  { states, input }: ExactGroup['group'],
  { propagators, responses }: ClosedFormCase,
  row: number,
  namePropagator: (row: ExpressionSymbol, column: ExpressionSymbol) => NamedNode,
): { readonly entries: readonly NamedNode[]; readonly value: ExpressionNode } {
  const entries: NamedNode[] = [];
  const terms: Term[] = [];
  states.forEach((state, column) => {
    const entry = propagators[row]?.[column];
    if (entry === undefined || isZero(entry)) return;
    const { name, value } = namePropagator(states[row]!, state);
    entries.push({ name, value: entry });
    terms.push({ sign: 1, operand: pool.multiply(value, pool.symbol(state)) });
  });
  states.forEach((_, column) => {
    const response = responses[row]?.[column];
    if (response === undefined || isZero(response) || isZero(input[column]!)) return;
    terms.push({ sign: 1, operand: pool.multiply(response, input[column]!) });
  });
  return { entries, value: pool.sum(terms) };
}

function printUpdate({ propagators, updates }: CaseUpdate, print: Print): OdeUpdate {
  const texts = (nodes: readonly NamedNode[]): TextMap =>
    Object.fromEntries(nodes.map(({ name, value }) => [name, print(value)]));
  return { propagators: texts(propagators), update_expressions: texts(updates) };
}

function conditionsOf(
  cases: readonly CombinedCase[],
  updates: readonly OdeUpdate[],
  print: Print,
): Readonly<Record<string, OdeUpdate>> {
  const entries = cases.map(({ conditions }, i) => {
    const text = conditions.map((condition) => `(${print(condition)})`).join(' && ');
    return [i === 0 ? 'default' : text, updates[i]!] as const;
  });
  return Object.fromEntries(entries);
}

/** The first special case whose conditions hold for the parameters; else the generic one. */
function holdingCase({ parameters }: OdeProblem, cases: readonly CombinedCase[]): number {
  const values = new Map<ExpressionSymbol, Value>();
  const environment = { ...environmentOf(values), call: evaluateCall };
  const valueIfKnown = (node: ExpressionNode): Value | undefined => {
    const symbols = nodesBelow([node]).flatMap((part) => (part.kind === 'symbol' ? [part.symbol] : []));
    return symbols.every((symbol) => values.has(symbol)) ? evaluateAll([node], environment)[0] : undefined;
  };
  for (let before = -1; before !== values.size; ) {
    before = values.size;
    for (const { symbol, value } of parameters) {
      const known = values.has(symbol) ? undefined : valueIfKnown(value);
      if (known !== undefined) values.set(symbol, known);
    }
  }
  const found = cases.findIndex(
    ({ conditions }, i) => i > 0 && conditions.every((condition) => valueIfKnown(condition) === true),
  );
  return Math.max(found, 0);
}
