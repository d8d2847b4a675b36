import type { OdeOptions } from '@nestml/compiler';
import { recommendSolver, STIFFNESS_SETTINGS, type StiffnessReport } from '@nestml/dynamics';
import type { MixedSystem } from './mixed-system.ts';
import type { StimulusEvent } from './stimulus-events.ts';

/** Explicit or implicit, over the stimulus of the problem; undefined if an equation has no derivative. */
export function assessOde(
  system: MixedSystem,
  events: readonly StimulusEvent[],
  options: OdeOptions,
): StiffnessReport | undefined {
  const { derivatives, numeric, exact, lower, upper } = system;
  if (derivatives === undefined) return undefined;
  const times = [0, ...events.map(({ time }) => time).filter((time) => time > 0), options.simulationTime];
  let start = system.exactStart;
  const intervals = times.slice(0, -1).map((time, i) => {
    const duration = times[i + 1]! - time;
    const event = events.find((candidate) => candidate.time === time);
    const jumps = event === undefined ? undefined : system.jumpsOf(event);
    const begin = jumps === undefined ? start : start.map((state, k) => state + jumps.exact[k]!);
    start = new Float64Array(exact.length);
    system.follow(begin, duration, start);
    return {
      duration,
      ...(jumps === undefined ? {} : { jumps: jumps.numeric }),
      exactStates: (since: number, into: Float64Array) => system.follow(begin, since, into),
    };
  });
  return recommendSolver(
    {
      exactSize: exact.length,
      start: system.numericStart,
      derivative: (_time, states, exactStates, slopes) => system.slopes(states, exactStates, slopes),
      jacobian: (_time, states, exactStates, matrix) => derivatives.jacobian(states, exactStates, matrix),
      timeDerivative: (_time, states, exactStates, slopes) =>
        derivatives.byExact(states, exactStates, slopes),
      intervals,
      absoluteTolerances: numeric.map(() => options.absoluteTolerance),
      relativeTolerance: options.relativeTolerance,
      bounds: { lower, upper },
    },
    { ...STIFFNESS_SETTINGS, longestStep: Math.min(options.longestStep, options.simulationTime) },
  );
}
