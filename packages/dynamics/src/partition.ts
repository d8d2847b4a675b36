import { type AffineForm, affineForm } from './affine.ts';
import { connectedParts, stronglyConnectedComponents } from './dependency-order.ts';
import type { CallNode, DrawNode, ExpressionNode, ExpressionSymbol } from './expression/nodes.ts';
import type { ExpressionPool } from './expression/pool.ts';
import { isImpure, nodesBelow } from './expression/traverse.ts';
import type { FirstOrderEquation } from './system.ts';

/**
 * How long a symbol keeps its value: `fixed` until a parameter is set (parameters, internals); `held` during a step (ports, states that
 * are not integrated, locals); `varying` within a step (the time, delayed variables). States of the equations are not asked for.
 */
export type Constancy = 'fixed' | 'held' | 'varying';

/** Why the state gets the solver that it gets. `node` is the part of the right-hand side that decides. */
export type Reason =
  | { readonly kind: 'decoupled' }
  | { readonly kind: 'coupled'; readonly with: readonly ExpressionSymbol[] }
  | { readonly kind: 'constant-rate' }
  | { readonly kind: 'not-affine'; readonly node: ExpressionNode }
  | { readonly kind: 'changes-within-step'; readonly node: ExpressionNode }
  | { readonly kind: 'coefficient-not-fixed'; readonly of: ExpressionSymbol; readonly node: ExpressionNode }
  | { readonly kind: 'depends-on-numeric'; readonly on: ExpressionSymbol; readonly node: ExpressionNode };

/** One non-zero coefficient: row′ = … + value·column. The value contains fixed symbols only. */
export interface Coefficient {
  readonly row: number;
  readonly column: number;
  readonly value: ExpressionNode;
}

/**
 * x′ = A x + b, closed: the states depend on no others. Solved exactly by `solveAffine` when parameters are set; a group of one state is
 * a scalar exponential.
 */
export interface AffineGroup {
  /** In block-triangular order: a state depends on earlier ones and on those of its own block. */
  readonly states: readonly ExpressionSymbol[];
  /** Sizes of the strongly connected blocks along the diagonal, in the order of `states`. */
  readonly blocks: readonly number[];
  /** The entries of A that are not zero, row by row. */
  readonly coefficients: readonly Coefficient[];
  /** b, one per state, of fixed and held symbols. */
  readonly input: readonly ExpressionNode[];
  /** Entries (row, column) of E and R that can be non-zero, row by row, size × size; the rest is zero by structure. */
  readonly couples: readonly boolean[];
}

/** x′ = rate, the rate of fixed symbols only: x(t) = x(set) + rate·time since, exact at every step. No affine state reads it. */
export interface Countdown {
  readonly state: ExpressionSymbol;
  readonly rate: ExpressionNode;
}

/** Every state of the equations is in exactly one of the three lists. */
export interface Partition {
  readonly affine: readonly AffineGroup[];
  readonly countdowns: readonly Countdown[];
  /** To be integrated numerically, in the order of the equations; may read every state. */
  readonly numeric: readonly FirstOrderEquation[];
  /** One for each state, in the order of the equations. */
  readonly reasons: ReadonlyMap<ExpressionSymbol, Reason>;
}

/**
 * Splits a system into parts that can be solved exactly and a numeric rest. The affine part is as large as possible: it is all
 * states whose derivative is affine in the states, with fixed coefficients and an input that is constant during a step, and which
 * depend, directly or not, on such states only.
 * @param ofSymbol how long symbols keep their values
 * @param ofImpure how long draws and calls of impure functions do, as long as their arguments do
 */
export function partitionSystem(
  pool: ExpressionPool,
  equations: readonly FirstOrderEquation[],
  ofSymbol: (symbol: ExpressionSymbol) => Constancy,
  ofImpure: (node: CallNode | DrawNode) => Constancy = () => 'varying',
): Partition {
  const constancy: ConstancyOf = (node) => {
    if (node.kind === 'symbol') return ofSymbol(node.symbol);
    const isRead = node.kind === 'call' || node.kind === 'draw';
    return isRead && isImpure(node) ? ofImpure(node) : 'fixed';
  };
  const states = new Set(equations.map((equation) => equation.state));
  const reasons = new Map<ExpressionSymbol, Reason>();
  const rows = new Map<ExpressionSymbol, AffineForm>();
  for (const { state, derivative } of equations) {
    const verdict = judge(affineForm(pool, derivative, states), constancy);
    if (verdict.kind === 'affine') rows.set(state, verdict);
    else reasons.set(state, verdict);
  }
  removeOpenRows(rows, reasons, pool);
  const countdowns = takeCountdowns(rows, reasons, constancy);
  const affine = groupRows(rows);
  for (const group of affine) {
    for (const state of group.states) {
      const others = group.states.filter((other) => other !== state);
      reasons.set(state, others.length === 0 ? { kind: 'decoupled' } : { kind: 'coupled', with: others });
    }
  }
  const numeric = equations.filter(
    ({ state }) => !rows.has(state) && !countdowns.some((countdown) => countdown.state === state),
  );
  const ordered = equations.map(({ state }) => [state, reasons.get(state)!] as const);
  return { affine, countdowns, numeric, reasons: new Map(ordered) };
}

