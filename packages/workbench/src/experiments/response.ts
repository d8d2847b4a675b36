import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import { type Backend, type BackendOutcome, runOnce } from '../backends/backend.ts';
import { reportFailure, reportNotice } from '../simulation/failures.ts';
import { createReporter, type Reporter } from '../simulation/reporter.ts';
import type { RecordedQuantity } from '../simulation/request.ts';
import { roundedMs } from '../simulation/time-grid.ts';
import { toDeclared, unitOf } from '../simulation/values.ts';
import { type ExperimentRequest, type FittedRun, fitRun } from './fit-run.ts';

/** The response of one quantity to one spike at a port, after the neuron has settled (`lead`). */
export interface ResponseRequest extends Omit<ExperimentRequest, 'record'> {
  /** A spike port, `name[i]` for an element. */
  readonly port: string;
  /** What the port hands to the model; default 1. */
  readonly weight?: number;
  /** Name of what is looked at; default: the membrane potential. */
  readonly record?: string;
}

/** A post-synaptic response: the difference that one spike makes. */
export interface Response {
  readonly model: CheckedModel;
  readonly backend: string;
  readonly port: string;
  readonly weight: number;
  /** What responds, and its declared unit; undefined for a plain number. */
  readonly record: string;
  readonly unit: string | undefined;
  readonly stepMs: number;
  readonly leadMs: number;
  /** Time since the spike arrived, and value with it minus value without it at the same time. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** The first point with the largest absolute value. */
  readonly peak: { readonly timeMs: number; readonly value: number };
  readonly diagnostics: readonly Diagnostic[];
}

/** A response that was measured (its diagnostics are warnings), or the findings that kept it from being. */
export type ResponseOutcome =
  | { readonly ok: true; readonly response: Response }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Measures a post-synaptic response: two runs of one neuron with the same random numbers, of which one gets a spike. */
export function measureResponse(
  model: CheckedModel,
  request: ResponseRequest,
  backend: Backend,
): ResponseOutcome {
  const diagnostics: Diagnostic[] = [];
  const report = createReporter(diagnostics);
  const { port, weight = 1, record, ...experiment } = request;
  const named = record === undefined ? experiment : { ...experiment, record: [record] };
  const fitted = fitRun(model, named, { name: 'the settling time', extraSteps: 1 }, backend, report);
  const address = fitted?.findPort(port, 'spike');
  const [quantity, ...others] = fitted?.run.record ?? [];
  if (others.length > 0 && quantity !== undefined)
    report('element-needed', { name: record ?? quantity.name, size: others.length + 1, given: undefined });
  if (!Number.isFinite(weight)) {
    const rule = 'a weight is a finite number';
    report('value-out-of-range', { what: `the weight at \`${port}\``, value: String(weight), rule });
  }
  if (fitted !== undefined && quantity === undefined && !hasErrors(diagnostics))
    report('nothing-responds', { model: model.name }, { source: model.source, span: model.span });
  if (fitted === undefined || address === undefined || quantity === undefined || hasErrors(diagnostics))
    return { ok: false, diagnostics };
  // The spike arrives at the border number leadSteps, at the end of the last step of the lead.
  const spike = { ...address, step: fitted.leadSteps - 1, weight };
  const alone = runOnce(backend, fitted.run);
  const driven = runOnce(backend, { ...fitted.run, spikes: [spike] });
  reportRuns(model, fitted, [alone, driven], weight, report);
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const { drift, ...course } = courseOf(fitted, quantity, alone, driven);
  const unit = unitTextOf(quantity);
  if (diagnostics.length === 0) {
    const shown = { model: model.name, record: quantity.name, unit, port, weight };
    reportCourse({ ...shown, drift, peak: course.peak.value }, report);
  }
  return {
    ok: true,
    response: {
      model,
      backend: backend.name,
      port,
      weight,
      record: quantity.name,
      unit,
      stepMs: roundedMs(fitted.run.stepNs),
      leadMs: roundedMs((fitted.leadSteps - 1) * fitted.run.stepNs),
      ...course,
      diagnostics,
    },
  };
}

function unitTextOf({ what }: RecordedQuantity): string | undefined {
  return what.kind === 'convolution' ? undefined : unitOf(what.symbol.type)?.text;
}

/** Time is 0 at the border at which the spike arrives. `drift` is how far the quantity moves without the spike. */
function courseOf(
  { run, leadSteps }: FittedRun,
  { what }: RecordedQuantity,
  alone: BackendOutcome,
  driven: BackendOutcome,
): Pick<Response, 'times' | 'values' | 'peak'> & { readonly drift: number } {
  const [before, after] = [alone.recorded[0]!, driven.recorded[0]!];
  const first = alone.recordedSteps.findIndex((step) => step >= leadSteps);
  const steps = alone.recordedSteps.slice(first);
  const times = steps.map((step) => roundedMs((step - leadSteps) * run.stepNs));
  const declared = (value: number): number =>
    what.kind === 'convolution' ? value : toDeclared(value, what.symbol.type);
  const values = steps.map((_, index) => declared(after[first + index]! - before[first + index]!));
  const away = before.subarray(first).map((value) => Math.abs(value - before[first]!));
  const peak = values.reduce((best, value, i) => (Math.abs(value) > Math.abs(values[best]!) ? i : best), 0);
  return {
    times,
    values,
    peak: { timeMs: times[peak]!, value: values[peak]! },
    drift: declared(away.reduce((most, value) => Math.max(most, value), 0)),
  };
}

/** A response that is not there, and one of a neuron that moves by itself by more than a tenth of it. */
function reportCourse(
  shown: {
    readonly model: string;
    readonly record: string;
    readonly unit: string | undefined;
    readonly port: string;
    readonly weight: number;
    readonly drift: number;
    readonly peak: number;
  },
  report: Reporter,
): void {
  const { model, record, port, weight, drift, peak } = shown;
  const text = (value: number): string =>
    `${Number(value.toPrecision(3))}${shown.unit === undefined ? '' : ` ${shown.unit}`}`;
  if (peak === 0) report('no-response', { model, record, port, weight });
  else if (drift > 0.1 * Math.abs(peak))
    report('not-at-rest', { model, record, drift: text(drift), peak: text(peak) });
}

/** Failures and notices once, and spikes of the neuron, which hide the response. */
function reportRuns(
  model: CheckedModel,
  { run, leadSteps }: FittedRun,
  outcomes: readonly [BackendOutcome, BackendOutcome],
  weight: number,
  report: Reporter,
): void {
  const failed = outcomes.find(({ failure }) => failure !== undefined);
  if (failed?.failure !== undefined) {
    reportFailure(model, failed.failure, run.values, report);
    return;
  }
  const noticed = outcomes.find(({ notices }) => notices.length > 0);
  for (const notice of noticed?.notices ?? []) reportNotice(model, notice, report);
  const [own, driven] = outcomes.map(({ spikeSteps }) => spikeSteps.find((step) => step >= leadSteps));
  const step = own ?? driven;
  if (step === undefined) return;
  const time = `${roundedMs((step - leadSteps) * run.stepNs)} ms`;
  report('response-with-spike', { model: model.name, time, weight, isAlone: own !== undefined });
}
