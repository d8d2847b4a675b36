import type { IntegrationVariant, SolvedModel } from '@nestml/compiler';
import type { SolverReport } from '../simulation/request.ts';

/** A solver report that always says what integrates the states: a call, or `always` for convolutions. */
export type IntegratedReport = SolverReport & { readonly integratedBy: string };

/** The solvers of a solved model: convolutions first, then each list of `integrate_odes(…)`. */
export function solverReports(solved: SolvedModel): readonly IntegratedReport[] {
  const convolutions = solved.convolutions.map(({ kernel, port, system }) => ({
    states: system.states.map(({ writtenName }) => writtenName),
    solver: 'propagator',
    reason: `the response \`${kernel}\` to spikes at \`${port.writtenName}\` is linear with constant coefficients`,
    integratedBy: 'always',
  }));
  return [...convolutions, ...solved.variants.flatMap(reportsOfVariant)];
}

/** States of one variant with the same solver and reason form one group. */
function reportsOfVariant(variant: IntegrationVariant): readonly IntegratedReport[] {
  const names = variant.states.map(({ writtenName }) => writtenName);
  const integratedBy = `integrate_odes(${variant.isAll ? '' : names.join(', ')})`;
  const { method, stiffness } = variant.numeric ?? {};
  const numerics = { ...(method && { method: method.name }), ...(stiffness && { stiffness }) };
  const groups = new Map<string, IntegratedReport & { readonly states: string[] }>();
  for (const { state, solver, reason } of variant.solvers) {
    const group = groups.get(`${solver} ${reason}`);
    if (group !== undefined) group.states.push(state.writtenName);
    else {
      groups.set(`${solver} ${reason}`, {
        states: [state.writtenName],
        solver,
        ...(solver === 'numeric' ? numerics : {}),
        reason,
        integratedBy,
      });
    }
  }
  return [...groups.values()];
}