/** How long a node keeps its value as long as its operands do. */
type ConstancyOf = (node: ExpressionNode) => Constancy;

/** The form, or why it cannot be solved exactly on its own. */
function judge(form: ReturnType<typeof affineForm>, constancy: ConstancyOf): AffineForm | Reason {
  if (form.kind === 'not-affine') return { kind: 'not-affine', node: form.because };
  const parts = [...form.coefficients.values(), form.rest];
  const varying = nodesBelow(parts).find((node) => constancy(node) === 'varying');
  if (varying !== undefined) return { kind: 'changes-within-step', node: varying };
  for (const [of, coefficient] of form.coefficients) {
    const node = nodesBelow([coefficient]).find((part) => constancy(part) !== 'fixed');
    if (node !== undefined) return { kind: 'coefficient-not-fixed', of, node };
  }
  return form;
}

/** Takes out rows that depend on states without a row, until none is left. */
function removeOpenRows(
  rows: Map<ExpressionSymbol, AffineForm>,
  reasons: Map<ExpressionSymbol, Reason>,
  pool: ExpressionPool,
): void {
  const readers = new Map<ExpressionSymbol, ExpressionSymbol[]>();
  for (const [state, { coefficients }] of rows) {
    for (const read of coefficients.keys()) readers.set(read, [...(readers.get(read) ?? []), state]);
  }
  const removed = [...reasons.keys()];
  for (const on of removed) {
    for (const state of readers.get(on) ?? []) {
      if (!rows.delete(state)) continue;
      reasons.set(state, { kind: 'depends-on-numeric', on, node: pool.symbol(on) });
      removed.push(state);
    }
  }
}

/** Takes out the states with a constant rate that no other affine state reads. */
function takeCountdowns(
  rows: Map<ExpressionSymbol, AffineForm>,
  reasons: Map<ExpressionSymbol, Reason>,
  constancy: ConstancyOf,
): readonly Countdown[] {
  const read = new Set([...rows.values()].flatMap(({ coefficients }) => [...coefficients.keys()]));
  const countdowns = [...rows].flatMap(([state, { coefficients, rest }]) => {
    const isFixed = nodesBelow([rest]).every((node) => constancy(node) === 'fixed');
    return coefficients.size === 0 && isFixed && !read.has(state) ? [{ state, rate: rest }] : [];
  });
  for (const { state } of countdowns) {
    rows.delete(state);
    reasons.set(state, { kind: 'constant-rate' });
  }
  return countdowns;
}

/** One group for each set of states that are connected at all. */
function groupRows(rows: ReadonlyMap<ExpressionSymbol, AffineForm>): readonly AffineGroup[] {
  const states = [...rows.keys()];
  return connectedParts(dependenciesOf(states, rows)).map((part) =>
    createGroup(
      part.map((i) => states[i]!),
      rows,
    ),
  );
}

function dependenciesOf(
  states: readonly ExpressionSymbol[],
  rows: ReadonlyMap<ExpressionSymbol, AffineForm>,
): readonly (readonly number[])[] {
  const places = new Map(states.map((state, i) => [state, i]));
  return states.map((state) => [...rows.get(state)!.coefficients.keys()].map((read) => places.get(read)!));
}

function createGroup(
  members: readonly ExpressionSymbol[],
  rows: ReadonlyMap<ExpressionSymbol, AffineForm>,
): AffineGroup {
  const components = stronglyConnectedComponents(dependenciesOf(members, rows));
  const states = components.flat().map((i) => members[i]!);
  const coefficients = states.flatMap((state, row) =>
    states.flatMap((other, column) => {
      const value = rows.get(state)!.coefficients.get(other);
      return value === undefined ? [] : [{ row, column, value }];
    }),
  );
  return {
    states,
    blocks: components.map((component) => component.length),
    coefficients,
    input: states.map((state) => rows.get(state)!.rest),
    couples: coupling(states.length, coefficients),
  };
}

/** The identity and every path of coefficients. */
function coupling(size: number, coefficients: readonly Coefficient[]): readonly boolean[] {
  const couples = Array.from({ length: size * size }, (_, i) => i % (size + 1) === 0);
  for (const { row, column } of coefficients) couples[row * size + column] = true;
  for (let via = 0; via < size; via += 1) {
    for (let row = 0; row < size; row += 1) {
      if (!couples[row * size + via]) continue;
      for (let column = 0; column < size; column += 1) {
        if (couples[via * size + column]) couples[row * size + column] = true;
      }
    }
  }
  return couples;
}
