import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import { fromCanonical } from '@nestml/units';
import type { BackendOutcome } from '../../backends/backend.ts';
import { referenceBackend } from '../../backends/reference-backend.ts';
import { reportFailure, reportNotice } from '../failures.ts';
import { createReporter } from '../reporter.ts';
import type { SimulationResult, Trace } from '../request.ts';
import { resultOf, toTrace } from '../simulate.ts';
import { roundedMs } from '../time-grid.ts';
import { unitOf } from '../values.ts';
import type { Findings } from './connection.ts';
import type { PairModels, PairRequest, PairResult, ResolvedPair } from './request.ts';
import { resolvePair } from './resolve-pair.ts';
import { passSynapse, receivingRun, runReceiver, type SynapsePass } from './run-pair.ts';

/** A run that was made (perhaps ended early, see its diagnostics), or the findings that kept it from starting. */
export type PairOutcome =
  | { readonly ok: true; readonly result: PairResult }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Runs a synapse from a list of presynaptic spikes to a neuron, on the reference interpreter.
 *
 * Timing: `pre` and `post` are times of emission. What the synapse sends reaches the neuron a delay later, a postsynaptic spike the synapse
 * likewise. A neuron that is made to emit has no other spikes, and is not reset by those.
 */
export function simulatePair(models: PairModels, request: PairRequest): PairOutcome {
  const diagnostics: Diagnostic[] = [];
  const findings = { diagnostics, report: createReporter(diagnostics) };
  const pair = resolvePair(models, request, findings);
  if (pair === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const { stepNs } = pair.neuron;
  const pass = passSynapse(
    pair,
    pair.synapse.record.length === 0 ? [] : pair.pre.map((step) => step * stepNs),
  );
  const neuron = runReceiver(pair, pass.sent);
  reportSynapse(pair, pass, findings);
  for (const notice of neuron.notices) reportNotice(models.neuron, notice, findings.report);
  if (neuron.failure !== undefined)
    reportFailure(models.neuron, neuron.failure, pair.neuron.values, findings.report);
  return { ok: true, result: pairResult(pair, pass, neuron, diagnostics) };
}

/** Failures and notices of a synapse. */
export function reportSynapse(
  { synapse }: ResolvedPair,
  { outcome }: SynapsePass,
  { report }: Pick<Findings, 'report'>,
): void {
  for (const notice of outcome.notices) reportNotice(synapse.model, notice, report);
  if (outcome.failure !== undefined) reportFailure(synapse.model, outcome.failure, synapse.values, report);
}

function pairResult(
  pair: ResolvedPair,
  pass: SynapsePass,
  outcome: BackendOutcome,
  diagnostics: readonly Diagnostic[],
): PairResult {
  const { stepNs } = pair.neuron;
  const toMs = (step: number): number => roundedMs(step * stepNs);
  const neuron = resultOf(receivingRun(pair, pass.sent), outcome, referenceBackend, diagnostics);
  const emitted = pass.post.map(toMs).filter((time) => time <= neuron.reachedMs);
  return {
    neuron: { ...neuron, spikes: emitted },
    synapse: synapseResult(pair, pass, neuron),
    sent: pass.sent.map(({ step, weight }) => ({ timeMs: toMs(step), weight })),
    delayMs: toMs(pair.delaySteps),
    weight: pair.roles.weight?.writtenName,
    inputs: inputsOf(pair, pass),
    diagnostics,
  };
}

/** Up to the failure of the synapse, if there was one. */
function synapseResult(
  pair: ResolvedPair,
  { outcome, sent }: SynapsePass,
  neuron: SimulationResult,
): SimulationResult {
  const { roles, pre, synapse } = pair;
  const { stepNs } = synapse;
  const lengths = [
    ...(roles.weight === undefined ? [] : [outcome.weights.length]),
    ...outcome.recorded.map(({ length }) => length),
  ];
  const count = Math.min(pre.length, ...lengths);
  const weights = roles.weight === undefined ? [] : [weightTrace(roles.weight, outcome.weights)];
  const others = synapse.record.map((quantity, i) => toTrace(quantity, outcome.recorded[i]!));
  const traces = [...weights, ...others.filter(({ name }) => name !== roles.weight?.writtenName)];
  return {
    ...neuron,
    model: synapse.model,
    run: synapse,
    times: pre.slice(0, count).map((step) => roundedMs(step * stepNs)),
    traces: traces.map((trace) => ({ ...trace, values: trace.values.slice(0, count) })),
    spikes: sent.map(({ step }) => roundedMs(step * stepNs)),
    solvers: referenceBackend.solvers(synapse.model),
    printed: outcome.printed,
  };
}

function weightTrace(
  { writtenName, type }: NonNullable<ResolvedPair['roles']['weight']>,
  canonical: Float64Array,
): Trace {
  const unit = unitOf(type);
  return {
    name: writtenName,
    unit: unit?.text,
    values: unit === undefined ? canonical : canonical.map((value) => fromCanonical(value, unit)),
  };
}

/** The spikes that reach the synapse, as they were emitted, by port. */
function inputsOf({ roles, pre, synapse }: ResolvedPair, { post }: SynapsePass): PairResult['inputs'] {
  const toMs = (step: number): number => roundedMs(step * synapse.stepNs);
  const trains = new Map([[roles.pre.name, pre.map(toMs)]]);
  if (roles.post !== undefined) trains.set(roles.post.name, post.map(toMs));
  for (const { port, element, step } of synapse.spikes) {
    const name = element === undefined ? port.name : `${port.name}[${element}]`;
    trains.set(name, [...(trains.get(name) ?? []), toMs(step + 1)]);
  }
  return [...trains].map(([name, times]) => ({ name, times }));
}
