import type { CheckedModel } from '@nestml/language';
import type { Backend } from '../backends/backend.ts';
import type { Reporter } from '../simulation/reporter.ts';
import type { PortAddress, QuantityInput, ResolvedRun, SimulationRequest } from '../simulation/request.ts';
import { resolveRun } from '../simulation/resolve.ts';
import { findPort } from '../simulation/resolve-stimuli.ts';
import { createTimeGrid } from '../simulation/time-grid.ts';
import { nsPerMs } from '../simulation/values.ts';

/** What every experiment with one neuron takes. */
export interface ExperimentRequest
  extends Pick<SimulationRequest, 'resolution' | 'set' | 'seed' | 'round' | 'record'> {
  /** Time that is looked at; plain numbers are in ms. */
  readonly duration: QuantityInput;
  /** Time before it, from the initial state, in which the neuron settles. */
  readonly lead: QuantityInput;
}

/** The time before, for messages, and steps that it has beyond what is asked for. */
export interface Lead {
  readonly name: string;
  readonly extraSteps: number;
}

/** A run without inputs whose first `leadSteps` steps are not looked at, and how ports of its model are found. */
export interface FittedRun {
  readonly run: ResolvedRun;
  readonly leadSteps: number;
  readonly findPort: (name: string, signal: 'spike' | 'continuous') => PortAddress | undefined;
}

/** Fits an experiment to a model. Undefined after a report. */
export function fitRun(
  model: CheckedModel,
  { duration, lead, ...request }: ExperimentRequest,
  { name, extraSteps }: Lead,
  backend: Backend,
  report: Reporter,
): FittedRun | undefined {
  if (model.kind !== 'neuron') {
    report('not-a-neuron', { name: model.name }, { source: model.source, span: model.span });
    return undefined;
  }
  const grid = createTimeGrid({ ...request, duration }, report);
  const border = grid?.place(lead, name);
  if (grid === undefined || border === undefined) return undefined;
  if (border < 0) {
    report('time-out-of-range', { what: name, time: String(lead), rule: 'it is not negative' });
    return undefined;
  }
  const leadSteps = border + extraSteps;
  const whole = ((grid.steps + leadSteps) * grid.stepNs) / nsPerMs;
  const run = resolveRun(model, { ...request, duration: whole }, backend, report);
  const layout = backend.layout(model, run?.values ?? new Map(), grid.stepNs);
  if (run === undefined || !layout.ok) return undefined;
  return {
    run,
    leadSteps,
    findPort: (port, signal) => findPort(model, port, signal, layout.portSize, report),
  };
}
