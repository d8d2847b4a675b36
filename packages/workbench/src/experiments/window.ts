import { type Diagnostic, hasErrors } from '@nestml/diagnostics';
import { fromCanonical } from '@nestml/units';
import {
  type Connection,
  type Findings,
  fitConnection,
  openConnection,
} from '../simulation/pair/connection.ts';
import type { ConnectionRequest, PairModels, ResolvedPair } from '../simulation/pair/request.ts';
import { passSynapse, type SynapsePass } from '../simulation/pair/run-pair.ts';
import { reportSynapse } from '../simulation/pair/simulate-pair.ts';
import { createReporter } from '../simulation/reporter.ts';
import type { QuantityInput } from '../simulation/request.ts';
import { roundedMs } from '../simulation/time-grid.ts';
import { readTime, unitOf } from '../simulation/values.ts';

/** How a weight depends on the time between one presynaptic and one postsynaptic spike. */
export interface WindowRequest extends ConnectionRequest {
  /** Times of the postsynaptic minus those of the presynaptic emission, from the first to the last; plain numbers are in ms. */
  readonly from: QuantityInput;
  readonly to: QuantityInput;
  /** Number of equally spaced differences, both ends included, 2 to 10,000. */
  readonly points: number;
  /** Time before the first spike of each pair; plain numbers are in ms. */
  readonly lead: QuantityInput;
}

/** One pair of spikes, met by a synapse of its own. */
export interface WindowPoint {
  readonly dtMs: number;
  /** With the delay that the postsynaptic spike needs to the synapse. */
  readonly dtAtSynapseMs: number;
  /** Weight after both spikes minus weight before them, in its declared unit, read without a further spike. */
  readonly dw: number;
}

/** A plasticity window. */
export interface PlasticityWindow {
  readonly models: PairModels;
  readonly backend: string;
  /** Name of the weight, and its declared unit; undefined for a plain number. */
  readonly weight: string;
  readonly unit: string | undefined;
  readonly stepMs: number;
  readonly delayMs: number;
  readonly leadMs: number;
  /** By time difference, ascending. */
  readonly points: readonly WindowPoint[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A window that was measured (its diagnostics are warnings), or the findings that kept it from being. */
export type WindowOutcome =
  | { readonly ok: true; readonly window: PlasticityWindow }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Measures a plasticity window on the reference interpreter: every time difference is a synapse and a neuron of its own. */
export function measureWindow(models: PairModels, request: WindowRequest): WindowOutcome {
  const diagnostics: Diagnostic[] = [];
  const findings = { diagnostics, report: createReporter(diagnostics) };
  const connection = openConnection(models, request, findings);
  const weight = connection === undefined ? undefined : findWeight(connection, findings);
  if (connection === undefined || weight === undefined) return { ok: false, diagnostics };
  const differences = placeDifferences(connection, request, findings);
  const leadSteps = placeLead(connection, request.lead, findings);
  if (leadSteps === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const { stepNs } = connection.grid;
  const farthest = differences.reduce((most, steps) => Math.max(most, Math.abs(steps)), 0);
  const steps = leadSteps + farthest + connection.delaySteps + 1;
  const fitted = fitConnection(
    connection,
    { ...request, duration: roundedMs(steps * stepNs), record: [] },
    findings,
  );
  if (fitted === undefined || hasErrors(diagnostics)) return { ok: false, diagnostics };
  const what = { kind: 'variable', symbol: weight } as const;
  const pair = { ...fitted, synapse: { ...fitted.synapse, record: [{ name: weight.writtenName, what }] } };
  const unit = unitOf(weight.type);
  const toMs = (count: number): number => roundedMs(count * stepNs);
  const declared = (change: number): number => (unit === undefined ? change : fromCanonical(change, unit));
  const points: WindowPoint[] = [];
  let noticed: SynapsePass | undefined;
  for (const difference of differences) {
    const pass = passPair(pair, leadSteps, difference);
    const { failure, notices, recorded } = pass.outcome;
    if (failure !== undefined) {
      reportSynapse(pair, pass, findings);
      return { ok: false, diagnostics };
    }
    if (notices.length > 0) noticed ??= pass;
    const [before, after] = recorded[0]!;
    points.push({
      dtMs: toMs(difference),
      dtAtSynapseMs: toMs(difference + pair.delaySteps),
      dw: declared(after! - before!),
    });
  }
  // One synapse tells for all what they have in common.
  if (noticed !== undefined) reportSynapse(pair, noticed, findings);
  return {
    ok: true,
    window: {
      models,
      backend: 'reference',
      weight: weight.writtenName,
      unit: unit?.text,
      stepMs: toMs(1),
      delayMs: toMs(pair.delaySteps),
      leadMs: toMs(leadSteps),
      points,
      diagnostics,
    },
  };
}

/** The weight of a synapse that has postsynaptic spikes; undefined after a report. */
function findWeight({ roles, models }: Connection, { report }: Findings): Connection['roles']['weight'] {
  const { name, source, span } = models.synapse;
  if (roles.post === undefined) report('no-post-port', { synapse: name }, { source, span });
  if (roles.weight === undefined)
    report('no-weight-variable', { synapse: name, what: 'no change of it can be measured' });
  return roles.post === undefined ? undefined : roles.weight;
}

const MOST_POINTS = 10_000;

/** Time differences in steps, ascending. Of several that are off the grid, the first is reported. */
function placeDifferences(
  { grid }: Connection,
  { from, to, points }: WindowRequest,
  { report, diagnostics }: Findings,
): readonly number[] {
  const what = 'the time difference';
  const [first, last] = [readTime(from, what, report), readTime(to, what, report)];
  if (first === undefined || last === undefined) return [];
  const refuse = (quantity: string, value: string, rule: string): readonly number[] => {
    report('value-out-of-range', { what: quantity, value, rule });
    return [];
  };
  if (!(Number.isSafeInteger(points) && points >= 2 && points <= MOST_POINTS))
    return refuse('the number of points', String(points), `a range has 2 to ${MOST_POINTS} points`);
  if (!(first.ns < last.ns))
    return refuse('time differences', `from ${from} to ${to}`, 'the range begins before it ends');
  const found: number[] = [];
  for (let k = 0; k < points && !hasErrors(diagnostics); k += 1) {
    const ns = first.ns + ((last.ns - first.ns) * k) / (points - 1);
    found.push(grid.place(roundedMs(ns), what) ?? 0);
  }
  return [...new Set(found)];
}

function placeLead({ grid }: Connection, lead: QuantityInput, { report }: Findings): number | undefined {
  const steps = grid.place(lead, 'the time before the first spike');
  if (steps === undefined || steps >= 1) return steps;
  const rule = 'the first spike can be emitted at the end of the first step';
  report('time-out-of-range', { what: 'the time before the first spike', time: String(lead), rule });
  return undefined;
}

/**
 * One pair of spikes, of which the earlier one is emitted at the end of step `leadSteps`; the weight is recorded one step before it, and when
 * both have acted.
 */
function passPair(pair: ResolvedPair, leadSteps: number, difference: number): SynapsePass {
  const pre = leadSteps + Math.max(0, -difference);
  const post = leadSteps + Math.max(0, difference);
  const steps = Math.max(pre, post + pair.delaySteps);
  const { stepNs } = pair.neuron;
  const own = {
    ...pair,
    pre: [pre],
    post: [post],
    neuron: { ...pair.neuron, steps },
    synapse: { ...pair.synapse, steps },
  };
  return passSynapse(own, [(leadSteps - 1) * stepNs, steps * stepNs]);
}
