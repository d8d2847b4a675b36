import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import type { CheckedModel } from '@nestml/language';
import { dimensionless, fromCanonical, type Unit } from '@nestml/units';
import type { Backend, BackendOutcome } from '../backends/backend.ts';
import { reportFailure, reportNotice } from '../simulation/failures.ts';
import { createReporter, type Reporter } from '../simulation/reporter.ts';
import type { PortAddress, QuantityInput, RunInputs } from '../simulation/request.ts';
import { roundedMs } from '../simulation/time-grid.ts';
import { fitQuantity, knownUnit, nsPerMs, readQuantity, unitOf } from '../simulation/values.ts';
import { type ExperimentRequest, type FittedRun, fitRun } from './fit-run.ts';

/** The inputs of a curve: some values, or equally spaced ones from the first to the last. */
export type InputValues =
  | { readonly kind: 'list'; readonly values: readonly QuantityInput[] }
  | {
      readonly kind: 'range';
      readonly first: QuantityInput;
      readonly last: QuantityInput;
      /** Number of values, both ends included, ≥ 2. */
      readonly points: number;
    };

/** A rate of firing as a function of a constant input, after the neuron has settled (`lead`). */
export interface CurveRequest extends Omit<ExperimentRequest, 'record'> {
  /** A current into a continuous port, or independent Poisson spikes of a rate at a spike port. */
  readonly input:
    | { readonly kind: 'current'; readonly port: string; readonly values: InputValues }
    | {
        readonly kind: 'rate';
        readonly port: string;
        readonly values: InputValues;
        readonly weight?: number;
      };
}

/** An F-I curve (or f-f curve for Poisson input). */
export interface Curve {
  readonly model: CheckedModel;
  readonly backend: string;
  readonly kind: CurveRequest['input']['kind'];
  /** The port that is fed, as it was named. */
  readonly port: string;
  /** Unit of the inputs: the declared one of the port, Hz for rates; undefined for plain numbers. */
  readonly unit: string | undefined;
  /** Of the spikes of Poisson input. */
  readonly weight: number | undefined;
  readonly stepMs: number;
  /** Time in which spikes were counted, and the time before it. */
  readonly countedMs: number;
  readonly leadMs: number;
  /** Mean rate: spikes in the counted time over this time. */
  readonly points: readonly { readonly input: number; readonly rateHz: number }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A curve that was measured (its diagnostics are warnings), or the findings that kept it from being. */
export type CurveOutcome =
  | { readonly ok: true; readonly curve: Curve }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Measures how the rate of a neuron depends on a constant input; every input is a neuron of its own. */
export function measureCurve(model: CheckedModel, request: CurveRequest, backend: Backend): CurveOutcome {
  const diagnostics: Diagnostic[] = [];
  const report = createReporter(diagnostics);
  if (model.kind === 'neuron' && model.output !== 'spike')
    report('no-spike-output', { model: model.name }, { source: model.source, span: model.span });
  const { input, ...experiment } = request;
  const fitted = fitRun(
    model,
    { ...experiment, record: [] },
    { name: 'the discarded time', extraSteps: 0 },
    backend,
    report,
  );
  const address = fitted?.findPort(input.port, input.kind === 'current' ? 'continuous' : 'spike');
  if (fitted === undefined || address === undefined) return { ok: false, diagnostics };
  const unit = input.kind === 'rate' ? knownUnit('Hz') : unitOf(address.port.type);
  const values = readValues(input, unit ?? dimensionless, report);
  if (values === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const outcomes = backend.runEach(
    fitted.run,
    values.map((value) => inputsOf(input, address, value, fitted)),
  );
  reportOutcomes(model, fitted, outcomes, report);
  if (hasErrors(diagnostics)) return { ok: false, diagnostics };
  const { stepNs, steps } = fitted.run;
  const countedMs = ((steps - fitted.leadSteps) * stepNs) / nsPerMs;
  const points = values.map((value, index) => ({
    input: Number(fromCanonical(value, unit ?? dimensionless).toPrecision(12)),
    rateHz: rateOf(outcomes[index]!, fitted.leadSteps, countedMs),
  }));
  return {
    ok: true,
    curve: {
      model,
      backend: backend.name,
      kind: input.kind,
      port: input.port,
      unit: unit?.text,
      weight: input.kind === 'rate' ? (input.weight ?? 1) : undefined,
      stepMs: roundedMs(stepNs),
      countedMs: Number(countedMs.toPrecision(12)),
      leadMs: roundedMs(fitted.leadSteps * stepNs),
      points,
      diagnostics,
    },
  };
}

/** The values in canonical units; undefined after a report. */
function readValues(
  { kind, port, values, ...rest }: CurveRequest['input'],
  unit: Unit,
  report: Reporter,
): readonly number[] | undefined {
  const what = kind === 'rate' ? `the rate at \`${port}\`` : `the current into \`${port}\``;
  const refuse = (value: unknown, rule: string): undefined => {
    report('value-out-of-range', { what, value: String(value), rule });
    return undefined;
  };
  const read = (input: QuantityInput): number | undefined => {
    const quantity = readQuantity(input, what, kind === 'rate' ? '8000 Hz' : '300 pA', report);
    const value = quantity === undefined ? undefined : fitQuantity(quantity, unit, port, report);
    if (value === undefined || (Number.isFinite(value) && (kind === 'current' || value >= 0))) return value;
    return refuse(input, kind === 'rate' ? 'a rate is finite and not negative' : 'it must be finite');
  };
  if ('weight' in rest && !Number.isFinite(rest.weight ?? 1))
    return refuse(rest.weight, 'a weight is a finite number');
  if (values.kind === 'list') {
    const list = values.values.map(read);
    return list.every((value) => value !== undefined) ? list : undefined;
  }
  const [first, last] = [read(values.first), read(values.last)];
  if (first === undefined || last === undefined) return undefined;
  const { points } = values;
  if (!(Number.isSafeInteger(points) && points >= 2 && points <= MOST_POINTS)) {
    const rule = `a range has 2 to ${MOST_POINTS} points`;
    report('value-out-of-range', { what: 'the number of points', value: String(points), rule });
    return undefined;
  }
  if (first === last) return refuse(`${values.first} to ${values.last}`, 'the ends of a range must differ');
  return Array.from({ length: points }, (_, k) => first + ((last - first) * k) / (points - 1));
}

const MOST_POINTS = 10_000;

function inputsOf(
  input: CurveRequest['input'],
  address: PortAddress,
  value: number,
  { run }: FittedRun,
): RunInputs {
  const none = { currents: [], spikes: [], poisson: [] };
  return input.kind === 'current'
    ? { ...none, currents: [{ ...address, firstStep: 0, endStep: run.steps, value }] }
    : { ...none, poisson: [{ ...address, rate: value, weight: input.weight ?? 1 }] };
}

/** One failure ends all, and notices are those of the population: each is reported once. */
function reportOutcomes(
  model: CheckedModel,
  { run }: FittedRun,
  outcomes: readonly BackendOutcome[],
  report: Reporter,
): void {
  const failed = outcomes.find(({ failure }) => failure !== undefined);
  const noticed = outcomes.find(({ notices }) => notices.length > 0);
  for (const notice of noticed?.notices ?? []) reportNotice(model, notice, report);
  if (failed?.failure !== undefined) reportFailure(model, failed.failure, run.values, report);
}

function rateOf({ spikeSteps }: BackendOutcome, leadSteps: number, countedMs: number): number {
  const count = spikeSteps.filter((step) => step > leadSteps).length;
  return Number(((count / countedMs) * 1000).toPrecision(12));
}
