import type { Diagnostic } from '@nestml/diagnostics';
import type { SolverRow } from '@nestml/report';
import { solverReports } from '../analysis.ts';
import { solveForEngine } from '../backends/engine-block.ts';
import type { SimulationResult } from '../simulation/request.ts';

/** What a report says of the backend of its run. */
export interface EngineView {
  readonly solvers: readonly SolverRow[];
  /** Why the engine cannot run the model, unless the run says so itself; empty if it can. */
  readonly notes: readonly Diagnostic[];
}

/** The solvers of a run with the calls that they belong to, and why it was left to the reference interpreter if it had to be. */
export function engineViewOf({ model, backend, solvers, diagnostics }: SimulationResult): EngineView {
  const solution = solveForEngine(model);
  if (!solution.ok) {
    const known = new Set(diagnostics.map(({ code }) => code));
    return { solvers, notes: solution.diagnostics.filter(({ code }) => !known.has(code)) };
  }
  if (backend !== 'engine') return { solvers, notes: [] };
  const rows = solverReports(solution.solved).map(
    ({ states, solver, reason, integratedBy }): SolverRow => ({
      states,
      solver,
      reason,
      ...(integratedBy === 'always' ? {} : { integratedBy }),
    }),
  );
  return { solvers: rows, notes: [] };
}
