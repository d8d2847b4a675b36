import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import { type Backend, type BackendOutcome, runOnce } from '../backends/backend.ts';
import { reportFailure, reportNotice } from './failures.ts';
import { createReporter } from './reporter.ts';
import type { RecordedQuantity, ResolvedRun, SimulationRequest, SimulationResult, Trace } from './request.ts';
import { resolveRun } from './resolve.ts';
import { roundedMs } from './time-grid.ts';
import { nsPerMs, toDeclared, unitOf } from './values.ts';

/** A run that was made (perhaps ended early, see its diagnostics), or the findings that kept it from starting. */
export type SimulationOutcome =
  | { readonly ok: true; readonly result: SimulationResult }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Runs one neuron from t = 0 on a backend.
 *
 * Timing: a current from a to b acts on the steps (t, t+h] with a ≤ t < b; a spike at time t arrives in the step that ends at t;
 * a recorded value at time t is the state after the step that ends at t.
 */
export function simulateNeuron(
  model: CheckedModel,
  request: SimulationRequest,
  backend: Backend,
): SimulationOutcome {
  const diagnostics: Diagnostic[] = [];
  const report = createReporter(diagnostics);
  if (model.kind !== 'neuron')
    report('not-a-neuron', { name: model.name }, { source: model.source, span: model.span });
  const run = diagnostics.length === 0 ? resolveRun(model, request, backend, report) : undefined;
  if (run === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const outcome = runOnce(backend, run);
  for (const notice of outcome.notices) reportNotice(model, notice, report);
  if (outcome.failure !== undefined) reportFailure(model, outcome.failure, run.values, report);
  return { ok: true, result: resultOf(run, outcome, backend, diagnostics) };
}

/** What a backend gave, in declared units and in ms. */
export function resultOf(
  run: ResolvedRun,
  outcome: BackendOutcome,
  backend: Backend,
  diagnostics: readonly Diagnostic[],
): SimulationResult {
  const { model, stepNs } = run;
  return {
    model,
    run,
    backend: backend.name,
    stepMs: roundedMs(stepNs),
    stopMs: roundedMs(run.steps * stepNs),
    reachedMs: roundedMs(completedSteps(run, outcome) * stepNs),
    times: outcome.recordedSteps.map((step) => roundedMs(step * stepNs)),
    traces: outcome.recorded.map((values, index) => toTrace(run.record[index]!, values)),
    spikes: outcome.spikeSteps.map((step) => roundedMs(step * stepNs)),
    solvers: backend.solvers(model),
    printed: outcome.printed,
    diagnostics,
  };
}

/** Number of steps that were completed: all, or those before the one that failed. What was recorded at the end of a step completed it. */
function completedSteps({ steps, stepNs }: ResolvedRun, { failure, recordedSteps }: BackendOutcome): number {
  if (failure === undefined) return steps;
  if (failure.kind === 'guard') return 0;
  // A failure lies inside its step or at its end; 1e-8 of a step is the rounding of its time.
  const before = Math.ceil((failure.time * nsPerMs) / stepNs - 1e-8) - 1;
  return Math.max(0, before, recordedSteps.at(-1) ?? 0);
}

/** A recorded quantity in the unit in which it was declared. */
export function toTrace({ name, what }: RecordedQuantity, canonical: Float64Array): Trace {
  if (what.kind === 'convolution') return { name, unit: undefined, values: canonical };
  const { type } = what.symbol;
  return { name, unit: unitOf(type)?.text, values: canonical.map((value) => toDeclared(value, type)) };
}
