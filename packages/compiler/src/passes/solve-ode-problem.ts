import {
  type AffineGroup,
  type ClosedForm,
  closedForm,
  type ExpressionNode,
  type ExpressionSymbol,
  explainReason,
  type FirstOrderEquation,
  type KnownFactors,
  partitionSystem,
  printExpression,
  toFirstOrder,
} from '@nestml/dynamics';
import type { OdeProblem } from '../frontends/odetoolbox/problem.ts';

/** States that are solved exactly together, with their closed form. */
export interface ExactGroup {
  readonly group: AffineGroup;
  readonly form: ClosedForm & { readonly kind: 'closed' };
}

/** Every state of a problem with its solver. */
export interface OdeSolution {
  readonly problem: OdeProblem;
  readonly exact: readonly ExactGroup[];
  /** In the order of the problem. */
  readonly numeric: readonly FirstOrderEquation[];
  /** One for each state, in the order of the problem: a sentence without its full stop that begins with the name. */
  readonly reasons: ReadonlyMap<ExpressionSymbol, string>;
}

export interface OdeSolveOptions {
  /** Everything is integrated numerically. */
  readonly disableAnalytic?: boolean;
}

/**
 * Splits a problem into what is solved exactly, by closed forms, and what is integrated numerically. Exact is everything linear with
 * constant coefficients that depends on nothing else, unless the eigenvalues of a block have no formula in the parameters; such a
 * block, and what depends on it, is left to a numeric solver, since the result cannot hold numbers for an unknown step.
 */
export function solveOdeProblem(problem: OdeProblem, options: OdeSolveOptions = {}): OdeSolution {
  const { pool, variables } = problem;
  const equations = toFirstOrder(pool, variables);
  const reasons = new Map<ExpressionSymbol, string>();
  if (options.disableAnalytic) {
    for (const { state } of equations) {
      reasons.set(state, `${state.name} is integrated numerically: the analytic solver is switched off`);
    }
    return { problem, exact: [], numeric: equations, reasons };
  }
  const known: KnownFactors = new Map(
    variables.flatMap(({ states, factors }) =>
      factors === undefined ? [] : [[states[0]!, factors] as const],
    ),
  );
  for (let open = equations; ; ) {
    const excluded = equations.filter((equation) => !open.includes(equation));
    const { groups, explained } = partitionOf(problem, open, new Set(excluded.map(({ state }) => state)));
    const forms = groups.map((group) => ({ group, form: closedForm(pool, group, problem.step, known) }));
    const failed = forms.flatMap(({ form }) => (form.kind === 'none' ? [form] : []));
    if (failed.length === 0) {
      const exact = forms.flatMap(({ group, form }) => (form.kind === 'closed' ? [{ group, form }] : []));
      for (const [state, reason] of explained) reasons.set(state, reason);
      const solved = new Set(groups.flatMap(({ states }) => states));
      return {
        problem,
        exact,
        numeric: equations.filter(({ state }) => !solved.has(state)),
        reasons: new Map(equations.map(({ state }) => [state, reasons.get(state)!])),
      };
    }
    for (const { states, because } of failed) {
      for (const state of states) reasons.set(state, explainFailure(state, states, because));
    }
    const without = new Set(failed.flatMap(({ states }) => states));
    open = open.filter(({ state }) => !without.has(state));
  }
}

/** The exact groups of some of the equations, and the reasons of all of these; the excluded states are numeric. */
function partitionOf(
  { pool }: OdeProblem,
  equations: readonly FirstOrderEquation[],
  excluded: ReadonlySet<ExpressionSymbol>,
): { readonly groups: readonly AffineGroup[]; readonly explained: ReadonlyMap<ExpressionSymbol, string> } {
  const { affine, countdowns, reasons } = partitionSystem(
    pool,
    equations,
    (symbol) => (excluded.has(symbol) ? 'varying' : 'fixed'),
    () => 'fixed',
  );
  const explained = new Map(
    [...reasons].map(([state, reason]) => {
      const isByExcluded =
        reason.kind === 'changes-within-step' &&
        reason.node.kind === 'symbol' &&
        excluded.has(reason.node.symbol);
      const sentence = isByExcluded
        ? `is integrated numerically: it depends on ${printExpression(reason.node)}, which is`
        : reason.kind === 'coupled'
          ? `is solved exactly by closed propagators together with ${reason.with.map(({ name }) => name).join(', ')}: these equations are linear with constant coefficients`
          : reason.kind === 'constant-rate'
            ? 'changes at a constant rate, which is exact over any step'
            : explainReason(reason);
      return [state, `${state.name} ${sentence}`] as const;
    }),
  );
  return { groups: [...affine, ...countdowns.map(({ state, rate }) => alone(state, rate))], explained };
}

/** x′ = rate as a group. */
function alone(state: ExpressionSymbol, rate: ExpressionNode): AffineGroup {
  return { states: [state], blocks: [1], coefficients: [], input: [rate], couples: [true] };
}

function explainFailure(
  state: ExpressionSymbol,
  states: readonly ExpressionSymbol[],
  because: (ClosedForm & { kind: 'none' })['because'],
): string {
  const names = states.map(({ name }) => name).join(', ');
  switch (because) {
    case 'unknown-eigenvalues':
      return `${state.name} is integrated numerically: the equations of ${names} are linear with constant coefficients and have an exact solution, but no formula for their eigenvalues was found`;
    case 'too-long':
      return `${state.name} is integrated numerically: the equations of ${names} are linear with constant coefficients and have an exact solution, but its formula would be too long`;
    default:
      return because satisfies never;
  }
}
