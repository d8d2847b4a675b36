import type { Diagnostic } from '@nestml/diagnostics';
import type { SolverRow } from '@nestml/report';
import { solverReports } from '../analysis.ts';
import { solveForEngine } from '../backends/engine-block.ts';
import type { SimulationResult } from '../simulation/request.ts';

/** What a report says of the backend of its run. */
export interface EngineView {
  readonly solvers: readonly SolverRow[];
  /** Why the engine cannot run the model; empty if it can. */
  readonly notes: readonly Diagnostic[];
}

/** The solvers of a run with the calls that they belong to, and why it was left to the reference interpreter if it had to be. */
export function engineViewOf({ model, backend, solvers }: SimulationResult): EngineView {
  const solution = solveForEngine(model);
  if (!solution.ok) return { solvers, notes: solution.diagnostics };
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
