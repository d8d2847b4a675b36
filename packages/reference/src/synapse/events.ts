import { InternalError } from '@nestml/diagnostics';
import type { SynapseEvent, SynapseRun } from './synapse-run.ts';

/**
 * All events of a run by instant, ascending; those of one instant in the order in which they act (rule D4), those of one port in the order of
 * the run.
 */
export function mergeEvents(run: SynapseRun): readonly (readonly SynapseEvent[])[] {
  checkTimes(run);
  const { roles, delayNs } = run;
  const { pre, post } = roles;
  const events: SynapseEvent[] = [
    ...run.pre.map((time) => ({ at: time, time, port: pre, element: 0 })),
    ...(post === undefined
      ? []
      : run.post.map((time) => ({ at: time + delayNs, time, port: post, element: 0 }))),
    ...run.modulatory.flatMap(({ port, element = 0, times }) =>
      times.map((time) => ({ at: time, time, port, element })),
    ),
  ];
  const rank = new Map(roles.coincidence.map((port, position) => [port, position]));
  // Sorting is stable.
  events.sort((a, b) => a.at - b.at || rank.get(a.port)! - rank.get(b.port)!);
  return groupByInstant(events);
}

function groupByInstant(events: readonly SynapseEvent[]): readonly (readonly SynapseEvent[])[] {
  const instants: SynapseEvent[][] = [];
  for (const event of events) {
    const last = instants.at(-1);
    if (last?.[0]?.at === event.at) last.push(event);
    else instants.push([event]);
  }
  return instants;
}

/** Times come from a caller that has put them on the grid. */
function checkTimes({ stepNs, delayNs, pre, post, modulatory, recordAt, roles }: SynapseRun): void {
  const check = (what: string, times: readonly number[], earliest: number): void => {
    const wrong = times.find((time) => !(time >= earliest) || time % stepNs !== 0);
    if (wrong !== undefined) {
      throw new InternalError(`${what} ${wrong} ns: not a multiple of ${stepNs} ns from ${earliest} on`);
    }
  };
  check('delay', [delayNs], 0);
  check('presynaptic spike', pre, stepNs);
  check('postsynaptic spike', post, stepNs);
  check('record', recordAt, 0);
  for (const { port, times } of modulatory) {
    check(port.name, times, stepNs);
    if (!roles.modulatory.includes(port)) throw new InternalError(`${port.name} is not modulatory`);
  }
}
