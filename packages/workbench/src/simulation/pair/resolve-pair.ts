import { hasErrors } from '@nestml/diagnostics';
import { createReporter, type Reporter } from '../reporter.ts';
import type { QuantityInput } from '../request.ts';
import { formatNs, roundedMs, type TimeGrid } from '../time-grid.ts';
import { nsPerMs, readTime } from '../values.ts';
import { type Connection, type Findings, fitConnection, openConnection } from './connection.ts';
import type { PairModels, PairRequest, ResolvedPair } from './request.ts';

/** Time that a run goes on after its last spike has arrived, if it has no stated end. */
const AFTERMATH_NS = 50 * nsPerMs;

/** Fits a request to a synapse and a neuron. Undefined after a report of all that does not fit. */
export function resolvePair(
  models: PairModels,
  request: PairRequest,
  findings: Findings,
): ResolvedPair | undefined {
  const { report, diagnostics } = findings;
  const connection = openConnection(models, request, findings);
  if (connection === undefined) return undefined;
  const { grid } = connection;
  const pre = placeSpikes(request.pre, 'the presynaptic spike at', grid, report);
  const post =
    request.post === undefined
      ? undefined
      : placeSpikes(request.post, 'the postsynaptic spike at', grid, report);
  if (hasErrors(diagnostics)) return undefined;
  const duration = request.duration ?? defaultDuration(connection, [...pre, ...(post ?? [])]);
  const pair = fitConnection(connection, { ...request, duration }, findings);
  if (pair === undefined) return undefined;
  const inside = (steps: readonly number[], what: string): readonly number[] => {
    const kept = steps.filter((step) => step <= pair.neuron.steps);
    const count = steps.length - kept.length;
    const end = formatNs(pair.neuron.steps * grid.stepNs);
    const spikes = `${count} ${what} ${count === 1 ? 'spike' : 'spikes'}`;
    if (count > 0) report('stimulus-after-end', { what: spikes, end });
    return kept;
  };
  return {
    ...pair,
    pre: inside(pre, 'presynaptic'),
    post: post === undefined ? undefined : inside(post, 'postsynaptic'),
  };
}

/** Times of emission as numbers of steps, ascending. */
function placeSpikes(
  times: readonly QuantityInput[],
  what: string,
  grid: TimeGrid,
  report: Reporter,
): readonly number[] {
  const found = times.flatMap((time) => {
    const border = grid.place(time, what);
    if (border === undefined || border >= 1) return border ?? [];
    const rule = 'the first spike can be emitted at the end of the first step';
    report('time-out-of-range', { what, time: String(time), rule });
    return [];
  });
  return found.sort((a, b) => a - b);
}

/** In ms: up to the arrival of the last spike, and a while longer. */
function defaultDuration({ grid, delaySteps, inputs }: Connection, steps: readonly number[]): number {
  const fed = [...inputs.synapse.spikes, ...inputs.neuron.spikes].flatMap(({ times }) => times);
  // What cannot be placed is reported when the inputs are resolved.
  const quiet = createReporter([]);
  const fedSteps = fed.map((time) => Math.round((readTime(time, 'a spike', quiet)?.ns ?? 0) / grid.stepNs));
  const last = [...steps, ...fedSteps].reduce((most, step) => Math.max(most, step), 0);
  const after = Math.max(1, Math.ceil(AFTERMATH_NS / grid.stepNs));
  return roundedMs((last + delaySteps + after) * grid.stepNs);
}
